"""CFG-09: no rotas, phone trees or staff lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, passed
from auditor.openness.authorities import CMS_CHECKLIST, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_LISTS: Final = re.compile(
    r"(?:^|[/_ -])(?:on[_ -]?call|rota|phone[_ -]?(?:tree|list|book)|staff[_ -]?(?:list|directory)|contact[_ -]?list|"
    r"escalation[_ -]?(?:contacts?|list)|door[_ -]?codes?)(?:[/_ .-]|$)",
    re.IGNORECASE,
)
_TEXT: Final = (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".docx", ".pdf", ".md", ".txt", ".yml", ".yaml", ".json")


@check(
    id="CFG-09",
    title="No rotas, phone trees or staff lists",
    question="Is there a rota, a list of staff, an on-call number or detail of access to a building?",
    why="It tells an attacker whom to call, and when nobody is there.",
    remediation="Move such lists to a private place.",
    effort=Effort.MINUTES,
    who="team lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(CMS_CHECKLIST, "non-public directories of systems or people"),),
)
def people_and_rotas(context: CheckContext) -> Answer:
    """No rotas, phone trees or staff lists."""
    paths = [path for path in context.view.tree if path.lower().endswith(_TEXT) and _LISTS.search(path)]
    if paths:
        return failed(*(Evidence("named like a rota or a list of people", path=path) for path in paths))
    return passed("no file is named like a rota or a list of people")
