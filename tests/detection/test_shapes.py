"""Credentials in the shapes that people write are found at default confidence, and their harmless twins stay quiet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from auditor.detection import ruleset
from auditor.detection.globs import Globs
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.model.blob import Blob
from auditor.model.levels import Confidence, Severity
from auditor.model.rule import Category

SECRETS = {Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY}
RULES = ruleset.load()
PATHS = Globs((rule.id, rule.paths.include) for rule in RULES.rules if rule.paths.include)


@dataclass(frozen=True)
class Shape:
    name: str
    file: str
    text: str
    twin: str


SHAPES = [Shape(**row) for row in yaml.safe_load((Path(__file__).parent / "shapes.yml").read_text("utf-8"))]


@pytest.fixture(scope="module")
def scanner() -> Scanner:
    return Scanner(RULES, ScanOptions(key=b"shapes"))


def found(scanner: Scanner, file: str, text: str) -> list[str]:
    data = text.replace("\u00a6", "").rstrip("\n").encode() + b"\n"
    return [
        rule.id
        for match, _ in scanner.scan(Blob(file, len(data), data))
        for rule in (RULES[match.rule_id],)
        if rule.category in SECRETS and match.confidence is not Confidence.LOW and match.severity is not Severity.INFO
        if not rule.paths.include or rule.id in PATHS.match(file)
    ]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_credential_is_found_and_its_twin_is_not(scanner: Scanner, shape: Shape) -> None:
    assert found(scanner, shape.file, shape.text)
    assert found(scanner, shape.file, shape.twin) == []


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
def test_code_without_line_breaks_is_full_of_what_is_no_password(scanner: Scanner, text: str) -> None:
    assert found(scanner, "release.cjs", text) == []
