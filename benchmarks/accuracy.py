"""Accuracy on labelled sets, for us and for other scanners in the same run.

    python -m benchmarks.accuracy --eval DIR [--mirrors DIR] [--rivals DIR] [--skip NAME ...] [--write docs/accuracy.md]
                                  [--work DIR] [--misses 40] [--false 40]

The sets are rule cases, CredData, leaky-repo and shapes (see benchmarks/labelled.py). `--mirrors` holds local mirrors for CredData
and leaky-repo, `--rivals` one virtual environment for each rival, named after its package. What is not on the machine is left out
and named; `--skip` leaves out more, a set or a rival. A fifth of the providers and repositories, chosen by a digest of their names,
is reported apart: what is tuned is tuned on the others, and the gap says how much of it was learnt by heart. `--misses` and
`--false` list cases of the other four fifths only. `--write` replaces the measured part of a page, and nothing else of it.
"""

from __future__ import annotations

import argparse
import collections
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import auditor
from auditor.model.levels import Confidence
from benchmarks.labelled import CredData, Labelled, LeakyRepo, MissingSetError, RuleCases, Shapes, held_back
from benchmarks.scanners import RIVALS, Ours, run_rival, shown, version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from benchmarks.labelled import Row

_BEGIN: Final = "<!-- measured: begin -->"
_END: Final = "<!-- measured: end -->"
Figures = dict[str, dict[str, float]]
"""Of each set its figures."""


def sets(options: argparse.Namespace, work: Path) -> list[Labelled]:
    """Build the sets for which everything is here."""
    makers: dict[str, Callable[[], Labelled]] = {
        "rule cases": lambda: RuleCases(options.eval, work),
        "CredData": lambda: CredData(options.eval, options.mirrors, work),
        "leaky-repo": lambda: LeakyRepo(options.eval, options.mirrors, work),
        "shapes": lambda: Shapes(work),
    }
    made = []
    for name, make in makers.items():
        if name in options.skip or (options.mirrors is None and name in {"CredData", "leaky-repo"}):
            print(f"left out: {name}", file=sys.stderr)
            continue
        try:
            made.append(make())
        except MissingSetError as error:
            print(f"left out: {name}, {error}", file=sys.stderr)
    return made


