"""The portfolio by team, business unit and topic, and by check."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.verdict import Decision
from auditor.reports import facts
from auditor.reports import words as report_words
from auditor.reports.portfolio import words
from auditor.reports.portfolio.charts import outcome_bar
from auditor.reports.portfolio.lists import filtered
from auditor.reports.portfolio.standing import to_answer
from auditor.reports.portfolio.tables import Cell, Column, Table, TableRow, columns, number, share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.organisation import CheckAnswer, Portfolio, RepositoryStanding
    from auditor.reports.pictures import Row

_HOLDS = (Outcome.PASS, Outcome.ATTESTED)


def by_group(portfolio: Portfolio) -> list[Table]:
    """Return one table for each way of grouping that the forge knows."""
    ways = {
        "team": [(name, one) for one in portfolio.repositories for name in one.listed.teams],
        "unit": [(one.listed.unit, one) for one in portfolio.repositories if one.listed.unit],
        "topic": [(name, one) for one in portfolio.repositories for name in one.listed.topics],
    }
    return [_grouped(way, members) for way, members in ways.items() if members]


def _grouped(way: str, members: Iterable[tuple[str, RepositoryStanding]]) -> Table:
    groups: defaultdict[str, list[RepositoryStanding]] = defaultdict(list)
    for name, one in members:
        groups[name].append(one)
    numbers = ("repositories", "ready", "attest", "closed", "not_yet", "cannot", "secrets", "due")
    rows = tuple(
        TableRow(
            (
                Cell(name, filtered(**{way: name})),
                number(len(held)),
                *(number(count) for count in _decisions(held)),
                number(sum(len(one.secrets) for one in held)),
                number(sum(map(to_answer, held))),
            )
        )
        for name, held in sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    return Table(f"by-{way}", words.GROUPS[way], columns("name", *numbers, numbers=numbers), rows)


def _decisions(held: Iterable[RepositoryStanding]) -> tuple[int, ...]:
    found = Counter(one.decision for one in held)
    named = (Decision.READY, Decision.READY_WHEN_ATTESTED, Decision.KEEP_CLOSED, Decision.NOT_YET)
    counts = tuple(found[decision] for decision in named)
    return (*counts, found.total() - sum(counts))


def check_counts(portfolio: Portfolio) -> list[tuple[CheckAnswer, Counter[Outcome]]]:
    """Count the outcomes of each check, by group and id."""
    first: dict[str, CheckAnswer] = {}
    counts: defaultdict[str, Counter[Outcome]] = defaultdict(Counter)
    for one in portfolio.repositories:
        for answer in one.checks:
            first.setdefault(answer.check_id, answer)
            counts[answer.check_id][answer.outcome] += 1
    known = list(report_words.GROUP)

    def order(name: str) -> tuple[int, str]:
        group = first[name].group
        return known.index(group) if group in known else len(known), name

    return [(first[name], counts[name]) for name in sorted(first, key=order)]


def most_failed(table: Table) -> tuple[TableRow, ...]:
    """Return the rows of the table of checks, those that fail in most repositories first."""
    failed = len(table.columns) - len(Outcome) + list(Outcome).index(Outcome.FAIL)

    def order(row: TableRow) -> tuple[int, str, str]:
        return -int(row.cells[failed].text.replace(",", "")), row.cells[2].sort, row.cells[0].detail

    return tuple(sorted((row for row in table.rows if row.cells[2].sort), key=order))


def checks(portfolio: Portfolio) -> tuple[Table, dict[str, Row]]:
    """Return the table of checks by percentage, and the bar that belongs to each row by the id of its check."""
    rows, bars = [], {}
    for answer, counts in check_counts(portfolio):
        whole = counts.total() - counts[Outcome.NOT_APPLICABLE]
        holds = sum(counts[outcome] for outcome in _HOLDS)
        bars[answer.check_id] = outcome_bar(counts, whole)
        cells = (
            Cell(answer.title, detail=answer.check_id),
            Cell(facts.group_name(answer.group)),
            share(holds, whole),
            *(number(counts[outcome]) for outcome in Outcome),
        )
        rows.append(TableRow(cells))
    heads = (
        *columns("check", "group", "share", numbers=("share",)),
        *(Column(report_words.OUTCOME[outcome], number=True) for outcome in Outcome),
    )
    return Table("checks", words.CHECKS, heads, tuple(rows)), bars
