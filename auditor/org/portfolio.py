"""From the store to the portfolio: where every repository of a run stands, what they share, and how it was before."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

import sqlalchemy as sa

from auditor.model.check import Outcome
from auditor.model.coverage import GapKind, SkippedGroup
from auditor.model.levels import Effort, Exposure, Severity
from auditor.model.organisation import (
    CheckAnswer,
    Earlier,
    NotVisible,
    OpenSecret,
    Portfolio,
    RepositoryStanding,
    RunSummary,
    ScanState,
    SharedSecret,
)
from auditor.model.report import Deadline
from auditor.model.verdict import Decision
from auditor.org import tables as t
from auditor.org.digest import LINKED
from auditor.reports.read import blocker_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from auditor.model.organisation import ListedRepository
    from auditor.org.store import Store

T = TypeVar("T")
_MOST_RUNS: Final = 60
_Rows = dict[int, list[Any]]


def portfolio(store: Store, run: int, listed: Sequence[ListedRepository], *, title: str, now: datetime) -> Portfolio:
    """Return what the portfolio page says of one run."""
    with store.reading() as connection:
        this = connection.execute(sa.select(t.runs).where(t.runs.c.id == run)).mappings().one()
        scope = this["scope"]
        numbers = _numbers(connection, scope, {item.full_name for item in listed})
        reading = _Reading(connection, run, scope)
        standings = tuple(reading.standing(item, numbers.get(item.full_name)) for item in listed)
        names = {number: name for name, number in numbers.items()}
        before = reading.names_of_the_run_before()
        here = {item.full_name for item in listed}
        return Portfolio(
            title=title,
            generated=now,
            version=this["version"],
            policy=this["policy"],
            repositories=standings,
            shared=_shared(connection, names),
            runs=_runs(connection, run),
            appeared=tuple(sorted(here - before)) if before else (),
            gone=tuple(sorted(before - here)),
            not_visible=tuple(dict.fromkeys(NotVisible(**item) for item in (*this["not_visible"], *reading.unseen(names)))),
            selection=tuple(this["selection"]),
            warnings=_warnings(connection, names, this["key_id"]),
        )


class _Reading:
    """The rows of all repositories of a scope, read once table by table."""

    def __init__(self, connection: sa.Connection, run: int, scope: str) -> None:
        self._connection = connection
        self._run = run
        here = sa.select(t.repositories.c.id).where(t.repositories.c.scope == scope)
        v = t.verdicts.c
        mine = sa.select(v.repository_id, v.state, v.problem).where(v.run_id == run)
        self._states = {number: (state, problem) for number, state, problem in connection.execute(mine)}
        self._before = self._run_before()
        earlier = sa.select(v.repository_id, v.at, v.decision, v.blockers, v.open_secrets).where(v.run_id == self._before)
        self._earlier = {row.repository_id: row for row in connection.execute(earlier)}
        r = t.reports.c
        reports = sa.select(r.repository_id, r.generated, r.summary).where(r.repository_id.in_(here))
        self._reports = {number: (generated, summary) for number, generated, summary in connection.execute(reports)}
        self._checks = self._grouped(t.checks, here, t.checks.c.check_id)
        self._answers = self._grouped(t.answers, here, t.answers.c.until, t.answers.c.subject)
        f = t.findings.c
        secret = sa.and_(f.gone.is_(None), f.standing == "open", f.category.in_([item.value for item in LINKED]))
        self._secrets = self._grouped(t.findings, here, f.fingerprint, where=secret)

    def standing(self, listed: ListedRepository, number: int | None) -> RepositoryStanding:
        """Return where one repository stands."""
        state, problem = self._states.get(number or 0, (ScanState.PENDING.value, ""))
        generated, summary = self._reports.get(number or 0, (None, None))
        if number is None or summary is None:
            return RepositoryStanding(listed, ScanState(state), problem)
        return RepositoryStanding(
            listed=listed,
            state=ScanState(state),
            problem=problem,
            scanned_at=generated,
            decision=Decision(summary["decision"]),
            full_history=Decision(summary["full_history"]),
            fresh_history=Decision(summary["fresh_history"]),
            intended=summary["intended"],
            maturity=summary["maturity"],
            blockers=tuple(blocker_from(item) for item in summary["blockers"]),
            attestations_due=tuple(blocker_from(item) for item in summary["attestations_due"]),
            nearest=summary["nearest"],
            effort=Effort(summary["effort"]) if summary["effort"] else None,
            hours=summary["hours"],
            secrets=_secrets(self._secrets.get(number, ())),
            findings=tuple((level, summary["findings"][level]) for level in reversed(Severity) if level in summary["findings"]),
            deadlines=tuple(Deadline(row.kind, row.subject, row.role, row.until) for row in self._answers.get(number, ())),
            checks=tuple(
                CheckAnswer(row.check_id, row.title, row.area, Outcome(row.outcome)) for row in self._checks.get(number, ())
            ),
            gaps=tuple(SkippedGroup(GapKind(g["kind"]), g["what"], g["reason"], g["count"]) for g in summary["gaps"]),
            complete=summary["complete"],
            last_commit=datetime.fromisoformat(summary["last_commit"]) if summary["last_commit"] else None,
            commits=summary["commits"],
            blobs=summary["blobs"],
            unowned=summary["unowned"],
            dormant=summary["dormant"],
            earlier=self._earlier_of(number),
        )

    def unseen(self, numbers: Iterable[int]) -> Iterator[dict[str, str]]:
        """Yield what the forge did not tell when the reports of these repositories were made."""
        for number in sorted(numbers):
            _, summary = self._reports.get(number, (None, {}))
            yield from summary.get("not_visible", ())

    def names_of_the_run_before(self) -> set[str]:
        """Return what the previous run looked at."""
        query = sa.select(t.repositories.c.name).join(t.verdicts).where(t.verdicts.c.run_id == self._before)
        return set(self._connection.execute(query).scalars())

    def _run_before(self) -> int:
        """Return the number of the last run over the same selection that came to its end before this one; 0 for none."""
        alike = (row.id for row in runs_alike(self._connection, self._run) if row.id < self._run and row.finished)
        return max(alike, default=0)

    def _earlier_of(self, number: int) -> Earlier | None:
        row = self._earlier.get(number)
        return (
            None if row is None or row.decision is None else Earlier(row.at, Decision(row.decision), row.blockers, row.open_secrets)
        )

    def _grouped(
        self, table: sa.Table, here: sa.Select[Any], *order: sa.Column[Any], where: sa.ColumnElement[bool] | None = None
    ) -> _Rows:
        query = sa.select(table).where(table.c.repository_id.in_(here)).order_by(table.c.repository_id, *order)
        rows: _Rows = defaultdict(list)
        for row in self._connection.execute(query if where is None else query.where(where)):
            rows[row.repository_id].append(row)
        return rows


def _warnings(connection: sa.Connection, names: Mapping[int, str], key_id: str) -> tuple[str, ...]:
    """Say which repositories hold secrets that are hashed under another key, so that they are equal to none here."""
    f, r = t.findings.c, t.reports.c
    query = sa.select(r.repository_id).where(r.key_id != key_id)
    query = query.where(sa.exists().where(f.repository_id == r.repository_id, f.gone.is_(None), f.link != ""))
    apart = sorted(names[number] for number in connection.execute(query).scalars() if number in names)
    if not apart:
        return ()
    which = apart[0] if len(apart) == 1 else f"{len(apart):,} repositories, {apart[0]} among them,"
    said = f"Secrets of {which} are not compared with those of the others"
    return (f"{said}: the organisation's key changed, and no run has reached them since.",)


def _numbers(connection: sa.Connection, scope: str, wanted: set[str]) -> dict[str, int]:
    rows = connection.execute(sa.select(t.repositories.c.name, t.repositories.c.id).where(t.repositories.c.scope == scope))
    return {name: number for name, number in rows if name in wanted}


def _secrets(rows: Iterable[Any]) -> tuple[OpenSecret, ...]:
    secrets = [
        OpenSecret(
            fingerprint=row.fingerprint,
            rule_id=row.rule_id,
            title=row.title,
            masked=row.masked,
            severity=Severity(row.severity),
            exposure=Exposure(row.exposure),
            first_seen=row.first_seen,
            places=row.places,
        )
        for row in rows
    ]
    return tuple(sorted(secrets, key=lambda s: (-s.severity.rank, -s.exposure.rank, s.title, s.fingerprint)))


def _shared(connection: sa.Connection, names: Mapping[int, str]) -> tuple[SharedSecret, ...]:
    """Return the secrets that several of these repositories hold."""
    f = t.findings.c
    alive = sa.and_(f.gone.is_(None), f.link != "", f.standing.in_(["open", "rotated"]))
    several = sa.select(f.link).where(alive).group_by(f.link).having(sa.func.count(sa.distinct(f.repository_id)) > 1)
    groups: defaultdict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(sa.select(t.findings).where(alive, f.link.in_(several)).order_by(f.link, f.repository_id)):
        if row.repository_id in names:
            groups[row.link].append(row)
    found = [_one_shared(rows, names) for rows in groups.values() if len({row.repository_id for row in rows}) > 1]
    return tuple(sorted(found, key=lambda s: (-s.severity.rank, -len(s.repositories), s.title, s.repositories)))


def _one_shared(rows: Sequence[Any], names: Mapping[int, str]) -> SharedSecret:
    worst = max(rows, key=lambda row: (Severity(row.severity).rank, row.rule_id))
    return SharedSecret(
        rule_id=worst.rule_id,
        title=worst.title,
        masked=worst.masked,
        severity=Severity(worst.severity),
        repositories=tuple(sorted({names[row.repository_id] for row in rows})),
        rotated_in=tuple(sorted({names[row.repository_id] for row in rows if row.standing == "rotated"})),
        first_seen=min((row.first_seen for row in rows if row.first_seen), default=None),
    )


def runs_alike(connection: sa.Connection, run: int) -> list[Any]:
    """Return the runs that looked at the same inventory through the same filters, oldest first: only those can be compared."""
    c = t.runs.c
    this = connection.execute(sa.select(c.scope, c.selection).where(c.id == run)).one()
    rows = connection.execute(sa.select(c.id, c.started, c.finished, c.selection).where(c.scope == this.scope).order_by(c.id))
    return [row for row in rows if row.selection == this.selection]


def _runs(connection: sa.Connection, last: int) -> tuple[RunSummary, ...]:
    """Return the runs over the same selection, oldest first, with how many repositories had each decision."""
    v = t.verdicts.c
    rows = [row for row in runs_alike(connection, last) if row.id <= last][-_MOST_RUNS:]
    counted = sa.select(v.run_id, v.decision, v.state, sa.func.count(), sa.func.sum(v.open_secrets))
    counted = counted.where(v.run_id.in_([row.id for row in rows])).group_by(v.run_id, v.decision, v.state)
    decisions: defaultdict[int, Counter[Decision]] = defaultdict(Counter)
    secrets, failed, total = Counter[int](), Counter[int](), Counter[int]()
    for run, decision, state, count, found in connection.execute(counted):
        total[run] += count
        secrets[run] += int(found or 0)
        failed[run] += count if state == ScanState.FAILED.value else 0
        if decision:
            decisions[run][Decision(decision)] += count
    return tuple(
        RunSummary(
            at=row.started,
            repositories=total[row.id],
            decisions=tuple((decision, decisions[row.id][decision]) for decision in Decision if decisions[row.id][decision]),
            open_secrets=secrets[row.id],
            failed=failed[row.id],
            finished=row.finished is not None,
        )
        for row in rows
    )
