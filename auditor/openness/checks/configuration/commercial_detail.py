"""CFG-10: no contracts, prices or supplier detail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, passed
from auditor.openness.authorities import NHS_OPEN_POLICY, UKHO_CHECKLIST, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_NAMED: Final = re.compile(
    r"(?:^|[/_ -])(?:contracts?|pricing|price[_ -]?list|rate[_ -]?card|invoices?|tenders?|bids?|quotes?|purchase[_ -]?orders?|"
    r"statement[_ -]?of[_ -]?work|sow|call[_ -]?off|business[_ -]?case)(?:[/_ .-]|$)",
    re.IGNORECASE,
)
_DOCUMENTS: Final = (".doc", ".docx", ".odt", ".pdf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".msg")


@check(
    id="CFG-10",
    title="No contracts, prices or supplier detail",
    question="Is there a contract, a price list, a bid or detail that belongs to a supplier?",
    why="It may be protected by the contract itself, and harms the next negotiation.",
    remediation="Move commercial documents to a private place.",
    effort=Effort.MINUTES,
    who="commercial lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(cite(NHS_OPEN_POLICY, "Appendix B: business sensitive"), UKHO_CHECKLIST),
)
def commercial_detail(context: CheckContext) -> Answer:
    """No contracts, prices or supplier detail."""
    paths = [path for path in context.view.tree if path.lower().endswith(_DOCUMENTS) and _NAMED.search(path)]
    if paths:
        return failed(*(Evidence("a document named like a contract or a price", path=path) for path in paths))
    return passed("no document is named like a contract or a price")
