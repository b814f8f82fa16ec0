"""Each planted thing is noticed for the right reason, and cleared by the right acts and by no other.

All stand in one repository that is ready to be opened without them; every act is done to a copy of it, to everything at
once. So one look at each copy answers for all plants: what an act clears beyond its own, another plant shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.verdict import Decision
from benchmarks.planted import borrowed, table
from benchmarks.plants.acts import Act
from benchmarks.plants.council import ANSWERED, BOOK, council
from benchmarks.plants.field import PLANTS, Field, grow

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.plants.kinds import Plant

EVERY = pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Field:
    folder = tmp_path_factory.mktemp("field")
    return grow(council(folder / "clean"), folder, *PLANTS)


def test_nothing_stands_in_the_way_before_anything_is_planted(field: Field) -> None:
    assert field.clean.verdict.decision is Decision.READY


def test_there_are_many_kinds() -> None:
    assert len(PLANTS) >= 55
    assert len({plant.notices for plant in PLANTS}) >= 30


@EVERY
def test_it_is_noticed_for_the_right_reason(field: Field, plant: Plant) -> None:
    assert field.noticed(plant) == plant.notices


@EVERY
def test_the_right_acts_clear_it_and_no_other(field: Field, plant: Plant) -> None:
    assert field.cleared(plant) == plant.clears


@pytest.mark.parametrize("act", [Act.ROTATED, Act.EXCEPTION, Act.LOWERED, Act.BASELINE, Act.REVIEWED], ids=lambda act: act.name)
def test_no_single_act_of_paper_opens_a_repository_that_leaks(field: Field, act: Act) -> None:
    assert field.after[act].verdict.decision is Decision.NOT_YET


def test_the_table_says_so_too(field: Field) -> None:
    text, strange = table(field)
    assert strange == 0
    assert all(f"| {plant.name} | `{plant.notices}` |" in text for plant in PLANTS)


def test_a_mirror_is_borrowed_from_and_left_as_it_is(tmp_path: Path) -> None:
    mirror = council(tmp_path / "council").mirror(tmp_path / "mirror.git")
    before = mirror.git("for-each-ref")
    copy = borrowed(mirror.path, tmp_path / "copy")
    assert copy.git("log", "-1", "--format=%s") == ANSWERED
    assert BOOK in copy.git("ls-tree", "--name-only", "HEAD").split()
    assert mirror.git("for-each-ref") == before
