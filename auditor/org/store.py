"""What is kept between runs. Only the coordinator writes; an outcome is one transaction, so that a crash loses nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final, Self

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from auditor.model.levels import Exposure
from auditor.org import tables as t
from auditor.org.database import READING, connect, failed
from auditor.org.outcome import Known, listing_of
from auditor.org.relinking import link_anew
from auditor.org.text import storable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from datetime import datetime

    from auditor.model.organisation import ListedRepository, NotVisible
    from auditor.org.outcome import Judged, Outcome

_FORGE: Final = Exposure.FORGE.value


class Store:
    """One database. A context manager; leaving it closes the connections."""

    def __init__(self, url: str) -> None:
        """Open the database and bring its tables up to date.

        Raises:
            ConfigurationError: the URL is none, or its driver is missing.
            OutputError: the database cannot be used.
        """
        self._engine = connect(url)

    def __enter__(self) -> Self:
        """Keep it open."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        """Close it; an error of the database becomes one sentence."""
        shown = self._engine.url.render_as_string(hide_password=True)
        self._engine.dispose()
        if isinstance(error, SQLAlchemyError):
            raise failed(shown, error) from None

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that writes."""
        return self._engine.begin()

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Begin a transaction that only reads, and holds nobody up."""
        return self._engine.execution_options(**{READING: True}).begin()

    def begin_run(  # noqa: PLR0913  the columns of a run
        self,
        scope: str,
        listed: int,
        *,
        at: datetime,
        version: str,
        policy: str,
        key_id: str,
        selection: Iterable[str] = (),
        not_visible: Iterable[NotVisible] = (),
    ) -> int:
        """Note that a run begins, and return its number."""
        row = {
            "scope": scope,
            "started": at,
            "version": version,
            "policy": policy,
            "key_id": key_id,
            "listed": listed,
            "selection": list(selection),
            "not_visible": [asdict(item) for item in not_visible],
        }
        with self.transaction() as connection:
            return int(connection.execute(sa.insert(t.runs).values(row).returning(t.runs.c.id)).scalar_one())

    def finish_run(self, run: int, at: datetime) -> None:
        """Note that a run came to its end."""
        with self.transaction() as connection:
            connection.execute(sa.update(t.runs).where(t.runs.c.id == run).values(finished=at))

    def known(self, scope: str) -> dict[str, Known]:
        """Return by name what is stored of the repositories of a scope."""
        r = t.reports.c
        f = t.findings.c
        aside = sa.exists().where(f.repository_id == r.repository_id, f.gone.is_(None), f.link != "", f.exposure == _FORGE)
        columns = (t.repositories.c.name, r.listing, r.state, r.basis, r.key_id, r.generated, r.stale_from, aside)
        query = sa.select(*columns).select_from(t.repositories).join(t.reports)
        with self.reading() as connection:
            rows = connection.execute(query.where(t.repositories.c.scope == scope))
            return {name: Known(*rest) for name, *rest in rows}

    def record(self, run: int, scope: str, outcome: Outcome, *, basis: str, key_id: str) -> None:
        """Store what came of one repository, whole or not at all."""
        with self.transaction() as connection:
            number = _repository(connection, scope, outcome.listed)
            newer = outcome.judged is not None and _newest(connection, number, outcome.judged.generated)
            if outcome.judged is not None and newer:
                kept = {"listing": listing_of(outcome.listed), "basis": basis, "key_id": key_id}
                _replace(connection, number, outcome.judged, kept)
            if outcome.links is not None:
                link_anew(connection, number, outcome.links, key_id)
            connection.execute(_verdict(connection, run, number, outcome))

    def document(self, scope: str, name: str) -> bytes | None:
        """Return the stored report of a repository, compressed; None where there is none."""
        query = sa.select(t.reports.c.document).join(t.repositories)
        here = (t.repositories.c.scope == scope, t.repositories.c.name == name)
        with self.reading() as connection:
            found = connection.execute(query.where(*here)).scalar_one_or_none()
        return None if found is None else bytes(found)

    def forget(self, name: str, scope: str | None = None) -> list[str]:
        """Remove everything about a repository, and return the addresses that it had."""
        chosen = [t.repositories.c.name == name, *([t.repositories.c.scope == scope] if scope else [])]
        with self.transaction() as connection:
            addresses = list(connection.execute(sa.select(t.repositories.c.address).where(*chosen)).scalars())
            connection.execute(sa.delete(t.repositories).where(*chosen))
        return addresses

    def forget_before(self, moment: datetime) -> tuple[int, list[str]]:
        """Remove runs that began before a moment, findings gone before it, and repositories that no later run listed.

        Returns:
            How many runs, and the addresses of those repositories.
        """
        with self.transaction() as connection:
            removed = connection.execute(sa.delete(t.runs).where(t.runs.c.started < moment)).rowcount
            connection.execute(sa.delete(t.findings).where(t.findings.c.gone < moment))
            left = sa.select(t.verdicts.c.repository_id)
            orphans = t.repositories.c.id.not_in(left)
            addresses = list(connection.execute(sa.select(t.repositories.c.address).where(orphans)).scalars())
            connection.execute(sa.delete(t.repositories).where(orphans))
        return removed, addresses


def _repository(connection: sa.Connection, scope: str, listed: ListedRepository) -> int:
    """Store what the inventory says of a repository; return its number, its row locked until the transaction ends."""
    row: dict[str, Any] = {
        "scope": scope,
        "name": storable(listed.full_name),
        "address": storable(listed.clone_url),
        "visibility": listed.visibility.value,
        "archived": listed.archived,
        "fork": listed.fork,
        "parent": storable(listed.parent),
        "topics": [storable(item) for item in listed.topics],
        "teams": [storable(item) for item in listed.teams],
        "unit": storable(listed.unit),
        "default_branch": storable(listed.default_branch),
        "pushed_at": listed.pushed_at,
        "description": storable(listed.description),
        "web_url": storable(listed.web_url),
        "size": listed.size,
    }
    keys = ("scope", "name")
    upsert = _insert(connection, t.repositories).values(row)
    changed = {name: value for name, value in row.items() if name not in keys}
    connection.execute(upsert.on_conflict_do_update(index_elements=keys, set_=changed))
    here = (t.repositories.c.scope == scope, t.repositories.c.name == row["name"])
    return int(connection.execute(sa.select(t.repositories.c.id).where(*here).with_for_update()).scalar_one())


def _newest(connection: sa.Connection, number: int, generated: datetime) -> bool:
    """Tell whether nothing newer is stored: of two runs at the same time, the later look stays."""
    stored = connection.execute(sa.select(t.reports.c.generated).where(t.reports.c.repository_id == number)).scalar_one_or_none()
    return stored is None or stored <= generated


def _replace(connection: sa.Connection, number: int, judged: Judged, kept: dict[str, str]) -> None:
    row = {
        **kept,
        "repository_id": number,
        "generated": judged.generated,
        "state": judged.state,
        "stale_from": judged.stale_from,
        "summary": judged.summary,
        "document": judged.document,
    }
    for table in (t.reports, t.checks, t.answers):
        connection.execute(sa.delete(table).where(table.c.repository_id == number))
    connection.execute(sa.insert(t.reports).values(row))
    _insert_all(connection, t.checks, ({"repository_id": number, **_row(check)} for check in judged.checks))
    answers = ((a.kind, a.id, a.role, a.until) for a in judged.answers)
    names = ("kind", "subject", "role", "until")
    _insert_all(connection, t.answers, ({"repository_id": number, **_clean(dict(zip(names, row, strict=True)))} for row in answers))
    _replace_findings(connection, number, judged)


def _replace_findings(connection: sa.Connection, number: int, judged: Judged) -> None:
    """Store the findings; one that is no longer found stays with the day when it went, until it is forgotten."""
    here = t.findings.c.repository_id == number
    found = {finding.fingerprint: _row(finding) for finding in judged.findings}
    stored = connection.execute(sa.select(t.findings.c.fingerprint, t.findings.c.recorded, t.findings.c.gone).where(here)).all()
    recorded = {fingerprint: when for fingerprint, when, _ in stored}
    newly_gone = [fingerprint for fingerprint, _, gone in stored if fingerprint not in found and gone is None]
    for start in range(0, len(newly_gone), 500):
        part = t.findings.c.fingerprint.in_(newly_gone[start : start + 500])
        connection.execute(sa.update(t.findings).where(here, part).values(gone=judged.generated))
    again = [fingerprint for fingerprint, _, _ in stored if fingerprint in found]
    for start in range(0, len(again), 500):
        connection.execute(sa.delete(t.findings).where(here, t.findings.c.fingerprint.in_(again[start : start + 500])))
    rows = (
        {"repository_id": number, **row, "recorded": recorded.get(fingerprint, judged.generated), "gone": None}
        for fingerprint, row in found.items()
    )
    _insert_all(connection, t.findings, rows)


def _verdict(connection: sa.Connection, run: int, number: int, outcome: Outcome) -> Any:  # noqa: ANN401  an upsert of either dialect
    """Return the row of this run, with what the stored report says where nothing new was judged."""
    if outcome.judged is not None:
        says = outcome.judged.summary
    else:
        query = sa.select(t.reports.c.summary).where(t.reports.c.repository_id == number)
        says = connection.execute(query).scalar_one_or_none() or {}
    row = {
        "run_id": run,
        "repository_id": number,
        "at": outcome.at,
        "state": outcome.state.value,
        "problem": storable(outcome.problem),
        "seconds": round(outcome.seconds, 3),
        "decision": says.get("decision"),
        "full_history": says.get("full_history"),
        "fresh_history": says.get("fresh_history"),
        "blockers": len(says.get("blockers", ())),
        "open_secrets": says.get("open_secrets", 0),
    }
    upsert = _insert(connection, t.verdicts).values(row)
    return upsert.on_conflict_do_update(index_elements=("run_id", "repository_id"), set_=row)


def _insert(connection: sa.Connection, table: sa.Table) -> Any:  # noqa: ANN401  the two dialects share no type
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415  only the dialect that is used
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415  as above
    return insert(table)


def _insert_all(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    listed = list(rows)
    if listed:
        connection.execute(sa.insert(table), listed)


def _row(value: Any) -> dict[str, Any]:  # noqa: ANN401  any of the rows of outcome.py
    return _clean({name: getattr(value, name) for name in value.__slots__})


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    return {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
