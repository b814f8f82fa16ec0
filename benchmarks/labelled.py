"""Labelled sets on which scanners are compared: each is a folder of files and a way to score what was found in them.

The rule cases and the scorers come with the folder of `--eval`; CredData and leaky-repo are rebuilt from local mirrors of their
public repositories (OWNER+NAME/repo); the shapes are our own, beside the tests.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SHAPES: Final = Path(__file__).resolve().parents[1] / "tests" / "detection" / "shapes.yml"
_SEAM: Final = "\u00a6"
Row = dict[str, Any]
"""A finding as the scorers read it: tool, file, line, end_line, rule, secret; ours also say how sure we are."""


class MissingSetError(RuntimeError):
    """A set cannot be built here; the message says what is missing."""


def held_back(name: str) -> bool:
    """Tell whether a provider or repository belongs to the fifth that nothing is tuned on."""
    return hashlib.sha256(name.encode()).digest()[0] % 5 == 0


class Labelled(Protocol):
    """One labelled set."""

    name: str
    folder: Path

    def score(self, rows: Sequence[Row], part: bool | None = None) -> dict[str, float]:  # noqa: FBT001  held back, tuned, or all
        """Score findings on the whole set, or on what is held back (True) or tuned on (False)."""

    def levels(self, rows: Iterable[Row]) -> dict[str, Counter[bool]]:
        """Count right and wrong findings of each level of confidence."""


def _scorer(evaluation: Path, script: str, *arguments: str | Path) -> Any:  # noqa: ANN401  whatever the scorer prints
    command = [sys.executable, str(evaluation / script), *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def _write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass
class RuleCases:
    """Examples and counter-examples that scanners ship with their rules, each in a file of its own."""

    evaluation: Path
    work: Path
    name: str = "rule cases"
    index: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Write the cases as files."""
        self.folder = self.work / "rule-cases"
        self.folder.mkdir(parents=True, exist_ok=True)
        cases = self.work / "rules_dev.jsonl"
        cases.write_bytes(gzip.decompress((self.evaluation / "rules_dev.jsonl.gz").read_bytes()))
        command = [sys.executable, str(self.evaluation / "run_tool.py"), "cases", "--rules", str(cases), "--out", str(self.folder)]
        subprocess.run(command, check=True, capture_output=True)
        listed = self.folder / "index.jsonl"
        self.index = [json.loads(line) for line in listed.read_text(encoding="utf-8").splitlines()]
        listed.unlink()

    def score(self, rows: Sequence[Row], part: bool | None = None) -> dict[str, float]:  # noqa: FBT001  as the protocol says
        """Score recall of realistic positives and false alarms."""
        chosen = [case for case in self.index if part is None or held_back(case["provider"]) is part]
        files = {case["file"] for case in chosen}
        index = _write(self.work / "part.index", chosen)
        # A first row that is on no file names the tool, also where it found nothing.
        first = {"tool": rows[0]["tool"] if rows else "none", "file": "", "line": 0, "rule": "", "secret": None}
        findings = _write(self.work / "part.jsonl", [first, *(row for row in rows if row["file"] in files)])
        got = _scorer(self.evaluation, "run_tool.py", "score", "--index", index, "--findings", findings)[0]
        names = {"recall": "recall_all", "recall neutral": "recall_neutral", "false strong": "fp_strong", "false weak": "fp_weak"}
        return {title: got[f"dev_{key}"] for title, key in names.items()}

    def levels(self, rows: Iterable[Row]) -> dict[str, Counter[bool]]:
        """Count: right on a realistic positive, wrong on a clean case; dummies and identifiers count for neither."""
        truth = {}
        for case in self.index:
            if case["expect"] == "clean":
                truth[case["file"]] = False
            elif case["kind"] == "secret" and not case.get("dummy"):
                truth[case["file"]] = True
        return _levels(rows, lambda row: truth.get(row["file"]))


