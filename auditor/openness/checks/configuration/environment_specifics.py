"""CFG-01: configuration holds no detail of one environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort, Grade
from auditor.model.rule import Category
from auditor.openness.authorities import OPEN_OR_CLOSED, cite
from auditor.openness.mirror import mirror
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_SUFFIXES: Final = (".yml", ".yaml", ".tf", ".tfvars", ".json", ".toml", ".ini", ".cfg", ".conf", ".properties", ".env", ".xml")


@check(
    id="CFG-01",
    title="Configuration holds no detail of one environment",
    question="Does configuration name hosts, networks or accounts of a real environment?",
    why="Configuration may be open; the details of one environment help only those who want in.",
    remediation="Read such values from the environment or a private overlay.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(cite(OPEN_OR_CLOSED, "configuration"),),
    mirrors_findings=True,
)
def environment_specifics(context: CheckContext) -> Answer:
    """Configuration holds no detail of one environment."""
    return mirror(
        context,
        lambda finding: finding.category is Category.CONFIGURATION,
        "no detail of one environment in configuration",
        lambda place: (place.path or "").lower().endswith(_SUFFIXES),
    )
