from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from auditor.errors import UsageError
from auditor.model.organisation import ListedRepository, NotVisible, Portfolio, ScanState, Visibility
from auditor.model.verdict import Decision
from auditor.org.inventory import Inventory
from auditor.org.portfolio import portfolio
from tests.org.samples import NOW, SCOPE, begin, finding, listed, outcome, report

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.org.outcome import Outcome
    from auditor.org.store import Store


def week(store: Store, at: datetime, outcomes: list[Outcome], *, selection: tuple[str, ...] = ()) -> Portfolio:
    run = store.begin_run(SCOPE, len(outcomes), at=at, version="1", policy="gds", key_id="k1", selection=selection)
    for came in outcomes:
        store.record(run, SCOPE, came, basis="b", key_id="k1")
    store.finish_run(run, at)
    return portfolio(store, run, [came.listed for came in outcomes], title="Test", now=at)


def test_where_a_repository_stands_comes_from_its_report(store: Store) -> None:
    told = {**asdict(unseen := NotVisible("deploy keys", "team/a", "the token may not see it", "Administration: read"))}
    made = report(blocked=True)
    made = replace(made, summary=made.summary | {"not_visible": [told, told]})
    page = week(store, NOW, [outcome("team/a", made), outcome("team/b", report(blocked=False))])
    a, b = page.repositories
    assert (a.decision, b.decision) == (Decision.NOT_YET, Decision.READY)
    assert a.blockers
    assert a.effort is not None
    assert a.hours > 0
    assert a.nearest
    assert a.checks
    assert a.secrets
    assert all(secret.masked.startswith("****") or "****" in secret.masked for secret in a.secrets)
    assert page.not_visible == (unseen,)
    assert (page.title, page.version, page.policy) == ("Test", "1", "gds")


def test_what_changed_since_the_last_run(store: Store) -> None:
    week(store, NOW, [outcome("team/a", report(blocked=True)), outcome("team/left", report(blocked=False))])
    later = NOW + timedelta(days=7)
    page = week(store, later, [outcome("team/a", report(blocked=False, at=later), at=later), outcome("team/new", problem="No.")])
    a, new = page.repositories
    assert a.earlier is not None
    assert (a.earlier.decision, a.decision) == (Decision.NOT_YET, Decision.READY)
    assert (page.appeared, page.gone) == (("team/new",), ("team/left",))
    assert new.decision is None
    assert new.problem == "No."
    assert [run.at for run in page.runs] == [NOW, later]
    assert dict(page.runs[0].decisions) == {Decision.NOT_YET: 1, Decision.READY: 1}
    assert (page.runs[1].repositories, page.runs[1].failed) == (2, 1)


def test_a_run_through_other_filters_is_not_compared(store: Store) -> None:
    week(store, NOW, [outcome("team/a", report(blocked=True))], selection=("topic x",))
    page = week(store, NOW + timedelta(days=1), [outcome("team/a"), outcome("team/b", report(blocked=True))])
    assert page.appeared == page.gone == ()
    assert len(page.runs) == 1
    assert page.repositories[0].earlier is None
    assert page.repositories[0].decision is Decision.NOT_YET


def test_an_unfinished_run_shows_what_was_not_reached(store: Store) -> None:
    run = begin(store)
    store.record(run, SCOPE, outcome("team/a", report(blocked=True)), basis="b", key_id="k1")
    page = portfolio(store, run, [listed("team/a"), listed("team/b")], title="Test", now=NOW)
    assert [one.state for one in page.repositories] == [ScanState.SCANNED, ScanState.PENDING]
    assert not page.runs[0].finished


def test_the_same_secret_is_shown_once_with_who_replaced_it(store: Store) -> None:
    shared = {"link": "ab" * 32}
    page = week(
        store,
        NOW,
        [
            outcome("team/a", report(blocked=True, findings=(finding("val-1", **shared), finding("val-9", link="cd" * 32)))),
            outcome("team/b", report(blocked=True, findings=(finding("val-1", standing="rotated", **shared),))),
            outcome("team/c", report(blocked=True, findings=(finding("val-1", standing="suppressed", **shared),))),
            outcome("team/d", report(blocked=True, findings=(finding("loc-1"), finding("loc-2")))),
        ],
    )
    (one,) = page.shared
    assert one.repositories == ("team/a", "team/b")
    assert one.rotated_in == ("team/b",)
    assert [len(standing.secrets) for standing in page.repositories] == [2, 0, 0, 2]


def test_public_and_not_ready_is_told(store: Store) -> None:
    came = outcome("team/a", report(blocked=True))
    page = week(store, NOW, [replace(came, listed=replace(came.listed, visibility=Visibility.PUBLIC))])
    assert page.repositories[0].public_but_not_ready


def test_parts_make_up_the_whole_without_overlap() -> None:
    everything = tuple(ListedRepository(f"team/{number}", "https://example.org/x") for number in range(200))
    inventory = Inventory("scope", "Title", everything, ("topic x",))
    parts = [inventory.part(f"{number}/7") for number in range(1, 8)]
    assert sorted(one.full_name for part in parts for one in part.listed) == sorted(one.full_name for one in everything)
    assert all(10 < len(part.listed) < 60 for part in parts)
    assert parts[2].selection == ("topic x", "part 3 of 7")
    for wrong in ("0/7", "8/7", "x", "1/0", "-1/3", "1/2/3"):
        with pytest.raises(UsageError):
            inventory.part(wrong)
