from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import signal
import stat
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from auditor.errors import ConfigurationError, OutputError
from auditor.org import tables as t
from auditor.org.store import Store
from tests.org.samples import NOW, SCOPE, begin, contents, finding, outcome, report

if TYPE_CHECKING:
    from auditor.org.outcome import Outcome


def record(store: Store, run: int, came: Outcome) -> None:
    store.record(run, SCOPE, came, basis="b", key_id="k1")


def test_the_steps_of_the_migrations_lead_to_the_tables(store: Store) -> None:
    with store.transaction() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, t.metadata) == []


def test_an_outcome_comes_back(store: Store) -> None:
    run = begin(store)
    new = report(blocked=True)
    record(store, run, outcome("team/a", new))
    known = store.known(SCOPE)["team/a"]
    assert (known.state, known.basis, known.key_id, known.generated) == ("one", "b", "k1", new.generated)
    assert known.stale_from == new.stale_from
    assert store.document(SCOPE, "team/a") == new.document
    assert store.known("another scope") == {}
    kept = contents(store)
    assert {row["fingerprint"] for row in kept["findings"]} == {row.fingerprint for row in new.findings}
    assert len(kept["checks"]) == len(new.checks)
    assert kept["verdicts"][0]["decision"] == "not_yet"
    assert kept["verdicts"][0]["blockers"] == len(new.summary["blockers"]) > 0


def test_recording_twice_changes_nothing(store: Store) -> None:
    run = begin(store)
    came = outcome("team/a", report(blocked=True))
    record(store, run, came)
    once = contents(store)
    record(store, run, came)
    assert contents(store) == once


def test_what_is_unchanged_or_failed_keeps_the_earlier_verdict(store: Store) -> None:
    record(store, begin(store), outcome("team/a", report(blocked=True)))
    later = NOW + timedelta(days=1)
    record(store, begin(store, later), outcome("team/a", at=later))
    record(store, begin(store, later), outcome("team/a", at=later, problem="It could not be fetched."))
    verdicts = {row["state"]: row for row in contents(store)["verdicts"]}
    assert {row["decision"] for row in verdicts.values()} == {"not_yet"}
    assert verdicts["failed"]["problem"] == "It could not be fetched."
    assert len({row["blockers"] for row in verdicts.values()}) == 1


def test_a_finding_that_is_gone_is_kept_with_its_date_and_can_come_back(store: Store) -> None:
    first, second = NOW, NOW + timedelta(days=1)
    record(store, begin(store), outcome("team/a", report(blocked=True, findings=(finding("val-1"), finding("val-2")))))
    record(store, begin(store, second), outcome("team/a", report(blocked=True, at=second, findings=(finding("val-2"),)), at=second))
    rows = {row["fingerprint"]: row for row in contents(store)["findings"]}
    assert rows["val-1"]["gone"] == second
    assert rows["val-2"]["gone"] is None
    assert rows["val-2"]["recorded"] == first
    third = second + timedelta(days=1)
    record(store, begin(store, third), outcome("team/a", report(blocked=True, at=third, findings=(finding("val-1"),)), at=third))
    rows = {row["fingerprint"]: row for row in contents(store)["findings"]}
    assert rows["val-1"]["gone"] is None
    assert rows["val-1"]["recorded"] == first


def test_of_two_runs_at_the_same_time_the_later_look_stays(store: Store) -> None:
    early, late = begin(store), begin(store)
    record(store, late, outcome("team/a", report(blocked=False, at=NOW + timedelta(minutes=5), state="later")))
    record(store, early, outcome("team/a", report(blocked=True, state="earlier")))
    assert store.known(SCOPE)["team/a"].state == "later"


def test_text_that_no_database_takes_is_stored_visibly(store: Store) -> None:
    hostile = "team/\0\udcff'; drop table runs; --"
    record(store, begin(store), outcome(hostile, problem="bad \0 \udcfe text"))
    kept = contents(store)
    assert kept["repositories"][0]["name"] == "team/\\x00\\udcff'; drop table runs; --"
    assert kept["verdicts"][0]["problem"] == "bad \\x00 \\udcfe text"


def test_a_repository_is_forgotten_with_all_that_is_known_of_it(store: Store) -> None:
    run = begin(store)
    for name in ("team/a", "team/b"):
        record(store, run, outcome(name, report(blocked=True)))
    assert store.forget("team/a") == ["https://example.org/team/a"]
    assert store.forget("team/a") == []
    kept = contents(store)
    named = [row["repository_id"] for name, rows in kept.items() for row in rows if "repository_id" in row and name != "runs"]
    assert set(named) == {"team/b"}
    assert store.document(SCOPE, "team/a") is None


