"""SEC-09: no secret inside files that hold other content."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import NHS_CHECKLIST, NHS_OPEN_POLICY, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.places import is_member
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.model.finding import Location
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_SUFFIXES: Final = (".ipynb", ".sql", ".dump", ".har", ".sqlite", ".db", ".bak", ".pdf", ".docx", ".xlsx", ".pptx")


@check(
    id="SEC-09",
    title="No secret inside notebooks, dumps, archives and documents",
    question="Is there a secret in the output of a notebook, a database dump, a recording, an archive, an image or a document?",
    why="What is inside such files is seldom read in a review.",
    remediation="Clear the output or take the file out, replace the secret and record the rotation.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B"), cite(NHS_CHECKLIST, "screenshots and figures")),
    mirrors_findings=True,
)
def inside_documents(context: CheckContext) -> Answer:
    """No secret inside files that hold other content."""
    return mirror(context, is_secret, "no secret inside notebooks, dumps, archives and documents", _is_inside)


def _is_inside(place: Location) -> bool:
    path = (place.path or "").lower()
    return is_member(place) or path.endswith(_SUFFIXES) or "cassettes/" in path
