"""What people can do about a finding, each done to everything at once: one look shows what an act clears, and what not."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import yaml
from ruamel.yaml import YAML

from auditor.openness.registry import CHECKS
from benchmarks.plants.council import BOOK, SIGNED, UNTIL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.model.report import AuditReport
    from tests.gitrepo import GitRepo


class Act(StrEnum):
    """One act. `FRESH` does nothing to the repository: it publishes the current tree alone."""

    FIX = "take it out of the current files"
    FRESH = "publish the current tree as a new repository"
    FIX_AND_FRESH = "take it out, and publish the tree as a new repository"
    ROTATED = "record that it was replaced"
    ACCEPTED = "record a reason why it does no harm"
    ATTESTED = "attest every check"
    REVIEWED = "record that a person opened the content"
    EXCEPTION = "write an exception for every path"
    LOWERED = "ask in the tree for severity info"
    BASELINE = "list it in the baseline of another tool"


WRITTEN: Final = (Act.ROTATED, Act.ACCEPTED, Act.ATTESTED, Act.REVIEWED, Act.EXCEPTION, Act.LOWERED, Act.BASELINE)
"""Acts that write a file and commit it."""
_ROLE: Final = {"role": SIGNED.role}


def perform(act: Act, repo: GitRepo, report: AuditReport) -> None:
    """Do the act about everything that the report names, and commit it."""
    repo.commit(_FILES[act](repo, report), f"Answer\n\nAct: {act}.", author="A Lead <a.lead@example.org>")


class _WrittenOut(yaml.SafeDumper):
    """Repeats what is equal instead of referring to it, which the file does not allow."""

    def ignore_aliases(self, data: object) -> bool:
        """Refer to nothing."""
        del data
        return True


def _book(repo: GitRepo, section: str, entries: list[dict[str, object]]) -> dict[str, str]:
    """Return openness.yml with further entries: all at once, where the commands would write them one by one."""
    document = YAML(typ="safe", pure=True).load((repo.path / BOOK).read_text(encoding="utf-8"))
    kept = [old for old in document.get(section, ()) if old.get("check") not in {new.get("check", "") for new in entries}]
    return {BOOK: yaml.dump({**document, section: [*kept, *entries]}, Dumper=_WrittenOut, sort_keys=False)}


def _rotated(repo: GitRepo, report: AuditReport) -> dict[str, str]:
    said = {"rotated_on": SIGNED.on, "by": _ROLE, "evidence": "change 1", "commit": repo.head()}
    return _book(repo, "secrets_rotated", [{"fingerprint": finding.fingerprint, **said} for finding in report.findings])


def _accepted(repo: GitRepo, report: AuditReport) -> dict[str, str]:
    said = {"reason": "test-data", "by": _ROLE, "on": SIGNED.on, "expires": UNTIL, "commit": repo.head()}
    return _book(repo, "findings_accepted", [{"fingerprint": finding.fingerprint, **said} for finding in report.findings])


def _attested(repo: GitRepo, _report: AuditReport) -> dict[str, str]:
    said = {"answer": "confirmed", "statement": "It is so.", "by": _ROLE, "on": SIGNED.on, "expires": UNTIL, "commit": repo.head()}
    return _book(repo, "attestations", [{"check": check_id, **said} for check_id in CHECKS])


def _reviewed(repo: GitRepo, report: AuditReport) -> dict[str, str]:
    seen = {(place.oid, place.path or "") for finding in report.findings for place in finding.locations if place.oid}
    seen |= {(item.oid, item.path) for item in report.coverage.skipped if item.oid}
    said = {"by": _ROLE, "on": SIGNED.on, "reason": "Opened and read."}
    return _book(repo, "content_reviewed", [{"oid": oid, "path": path, **said} for oid, path in sorted(seen)])


def _exception(repo: GitRepo, _report: AuditReport) -> dict[str, str]:
    threat = {"attacker": "a fraudster", "publication_adds": "the limits", "path_to_harm": "stays below them"}
    said = {"ground": "fraud-detection", "approved_by": _ROLE, "on": SIGNED.on, "review_by": UNTIL, **threat}
    return _book(repo, "exceptions", [{"id": "all", "paths": ["**"], **said}])


def _lowered(_repo: GitRepo, _report: AuditReport) -> dict[str, str]:
    return {".auditor.yml": "severity_overrides:\n  - paths: ['**']\n    severity: info\n"}


def _baseline(_repo: GitRepo, report: AuditReport) -> dict[str, str]:
    results: dict[str, list[dict[str, object]]] = {}
    for finding in report.findings:
        for place in finding.locations:
            results.setdefault(place.path or "", []).append({"line_number": place.line or 0, "is_secret": False})
    return {".secrets.baseline": json.dumps({"version": "1.5.0", "results": results})}


_FILES: Final[Mapping[Act, Callable[[GitRepo, AuditReport], dict[str, str]]]] = {
    Act.ROTATED: _rotated,
    Act.ACCEPTED: _accepted,
    Act.ATTESTED: _attested,
    Act.REVIEWED: _reviewed,
    Act.EXCEPTION: _exception,
    Act.LOWERED: _lowered,
    Act.BASELINE: _baseline,
}
