"""Another key of the organisation: the same secrets are linked anew, and nothing is judged again for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from auditor.org import tables as t
from auditor.org.store import Store
from tests.github.conftest import github
from tests.org.samples import SCOPE, begin, contents, finding, outcome, report
from tests.org.test_github import listed, look
from tests.org.test_run import HOOK, Organisation, organisation, three

if TYPE_CHECKING:
    from tests.github.server import GitHub
    from tests.gitrepo import GitRepo

__all__ = ["github", "listed", "organisation", "three"]  # fixtures
SECOND = b"x" * 32


def links(organisation: Organisation) -> dict[str, str]:
    """By repository the hash of the one secret that it holds, and of which no old one is left."""
    with Store(organisation.url) as store:
        return {row["repository_id"]: row["link"] for row in contents(store)["findings"] if row["link"]}


def test_another_key_links_anew_and_leaves_the_reports(organisation: Organisation, three: dict[str, GitRepo]) -> None:
    job = organisation.job
    organisation.run()
    before, page = links(organisation), organisation.portfolio()
    other = replace(job, link_key=SECOND, key_id="second")
    outcomes = organisation.run(job=other)
    assert set(organisation.states(outcomes).values()) == {"unchanged"}
    after = links(organisation)
    assert before.keys() == after.keys() == {"team/leaks", "team/copy"}
    assert len(set(before.values())) == len(set(after.values())) == 1
    assert not set(before.values()) & set(after.values())
    assert [one.scanned_at for one in organisation.portfolio().repositories] == [one.scanned_at for one in page.repositories]
    assert organisation.portfolio().shared == page.shared

    # A scan under the new key gives what the relinking gave, and the next run has nothing to do.
    three["clean"].commit({"new.sh": f"curl {HOOK}\n"}, "Add a script")
    assert all(one.links is None for one in organisation.run(job=other).values())
    assert set(links(organisation).values()) == set(after.values())
    (shared,) = organisation.portfolio().shared
    assert shared.repositories == ("team/clean", "team/copy", "team/leaks")

    # What no run reaches any more keeps its old hash, which equals no new one: that is said.
    assert organisation.portfolio().warnings == ()
    (organisation.folder / "served" / "team" / "leaks" / ".git").rename(organisation.folder / "gone")
    organisation.run(job=replace(job, link_key=b"y" * 32, key_id="third"))
    (warning,) = organisation.portfolio().warnings
    assert warning.startswith("Secrets of team/leaks are not compared with those of the others")
    (shared,) = organisation.portfolio().shared
    assert shared.repositories == ("team/clean", "team/copy")


def test_the_forge_is_asked_only_where_only_it_knows_the_secret(organisation: Organisation, listed: GitHub) -> None:
    look(organisation, listed)
    with Store(organisation.url) as store, store.transaction() as connection:
        number = sa.select(t.repositories.c.id).where(t.repositories.c.name == "team/leaks").scalar_subquery()
        here = sa.update(t.findings).where(t.findings.c.repository_id == number, t.findings.c.link != "")
        connection.execute(here.values(exposure="forge"))
    organisation.job = replace(organisation.job, link_key=SECOND, key_id="second")
    listed.asked.clear()
    states, _ = look(organisation, listed)
    assert states == {"team/clean": "unchanged", "team/copy": "unchanged", "team/leaks": "scanned"}
    assert {asked.path.split("/")[3] for asked in listed.asked if asked.path.startswith("/repos/team/")} <= {"leaks", ".github"}


def test_what_is_gone_is_linked_with_nothing(store: Store) -> None:
    run = begin(store)
    found = finding("a", link="old"), finding("b", link="old"), finding("c")
    store.record(run, SCOPE, outcome("one", report(blocked=True, findings=found)), basis="b", key_id="k1")
    store.record(run, SCOPE, outcome("one", report(blocked=True, findings=found[1:])), basis="b", key_id="k1")
    store.record(run, SCOPE, replace(outcome("one"), links={"a": "new", "b": "new", "c": "new"}), basis="b", key_id="k2")
    assert {row["fingerprint"]: row["link"] for row in contents(store)["findings"]} == {"a": "", "b": "new", "c": ""}
    assert store.known(SCOPE)["one"].key_id == "k2"
