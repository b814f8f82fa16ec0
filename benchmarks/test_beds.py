"""The verdict over public repositories of governments, as a table.

    python -m benchmarks.test_beds FOLDER [--only NAME ...] [--reports FOLDER] [--write FILE]
    python -m benchmarks.test_beds --stored FOLDER [--write FILE]

FOLDER holds mirrors or clones, each in a folder named `owner+name` (with or without a `repo` folder in it). Each is looked at
through a git folder of our own that borrows its objects and has the public address as its remote, as a clone would: so what
an organisation gives to all its repositories is credited. The second form makes the tables of reports that were kept.
No value of a finding is written.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.audit import audit
from auditor.config import Settings
from auditor.model.check import Outcome
from auditor.model.levels import Grade
from auditor.model.verdict import BlockerKind
from auditor.reports.formats import render
from auditor.reports.read import read_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from auditor.model.report import AuditReport
    from auditor.model.verdict import Route

FORGE: Final = "https://github.com"


@dataclass(frozen=True)
class Bed:
    """One repository and what was said of it."""

    name: str
    report: AuditReport


def mirrors(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield name and git folder of each mirror, by name."""
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name.lower()):
        places = (path / "repo" / ".git", path / "repo", path / ".git", path)
        git_dir = next((place for place in places if (place / "HEAD").is_file()), None)
        if "+" in path.name and git_dir is not None:
            yield path.name.replace("+", "/", 1), git_dir


def borrow(mirror: Path, to: Path, name: str) -> Path:
    """Make a git folder that has the refs of a mirror, borrows its objects, and says where it is public."""
    (to / "objects" / "info").mkdir(parents=True)
    (to / "objects" / "info" / "alternates").write_text(f"{(mirror / 'objects').resolve()}\n", encoding="utf-8")
    (to / "refs").mkdir()
    for part in ("HEAD", "packed-refs"):
        if (mirror / part).is_file():
            shutil.copy(mirror / part, to / part)
    if (mirror / "refs").is_dir():
        shutil.copytree(mirror / "refs", to / "refs", dirs_exist_ok=True)
    config = f'[core]\n\trepositoryformatversion = 0\n\tbare = true\n[remote "origin"]\n\turl = {FORGE}/{name}.git\n'
    (to / "config").write_text(config, encoding="utf-8")
    return to


def look(name: str, mirror: Path) -> Bed:
    """Audit one mirror."""
    with tempfile.TemporaryDirectory() as folder:
        copy = borrow(mirror, Path(folder) / f"{name.rpartition('/')[2]}.git", name)
        return Bed(name, audit(copy, Settings()))


def stored(folder: Path) -> list[Bed]:
    """Read the reports that were kept, by name."""
    files = sorted(folder.glob("*+*.json"), key=lambda path: path.name.lower())
    return [Bed(file.stem.replace("+", "/", 1), read_report(file.read_text(encoding="utf-8"), name=file.name)) for file in files]


def table(beds: Sequence[Bed]) -> str:
    """Write what stands in the way of each repository, on both routes."""
    lines = [
        "| repository | whole history: verdict | blockers | musts | current tree alone: verdict | blockers | musts | questions |",
        "|---|---|--:|--:|---|--:|--:|--:|",
    ]
    for bed in beds:
        verdict = bed.report.verdict
        cells = [bed.name]
        for route in (verdict.full_history, verdict.fresh_history):
            cells += [route.decision.replace("_", " "), *map(str, _counts(route))]
        lines.append(f"| {' | '.join([*cells, str(len(verdict.full_history.attestations_due))])} |")
    return "\n".join(lines)


def _counts(route: Route) -> tuple[int, int]:
    """Count blockers, gaps of the history left out, and musts."""
    known = [b for b in route.blockers if b.kind is not BlockerKind.COVERAGE]
    blocking = sum(b.grade is Grade.BLOCKER for b in known)
    return blocking, len(known) - blocking


def kinds(beds: Sequence[Bed]) -> str:
    """Write which kinds of things block: of the whole history, of the current tree, and in how many repositories."""
    whole: Counter[str] = Counter()
    tree: Counter[str] = Counter()
    where: defaultdict[str, set[str]] = defaultdict(set)
    for bed in beds:
        rules = {finding.fingerprint: finding.rule_id for finding in bed.report.findings}
        for route, counter in ((bed.report.verdict.full_history, whole), (bed.report.verdict.fresh_history, tree)):
            for blocker in route.blockers:
                if blocker.grade is Grade.BLOCKER and blocker.kind is not BlockerKind.COVERAGE:
                    kind = rules.get(blocker.id, blocker.id)
                    counter[kind] += 1
                    where[kind].add(bed.name)
    lines = ["| rule or check | in the whole history | in the current tree | repositories |", "|---|--:|--:|--:|"]
    lines += [f"| `{kind}` | {count} | {tree[kind]} | {len(where[kind])} |" for kind, count in _most(whole | tree)]
    return "\n".join(lines)


def checks(beds: Sequence[Bed]) -> str:
    """Write how often each check that blocks, or must be met, said what: one that fails everywhere asks the wrong question."""
    said: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    titles: dict[str, str] = {}
    for bed in beds:
        for result in bed.report.checks:
            if result.info.grade.rank >= Grade.MUST.rank:
                said[result.check_id][result.outcome] += 1
                titles[result.check_id] = f"{result.info.title} ({result.info.grade}, {result.info.method})"
    lines = ["| check | fail | pass | does not apply | asks a person or the forge |", "|---|--:|--:|--:|--:|"]
    for check_id in sorted(said, key=lambda key: (-said[key][Outcome.FAIL], key)):
        count = said[check_id]
        asks = count[Outcome.NOT_CHECKED] + count[Outcome.ERROR]
        cells = (count[Outcome.FAIL], count[Outcome.PASS] + count[Outcome.ATTESTED], count[Outcome.NOT_APPLICABLE], asks)
        lines.append(f"| {check_id} {titles[check_id]} | {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def _most(counter: Counter[str]) -> Iterable[tuple[str, int]]:
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def page(beds: Sequence[Bed]) -> str:
    """Put the three tables together."""
    return f"{table(beds)}\n\n{kinds(beds)}\n\n{checks(beds)}\n"


def _looked_at(folder: Path, only: Sequence[str], reports: Path | None) -> Iterator[Bed]:
    for name, mirror in mirrors(folder):
        if only and name not in only:
            continue
        began = time.monotonic()
        bed = look(name, mirror)
        print(f"{name}: {bed.report.verdict.decision}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        if reports:
            (reports / f"{name.replace('/', '+')}.json").write_text(render("json", bed.report), encoding="utf-8")
        yield bed


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=Path())
    parser.add_argument("--only", nargs="+", default=(), metavar="OWNER/NAME")
    parser.add_argument("--reports", type=Path, help="keep the JSON report of each here")
    parser.add_argument("--stored", type=Path, help="a folder of JSON reports, instead of mirrors")
    parser.add_argument("--write", type=Path, help="the tables, instead of stdout")
    given = parser.parse_args(arguments)
    beds = stored(given.stored) if given.stored else list(_looked_at(given.folder, given.only, given.reports))
    if given.write:
        given.write.write_text(page(beds), encoding="utf-8")
    else:
        print(page(beds), end="")


if __name__ == "__main__":
    main()
