"""What several renderers say about a report, computed once here: order, counts, dates, links. No wording, no layout."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from auditor.model.check import Outcome
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.verdict import BlockerKind, Decision
from auditor.reports import words
from auditor.reports.safe_text import safe

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from auditor.model.check import CheckResult, Source
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker, Route

MOST_BLOCKERS: Final = 10
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_KIND_WEIGHT: Final = {BlockerKind.FINDING: 2, BlockerKind.CHECK: 1, BlockerKind.COVERAGE: 0}


def day(moment: datetime | date | None) -> str:
    """Write a date as people read it: 23 November 2026. Independent of the locale of the machine."""
    return "" if moment is None else f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def lasted(first: datetime, last: datetime) -> str:
    """Say how long something was there, in the largest unit that is honest."""
    days = max((last - first).days, 0)
    if days < 2 * 31:
        return words.count(days, "day") if days else words.LESS_THAN_A_DAY
    if days < 2 * 365:
        return words.count(days // 30, "month")
    return words.count(days // 365, "year")


def iso_day(text: str) -> str:
    """Write the ISO date of a text the same way, and leave other text as it is."""
    found = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(T.*)?", text)
    if not found or not 1 <= int(found[2]) <= len(_MONTHS):
        return text
    return f"{int(found[3])} {_MONTHS[int(found[2]) - 1]} {found[1]}"


def size(number: int) -> str:
    """Write a number of bytes in decimal units."""
    value = float(number)
    for unit in ("bytes", "kB", "MB", "GB"):
        if value < 1000:  # noqa: PLR2004  decimal units
            return f"{number:,} bytes" if unit == "bytes" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"


def sentence(report: AuditReport) -> str:
    """Say the verdict for both routes."""
    full, fresh = report.verdict.full_history, report.verdict.fresh_history
    return words.sentence(
        safe(report.target.name),
        words.clause(full.decision, _weighty(full), len(full.attestations_due)),
        words.clause(fresh.decision, _weighty(fresh), len(fresh.attestations_due)),
        folder=full.decision is Decision.NOT_APPLICABLE,
    )


def _weighty(route: Route) -> int:
    """Count what the sentence names: blockers where they decide, everything that is open where nothing blocks."""
    blockers = sum(blocker.grade is Grade.BLOCKER for blocker in route.blockers)
    return blockers if route.decision is Decision.NOT_YET and blockers else len(route.blockers)


def standing(route: Route) -> str:
    """Count what stands in a route."""
    if route.decision is Decision.NOT_APPLICABLE:
        return words.NO_HISTORY
    blockers = sum(blocker.grade is Grade.BLOCKER for blocker in route.blockers)
    return words.standing(blockers, len(route.blockers) - blockers, len(route.attestations_due))


def blocking(route: Route) -> int:
    """Count what the heading counts: the blockers of a route, or whatever is left to clear where nothing blocks."""
    return sum(blocker.grade is Grade.BLOCKER for blocker in route.blockers) or len(route.blockers)


def numbered(title: str, route: Route) -> str:
    """Put behind the title of what stands in the way how much of it blocks, and how much stands beside that."""
    weighty = blocking(route)
    others = len(route.blockers) - weighty
    return f"{title} ({weighty:,}){f' {words.and_others(others)}' if others else ''}" if weighty else title


def worst_first(report: AuditReport, blockers: Iterable[Blocker]) -> list[Blocker]:
    """Order what blocks: by grade, known blockers before gaps, then severity and exposure of the finding behind it."""
    findings = {finding.fingerprint: finding for finding in report.findings}

    def weight(blocker: Blocker) -> tuple[int, int, int, int]:
        finding = findings.get(blocker.id)
        severity = finding.severity.rank if finding else Severity.HIGH.rank
        return -blocker.grade.rank, -min(_KIND_WEIGHT[blocker.kind], 1), -severity, -(exposure_rank(finding) if finding else 0)

    return sorted(blockers, key=weight)


def exposure_rank(finding: Finding) -> int:
    """Rank the most public place of a finding."""
    return max((exposure.rank for exposure in finding.exposure), default=-1)


def exposures(report: AuditReport) -> list[Exposure]:
    """Return the kinds of places, most public first; texts on the forge only where they were read and something was found."""
    used = {exposure for finding in report.findings for exposure in finding.exposure}
    return [exposure for exposure in reversed(Exposure) if exposure is not Exposure.FORGE or exposure in used]


def worst_exposure(finding: Finding) -> Exposure | None:
    """Return the most public place of a finding."""
    return max(finding.exposure, key=lambda exposure: exposure.rank, default=None)


def stands_in(report: AuditReport, blocker: Blocker) -> str:
    """Say in which of the two routes an entry stands, and whether it blocks there or is due."""
    verdict, blocks = report.verdict, blocker.grade is Grade.BLOCKER
    in_full = any(other.id == blocker.id for other in verdict.full_history.blockers)
    in_fresh = any(other.id == blocker.id for other in verdict.fresh_history.blockers)
    if in_full == in_fresh:
        return words.IN_BOTH[blocks]
    return words.IN_ONE["full_history" if in_full else "fresh_history"][blocks]


def only_in_history(report: AuditReport, blocker: Blocker) -> bool:
    """Tell whether a blocker is a finding that the current files do not hold and nobody has rotated."""
    finding = next((finding for finding in report.findings if finding.fingerprint == blocker.id), None)
    return finding is not None and Exposure.HEAD not in finding.exposure and finding.rotated is None


def counted(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings that are open: not suppressed; worst first, then by place and fingerprint so that order is stable."""
    return sorted((finding for finding in findings if finding.suppression is None), key=finding_order)


