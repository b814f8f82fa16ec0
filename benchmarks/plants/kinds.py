"""A plant: something that must not be published, where it stands, what must notice it, and what may clear it."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from auditor.detection.ruleset import load
from auditor.findings.fingerprint import value_fingerprint
from auditor.openness.subjects import check_for
from benchmarks.plants.acts import Act
from benchmarks.reach_corpus import make_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker, Route
    from tests.gitrepo import GitRepo

TOKEN_RULE: Final = "github-pat-classic"  # noqa: S105  the id of a rule
ROTATE: Final = frozenset({Act.ROTATED, Act.ACCEPTED})
"""For a token of a known provider nothing else will do while it stands in the current files."""
PAST: Final = ROTATE | {Act.FRESH, Act.FIX_AND_FRESH}
"""What only the history holds is left behind by a fresh import."""
SECRET: Final = ROTATE | {Act.FIX_AND_FRESH}
GUESSED: Final = SECRET | {Act.BASELINE}
"""A password that only its shape tells may be set aside by another tool's baseline, as in the code beside it."""
FACT: Final = frozenset({Act.ACCEPTED, Act.FIX_AND_FRESH, Act.BASELINE})
"""What cannot be replaced: a number of a person, a marking."""
CANDIDATE: Final = FACT | {Act.ATTESTED}
"""What a person decides: is it one?"""
FIXED: Final = frozenset({Act.FIX, Act.FIX_AND_FRESH})
MENDED: Final = FIXED | {Act.ATTESTED}


@dataclass(frozen=True)
class Plant:
    """`notices` is the id of the rule, the check or the coverage item; `holds` is the token in it, which tells it apart.

    `shown` is how the report names its place, where that is not the path.
    """

    name: str
    notices: str
    clears: frozenset[Act]
    path: str = ""
    content: str | bytes = ""
    holds: str = ""
    shown: str = ""
    act: Callable[[GitRepo], object] | None = None

    def files(self) -> dict[str, str | bytes]:
        """Return the file that it brings into the current tree."""
        return {self.path: self.content} if self.path and self.act is None else {}


def token(name: str) -> str:
    """Return the token of a plant, the same in every run; it opens nothing."""
    return make_token(f"plant {name}")


def setting(name: str) -> str:
    """Return a line of settings around the token of a plant."""
    return f'github_token = "{token(name)}"\n'


def hidden(name: str) -> bytes:
    """Return the line in base64."""
    return b"data: " + base64.b64encode(setting(name).encode()) + b"\n"


@cache
def example(rule_id: str) -> str:
    """Return the first example that a rule gives of what it finds."""
    text = load()[rule_id].examples[0]
    return text if text.endswith("\n") else f"{text}\n"


def stands(plant: Plant, report: AuditReport, route: Route) -> str:
    """Say by which id the plant stands in the way on a route; empty where it does not."""
    mine = {finding.fingerprint: finding for finding in report.findings if _is_mine(plant, finding)}
    for blocker in (*route.blockers, *route.attestations_due):
        if blocker.id in mine:
            return mine[blocker.id].rule_id
        its_check = any(check_for(finding) == blocker.id for finding in mine.values())
        if (its_check or blocker.id == plant.notices) and _shows(plant, blocker, report):
            return plant.notices
    return ""


def _shows(plant: Plant, blocker: Blocker, report: AuditReport) -> bool:
    """Tell whether the plant is among the places of a blocker, or of the check behind it where those are too many."""
    named = plant.shown or plant.path
    if any(named in where for where in blocker.where):
        return True
    shortened = any(where.startswith("and ") for where in blocker.where)
    evidence = (item for check in report.checks if check.check_id == blocker.id for item in check.evidence)
    return shortened and any(named in f"{item.path}: {item.text}" for item in evidence)


def _is_mine(plant: Plant, finding: Finding) -> bool:
    if finding.rule_id != plant.notices:
        return False
    if plant.holds:
        return finding.fingerprint == value_fingerprint(hashlib.sha256(plant.holds.encode()).hexdigest())
    return any(place.path == plant.path for place in finding.locations)
