"""The report on a terminal: the same order as the page, never wider than the terminal, colour only where it is wanted."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.model.check import Outcome
from auditor.model.verdict import Decision
from auditor.reports import facts, words
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe

if TYPE_CHECKING:
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker

_STYLE: Final = {
    Decision.READY: "bold green",
    Decision.READY_WHEN_ATTESTED: "bold cyan",
    Decision.KEEP_CLOSED: "bold blue",
    Decision.NOT_YET: "bold red",
    Decision.CANNOT_TELL: "bold yellow",
    Decision.NOT_APPLICABLE: "dim",
}
_OUTCOME_STYLE: Final = {Outcome.PASS: "green", Outcome.ATTESTED: "cyan", Outcome.FAIL: "red", Outcome.ERROR: "yellow"}
_NARROWEST: Final = 30
_LONGEST: Final = 600
_MOST_PLACES: Final = 3
_MOST_GOOD: Final = 8
_SUMMARY_BLOCKERS: Final = 3


@report_format("terminal", extension="txt", purpose="the report to read where it was made")
def render_terminal(report: AuditReport, options: Options) -> str:
    """Render the report for a terminal of the given width."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(options.width, _NARROWEST),
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        no_color=not options.color,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
        _environ={},
    )
    if options.summary:
        _summary(console, report)
    else:
        _full(console, report)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))


def _text(text: str, style: str = "") -> Text:
    text = safe(text)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
    return Text(text, style=style, overflow="fold")


def _full(console: Console, report: AuditReport) -> None:
    verdict = report.verdict
    console.print(_text(f"{report.target.name}: {words.HEADLINE[verdict.decision]}", _STYLE[verdict.decision]))
    console.print(_text(facts.sentence(report)))
    console.print()
    _routes(console, report)
    _heading(console, facts.numbered(words.heading(verdict.decision), verdict.route))
    _blockers(console, report, verdict.route.blockers)
    if not verdict.route.blockers:
        console.print(_text(words.NOTHING_BLOCKS))
    _heading(console, words.ATTEST, len(verdict.route.attestations_due))
    _blockers(console, report, verdict.route.attestations_due)
    if not verdict.route.attestations_due:
        console.print(_text(words.NOTHING_TO_ANSWER))
    if verdict.route.cautions:
        _heading(console, words.CAUTIONS, len(verdict.route.cautions))
        for blocker in verdict.route.cautions[: facts.MOST_BLOCKERS]:
            _item(console, "-", blocker.title, blocker.remediation)
        _more(console, len(verdict.route.cautions))
    _good(console, report)
    _checks(console, report)
    _findings(console, report)
    _coverage(console, report)


def _heading(console: Console, title: str, number: int | None = None) -> None:
    console.print()
    console.print(_text(title if not number else f"{title} ({number:,})", "bold"))


def _grid(*ratios: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0))
    for ratio in ratios:
        grid.add_column(overflow="fold", ratio=ratio or None)
    return grid


def _routes(console: Console, report: AuditReport) -> None:
    grid = _grid(0, 0, 0)
    for name, route in (("full_history", report.verdict.full_history), ("fresh_history", report.verdict.fresh_history)):
        grid.add_row(
            _text(words.ROUTE[name]),
            _text(words.DECISION[route.decision], _STYLE[route.decision]),
            _text(facts.standing(route), "dim"),
        )
    console.print(grid)


def _blockers(console: Console, report: AuditReport, blockers: tuple[Blocker, ...]) -> None:
    for number, blocker in enumerate(facts.worst_first(report, blockers)[: facts.MOST_BLOCKERS], 1):
        console.print(_text(f"{number}. {blocker.title}", "bold red" if blocker in report.verdict.route.blockers else "bold"))
        grid = _grid(0, 1)
        for index, place in enumerate(blocker.where[:_MOST_PLACES]):
            grid.add_row(_text("" if index else words.WHERE, "dim"), _text(place))
        if len(blocker.where) > _MOST_PLACES:
            grid.add_row("", _text(words.more(len(blocker.where) - _MOST_PLACES), "dim"))
        rows = [(words.WHY, blocker.why), (words.RULE, facts.source_line(blocker.source))]
        if blocker.source and facts.web_link(blocker.source.url):
            rows.append(("", blocker.source.url))
        rows += [(words.TO_DO, blocker.remediation), (words.RUN, blocker.act), (words.TAKES, words.EFFORT[blocker.effort])]
        for label, text in rows:
            if text:
                grid.add_row(_text(label, "dim"), _text(text))
        console.print(Padding(grid, (0, 0, 0, 3)))
    _more(console, len(blockers))


def _more(console: Console, number: int) -> None:
    if number > facts.MOST_BLOCKERS:
        console.print(_text(f"… {words.more(number - facts.MOST_BLOCKERS)}", "dim"))


def _item(console: Console, mark: str, title: str, text: str = "") -> None:
    grid = _grid(0, 1)
    grid.add_row(_text(mark), _text(f"{title}. {text}" if text else title))
    console.print(grid)