@dataclass
class CredData:
    """Lines of public repositories that people labelled (Samsung/CredData), without those that are identifiers."""

    evaluation: Path
    mirrors: Path
    work: Path
    name: str = "CredData"

    def __post_init__(self) -> None:
        """Rebuild the files from the mirrors, once."""
        root = self.work / "creddata"
        self.folder, self._labels = root / "data", root / "labels.csv"
        if not self._labels.is_file():
            checkout = _checkout(self.mirrors, "Samsung+CredData", self.work / "creddata-meta", ("snapshot.json", "meta"))
            command = [sys.executable, str(self.evaluation / "creddata.py"), "rebuild", "--creddata", str(checkout)]
            subprocess.run([*command, "--repos", str(self.mirrors), "--out", str(root)], check=True, capture_output=True)
        with self._labels.open(encoding="utf-8", newline="") as file:
            self._rows = list(csv.DictReader(file))
        if not self._rows:
            message = f"no repository of CredData is in {self.mirrors}"
            raise MissingSetError(message)

    def score(self, rows: Sequence[Row], part: bool | None = None) -> dict[str, float]:  # noqa: FBT001  as the protocol says
        """Score precision, recall and F1 of lines."""
        labels = self._labels
        if part is not None:
            labels = self.work / "part.csv"
            with labels.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, self._rows[0].keys())
                writer.writeheader()
                writer.writerows(row for row in self._rows if held_back(row["repo"]) is part)
        findings = _write(self.work / "part.jsonl", ({**row, "file": f"data/{row['file']}"} for row in rows))
        got = _scorer(self.evaluation, "creddata.py", "score", "--labels", labels, "--findings", findings, "--core", "--json")
        return {key: round(100 * got[key], 1) for key in ("precision", "recall", "f1")}

    def levels(self, rows: Iterable[Row]) -> dict[str, Counter[bool]]:
        """Count: right on a line labelled as a secret, wrong on one that was reviewed and is none."""
        truth: dict[tuple[str, int], set[str]] = defaultdict(set)
        for label in self._rows:
            for line in range(int(label["line_start"]), int(label["line_end"]) + 1):
                truth[label["file"], line].add(label["label"])

        def right(row: Row) -> bool | None:
            found = truth.get((f"data/{row['file']}", row["line"]), set())
            return True if "T" in found else False if found == {"F"} else None

        return _levels(rows, right)


@dataclass
class LeakyRepo:
    """Forty-two files of clients and servers with 96 lines that carry a risk (Plazmaz/leaky-repo)."""

    evaluation: Path
    mirrors: Path
    work: Path
    name: str = "leaky-repo"

    def __post_init__(self) -> None:
        """Check it out of the mirror."""
        self.folder = _checkout(self.mirrors, "Plazmaz+leaky-repo", self.work / "leaky-repo", ())

    def score(self, rows: Sequence[Row], part: bool | None = None) -> dict[str, float]:  # noqa: FBT001  as the protocol says
        """Count the lines with a risk that were found, and the lines beyond."""
        if part is not None:
            return {}
        findings = _write(self.work / "part.jsonl", rows)
        got = _scorer(self.evaluation, "leaky.py", "--meta", self.folder / ".leaky-meta" / "secrets.csv", "--findings", findings)
        return {"risk lines": got["found"], "of": got["risk_lines"], "excess": got["excess"]}

    def levels(self, _rows: Iterable[Row]) -> dict[str, Counter[bool]]:
        """Return nothing: files, not lines, are labelled."""
        return {}


@dataclass
class Shapes:
    """Credentials in the shapes that people write, and their harmless twins; our own, so read others' figures with that in view."""

    work: Path
    name: str = "shapes"

    def __post_init__(self) -> None:
        """Write each shape and each twin as a file of its own."""
        self.folder = self.work / "shapes"
        self._names = []
        for row in yaml.safe_load(SHAPES.read_text(encoding="utf-8")):
            self._names.append(row["name"])
            for kind in ("text", "twin"):
                file = self.folder / kind / row["name"] / row["file"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(row[kind].replace(_SEAM, "").rstrip("\n") + "\n", encoding="utf-8")

    def score(self, rows: Sequence[Row], part: bool | None = None) -> dict[str, float]:  # noqa: FBT001  as the protocol says
        """Count shapes that were found, and twins that were found as well."""
        if part is not None:
            return {}
        hits = {tuple(Path(row["file"]).parts[:2]) for row in rows}
        return {
            "found": sum(("text", name) in hits for name in self._names),
            "of": len(self._names),
            "twins": sum(("twin", name) in hits for name in self._names),
        }

    def levels(self, rows: Iterable[Row]) -> dict[str, Counter[bool]]:
        """Count: right on a shape, wrong on a twin."""
        return _levels(rows, lambda row: Path(row["file"]).parts[0] == "text")


def _levels(rows: Iterable[Row], right: Any) -> dict[str, Counter[bool]]:  # noqa: ANN401  a function of a row: right, wrong, neither
    counted: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        answer = right(row)
        if answer is not None:
            counted[row["confidence"]][answer] += 1
    return counted


def _checkout(mirrors: Path, name: str, target: Path, paths: tuple[str, ...]) -> Path:
    """Write the files of a mirror's newest commit, once."""
    repository = next(
        (place for place in (mirrors / name / "repo" / ".git", mirrors / name / "repo") if (place / "objects").is_dir()), None
    )
    if repository is None:
        message = f"{mirrors / name} is not there"
        raise MissingSetError(message)
    if not target.is_dir():
        archive = subprocess.run(
            ["git", "--git-dir", str(repository), "archive", "HEAD", *paths], check=True, capture_output=True
        ).stdout
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(target, filter="data")
    return target
