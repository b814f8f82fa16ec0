from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from auditor.config import Settings, SeverityOverride
from auditor.errors import ConfigurationError
from auditor.model.levels import Confidence, Severity
from auditor.settings_file import KEYS, apply, grant, parse, schema

if TYPE_CHECKING:
    from pathlib import Path


def test_an_unknown_key_names_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="Did you mean 'min_confidence'"):
        parse(b"min_confidance: low\n", ".auditor.yml")


@pytest.mark.parametrize(
    "text", [b"[1, 2]", b"policy: 3", b"workers: -1", b"a: [", b"\xff\xff", b"severity_overrides: [{paths: x}]"]
)
def test_what_is_wrong_is_one_sentence(text: bytes) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse(text, ".auditor.yml")
    assert "\n" not in str(error.value)
    assert ".auditor.yml" in str(error.value)


def test_yaml_and_toml_say_the_same() -> None:
    as_yaml = parse(b"policy: moj\ninclude_ignored: true\n", ".auditor.yml")
    as_toml = parse(b"[tool.auditor]\npolicy = 'moj'\ninclude_ignored = true\n", "pyproject.toml")
    assert as_yaml == as_toml == {"policy": "moj", "include_ignored": True}


def test_an_order_sets_everything(tmp_path: Path) -> None:
    values = parse(b"min_confidence: low\ndisabled_rules: [x]\nrules: [mine.yml]\nworkers: 3\n", ".auditor.yml")
    made = apply(Settings(), values, base=tmp_path)
    assert (made.min_confidence, made.disabled_rules, made.workers) == (Confidence.LOW, frozenset({"x"}), 3)
    assert made.rules == (tmp_path / "mine.yml",)


def test_a_request_of_the_tree_gets_only_what_it_may_ask_for() -> None:
    text = b"policy: moj\ndisabled_rules: [x]\nrules: [evil.py]\nseverity_overrides: [{paths: [old/**], severity: low}]\n"
    granted, refused = grant(Settings(), parse(text, ".auditor.yml"))
    assert refused == ("disabled_rules", "rules")
    assert granted.policy == "moj"
    assert granted.severity_overrides == (SeverityOverride(("old/**",), Severity.LOW),)
    assert granted.rules == ()


def test_the_tree_cannot_change_what_the_user_decided() -> None:
    granted, _ = grant(Settings(policy="defra"), {"policy": "moj"}, fixed=frozenset({"policy"}))
    assert granted.policy == "defra"


def test_the_schema_is_valid_and_names_every_key() -> None:
    Draft202012Validator.check_schema(schema())
    assert set(schema()["properties"]) == set(KEYS)
