"""The data that the checks of a repository stand on is whole."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator
from license_expression import get_spdx_licensing

from auditor.openness.reading.licences import lists
from auditor.resources import rules_root

if TYPE_CHECKING:
    from pathlib import Path

SCHEMAS = sorted((rules_root() / "schemas").glob("*.json"))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
def test_each_schema_is_one_and_names_its_standard(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$comment"]


def test_organisations_are_lower_case_and_dated() -> None:
    data = json.loads((rules_root() / "organisations.json").read_text(encoding="utf-8"))
    assert data["source"]
    assert data["read"]
    assert all(name == name.lower() for name in data["defaults"])


def test_every_licence_id_is_an_spdx_id() -> None:
    known = {str(key).lower() for key in get_spdx_licensing().known_symbols}
    ids = {spdx for part in ("documents", "not_for_code", "permissive", "weak_copyleft") for spdx in lists()[part]} | set(
        lists()["strong_copyleft"]
    )
    strange = {spdx for spdx in ids if not {spdx.lower(), f"{spdx.lower()}-only"} & known}
    assert strange == set()
