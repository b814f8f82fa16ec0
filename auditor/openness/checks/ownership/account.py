"""OWN-04: the repository is in the organisation's account."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.forge import confirm, told
from auditor.openness.reading.organisation import owners
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="OWN-04",
    title="The repository is in the organisation's account",
    question="Is the repository in an account that the organisation manages, not a person's?",
    why="A repository in a personal account leaves with the person, and with it the right to fix it.",
    remediation="Transfer the repository to the organisation's account on the forge.",
    effort=Effort.MINUTES,
    who="administrator of the organisation",
    grade=Grade.MUST,
    method=Method.API,
    sources=(
        by.cite(by.SERVICE_MANUAL, "a repository managed by your department"),
        by.cite(by.NHS_CHECKLIST, "You store it in a repository managed by your department"),
    ),
)
def organisation_account(context: CheckContext) -> Answer:
    """Say which account the remote names; whether it is an organisation's, only the forge knows."""
    settings = told(context).settings
    if isinstance(settings, Hidden):
        evidence = [Evidence(f"a remote is in the account {owner}") for owner in owners(context)]
        where = "the repository's page names the organisation as its owner"
        return confirm(where, "read access to the repository's metadata", *evidence, hidden=settings)
    owner = settings.full_name.partition("/")[0]
    if settings.owned_by_organisation:
        return passed(f"{owner} is the account of an organisation")
    return failed(f"{owner} is the account of a person")
