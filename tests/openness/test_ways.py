"""The three lawful ways, with the figures of the repository."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from auditor.model.coverage import Coverage
from auditor.model.levels import Exposure
from auditor.model.rule import Category
from auditor.model.view import CommitInfo
from auditor.openness.ways import history_figures, ways
from tests.openness.verdict_cases import POLICY, finding

if TYPE_CHECKING:
    from auditor.model.view import RepositoryView


@dataclass
class View:
    commits: list[CommitInfo] = field(default_factory=list)
    tree: dict[str, object] = field(default_factory=lambda: {"a": 1})
    historic_paths: dict[str, object] = field(default_factory=lambda: {"a": 1, "b": 1})
    refs: list[object] = field(default_factory=list)


def commit(year: int, name: str) -> CommitInfo:
    return CommitInfo("a", (), name, f"{name}@x", name, f"{name}@x", datetime(year, 1, 1, tzinfo=UTC), "s")


def test_the_three_ways_in_the_order_of_the_guidance() -> None:
    view = View([commit(2019, "a"), commit(2016, "b")])
    found = [
        finding(Exposure.BRANCH_OR_TAG, number=1),
        finding(Exposure.HEAD, number=2),
        finding(Exposure.BRANCH_OR_TAG, number=3, category=Category.PERSONAL_DATA, rule_id="uk-nino"),
        finding(Exposure.LOCAL_ONLY, number=4),
    ]
    keep, rewrite, fresh = ways(history_figures(cast("RepositoryView", view)), Coverage(commits=2, refs=7), found, POLICY)
    assert [way.option for way in (keep, rewrite, fresh)] == ["keep-and-rotate", "rewrite", "fresh-import"]
    assert "2 commits of 2 authors, 2016 to 2019" in keep.stays
    assert "1 path that only the history holds" in keep.stays
    assert keep.to_do[0] == "Replace 2 secrets and record each with `auditor rotated`."
    assert keep.to_do[1].startswith("Answer for 1 other finding,")
    assert rewrite.goes[0].startswith("2 findings of the past")
    assert fresh.to_do[0] == "Clear 1 finding in the current files."
    assert all(way.source.url.startswith("https://") for way in (keep, rewrite, fresh))


def test_a_plain_folder_knows_one_way() -> None:
    (fresh,) = ways(history_figures(cast("RepositoryView", View())), Coverage(), [finding(Exposure.UNCOMMITTED)], POLICY)
    assert (fresh.option, fresh.goes) == ("fresh-import", ())
    assert fresh.to_do[0] == "Clear 1 finding in the current files."