def finding_order(finding: Finding) -> tuple[bool, int, int, int, str, str]:
    """Sort key of findings: open ones, then grade, severity, exposure, rule, fingerprint."""
    return (
        finding.suppression is not None,
        -finding.grade.rank,
        -finding.severity.rank,
        -exposure_rank(finding),
        finding.rule_id,
        finding.fingerprint,
    )


def by_group(checks: Iterable[CheckResult]) -> list[tuple[str, list[CheckResult]]]:
    """Return checks by group, groups and checks in a stable order: the groups that the words know first, as they stand there."""
    known = list(words.GROUP)
    groups: dict[str, list[CheckResult]] = {}
    for check in checks:
        groups.setdefault(check.info.group, []).append(check)
    order = sorted(groups, key=lambda name: (known.index(name) if name in known else len(known), name))
    return [(name, sorted(groups[name], key=lambda check: check.check_id)) for name in order]


def group_name(group: str) -> str:
    """Name a group of checks."""
    return words.GROUP.get(group) or safe(group.replace("_", " ").capitalize()) or "Other"


def outcomes(checks: Iterable[CheckResult]) -> dict[Outcome, int]:
    """Count outcomes, all six, in the order of their declaration."""
    counts = Counter(check.outcome for check in checks)
    return {outcome: counts[outcome] for outcome in Outcome}


def good(report: AuditReport) -> list[CheckResult]:
    """Return checks that passed or are attested, the weightiest first."""
    fine = (check for check in report.checks if check.outcome in (Outcome.PASS, Outcome.ATTESTED))
    return sorted(fine, key=lambda check: (-check.info.grade.rank, check.check_id))


def place(location: Location) -> str:
    """Write one place in a line: `docs/plan.docx > word/comments.xml`, `deploy.yml:14 (base64)`, `commit message`."""
    line = "" if location.line is None else f":{location.line}"
    if location.path is None:
        what = location.container or words.NO_POSITION
        return f"{what}{line and f', line {location.line}'}"
    if not location.container:
        return f"{location.path}{line}"
    inside = "/" in location.container or "." in location.container
    return f"{location.path} > {location.container}{line}" if inside else f"{location.path}{line} ({location.container})"


def source_line(source: Source | None) -> str:
    """Write a published rule in a line: document, section, date."""
    if source is None:
        return ""
    text = ", ".join(part for part in (source.document, source.section) if part)
    return f"{text} ({iso_day(source.date)})" if source.date else text


def web_link(url: str) -> str:
    """Return the address if it is one that a report may link to (https or http with a host), nothing otherwise."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    plain = url.isascii() and not re.search(r"[\s<>\"'`\\{}|^]", url)
    return url if plain and parts.scheme in ("https", "http") and parts.hostname and not parts.username else ""


def permalink(report: AuditReport, location: Location) -> str:
    """Return the address of a place on the forge, where the forge is a known one and the commit holds the file."""
    forge = forge_address(report.target.remote)
    if forge and location.exposure is Exposure.FORGE and location.path:
        return f"{forge}/{_thread(location.path)}"
    if not forge or not location.commit or location.exposure in (None, Exposure.LOCAL_ONLY, Exposure.UNCOMMITTED):
        return ""
    if not re.fullmatch(r"[0-9a-f]{40}(?:[0-9a-f]{24})?", location.commit):
        return ""
    inner = "/-" if "gitlab" in (urlsplit(forge).hostname or "") else ""
    if location.path is None:
        return f"{forge}{inner}/commit/{location.commit}"
    line = f"#L{location.line}" if location.line is not None and not location.container else ""
    return f"{forge}{inner}/blob/{location.commit}/{quote(location.path, errors='surrogateescape')}{line}"


def _thread(name: str) -> str:
    """Return where on the pages of a repository a text beside it stands."""
    found = re.fullmatch(r"((?:issues|pull)/\d+)/(comments|reviews|lines)/(\d+)", name)
    anchors = {"comments": "issuecomment-", "reviews": "pullrequestreview-", "lines": "discussion_r"}
    if found:
        return f"{found[1]}#{anchors[found[2]]}{found[3]}"
    run = re.match(r"actions/runs/\d+", name)
    return run[0] if run else quote(name, errors="surrogateescape")


def forge_address(remote: str | None) -> str:
    """Return the web address of a repository on GitHub or GitLab, from its remote in any of git's spellings."""
    if not remote:
        return ""
    address = re.sub(r"^(?:ssh://)?(?:[\w.-]+@)([\w.-]+)(?::\d+)?[:/]+", r"https://\1/", remote)
    address = address.removesuffix("/").removesuffix(".git")
    host = (urlsplit(web_link(address)).hostname or "").lower()
    known = host == "github.com" or host.endswith((".github.com", ".ghe.com")) or "gitlab" in host or host.startswith("github.")
    return address if known else ""


def looked_at(coverage: Coverage) -> str:
    """Say how much was read; a bare copy has no files, a folder no commits."""
    parts = [
        words.count(number, noun)
        for number, noun in (
            (coverage.commits, "commit"),
            (coverage.refs, "ref"),
            (coverage.blobs, "object"),
            (coverage.files, "file"),
        )
        if number
    ]
    return ", ".join([*parts, size(coverage.bytes)])


def unrotated(report: AuditReport) -> list[Finding]:
    """Return open secrets and keys that were committed, count in the verdict and have no attested rotation."""
    kinds = ("secret", "credential", "private_key")
    least = dict(report.tool.settings).get("min_confidence", "")
    floor = Confidence(least).rank if least in list(Confidence) else 0
    return [
        finding
        for finding in counted(report.findings)
        if finding.category in kinds
        and finding.rotated is None
        and finding.grade is Grade.BLOCKER
        and finding.confidence.rank >= floor
        and exposure_rank(finding) > Exposure.UNCOMMITTED.rank
    ]
