"""What counts under a policy that asks for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, cast

from auditor.model.openness_file import OpennessFile, Person, RotatedSecret
from auditor.model.policy import Policy
from auditor.model.view import Blame, CommitInfo
from auditor.openness.second_person import countersigned

if TYPE_CHECKING:
    from auditor.model.view import RepositoryView

WHEN = datetime(2026, 11, 1, tzinfo=UTC)
STRICT = Policy("nhs-england", "NHS England", second_person=True)


@dataclass
class View:
    def blame(self, path: str, line: int) -> Blame | None:
        assert path == "openness.yml"
        return {1: Blame("a" * 40, "Dev", WHEN, signed=False), 2: Blame("b" * 40, "Lead", WHEN, signed=False)}.get(line)

    @property
    def commits(self) -> list[CommitInfo]:
        return [CommitInfo("a" * 40, (), "Lead", "x", "Lead", "x", WHEN, "s")]


def entry(line: int | None) -> RotatedSecret:
    return RotatedSecret("val-" + "0" * 20, date(2026, 11, 1), Person("lead"), line=line)


def test_lines_of_the_only_author_and_lines_that_nobody_committed_do_not_count() -> None:
    book = OpennessFile(rotated=(entry(1), entry(2), entry(3), entry(None)), path="openness.yml")
    counted, told = countersigned(book, cast("RepositoryView", View()), STRICT)
    assert [e.line for e in counted.rotated] == [1]
    assert told == ("The policy nhs-england asks for a second person: 3 entries do not count, because nobody else committed them.",)


def test_other_policies_leave_the_book_as_it_is() -> None:
    book = OpennessFile(rotated=(entry(2),), path="openness.yml")
    assert countersigned(book, cast("RepositoryView", View()), Policy("gds", "GDS")) == (book, ())
