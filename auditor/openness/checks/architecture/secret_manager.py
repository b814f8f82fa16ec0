"""ARC-01: secrets come from outside the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.survey import survey
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="ARC-01",
    title="Secrets come from a manager or the environment",
    question="Does the code take its secrets from a secret manager or the environment?",
    why="Code that asks for its secrets at run time can be open while they stay closed.",
    remediation="Read secrets from the platform's secret manager, or from the environment that it fills.",
    effort=Effort.DAYS,
    who="developer",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.OPEN_OR_CLOSED, "Keys and credentials"),
        by.cite(by.HOME_OFFICE_SECRETS, "You MUST only store secrets in an approved secret management system"),
        by.cite(by.GDS_CREDENTIALS, "Service credentials"),
        by.cite(by.OSPS, "OSPS-BR-07.02"),
    ),
)
def secrets_from_outside(context: CheckContext) -> Answer:
    """Positive evidence: the first use of each manager, and how many files read the environment."""
    seen = survey(context)
    found = [Evidence(f"{name}: {place.text}", path=place.path, line=place.line) for name, place in sorted(seen.managers.items())]
    if seen.environment_place:
        place = seen.environment_place
        found.append(
            Evidence(
                f"{plural(seen.environment, 'file')} read the environment", path=place.path, line=place.line, count=seen.environment
            )
        )
    return passed(*found) if found else not_applicable("no sign that this code uses secrets")
