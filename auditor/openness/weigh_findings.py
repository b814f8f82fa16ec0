"""What findings do to a route: blockers one by one, musts together under their check, the rest as cautions."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from auditor.model.check import CheckResult, Method, Outcome
from auditor.model.levels import Effort, Exposure, Grade
from auditor.model.verdict import Blocker, BlockerKind
from auditor.openness.authorities import CODING_IN_THE_OPEN, OPEN_OR_CLOSED, cite
from auditor.openness.grading import grade_of, is_cleared, is_rotated, rotates
from auditor.openness.items import Effect, Item
from auditor.openness.subjects import check_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.model.check import Source
    from auditor.model.finding import Finding, Location
    from auditor.model.policy import Policy
    from auditor.openness.route import Frame

_SHOWN: Final = 10
_IN_TESTS: Final = "Say whether what stands in tests and examples is made up; replace what is real."
_NEVER_BY_WORD: Final = frozenset({"SEC-01", "SEC-02", "SEC-03", "SEC-04"})


def weigh_findings(findings: Iterable[Finding], checks: Mapping[str, CheckResult], policy: Policy, frame: Frame) -> list[Item]:
    """Return what the findings do to one route."""
    items: list[Item] = []
    together: defaultdict[str, list[Finding]] = defaultdict(list)
    aside: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.confidence.rank < frame.min_confidence.rank:
            continue
        grade = grade_of(finding, policy)
        places = frame.places(finding)
        if grade.rank < Grade.MUST.rank or not places:
            continue
        settled = _settled(finding, grade, checks)
        if settled or not frame.blocks(finding):
            aside[finding.rule_id, settled or frame.why_not(finding)].append(finding)
        elif grade is Grade.BLOCKER:
            items.append(_blocking(finding, checks, policy, frame))
        else:
            together[check_for(finding)].append(finding)
    items += [item for check_id, group in together.items() for item in _grouped(checks.get(check_id), group, policy, frame)]
    items += [_caution(why, group, frame) for (_, why), group in aside.items()]
    return items


def _settled(finding: Finding, grade: Grade, checks: Mapping[str, CheckResult]) -> str:
    """Say why a finding no longer blocks; empty where it still does."""
    if finding.rotated is not None and is_rotated(finding):
        return f"replaced on {finding.rotated.isoformat()}; the old value opens nothing"
    if finding.suppression is not None and is_cleared(finding):
        return f"set aside in {finding.suppression.source}: {finding.suppression.reason}"
    check_id = check_for(finding)
    check = checks.get(check_id)
    if check is None or not _answered(check, grade):
        return ""
    role = check.attested.role if check.attested else "a person"
    return f"{check_id} attested by {role}"


def _answered(check: CheckResult, grade: Grade) -> bool:
    """Tell whether the word given for the check clears findings of this grade: never a secret that blocks."""
    if grade is not Grade.BLOCKER and check.attested is not None and check.attested.musts_only:
        return True
    if check.outcome is not Outcome.ATTESTED:
        return False
    person_decides = check.info.method in {Method.HUMAN, Method.CANDIDATES} and check.check_id not in _NEVER_BY_WORD
    return grade is not Grade.BLOCKER or person_decides


def _blocking(finding: Finding, checks: Mapping[str, CheckResult], policy: Policy, frame: Frame) -> Item:
    check = checks.get(check_for(finding))
    effect = Effect.BLOCKS
    places = frame.places(finding)
    blocker = Blocker(
        id=finding.fingerprint,
        kind=BlockerKind.FINDING,
        title=finding.title,
        where=_where(places),
        why=finding.description or (check.info.why if check else ""),
        source=_source(finding, check, policy),
        remediation=finding.remediation.summary,
        effort=Effort.HOURS,
        grade=Grade.BLOCKER,
        act=_act(finding),
    )
    candidate = check is not None and check.info.method is Method.CANDIDATES
    weight = finding.severity.rank * 10 + max((e.rank for e in finding.exposure), default=0)
    return Item(effect, blocker, _paths(places), by_person=candidate, weight=weight)


def _act(finding: Finding) -> str:
    if rotates(finding):
        return f"auditor rotated {finding.fingerprint} --on DATE --role ROLE --evidence TEXT"
    return f"auditor accept {finding.fingerprint} --reason test-data --until DATE --role ROLE"


def _grouped(check: CheckResult | None, group: list[Finding], policy: Policy, frame: Frame) -> list[Item]:
    """List musts together under their check, or one by one where no check speaks for them."""
    if check is None:
        return [_single(finding, policy, frame) for finding in group]
    places = [place for finding in group for place in frame.places(finding)]
    kinds = Counter(finding.title for finding in group).most_common()
    named = ", ".join(f"{title} ({count})" if count > 1 else title for title, count in kinds)
    blocker = Blocker(
        id=check.check_id,
        kind=BlockerKind.CHECK,
        title=kinds[0][0] if len(kinds) == 1 else f"{kinds[0][0]}, and {len(kinds) - 1} more of its kind",
        where=_where(places),
        why=f"{check.info.why} Seen: {named}.",
        source=_source(group[0], check, policy),
        remediation=_IN_TESTS if all(finding.in_test_code for finding in group) else check.info.remediation,
        effort=check.info.effort,
        grade=Grade.MUST,
        act=f"auditor attest {check.check_id}",
    )
    candidate = check.info.method in {Method.CANDIDATES, Method.HUMAN}
    return [Item(Effect.ANSWER if candidate else Effect.MEND, blocker, _paths(places), by_person=candidate, weight=len(group))]


def _single(finding: Finding, policy: Policy, frame: Frame) -> Item:
    places = frame.places(finding)
    blocker = Blocker(
        id=finding.fingerprint,
        kind=BlockerKind.FINDING,
        title=finding.title,
        where=_where(places),
        why=finding.description,
        source=_source(finding, None, policy),
        remediation=finding.remediation.summary,
        effort=Effort.HOURS,
        grade=Grade.MUST,
        act=_act(finding),
    )
    return Item(Effect.MEND, blocker, _paths(places), weight=finding.severity.rank)


def _caution(why: str, group: list[Finding], frame: Frame) -> Item:
    first = group[0]
    places = [place for finding in group for place in frame.places(finding)]
    count = f"{len(group)} findings, " if len(group) > 1 else ""
    blocker = Blocker(
        id=first.fingerprint if len(group) == 1 else first.rule_id,
        kind=BlockerKind.FINDING,
        title=first.title,
        where=_where(places),
        why=f"{count}{why}",
        source=None,
        remediation=first.remediation.summary,
        effort=Effort.MINUTES,
        grade=Grade.INFO,
    )
    return Item(Effect.CAUTION, blocker, weight=first.severity.rank)


def _source(finding: Finding, check: CheckResult | None, policy: Policy) -> Source | None:
    """Return the published rule: the policy's own line on the rule or check, else the first that the check cites."""
    subjects = (finding.rule_id, check.check_id if check else "")
    line = next((line for line in policy.lines if line.subject in subjects), None)
    if line is not None:
        return line.source
    if check is not None and check.info.sources:
        return check.info.sources[0]
    return cite(OPEN_OR_CLOSED, "Keys and credentials") if rotates(finding) else CODING_IN_THE_OPEN


def _where(places: Iterable[Location]) -> tuple[str, ...]:
    described = list(dict.fromkeys(describe(place) for place in places))
    more = len(described) - _SHOWN
    return (*described[:_SHOWN], f"and {more} more places") if more > 0 else tuple(described)


def describe(place: Location) -> str:
    """Write a place in words: path and line, the container, the commit where the tip does not hold it."""
    if place.path is None:
        text = place.container or "content without a path"
    else:
        text = place.path + (f":{place.line}" if place.line else "") + (f" ({place.container})" if place.container else "")
    if place.exposure in {Exposure.HEAD, Exposure.UNCOMMITTED} or not place.commit:
        return text
    return f"{text}, commit {place.commit[:12]}"


def _paths(places: Iterable[Location]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.path or "" for place in places))
