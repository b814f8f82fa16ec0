"""Credentials in the shapes that people write are found at default confidence, and their harmless twins stay quiet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True)
class Shape:
    name: str
    file: str
    text: str
    twin: str


SHAPES = [Shape(**row) for row in yaml.safe_load((Path(__file__).parent / "shapes.yml").read_text("utf-8"))]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_credential_is_found_and_its_twin_is_not(shown: Callable[[str, str], list[str]], shape: Shape) -> None:
    assert shown(shape.file, shape.text)
    assert shown(shape.file, shape.twin) == []


def test_the_shapes_are_told_apart_by_their_names() -> None:
    assert len({shape.name for shape in SHAPES}) == len(SHAPES) > 100
    assert all("\u00a6" in shape.text for shape in SHAPES)


@pytest.mark.parametrize(
    "text",
    [
        'var names=new Set(["npmUser","npmPassword","npm2FaToken"])',
        'e.password==="x-oauth-basic"?e.token=e.user:0',
        't==null&&(t="Input new password: "),E=n.limitMessage;!S;)n.limit=h,n.limitMessage=E,C=$r.question(t,{mask:""})',
    ],
    ids=["names in a list", "a stand-in of git", "code between two texts"],
)
def test_code_without_line_breaks_is_full_of_what_is_no_password(shown: Callable[[str, str], list[str]], text: str) -> None:
    assert shown("release.cjs", text) == []
