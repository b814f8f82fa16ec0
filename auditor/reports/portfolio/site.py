"""The files of the site: which there are, and what each template is given. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from auditor.reports import pages
from auditor.reports.pictures import OUTCOME_KEYS
from auditor.reports.portfolio import charts, groups, lists, words
from auditor.reports.portfolio.data import data_files
from auditor.reports.portfolio.edition import public_portfolio, public_report
from auditor.reports.portfolio.standing import movement, page_of
from auditor.reports.readiness_page import Back, readiness_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.model.organisation import Portfolio
    from auditor.model.report import AuditReport

_MAKER: Final = "auditor"


def render_site(
    portfolio: Portfolio, reports: Callable[[str], AuditReport | None], *, public_safe: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield the files of the site, one at a time: the relative path and the text.

    Args:
        portfolio: what the pages say.
        reports: gives the report of a repository by its full name, asked for once, when its page is due; so one is in memory.
        public_safe: make the edition for everybody, in which nothing tells of a repository that is not public.
    """
    if public_safe:
        portfolio = public_portfolio(portfolio)
    for name, context in _pages(portfolio, public_safe=public_safe):
        yield f"{name}.html", _page(f"portfolio/{name}.html", portfolio, here=name, public_safe=public_safe, **context)
    yield from data_files(portfolio)
    back = Back("../index.html", words.BACK.format(portfolio.title), words.BACK_LABEL)
    for one in portfolio.repositories:
        report = reports(one.listed.full_name) if one.decision is not None else None
        if report is not None:
            report = replace(report, target=replace(report.target, name=one.listed.full_name))
            yield page_of(one.listed.full_name), readiness_page(public_report(report) if public_safe else report, back)


def _pages(portfolio: Portfolio, *, public_safe: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the pages above the repositories, each with what its template asks for."""
    yield "index", _overview(portfolio, public_safe=public_safe)
    yield "repositories", {"table": lists.everything(portfolio), "filters": _filters(portfolio), "wide": True}
    yield "secrets", {"secrets": lists.secrets(portfolio), "shared": lists.shared(portfolio)}
    table, bars = groups.checks(portfolio)
    yield "checks", {"table": table, "bars": bars}
    yield "groups", {"tables": groups.by_group(portfolio)}


def _overview(portfolio: Portfolio, *, public_safe: bool) -> dict[str, Any]:
    counts = charts.counts(portfolio)
    moved = [movement(one) for one in portfolio.repositories]
    table, _ = groups.checks(portfolio)
    return {
        "headline": words.headline(counts["ready"], len(portfolio.repositories)),
        "sentence": words.sentence(
            counts["ready_when_attested"],
            counts["keep_closed"],
            counts["not_yet"],
            counts["cannot_tell"] + counts["none"],
            sum(bool(one.secrets) for one in portfolio.repositories),
        ),
        "split": charts.split(portfolio),
        "trend": charts.trend(portfolio),
        "trend_missing": words.TREND_LEFT_OUT if public_safe else words.NO_RUN,
        "compared": any(one.earlier is not None for one in portfolio.repositories),
        "moved": words.moved(moved.count(1), moved.count(-1), *_keys(portfolio)),
        "moves": lists.beginning(lists.moves(portfolio), lists.filtered(flag="changed")),
        "sections": _sections(portfolio),
        "invisible": lists.invisible(portfolio),
        "checks": lists.beginning(replace(table, rows=groups.most_failed(table)), "checks.html"),
        "groups": [lists.beginning(one, "groups.html") for one in groups.by_group(portfolio)],
    }


def _keys(portfolio: Portfolio) -> tuple[int | None, int]:
    """Count the keys that nobody has replaced, in the repositories that the run before judged too: then, and now."""
    both = [(one.earlier.secrets, len(one.secrets)) for one in portfolio.repositories if one.earlier and one.decision]
    return (sum(then for then, _ in both), sum(now for _, now in both)) if both else (None, 0)


def _sections(portfolio: Portfolio) -> list[tuple[Any, str, int]]:
    """Return the lists of the overview in their order: the table, a leading sentence, and how many there are in all."""
    made = (
        (lists.nearest(portfolio), words.NEAREST_LEAD, lists.filtered(flag="waiting")),
        (lists.secrets(portfolio), words.SECRETS_LEAD, "secrets.html"),
        (lists.shared(portfolio), words.SHARED_LEAD, "secrets.html#shared"),
        (lists.exposed(portfolio), "", lists.filtered(flag="public")),
        (lists.endings(portfolio), "", lists.filtered(flag="ending")),
        (lists.missing_answers(portfolio), words.DUE_LEAD, ""),
        (lists.unlooked_after(portfolio), "", lists.filtered(flag="neglected")),
        (lists.gaps(portfolio), words.GAPS_LEAD, lists.filtered(flag="gaps")),
    )
    totals = {"secrets": sum(len(one.secrets) for one in portfolio.repositories)}
    return [
        (lists.beginning(table, more) if more else table, lead, totals.get(table.name, len(table.rows)))
        for table, lead, more in made
    ]


def _filters(portfolio: Portfolio) -> dict[str, list[tuple[str, str]]]:
    """Return what the list can be filtered by: only values that occur."""
    rows = [dict(row.data) for row in lists.everything(portfolio).rows]

    def values(name: str) -> set[str]:
        return {value for row in rows for value in row.get(name, "").split("\n") if value}

    named = {"verdict": words.STATE, "flag": words.FLAG, "visibility": {key.value: text for key, text in words.VISIBILITY.items()}}
    known = {name: [(key, text) for key, text in texts.items() if key in values(name)] for name, texts in named.items()}
    free = {name: [(value, value) for value in sorted(values(name))] for name in ("team", "unit", "topic")}
    return {name: options for name, options in {**known, **free}.items() if options}


def _page(template: str, portfolio: Portfolio, *, here: str, public_safe: bool, **context: Any) -> str:  # noqa: ANN401  what the template asks for
    return pages.page(
        template,
        pages.asset("govuk-frontend.css") + pages.asset("report.css") + pages.asset("portfolio.css"),
        pages.asset("filter.js") + pages.asset("portfolio.js"),
        maker=_MAKER,
        kind_of_page=words.PORTFOLIO,
        portfolio=portfolio,
        p=words,
        here=here,
        public_safe=public_safe,
        state_keys=charts.STATE_KEYS,
        outcome_keys=OUTCOME_KEYS,
        advice=words.ADVICE,
        **context,
    )
