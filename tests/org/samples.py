"""Outcomes as a worker hands them back, and what a database holds, in an order that does not depend on who came first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from auditor.model.organisation import ListedRepository, ScanState, Visibility
from auditor.org import tables as t
from auditor.org.digest import judged
from auditor.org.outcome import FindingRow, Judged, Outcome
from tests.samples import not_yet, ready

if TYPE_CHECKING:
    from auditor.org.store import Store

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SCOPE = "list:test"


def listed(name: str, **more: Any) -> ListedRepository:  # noqa: ANN401  any field
    return ListedRepository(full_name=name, clone_url=f"https://example.org/{name}", visibility=Visibility.PRIVATE, **more)


def finding(fingerprint: str, *, link: str = "", standing: str = "open", rule: str = "aws-access-key") -> FindingRow:
    return FindingRow(
        fingerprint=fingerprint,
        rule_id=rule,
        category="secret",
        title="A key",
        severity="critical",
        confidence="high",
        exposure="head",
        masked="**** (medium)",
        standing=standing,
        rotated=date(2026, 1, 2) if standing == "rotated" else None,
        places=1,
        first_seen=NOW - timedelta(days=100),
        link=link,
    )


def report(*, blocked: bool, at: datetime = NOW, findings: tuple[FindingRow, ...] | None = None, state: str = "one") -> Judged:
    made = judged(replace(not_yet() if blocked else ready(), generated=at), state)
    if findings is None:
        return made
    secrets = sum(row.standing == "open" for row in findings)
    return replace(made, findings=findings, summary=made.summary | {"open_secrets": secrets})


def outcome(name: str, new: Judged | None = None, *, at: datetime = NOW, problem: str = "") -> Outcome:
    state = ScanState.FAILED if problem else ScanState.SCANNED if new else ScanState.UNCHANGED
    return Outcome(listed(name), state, at, 1.5, problem, new)


def begin(store: Store, at: datetime = NOW, scope: str = SCOPE, key: str = "k1") -> int:
    return store.begin_run(scope, 1, at=at, version="1", policy="gds", key_id=key)


def contents(store: Store, *, leave_out: tuple[str, ...] = ()) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, numbers replaced by names; `leave_out` are columns that differ from run to run."""
    with store.reading() as connection:
        names = {row.id: row.name for row in connection.execute(sa.select(t.repositories))}
        found: dict[str, list[dict[str, Any]]] = {}
        for table in t.metadata.sorted_tables:
            rows = []
            for row in connection.execute(sa.select(table)).mappings():
                kept = {key: value for key, value in row.items() if key not in {"id", "run_id", *leave_out}}
                if "repository_id" in kept:
                    kept["repository_id"] = names[kept["repository_id"]]
                rows.append(kept)
            found[table.name] = sorted(rows, key=repr)
    return found