def test_what_is_old_is_forgotten_and_what_is_in_use_stays(store: Store) -> None:
    long_ago = NOW - timedelta(days=400)
    old = begin(store, long_ago)
    record(store, old, outcome("team/left", report(blocked=True, at=long_ago), at=long_ago))
    record(store, old, outcome("team/stays", report(blocked=True, at=long_ago, findings=(finding("val-1"),)), at=long_ago))
    between = long_ago + timedelta(days=1)
    record(store, begin(store, between), outcome("team/stays", report(blocked=False, at=between, findings=()), at=between))
    record(store, begin(store), outcome("team/stays"))
    runs, addresses = store.forget_before(NOW - timedelta(days=365))
    assert (runs, addresses) == (2, ["https://example.org/team/left"])
    kept = contents(store)
    assert [row["name"] for row in kept["repositories"]] == ["team/stays"]
    assert kept["findings"] == []
    assert store.document(SCOPE, "team/stays") is not None
    record(store, begin(store), outcome("team/stays"))
    assert {row["decision"] for row in contents(store)["verdicts"]} == {"ready"}


def test_no_key_and_no_document_in_clear_text(store: Store) -> None:
    record(store, begin(store), outcome("team/a", report(blocked=True)))
    columns = {column.name for table in t.metadata.sorted_tables for column in table.columns}
    assert not columns & {"key", "link_key", "value", "secret"}


def write_many(url: str, name: str) -> None:
    with Store(url) as store:
        for number in range(5):
            run = begin(store)
            findings = tuple(finding(f"val-{number}-{index}") for index in range(5))
            record(store, run, outcome("team/shared", report(blocked=True, at=NOW + timedelta(seconds=number), findings=findings)))
            record(store, run, outcome(f"team/{name}", report(blocked=False)))


def test_runs_at_the_same_time_do_not_disturb_each_other(url: str) -> None:
    with concurrent.futures.ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as pool:
        for future in [pool.submit(write_many, url, name) for name in "abc"]:
            future.result(timeout=120)
    with Store(url) as store:
        kept = contents(store)
    assert len(kept["runs"]) == 15
    assert {row["name"] for row in kept["repositories"]} == {"team/shared", "team/a", "team/b", "team/c"}
    assert len(kept["verdicts"]) == 30
    assert {row["fingerprint"] for row in kept["findings"] if row["gone"] is None and "shared" in row["repository_id"]} == {
        f"val-4-{index}" for index in range(5)
    }


def write_for_ever(url: str, sign: str) -> None:
    with Store(url) as store:
        run = begin(store)
        number = 0
        while True:
            many = tuple(finding(f"val-{number}-{index}") for index in range(300))
            record(store, run, outcome("team/a", report(blocked=True, at=NOW + timedelta(seconds=number), findings=many)))
            Path(sign).write_text(str(number))
            number += 1


def test_a_writer_that_is_killed_leaves_whole_outcomes(url: str, tmp_path: Path) -> None:
    sign = tmp_path / "sign"
    process = multiprocessing.get_context("spawn").Process(target=write_for_ever, args=(url, str(sign)))
    process.start()
    deadline = time.monotonic() + 60
    while not (sign.exists() and sign.read_text() not in {"", "0"}) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    with Store(url) as store:
        kept = contents(store)
        alive = [row for row in kept["findings"] if row["gone"] is None]
        assert len(alive) == 300
        assert len({row["fingerprint"].rsplit("-", 1)[0] for row in alive}) == 1
        generation = int(alive[0]["fingerprint"].split("-")[1])
        assert generation >= int(sign.read_text())
        assert kept["reports"][0]["generated"] == NOW + timedelta(seconds=generation)


def test_the_file_of_the_database_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "organisation.db"
    with Store(f"sqlite:///{path}") as store:
        begin(store)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("wrong", ["nonsense", "sqlite://", "mysql://user@host/db", "oracle+nothing://x/y"])
def test_a_database_that_is_none_says_so(wrong: str) -> None:
    with pytest.raises(ConfigurationError):
        Store(wrong)


def test_a_server_that_does_not_answer_says_so_without_the_password() -> None:
    with pytest.raises(OutputError, match="cannot be used") as refused:
        Store("postgresql://someone:" + "hidden-word@127.0.0.1:1/none?connect_timeout=2")
    assert "hidden-word" not in str(refused.value)


def test_a_later_database_is_left_alone(url: str) -> None:
    with Store(url) as store, store.transaction() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="later version"):
        Store(url)
