"""SUP-01: dependencies are fixed by lock files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.ecosystems import manifests
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_MOST = 10


@check(
    id="SUP-01",
    title="Lock files fix the dependencies",
    question="Does every package manager in use have its lock file in the repository?",
    why=(
        "Without a lock file nobody can tell which versions were meant, neither those who build the code nor those who look for "
        "weaknesses."
    ),
    remediation="Let the package manager write its lock file, commit it, and keep it current with Dependabot or Renovate.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.OSPS, "OSPS-QA-02.01"),
        by.cite(by.SCORECARD, "Pinned-Dependencies"),
        by.cite(by.NHS_CHECKLIST, "package dependencies documented with versions"),
    ),
)
def lock_files(context: CheckContext) -> Answer:
    """Look for the lock file beside each manifest or above it."""
    found = manifests(context)
    if not found:
        return not_applicable("no manifest of a package manager that writes lock files")
    missing = [m for m in found if not m.lock]
    if missing:
        evidence = [
            Evidence(f"{m.ecosystem.name}: no {m.ecosystem.locks[0]} and no other lock file", path=m.path) for m in missing[:_MOST]
        ]
        more = len(missing) - _MOST
        return failed(*evidence, *([Evidence(f"and {more} more", count=more)] if more > 0 else []))
    locks = dict.fromkeys((m.lock, m.ecosystem.name) for m in found)
    return passed(*(Evidence(f"{name} lock file", path=lock) for lock, name in list(locks)[:_MOST]))
