"""The tables of the site, each a pure function of the portfolio; the overview shows the beginning of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from auditor.model.organisation import ScanState
from auditor.model.verdict import Decision
from auditor.reports import facts
from auditor.reports import words as report_words
from auditor.reports.portfolio import words
from auditor.reports.portfolio.standing import (
    blocking,
    changed,
    distance,
    ending,
    flags,
    has_gaps,
    link_to,
    movement,
    name_of,
    page_of,
    to_answer,
    waiting,
)
from auditor.reports.portfolio.tables import Cell, Table, TableRow, columns, moment, number, state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.organisation import OpenSecret, Portfolio, RepositoryStanding, SharedSecret
    from auditor.model.report import Deadline

BEGINNING: Final = 10
"""Rows of a list on the overview."""
_MOST_SECRETS: Final = 1000
_MOST_NAMES: Final = 8


def beginning(table: Table, more: str) -> Table:
    """Return the first rows, with the way to the whole list where there is more."""
    if len(table.rows) <= BEGINNING:
        return table
    return replace(table, rows=table.rows[:BEGINNING], more=Cell(words.all_of(len(table.rows)), more), left="")


def filtered(**wanted: str) -> str:
    """Return the address of the list of repositories with a filter set."""
    return f"repositories.html#find?{urlencode(wanted)}"


def repository(one: RepositoryStanding) -> Cell:
    """Make the cell that names a repository."""
    notes = [words.ARCHIVED] * one.listed.archived + [words.FORK] * one.listed.fork
    return Cell(one.listed.full_name, link_to(one), detail=", ".join(notes))


def everything(portfolio: Portfolio) -> Table:
    """List every repository, nearest to ready first."""
    known = {
        "teams": any(one.listed.teams for one in portfolio.repositories),
        "unit": any(one.listed.unit for one in portfolio.repositories),
        "topics": any(one.listed.topics for one in portfolio.repositories),
    }
    kept = [name for name, there in known.items() if there]
    names = ["repository", "verdict", "blockers", "due", "secrets", "visibility", *kept, "last"]
    rows = []
    for rank, one in enumerate(sorted(portfolio.repositories, key=distance)):
        listed = one.listed
        held = {"teams": ", ".join(listed.teams), "unit": listed.unit, "topics": ", ".join(listed.topics)}
        cells = (
            repository(one),
            replace(state(name_of(one)), sort=str(rank), detail=_trouble(one)),
            number(blocking(one)),
            number(to_answer(one)),
            number(len(one.secrets)),
            Cell(words.VISIBILITY[listed.visibility]),
            *(Cell(held[name]) for name in kept),
            moment(one.last_commit),
        )
        data = (
            ("verdict", name_of(one)),
            ("visibility", listed.visibility.value),
            ("team", _several(listed.teams)),
            ("unit", listed.unit),
            ("topic", _several(listed.topics)),
            ("flag", _several(flags(one, portfolio.generated))),
        )
        rows.append(TableRow(cells, tuple((key, value) for key, value in data if value)))
    heads = columns(*names, numbers=("blockers", "due", "secrets"))
    return Table("repositories", words.REPOSITORIES, heads, tuple(rows))


def _trouble(one: RepositoryStanding) -> str:
    """Say what kept this run from the repository, where something did."""
    if one.state not in {ScanState.FAILED, ScanState.PENDING}:
        return ""
    return f"{words.SCAN_STATE[one.state]}. {one.problem}".strip()


def _several(values: Iterable[str]) -> str:
    """Write values so that the script can ask for one of them: a line break stands in no name."""
    joined = "\n".join(values)
    return f"\n{joined}\n" if joined else ""


def nearest(portfolio: Portfolio) -> Table:
    """List what is on its way, nearest first."""
    rows = tuple(
        TableRow(
            (
                repository(one),
                state(name_of(one)),
                number(blocking(one)),
                number(to_answer(one)),
                Cell(one.nearest),
            )
        )
        for one in waiting(portfolio)
    )
    heads = columns("repository", "verdict", "blockers", "due", "nearest", numbers=("blockers", "due"))
    return Table("nearest", words.NEAREST, heads, rows)


def held_secrets(portfolio: Portfolio) -> list[tuple[RepositoryStanding, OpenSecret]]:
    """Return every secret that nobody has replaced: the gravest first, then the oldest."""
    held = [(one, secret) for one in portfolio.repositories for secret in one.secrets]
    return sorted(held, key=lambda pair: (-pair[1].severity.rank, *_oldest(pair[1]), pair[0].listed.full_name, pair[1].title))


def _oldest(secret: OpenSecret) -> tuple[bool, float]:
    return secret.first_seen is None, secret.first_seen.timestamp() if secret.first_seen else 0.0


def secrets(portfolio: Portfolio) -> Table:
    """List them with their age."""
    held = held_secrets(portfolio)
    rows = tuple(
        TableRow(
            (
                repository(one),
                Cell(secret.title, detail=secret.masked),
                Cell(report_words.SEVERITY[secret.severity], sort=str(9 - secret.severity.rank)),
                Cell(report_words.EXPOSURE[secret.exposure]),
                moment(secret.first_seen),
                _age(portfolio, secret),
                number(secret.places),
            )
        )
        for one, secret in held[:_MOST_SECRETS]
    )
    heads = columns("repository", "secret", "severity", "exposure", "since", "age", "places", numbers=("places",))
    left = words.in_csv(len(held) - _MOST_SECRETS, "secrets.csv") if len(held) > _MOST_SECRETS else ""
    return Table("secrets", words.SECRETS, heads, rows, left=left)


def _age(portfolio: Portfolio, secret: OpenSecret) -> Cell:
    if secret.first_seen is None:
        return Cell(words.NOT_DATED)
    text = facts.lasted(secret.first_seen, portfolio.generated)
    return Cell(text, sort=f"{(portfolio.generated - secret.first_seen).days:08}")


def shared(portfolio: Portfolio) -> Table:
    """List secrets that stand in several repositories, the widest spread first."""
    pages = {one.listed.full_name: one for one in portfolio.repositories}

    def row(one: SharedSecret) -> TableRow:
        where = tuple((name, link_to(pages[name]) if name in pages else "") for name in one.repositories[:_MOST_NAMES])
        more = report_words.more(len(one.repositories) - _MOST_NAMES) if len(one.repositories) > _MOST_NAMES else ""
        return TableRow(
            (
                Cell(one.title, detail=one.masked),
                Cell(report_words.SEVERITY[one.severity], sort=str(9 - one.severity.rank)),
                Cell(more, links=where),
                number(len(one.repositories)),
                Cell(f"{len(one.rotated_in):,}", sort=f"{len(one.rotated_in):06}", detail=", ".join(one.rotated_in[:_MOST_NAMES])),
                moment(one.first_seen),
            )
        )

    ordered = sorted(portfolio.shared, key=lambda one: (-one.severity.rank, -len(one.repositories), one.title, one.repositories))
    names = ("secret", "severity", "repositories", "count", "replaced", "since")
    return Table("shared", words.SHARED, columns(*names, numbers=("count",)), tuple(map(row, ordered)))


def exposed(portfolio: Portfolio) -> Table:
    """List public repositories that would not pass today, those with most keys to replace first."""
    found = sorted(
        (one for one in portfolio.repositories if one.public_but_not_ready),
        key=lambda one: (-len(one.secrets), -len(one.blockers), one.listed.full_name),
    )
    rows = tuple(
        TableRow((repository(one), state(name_of(one)), number(blocking(one)), number(len(one.secrets)), Cell(one.nearest)))
        for one in found
    )
    heads = columns("repository", "verdict", "blockers", "secrets", "nearest", numbers=("blockers", "secrets"))
    return Table("public", words.PUBLIC, heads, rows)


def endings(portfolio: Portfolio) -> Table:
    """List answers that ended or end soon, the earliest first."""
    today = portfolio.generated.date()
    held = [(one, answer) for one in portfolio.repositories for answer in ending(one, portfolio.generated)]
    held.sort(key=lambda pair: (pair[1].until, pair[0].listed.full_name, pair[1].kind, pair[1].id))

    def row(one: RepositoryStanding, answer: Deadline) -> TableRow:
        return TableRow(
            (
                repository(one),
                Cell(words.DEADLINE.get(answer.kind, answer.kind)),
                Cell(answer.id),
                Cell(answer.role),
                moment(answer.until, words.ENDED if answer.until < today else ""),
            )
        )

    heads = columns("repository", "kind", "about", "role", "until")
    return Table("ending", words.ENDING, heads, tuple(row(*pair) for pair in held))


def missing_answers(portfolio: Portfolio) -> Table:
    """Count, for each question that only people can answer, where the answer is missing."""
    titles: dict[str, str] = {}
    where: Counter[str] = Counter()
    for one in portfolio.repositories:
        for question in one.attestations_due:
            titles.setdefault(question.id, question.title)
            where[question.id] += 1
    ordered = sorted(where.items(), key=lambda item: (-item[1], item[0]))
    whole = sum(one.decision is not None for one in portfolio.repositories)
    rows = tuple(
        TableRow((Cell(titles[name], detail=name), number(count), Cell(words.percent(count, whole)))) for name, count in ordered
    )
    return Table("due", words.DUE, columns("question", "missing", "part", numbers=("missing", "part")), rows)


def unlooked_after(portfolio: Portfolio) -> Table:
    """List repositories without an owner or without life."""
    found = sorted((one for one in portfolio.repositories if one.unowned or one.dormant), key=lambda one: one.listed.full_name)
    rows = tuple(
        TableRow(
            (
                repository(one),
                Cell(", ".join([words.FLAG["unowned"]] * one.unowned + [words.FLAG["dormant"]] * one.dormant)),
                moment(one.last_commit),
                state(name_of(one)),
            )
        )
        for one in found
    )
    return Table("unowned", words.UNOWNED, columns("repository", "why", "last", "verdict"), rows)


def gaps(portfolio: Portfolio) -> Table:
    """List what was not looked at, the repositories without any report first."""
    rows = []
    found = sorted(filter(has_gaps, portfolio.repositories), key=lambda one: (one.decision is not None, one.listed.full_name))
    for one in found:
        reasons = [words.SCAN_STATE[one.state]] if one.state in {ScanState.FAILED, ScanState.PENDING} else []
        reasons += [one.problem] if one.problem else []
        reasons += [words.INCOMPLETE] if one.decision is not None and not one.complete else []
        reasons += [f"{group.what}: {group.reason} ({group.count:,})" for group in one.gaps[:3]]
        reasons += [report_words.more(len(one.gaps) - 3)] if len(one.gaps) > 3 else []  # noqa: PLR2004  as many as the line above
        rows.append(TableRow((repository(one), state(name_of(one)), Cell("; ".join(reasons)))))
    return Table("gaps", words.GAPS, columns("repository", "verdict", "reason"), tuple(rows))


def invisible(portfolio: Portfolio) -> Table:
    """List what was asked of the forge and not answered, together where only the repository differs."""
    asked: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in portfolio.not_visible:
        asked[one.what, one.permission, one.reason].append(one.repository)
    rows = []
    for (what, permission, reason), names in sorted(asked.items()):
        count = sum(map(bool, names))
        where = report_words.count(count, "repository", "repositories") if count else words.WHOLE_ORGANISATION
        where = next(filter(None, names)) if count == 1 else where
        rows.append(TableRow((Cell(what), Cell(where, sort=f"{count:06}"), Cell(permission), Cell(reason))))
    return Table("invisible", words.INVISIBLE, columns("what", "repository", "permission", "reason"), tuple(rows))


def moves(portfolio: Portfolio) -> Table:
    """List what is not as it was in the run before, the worse ones first, then those with more keys to replace."""
    rows = tuple(
        TableRow(
            (
                repository(one),
                state(one.earlier.decision.value if one.earlier.decision is not Decision.NOT_APPLICABLE else "none"),
                state(name_of(one)),
                number(one.earlier.blockers),
                number(len(one.blockers)),
                number(one.earlier.secrets),
                number(len(one.secrets)),
            )
        )
        for one in sorted(filter(changed, portfolio.repositories), key=_worsening)
        if one.earlier is not None
    )
    numbers = ("open_before", "open_now", "secrets_before", "secrets_now")
    return Table("moves", words.CHANGES, columns("repository", "before", "now", *numbers, numbers=numbers), rows)


def _worsening(one: RepositoryStanding) -> tuple[int, int, int, str]:
    before = one.earlier
    keys, points = (before.secrets, before.blockers) if before is not None else (0, 0)
    return movement(one), keys - len(one.secrets), points - len(one.blockers), one.listed.full_name


def pages(portfolio: Portfolio) -> dict[str, str]:
    """Return the page of every repository that has a report."""
    return {one.listed.full_name: page_of(one.listed.full_name) for one in portfolio.repositories if one.decision is not None}
