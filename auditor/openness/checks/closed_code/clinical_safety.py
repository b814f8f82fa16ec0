"""CLS-09: clinical safety is declared where it applies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.authorities import NHS_OPEN_POLICY, cite
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_CARE: Final = re.compile(r"\b(?:clinical|patients?|diagnos\w+|medical device|prescri\w+|dosage|symptoms?)\b", re.IGNORECASE)
_NOTICE: Final = re.compile(r"medical device|clinical safety|DCB ?0129|DCB ?0160|DTAC|MHRA", re.IGNORECASE)
_PAGES: Final = ("README.md", "README.rst", "README", "readme.md", "NOTICE", "NOTICE.md", "CLINICAL_SAFETY.md")
_WORDS: Final = 3


@check(
    id="CLS-09",
    title="Clinical safety is declared",
    question="If the code serves the care of patients, does it carry the notices that the law asks for?",
    why="Whoever changes the software of a medical device may become its manufacturer.",
    remediation="Add the notice of the regulatory process to README or NOTICE, and attest the assessment.",
    effort=Effort.HOURS,
    who="clinical safety officer",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(cite(NHS_OPEN_POLICY, "4c"),),
)
def clinical_safety(context: CheckContext) -> Answer:
    """Clinical safety is declared where it applies."""
    texts = {path: text for path in _PAGES if (text := context.text(path))}
    if sum(len(_CARE.findall(text)) for text in texts.values()) < _WORDS:
        return not_applicable("README and NOTICE do not speak of the care of patients.")
    told = [Evidence("names the regulatory process", path=path) for path, text in texts.items() if _NOTICE.search(text)]
    return passed(*told) if told else ask("A person says whether it is a medical device or serves care.")
