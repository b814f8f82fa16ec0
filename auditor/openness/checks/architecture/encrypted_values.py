"""ARC-02: encrypted values stay encrypted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.encrypted import encrypted, keys_in_history
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="ARC-02",
    title="The keys of encrypted values were never committed",
    question="If encrypted secrets are kept here, is their key absent from the whole history?",
    why="Encrypted values may be published as long as nobody gets the key. A key in any commit opens all of them.",
    remediation=(
        "Change the key and every secret it protected, attest the rotation in openness.yml, and keep the key in a secret manager."
    ),
    effort=Effort.DAYS,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.OPEN_OR_CLOSED, "Keys and credentials"),
        by.cite(by.CODING_IN_THE_OPEN, "accidental publications are compromised"),
    ),
)
def encrypted_values(context: CheckContext) -> Answer:
    """Name what is encrypted, then look for its keys among all paths that any commit held."""
    values, keys = encrypted(context), keys_in_history(context)
    if keys:
        return failed(
            *shortened([Evidence(f"{key.what} by its name", path=key.place.path, commit=key.place.commit) for key in keys])
        )
    if not values:
        return not_applicable("no encrypted values in the tree and no such key in the history")
    return passed(
        *(
            Evidence(f"{item.kind} in {plural(item.files, 'file')}; no key of it in any commit", path=item.first, count=item.files)
            for item in values
        )
    )
