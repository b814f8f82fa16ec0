"""Accuracy on labelled cases: write them as files, scan each, score with the scorer that comes with the cases.

    python benchmarks/accuracy.py --eval DIR [--min-confidence medium] [--misses 40] [--false 40] [--held-back]

DIR holds `run_tool.py` and `rules_dev.jsonl.gz`. A fifth of the providers, chosen by a digest of their names, is reported apart:
what is tuned is tuned on the others, and the gap says how much of it was learnt by heart.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from auditor.detection import ruleset
from auditor.detection.globs import Globs
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.model.blob import Blob
from auditor.model.levels import Confidence
from auditor.model.rule import Category

SECRETS = {Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY}


def held_back(provider: str) -> bool:
    """Tell whether a provider belongs to the fifth that nothing is tuned on."""
    return hashlib.sha256(provider.encode()).digest()[0] % 5 == 0


def scan(folder: Path, least: Confidence) -> list[dict[str, object]]:
    """Scan every case as its own content, and judge path conditions by its file name."""
    rules = ruleset.load()
    scanner = Scanner(rules, ScanOptions(key=b"benchmark"))
    globs = Globs((rule.id, rule.paths.include) for rule in rules.rules if rule.paths.include)
    rows: list[dict[str, object]] = []
    for path in sorted(folder.glob("cases/*/*")):
        data = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        for match, secret in scanner.scan(Blob(name, len(data), data)):
            rule = rules[match.rule_id]
            if rule.paths.include and rule.id not in globs.match(name):
                continue
            if rule.category in SECRETS and match.confidence.rank >= least.rank and match.severity.rank > 0:
                value = secret.reveal().decode("utf-8", "replace")
                rows.append({"file": name, "line": match.line or 1, "rule": rule.id, "secret": value})
    return rows


def score(index: Path, rows: list[dict[str, object]], evaluation: Path, name: str) -> dict[str, object]:
    """Hand the rows to the scorer."""
    findings = index.parent / f"{name}.jsonl"
    with findings.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps({"tool": "auditor", "end_line": row["line"], **row}) + "\n")
    command = [sys.executable, str(evaluation / "run_tool.py"), "score", "--index", str(index), "--findings", str(findings)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, object] = json.loads(done.stdout)[0]
    return result


def main() -> None:
    """Print the figures for all cases, and for tuned and held back providers apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, required=True)
    parser.add_argument("--min-confidence", choices=list(Confidence), default=Confidence.MEDIUM, type=Confidence)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--false", type=int, default=0)
    parser.add_argument("--rows", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases = folder / "rules_dev.jsonl"
        cases.write_bytes(gzip.decompress((options.eval / "rules_dev.jsonl.gz").read_bytes()))
        command = [sys.executable, str(options.eval / "run_tool.py"), "cases", "--rules", str(cases), "--out", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
        rows = scan(folder, options.min_confidence)
        index = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
        for title, wanted in (("all", None), ("tuned", False), ("held back", True)):
            chosen = [case for case in index if wanted is None or held_back(case["provider"]) is wanted]
            part = folder / f"{title.replace(' ', '-')}.index"
            part.write_text("".join(json.dumps(case) + "\n" for case in chosen), encoding="utf-8")
            files = {case["file"] for case in chosen}
            show(title, score(part, [row for row in rows if row["file"] in files], options.eval, title.replace(" ", "-")))
        report(index, rows, options.misses, options.false)
        if options.rows:
            options.rows.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def show(title: str, figures: dict[str, object]) -> None:
    """Print one line of figures."""
    names = ("recall_all", "recall_neutral", "recall_exact", "fp_strong", "fp_weak", "shape", "n")
    print(title, {name: figures[f"dev_{name}"] for name in names})


def report(index: list[dict[str, object]], rows: list[dict[str, object]], misses: int, false: int) -> None:
    """Print what was missed and what was wrongly found, of the tuned providers only, and which rules did it."""
    hits: dict[object, list[dict[str, object]]] = collections.defaultdict(list)
    for row in rows:
        hits[row["file"]].append(row)
    wrong: collections.Counter[object] = collections.Counter()
    for case in index:
        found = hits[case["file"]]
        if held_back(str(case["provider"])):
            continue
        realistic = case["expect"] == "secret" and case["kind"] == "secret" and not case.get("dummy")
        if realistic and not found and misses:
            misses -= 1
            print("MISS", case["provider"], repr(str(case["text"])[:160]))
        if case["expect"] == "clean" and found:
            wrong.update((case["strength"], row["rule"]) for row in found)
            if false and case["strength"] == "strong":
                false -= 1
                print("FALSE", [(row["rule"], row["secret"]) for row in found][:2], repr(str(case["text"])[:160]))
    print(wrong.most_common(25))


if __name__ == "__main__":
    main()
