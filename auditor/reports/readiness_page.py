"""The HTML readiness report: one page that answers at a glance, and proves the answer below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Exposure, Severity
from auditor.model.rule import Category
from auditor.reports import facts, pages, pictures, words
from auditor.reports.conversation import objections
from auditor.reports.formats import Options, report_format

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.check import Source
    from auditor.model.finding import Finding, Location
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker

_WHOLE: Final = 150
"""Up to so many findings, each is shown with everything about it."""
_SHOWN: Final = 8
"""Beyond that, so many of each kind; the others are one line each behind a fold."""
_PLACES: Final = 5


@dataclass(frozen=True, slots=True)
class Back:
    """The way to the page above: its relative address, the text of the link, and the name of the navigation."""

    href: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place as the page shows it: its text, the permalink or nothing, and the line about commit and exposure."""

    text: str
    link: str
    detail: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with everything that the page says about it."""

    anchor: str
    finding: Finding
    exposure: Exposure | None
    means: str
    places: tuple[PlaceView, ...]
    folded: tuple[PlaceView, ...]
    first: str
    lasted: str
    remedy: str


@dataclass(frozen=True, slots=True)
class CategoryView:
    """Findings of one kind, the first ones in sight and the others behind a fold."""

    category: Category
    shown: tuple[FindingView, ...]
    folded: tuple[FindingView, ...]

    @property
    def total(self) -> int:
        """Count them."""
        return len(self.shown) + len(self.folded)


@dataclass(frozen=True, slots=True)
class BlockerView:
    """A blocker or open question, with the place on this page that says more."""

    blocker: Blocker
    target: str
    routes: str
    severity: Severity | None


@report_format("html", extension="html", purpose="the readiness report: one page for managers, developers and sceptics")
def render_html(report: AuditReport, _options: Options) -> str:
    """Render the page."""
    return readiness_page(report)


def readiness_page(report: AuditReport, back: Back | None = None) -> str:
    """Render the page, with a way back to the list that it is part of, where there is one."""
    anchors = anchors_of("f", (finding.fingerprint for finding in report.findings))
    checks = anchors_of("c", (check.check_id for check in report.checks))
    remedies = anchors_of("r", (finding.rule_id for finding in report.findings))
    route = report.verdict.route
    targets = {**checks, **anchors}
    found = sorted(report.findings, key=facts.finding_order)
    return pages.page(
        "report.html",
        pages.asset("govuk-frontend.css") + pages.asset("report.css"),
        pages.asset("filter.js") + pages.asset("report.js"),
        report=report,
        maker=report.tool.name,
        kind_of_page=words.REPORT,
        back=back,
        sentence=facts.sentence(report),
        routes=(("full_history", report.verdict.full_history), ("fresh_history", report.verdict.fresh_history)),
        blockers=[_blocker(report, one, targets) for one in facts.worst_first(report, route.blockers)[: facts.MOST_BLOCKERS]],
        due=[_blocker(report, one, targets) for one in facts.worst_first(report, route.attestations_due)],
        cautions=[_blocker(report, one, targets) for one in facts.worst_first(report, route.cautions)],
        good=facts.good(report),
        groups=facts.by_group(report.checks),
        check_anchors=checks,
        categories=_categories(report, found, anchors, remedies),
        open_findings=len(facts.counted(found)),
        remedies=_remedies(found, remedies),
        timeline=pictures.timeline(report, anchors),
        by_place=pictures.by_place(report),
        by_group=pictures.by_group(report),
        keys={"severity": pictures.SEVERITY_KEYS, "outcome": pictures.OUTCOME_KEYS},
        objections=objections(report),
        sources=_sources(report),
        forge=facts.forge_address(report.target.remote),
        levels={"severity": list(reversed(Severity)), "category": list(Category), "exposure": facts.exposures(report)},
        data=pages.embedded(report),
    )


def anchors_of(kind: str, names: Iterable[str]) -> dict[str, str]:
    """Give each name an id for the page: `f-3c9a`; what an id cannot hold becomes a dash, and equal ids are numbered."""
    anchors: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name in anchors:
            continue
        base = f"{kind}-{re.sub(r'[^A-Za-z0-9_-]+', '-', name).strip('-')[:80] or 'x'}"
        anchor, number = base, 2
        while anchor in taken:
            anchor, number = f"{base}-{number}", number + 1
        taken.add(anchor)
        anchors[name] = anchor
    return anchors


def _blocker(report: AuditReport, blocker: Blocker, targets: dict[str, str]) -> BlockerView:
    finding = next((finding for finding in report.findings if finding.fingerprint == blocker.id), None)
    return BlockerView(
        blocker, targets.get(blocker.id, ""), facts.stands_in(report, blocker), finding.severity if finding else None
    )


def _categories(report: AuditReport, found: list[Finding], anchors: dict[str, str], remedies: dict[str, str]) -> list[CategoryView]:
    kinds: dict[Category, list[FindingView]] = {}
    for finding in found:
        kinds.setdefault(finding.category, []).append(_finding(report, finding, anchors, remedies))
    most = len(found) if len(found) <= _WHOLE else _SHOWN
    return [CategoryView(category, tuple(views[:most]), tuple(views[most:])) for category, views in kinds.items()]


def _finding(report: AuditReport, finding: Finding, anchors: dict[str, str], remedies: dict[str, str]) -> FindingView:
    exposure = facts.worst_exposure(finding)
    places = tuple(_place(report, location) for location in finding.locations)
    first = finding.first_seen
    last = finding.last_seen or report.generated
    commit = next((location.commit for location in finding.locations if location.commit and location.authored == first), None)
    return FindingView(
        anchor=anchors[finding.fingerprint],
        finding=finding,
        exposure=exposure,
        means=words.EXPOSURE_MEANS[exposure] if exposure else "",
        places=places[:_PLACES],
        folded=places[_PLACES:],
        first=f"{facts.day(first)}{f', {commit[:12]}' if commit else ''}" if first else "",
        lasted=f"{facts.lasted(first, last)}{'' if finding.last_seen else f', {words.STILL_THERE}'}" if first else "",
        remedy=remedies[finding.rule_id],
    )


def _place(report: AuditReport, location: Location) -> PlaceView:
    parts = [words.EXPOSURE[location.exposure].lower()] if location.exposure else []
    parts.append(words.in_commit((location.commit or "")[:12], facts.day(location.authored), facts.day(location.gone)))
    return PlaceView(facts.place(location), facts.permalink(report, location), ", ".join(part for part in parts if part))


def _remedies(found: list[Finding], anchors: dict[str, str]) -> list[tuple[str, Finding]]:
    first: dict[str, Finding] = {}
    for finding in found:
        first.setdefault(finding.rule_id, finding)
    return [(anchors[rule_id], first[rule_id]) for rule_id in sorted(first)]


def _sources(report: AuditReport) -> list[Source]:
    """Collect every published rule that the page stands on, once."""
    collected: dict[tuple[str, str], Source] = {}
    quoted = [source for check in report.checks for source in check.info.sources]
    quoted += [source for objection in objections(report) for source in objection.sources]
    route = report.verdict.route
    quoted += [one.source for one in (*route.blockers, *route.attestations_due, *route.cautions) if one.source]
    for source in quoted:
        collected.setdefault((source.document, source.section), source)
    return [collected[key] for key in sorted(collected)]
