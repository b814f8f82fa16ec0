"""The brief: one A4 page to hand over, as HTML and as markdown, made of the same facts as the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.reports import facts, markdown, pages, words
from auditor.reports.conversation import objections
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import shorten

if TYPE_CHECKING:
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker

_BLOCKERS: Final = 5
_DUE: Final = 4
_GOOD: Final = 6
_TITLE: Final = 80
_REMEDY: Final = 130


@report_format("brief", extension="html", purpose="one A4 page to hand over")
def render_brief(report: AuditReport, _options: Options) -> str:
    """Render the page."""
    route = report.verdict.route
    return pages.page(
        "brief.html",
        pages.asset("govuk-frontend.css") + pages.asset("brief.css"),
        report=report,
        sentence=facts.sentence(report),
        blockers=_first(report, route.blockers, _BLOCKERS),
        due=_first(report, route.attestations_due, _DUE),
        good=[shorten(check.info.title, _TITLE) for check in facts.good(report)[:_GOOD]],
        good_left=max(len(facts.good(report)) - _GOOD, 0),
        objections=objections(report),
        limit_title=_TITLE,
        limit_remedy=_REMEDY,
        brief_text=shorten,
    )


@report_format("brief-markdown", extension="md", purpose="the brief as markdown")
def render_brief_markdown(report: AuditReport, _options: Options) -> str:
    """Render the same as markdown."""
    verdict = report.verdict
    lines = [
        f"# {markdown.text(report.target.name)}: {words.HEADLINE[verdict.decision]}",
        "",
        markdown.text(facts.sentence(report)),
    ]
    for title, blockers, most in (
        (facts.numbered(words.heading(verdict.decision), verdict.route), verdict.route.blockers, _BLOCKERS),
        (f"{words.ATTEST} ({len(verdict.route.attestations_due):,})", verdict.route.attestations_due, _DUE),
    ):
        if blockers:
            lines += ["", f"## {title}", ""]
            for blocker in _first(report, blockers, most):
                remedy = markdown.text(shorten(blocker.remediation, _REMEDY))
                lines.append(f"- **{markdown.text(shorten(blocker.title, _TITLE))}**: {remedy} ({words.EFFORT[blocker.effort]})")
            if len(blockers) > most:
                lines.append(f"- {words.more(len(blockers) - most)}")
    good = facts.good(report)
    if good:
        titles = "; ".join(markdown.text(shorten(check.info.title, _TITLE)) for check in good[:_GOOD])
        rest = f"; {words.more(len(good) - _GOOD)}" if len(good) > _GOOD else ""
        lines += ["", f"## {words.GOOD}", "", f"{titles}{rest}"]
    lines += ["", f"## {words.BRIEF_OBJECTIONS}", ""]
    for objection in objections(report):
        source = objection.sources[0]
        lines.append(f"- {objection.title} {markdown.text(objection.short)} [{markdown.text(source.document)}]({source.url})")
    lines += ["", f"{words.LOOKED_AT}: {facts.looked_at(report.coverage)}. {facts.day(report.generated)}."]
    return "\n".join(lines) + "\n"


def _first(report: AuditReport, blockers: tuple[Blocker, ...], most: int) -> list[Blocker]:
    return facts.worst_first(report, blockers)[:most]
