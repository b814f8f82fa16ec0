"""HIS-02: what author addresses give away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|yahoo|ymail|icloud|me|mac|aol|btinternet|protonmail|proton|gmx|fastmail|"
    r"virginmedia|sky|msn)\.",
    re.IGNORECASE,
)
_MACHINE = re.compile(r"@(?:[^@]*\.(?:local|lan|internal|home|localdomain|corp|\(none\))|localhost|[^@.]+)$", re.IGNORECASE)
_BOT = re.compile(r"noreply|\[bot\]|dependabot|renovate|github-actions", re.IGNORECASE)
_MUCH = 0.4
_FEWEST = 5


@check(
    id="HIS-02",
    title="Author addresses give little away",
    question="Are few commits under private mail addresses or the names of machines?",
    why=(
        "The address of every author becomes public for good. Private ones belong to people, machine names describe an internal "
        "network."
    ),
    remediation=(
        "Ask the authors; from now on commit under the forge's noreply address or the work address. A .mailmap joins old "
        "identities."
    ),
    effort=Effort.HOURS,
    who="technical lead",
    grade=Grade.SHOULD,
    sources=(by.cite(by.NHS_CHECKLIST, "Do the commit messages include any sensitive information (e.g. names)? (mandatory)"),),
)
def author_addresses(context: CheckContext) -> Answer:
    """Count distinct addresses by kind; none of them is written into the report."""
    written = {commit.author_email for commit in context.view.commits} | {commit.committer_email for commit in context.view.commits}
    addresses = {address.lower() for address in written if address and not _BOT.search(address)}
    if not addresses:
        return not_applicable("no commits with an address of a person")
    private = sum(1 for address in addresses if _PRIVATE.search(address))
    machine = sum(1 for address in addresses if _MACHINE.search(address))
    mailmap = [Evidence("joins identities", path=".mailmap")] if ".mailmap" in context.view.tree else []
    evidence = (
        Evidence(
            f"{private} of {plural(len(addresses), 'address', 'addresses')} are with providers of private mail", count=private
        ),
        Evidence(f"{machine} are names of machines", count=machine),
    )
    much = max(private, machine) > _MUCH * len(addresses) and max(private, machine) >= _FEWEST
    return failed(*evidence) if much and not mailmap else passed(*evidence, *mailmap)
