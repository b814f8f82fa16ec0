"""The usual objections to opening code, each answered with this repository's facts and the published guidance.

Honest where the facts are bad: an answer never claims more than the audit saw. The guidance is retold in our words and linked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.check import Outcome, Source
from auditor.model.coverage import GapKind
from auditor.model.levels import Effort, Exposure
from auditor.model.rule import Category
from auditor.reports import facts, words

if TYPE_CHECKING:
    from auditor.model.report import AuditReport

_SITE: Final = "https://www.gov.uk"
_GUIDANCE: Final = f"{_SITE}/government/publications/open-source-guidance"
AI_OPEN_CODE: Final = Source(
    "AI, open code and vulnerability risk in the public sector",
    "",
    "2026-05-14",
    f"{_SITE}/guidance/ai-open-code-and-vulnerability-risk-in-the-public-sector",
)
OPEN_OR_CLOSED: Final = Source(
    "When code should be open or closed", "", "2017-09-27", f"{_GUIDANCE}/when-code-should-be-open-or-closed"
)
SECURITY: Final = Source(
    "Security considerations when coding in the open", "", "", f"{_GUIDANCE}/security-considerations-when-coding-in-the-open"
)
STANDARD: Final = Source(
    "Service Standard, point 12: make new source code open",
    "",
    "",
    f"{_SITE}/service-manual/service-standard/point-12-make-new-source-code-open",
)
REUSABLE: Final = Source(
    "Making source code open and reusable", "", "", f"{_SITE}/service-manual/technology/making-source-code-open-and-reusable"
)


@dataclass(frozen=True, slots=True)
class Objection:
    """What somebody says, what the audit saw, what the guidance says, in whole sentences; `short` is the answer in one."""

    title: str
    short: str
    seen: tuple[str, ...]
    guidance: str
    sources: tuple[Source, ...]


def objections(report: AuditReport) -> tuple[Objection, ...]:
    """Answer the five usual objections."""
    return (_less_secure(report), _passwords(report), _how_it_works(report), _personal_data(report), _cost(report))


def _less_secure(report: AuditReport) -> Objection:
    groups = ("protection", "supply_chain", "architecture", "disclosure")
    checks = [check for check in report.checks if check.info.group in groups]
    fine = [check for check in checks if check.outcome in (Outcome.PASS, Outcome.ATTESTED)]
    bad = [check for check in checks if check.outcome in (Outcome.FAIL, Outcome.ERROR)]
    unknown = [check for check in checks if check.outcome is Outcome.NOT_CHECKED]
    decided = len(fine) + len(bad)
    seen = [f"Of {words.count(decided, 'decided check')} on protection, supply chain and reporting, {len(fine)} hold."]
    if bad:
        seen.append("Still open: " + "; ".join(f"{check.info.title} ({check.check_id})" for check in bad[:5]) + ".")
    if unknown:
        seen.append(f"{words.count(len(unknown), 'check')} could not be made from the repository alone and should be confirmed.")
    secrets = facts.unrotated(report)
    if secrets:
        seen.append(
            f"{words.count(len(secrets), 'key or credential', 'keys or credentials')} "
            f"in it must be taken as known to others already: "
            "everyone who ever had a copy has what is in it. That is a risk today, open or closed."
        )
    return Objection(
        "“It is less secure”",
        f"{len(fine)} of {decided} decided protective checks hold; keeping code private does not replace them.",
        tuple(seen),
        "The 2026 guidance says that keeping code private is "
        "no substitute for a named owner, secure design, automated hygiene and the "
        "ability to fix things quickly. Code that is looked after well can be open; code that is not is a risk either way.",
        (AI_OPEN_CODE, SECURITY),
    )


def _passwords(report: AuditReport) -> Objection:
    secrets = facts.unrotated(report)
    coverage = report.coverage
    seen = [f"The audit read {facts.looked_at(coverage)}, with every ref that this copy holds."]
    if secrets:
        where = Counter(facts.worst_exposure(finding) for finding in secrets)
        places = ", ".join(
            f"{number} {words.EXPOSURE[place].lower()}" for place, number in sorted(where.items(), reverse=True) if place
        )
        seen.append(
            f"They would: {words.count(len(secrets), 'key or credential', 'keys or credentials')} not yet replaced ({places}). "
            "Replace each one first; then what is left in the history opens nothing."
        )
        short = (
            f"They would find {len(secrets)} that {'is' if len(secrets) == 1 else 'are'} "
            f"not replaced yet: replace first, then open."
        )
    else:
        seen.append("It found no key or credential that blocks opening and has not been replaced.")
        short = "None was found that blocks opening and has not been replaced."
    if not coverage.complete:
        seen.append("Part of the history was not in this copy, so this answer covers only what was read.")
        short += " Part of the history was not read."
    return Objection(
        "“Someone will find our passwords”",
        short,
        tuple(seen),
        "The guidance asks to keep keys out of code and to treat every key that was ever published by accident as known to others: "
        "replace it, rather than hide the place where it stood. Removal from the history alone is not enough.",
        (OPEN_OR_CLOSED, SECURITY),
    )


def _how_it_works(report: AuditReport) -> Objection:
    closed = [check for check in report.checks if check.info.group == "closed_code"]
    due = [check for check in closed if check.outcome in (Outcome.FAIL, Outcome.NOT_CHECKED, Outcome.ERROR)]
    answered = [check for check in closed if check.outcome in (Outcome.PASS, Outcome.ATTESTED, Outcome.NOT_APPLICABLE)]
    seen = []
    if answered:
        seen.append(
            f"{words.count(len(answered), 'question')} about code "
            f"that may stay closed {'is' if len(answered) == 1 else 'are'} settled."
        )
    if due:
        seen.append("A person still has to say: " + "; ".join(f"{check.info.title} ({check.check_id})" for check in due[:5]) + ".")
    if not closed:
        seen.append("No check on code that may stay closed was made.")
    short = (
        f"Only a few kinds of code may stay closed; {words.count(len(due), 'question')} "
        f"about them {'is' if len(due) == 1 else 'are'} open here."
    )
    return Objection(
        "“Attackers see how it works”",
        short,
        tuple(seen),
        "The guidance names three grounds to keep code closed: "
        "keys and credentials, algorithms that detect fraud, and policy that is not "
        "announced. Each holds for a part of the code, not for "
        "all of it. An exception states the attacker, what publication adds and "
        "the realistic path to harm, and runs out unless it is approved again.",
        (OPEN_OR_CLOSED, AI_OPEN_CODE, STANDARD),
    )


def _personal_data(report: AuditReport) -> Objection:
    found = [
        finding
        for finding in facts.counted(report.findings)
        if finding.category is Category.PERSONAL_DATA and facts.exposure_rank(finding) > Exposure.LOCAL_ONLY.rank
    ]
    opaque = [group for group in report.coverage.groups if group.kind is GapKind.OPAQUE]
    seen = []
    if found:
        titles = Counter(finding.title for finding in found)
        named = "; ".join(
            f"{title} ({number})" for title, number in sorted(titles.items(), key=lambda item: (-item[1], item[0]))[:5]
        )
        seen.append(f"We might: {words.count(len(found), 'place', 'findings')} look like personal data: {named}.")
        short = f"{words.count(len(found), 'finding looks', 'findings look')} like personal data and must be settled first."
    else:
        seen.append("Nothing that looks like personal data was found in what would be published.")
        short = "Nothing that looks like personal data was found in what would be published."
    if opaque:
        left = sum(group.count for group in opaque)
        seen.append(
            f"{words.count(left, 'thing')} could not be opened by "
            f"the tool, and a person has to look at {'it' if left == 1 else 'them'}."
        )
        short += f" {words.count(left, 'thing')} could not be opened."
    return Objection(
        "“We would publish personal data”",
        short,
        tuple(seen),
        "Opening code does not mean opening data. Data about "
        "people belongs outside the repository, and tests run on made-up records. "
        "A tool finds known formats; whether a data file is made up, its owner has to say.",
        (REUSABLE, OPEN_OR_CLOSED),
    )


def _cost(report: AuditReport) -> Objection:
    route = report.verdict.route
    open_points = {blocker.id: blocker for blocker in (*route.attestations_due, *route.blockers)}
    efforts = Counter(blocker.effort for blocker in open_points.values())
    parts = [
        f"{efforts[effort]} that {'takes' if efforts[effort] == 1 else 'take'} {words.EFFORT[effort]}"
        for effort in reversed(Effort)
        if efforts[effort]
    ]
    fine = len(facts.good(report))
    seen = [f"{words.count(fine, 'check')} of {len(report.checks)} already {'holds' if fine == 1 else 'hold'}."]
    if parts:
        seen.append(f"What is left for the way that is intended: {', '.join(parts)}, each estimated for one person.")
        short = f"What is left: {', '.join(parts)}; {words.count(fine, 'check')} already {'holds' if fine == 1 else 'hold'}."
    else:
        seen.append("Nothing is left to do for the way that is intended.")
        short = "Nothing is left to do for the way that is intended."
    fresh, full = report.verdict.fresh_history, report.verdict.full_history
    if len(fresh.blockers) < len(full.blockers):
        saved = words.count(len(full.blockers) - len(fresh.blockers), "thing")
        seen.append(f"Publishing only the current files would leave out {saved}, but also the history that explains the code.")
    return Objection(
        "“It costs too much”",
        short,
        tuple(seen),
        "New code is meant to be open from the start because "
        "that is the cheapest time. For older code the guidance knows three ways: "
        "replace the keys and keep the history, rewrite the history, or move the current files to a new repository.",
        (STANDARD, REUSABLE),
    )
