"""LIC-02: the licence is one that is known and approved, told from its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.reading.licences import LicenceFile, approved, licence_files
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="LIC-02",
    title="The licence is a recognised open source licence",
    question="Is the full text of an approved open source licence in the licence file?",
    why=(
        "Only the full text of a known licence tells others what they may do. A licence that neither the Open Source Initiative "
        "nor the Free Software Foundation approved is often not open, and lawyers elsewhere will not accept it unread."
    ),
    remediation=(
        "Put the unchanged full text of the licence into the licence file. If it was changed or shortened, go back to the "
        "published text; "
        "if another licence is meant, ask the policy team of your organisation to allow it in its policy pack."
    ),
    effort=Effort.MINUTES,
    who="developer, with the agreement of whoever holds the copyright",
    grade=Grade.BLOCKER,
    sources=(
        by.cite(by.OSPS, "OSPS-LE-02.01"),
        by.cite(by.SPC_LICENCE, "Requirements"),
        by.HOME_OFFICE_LICENSING,
        by.cite(
            by.OPEN_SOFTWARE_LICENCES,
            "which makes the Open Government Licence the default and names OSI licences as the alternative",
        ),
    ),
)
def licence_recognised(context: CheckContext) -> Answer:
    """Compare the text of each licence file with the known licences, then look up who approved them."""
    files = [file for file in licence_files(context) if file.text.strip()]
    if not files:
        return not_applicable("there is no licence file (LIC-01)")
    good, other = [], []
    for file in files:
        for spdx in file.recognised.full:
            who = approved(spdx)
            if who:
                good.append(Evidence(f"{spdx}, approved by {who}{_additions(file)}", path=file.path))
            elif spdx in context.policy.licences:
                good.append(Evidence(f"{spdx}, accepted by the policy pack {context.policy.id}{_additions(file)}", path=file.path))
            else:
                other.append(Evidence(f"{spdx} is a known licence, but neither OSI nor FSF approved it for code", path=file.path))
        if not file.recognised.full:
            other.append(Evidence(_unknown(file), path=file.path))
    return passed(*good) if good else failed(*other)


def _additions(file: LicenceFile) -> str:
    if not file.recognised.has_additions:
        return ""
    return f"; the file holds {plural(file.recognised.other_words, 'word')} beside the licence"


def _unknown(file: LicenceFile) -> str:
    if file.recognised.named:
        return f"names {', '.join(file.recognised.named)} without its full text"
    return f"no known licence text among its {plural(file.recognised.words, 'word')}"