def table(results: dict[str, Figures]) -> str:
    """Write one line for each tool."""
    lines = [
        "| tool | cases: recall all / neutral | false alarms strong / weak | CredData: P / F1 | leaky-repo | shapes / twins |",
        "|---|---|---|---|---|---|",
    ]
    for tool, figures in results.items():
        cells = [
            _cell(figures, "rule cases", "{recall} / {recall neutral}"),
            _cell(figures, "rule cases", "{false strong} / {false weak}"),
            _cell(figures, "CredData", "{precision} / {f1}"),
            _cell(figures, "leaky-repo", "{risk lines:.0f} of {of:.0f}"),
            _cell(figures, "shapes", "{found:.0f} of {of:.0f} / {twins:.0f}"),
        ]
        lines.append(f"| {tool} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(figures: Figures, name: str, form: str) -> str:
    return form.format_map(figures[name]) if name in figures else "-"


def levels_table(counted: dict[str, dict[str, collections.Counter[bool]]]) -> str:
    """Write how often each level of confidence is right, on each set."""
    lines = ["| confidence | " + " | ".join(counted) + " |", "|---|" + "---|" * len(counted)]
    for level in reversed(Confidence):
        cells = []
        for levels in counted.values():
            right, wrong = (
                levels.get(level.value, collections.Counter())[True],
                levels.get(level.value, collections.Counter())[False],
            )
            cells.append(f"{100 * right / (right + wrong):.1f} % of {right + wrong}" if right + wrong else "-")
        lines.append(f"| {level.value} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def gap_table(found: dict[str, list[Row]], made: Iterable[Labelled]) -> str:
    """Write the figures of what is tuned on beside those of what is held back."""
    lines = ["| measure | tuned on | held back |", "|---|---|---|"]
    for one in made:
        tuned, kept = (one.score(found[one.name], part) for part in (False, True))
        lines += [f"| {one.name}: {measure} | {tuned[measure]} | {kept[measure]} |" for measure in tuned]
    return "\n".join(lines)


def write(page: Path, text: str) -> None:
    """Replace the measured part of a page; what others wrote stays.

    Raises:
        SystemExit: the page has no measured part.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        message = f"{page} has no lines {_BEGIN} and {_END} to write between."
        raise SystemExit(message)
    page.write_text(f"{before}{_BEGIN}\n{text}\n{_END}{after}", encoding="utf-8")


def report(cases: RuleCases, rows: list[Row], misses: int, false: int) -> None:
    """Print what was missed and what was wrongly found, of the tuned providers only, and which rules did it."""
    hits: dict[str, list[Row]] = collections.defaultdict(list)
    for row in rows:
        hits[row["file"]].append(row)
    wrong: collections.Counter[tuple[str, str]] = collections.Counter()
    for case in cases.index:
        found = hits[case["file"]]
        if held_back(case["provider"]):
            continue
        realistic = case["expect"] == "secret" and case["kind"] == "secret" and not case.get("dummy")
        if realistic and not found and misses:
            misses -= 1
            print("MISS", case["provider"], repr(case["text"][:160]))
        if case["expect"] == "clean" and found:
            wrong.update((case["strength"], row["rule"]) for row in found)
            if false and case["strength"] == "strong":
                false -= 1
                print("FALSE", [(row["rule"], row["secret"]) for row in found][:2], repr(case["text"][:160]))
    if wrong:
        print("false alarms by rule:", wrong.most_common(25))


def measure(options: argparse.Namespace, work: Path) -> str:
    """Run everything, and return the tables."""
    made = sets(options, work)
    ours = Ours()
    everything = {one.name: ours.scan(one.folder) for one in made}
    found = {name: shown(rows, options.min_confidence) for name, rows in everything.items()}
    results: dict[str, Figures] = {f"auditor {auditor.__version__}": {one.name: one.score(found[one.name]) for one in made}}
    for rival in RIVALS if options.rivals else ():
        known = version(options.rivals, rival)
        if rival.name in options.skip or not known:
            print(f"left out: {rival.name}", file=sys.stderr)
            continue
        print(f"running {rival.name} {known}", file=sys.stderr)
        figures = {}
        for one in made:
            out = work / f"{rival.name}-{known}-{one.name.replace(' ', '-')}.jsonl"
            figures[one.name] = one.score(list(run_rival(options.rivals, rival, one.folder, options.eval, out)))
        results[f"{rival.title or rival.name} {known}"] = figures
    for one in made:
        if isinstance(one, RuleCases):
            report(one, found[one.name], options.misses, options.false)
    counted = {one.name: levels for one in made if (levels := one.levels(everything[one.name]))}
    parts = [table(results), "How often each level of confidence is right:", levels_table(counted)]
    parts += ["What is tuned on beside what is held back:", gap_table(found, made)]
    return "\n\n".join(parts)


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, required=True, help="the folder with the rule cases and the scorers")
    parser.add_argument("--mirrors", type=Path, help="the folder with mirrors, OWNER+NAME/repo")
    parser.add_argument("--rivals", type=Path, help="the folder with one virtual environment for each rival")
    parser.add_argument("--skip", nargs="*", default=[], help="sets and rivals to leave out")
    parser.add_argument("--work", type=Path, help="keep the files of the sets and the findings of rivals here, and use them again")
    parser.add_argument("--min-confidence", choices=list(Confidence), default=Confidence.MEDIUM, type=Confidence)
    parser.add_argument("--misses", type=int, default=0, help="list so many misses")
    parser.add_argument("--false", type=int, default=0, help="list so many false alarms")
    parser.add_argument("--write", type=Path, help="write the tables into this page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="accuracy-") as scratch:
        work = options.work or Path(scratch)
        work.mkdir(parents=True, exist_ok=True)
        text = measure(options, work.resolve())
    print(text)
    if options.write:
        write(options.write, text)


if __name__ == "__main__":
    main()