def _good(console: Console, report: AuditReport) -> None:
    checks = facts.good(report)
    _heading(console, words.GOOD, len(checks))
    if not checks:
        console.print(_text(words.NOTHING_GOOD))
    for check in checks[:_MOST_GOOD]:
        seen = check.evidence[0].text if check.evidence else (check.attested.statement if check.attested else "")
        _item(console, check.check_id, check.info.title, seen)
    if len(checks) > _MOST_GOOD:
        console.print(_text(f"… {words.more(len(checks) - _MOST_GOOD)}", "dim"))


def _checks(console: Console, report: AuditReport) -> None:
    _heading(console, words.CHECKS, len(report.checks))
    totals = facts.outcomes(report.checks)
    parts = [
        Text(f"{number} {words.OUTCOME[outcome].lower()}", style=_OUTCOME_STYLE.get(outcome, ""))
        for outcome, number in totals.items()
        if number
    ]
    console.print(Text(", ").join(parts))
    for check in sorted(report.checks, key=lambda check: (check.outcome, check.check_id)):
        if check.outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.NOT_CHECKED):
            _item(console, check.check_id, f"{words.OUTCOME[check.outcome]}: {check.info.title}", check.reason)


def _findings(console: Console, report: AuditReport) -> None:
    """List what was found and is not named above, and count what is suppressed."""
    named = {blocker.id for blocker in facts.worst_first(report, report.verdict.route.blockers)[: facts.MOST_BLOCKERS]}
    found = facts.counted(report.findings)
    _heading(console, words.FINDINGS, len(found))
    others = [finding for finding in found if finding.fingerprint not in named]
    for finding in others[: facts.MOST_BLOCKERS]:
        exposure = facts.worst_exposure(finding)
        seen = words.EXPOSURE[exposure].lower() if exposure else ""
        detail = ", ".join(filter(None, (finding.masked, facts.place(finding.first), seen)))
        _item(console, words.SEVERITY[finding.severity], f"{finding.title} ({detail})")
    _more(console, len(others))
    suppressed = len(report.findings) - len(found)
    if suppressed:
        console.print(_text(words.suppressed(suppressed), "dim"))
    if not report.findings:
        console.print(_text(words.NOTHING_FOUND))
    elif not others and found:
        console.print(_text(words.ALL_NAMED_ABOVE, "dim"))


def _coverage(console: Console, report: AuditReport) -> None:
    target, tool, coverage = report.target, report.tool, report.coverage
    _heading(console, words.LOOKED_AT)
    console.print(_text(facts.looked_at(coverage)))
    commit = f"commit {target.head[:12]}, " if target.head else ""
    policy = tool.policy_title or tool.policy
    made_by = f"{tool.name} {tool.version}, {words.count(tool.rules, 'rule')}, policy {policy}"
    console.print(_text(f"{commit}{facts.day(report.generated)}, {made_by}"))
    if not coverage.groups:
        console.print(_text(words.ALL_LOOKED_AT))
    for group in coverage.groups[: facts.MOST_BLOCKERS]:
        _item(console, "-", f"{group.count:,} {group.what}: {group.reason} ({words.GAP[group.kind].lower()})")
    for note in (*coverage.notes, *report.warnings):
        _item(console, "-", note)


def _summary(console: Console, report: AuditReport) -> None:
    """Print ten lines at most, none longer than the terminal is wide."""
    verdict = report.verdict
    route = verdict.route
    lines = [_text(f"{report.target.name}: {words.HEADLINE[verdict.decision]}", _STYLE[verdict.decision])]
    for name, each in (("full_history", verdict.full_history), ("fresh_history", verdict.fresh_history)):
        state = ", ".join(filter(None, (words.DECISION[each.decision].lower(), facts.standing(each))))
        lines.append(_text(f"{words.ROUTE[name]}: {state}"))
    worst = facts.worst_first(report, route.blockers)[:_SUMMARY_BLOCKERS]
    lines += [_text(f"{number}. {blocker.title}: {', '.join(blocker.where[:1])}") for number, blocker in enumerate(worst, 1)]
    lines.append(_text(f"{words.ATTEST}: {len(route.attestations_due)}"))
    totals = facts.outcomes(report.checks)
    lines.append(
        _text("Checks: " + ", ".join(f"{number} {words.OUTCOME[outcome].lower()}" for outcome, number in totals.items() if number))
    )
    lines.append(_text(f"{words.LOOKED_AT}: {facts.looked_at(report.coverage)}"))
    left = sum(group.count for group in report.coverage.groups)
    lines.append(_text(f"{words.NOT_LOOKED_AT}: {words.count(left, 'thing')}" if left else words.ALL_LOOKED_AT))
    for line in lines:
        line.truncate(console.width, overflow="ellipsis")
        console.print(line, no_wrap=True, overflow="ellipsis", crop=True)
