from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import jsonschema
import pytest

from auditor.errors import ConfigurationError, UsageError
from auditor.model.check import Source
from auditor.model.report import Deadline, Way
from auditor.reports.formats import FORMATS, render
from auditor.reports.json_report import schema
from auditor.reports.read import read_report
from tests.samples import SAMPLES, hostile, many, not_yet


def strict(value: Any) -> Any:  # noqa: ANN401  any JSON value
    """The published schema lets fields be added; our own output must hold exactly what is published."""
    if isinstance(value, dict):
        closed = {key: strict(item) for key, item in value.items()}
        if "properties" in value and "additionalProperties" not in value:
            closed["additionalProperties"] = False
        return closed
    return [strict(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_output_is_of_the_published_shape(name: str) -> None:
    published = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(published)
    validator = jsonschema.Draft202012Validator(strict(published), format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(render("json", SAMPLES[name]())))


def test_the_stable_shape() -> None:
    data = json.loads(render("json", not_yet()))
    assert {"schema_version", "tool", "target", "coverage", "findings", "checks", "verdict"} <= set(data)
    assert {"complete", "refs", "commits", "blobs", "bytes", "skipped"} <= set(data["coverage"])
    assert {"what", "reason", "count"} <= set(data["coverage"]["skipped"][0])
    stable = "fingerprint rule_id title category severity confidence exposure masked suppression locations remediation references"
    assert set(stable.split()) <= set(data["findings"][0])
    assert {"path", "line", "column", "commit", "authored", "container"} <= set(data["findings"][0]["locations"][0])
    assert {"id", "title", "outcome", "blocking", "evidence", "remediation", "sources"} <= set(data["checks"][0])
    assert {"decision", "routes", "blockers", "cautions", "attestations_due"} <= set(data["verdict"])
    for route in ("full_history", "fresh_history"):
        assert {"decision", "blockers", "cautions"} <= set(data["verdict"]["routes"][route])


@pytest.mark.parametrize("name", ["ready", "not-yet", "cannot-tell"])
def test_reading_gives_the_report_back(name: str) -> None:
    report = SAMPLES[name]()
    assert read_report(render("json", report)) == report


def test_hostile_text_survives_reading_and_is_ascii() -> None:
    text = render("json", hostile())
    assert text.isascii()
    assert "\x1b" not in text
    again = read_report(text)
    assert again.findings[0].locations[2].path == "caf\\xe9/\\ud800.txt"
    assert render("json", again) == text


def test_it_is_reproducible() -> None:
    assert render("json", many(50)) == render("json", many(50))


@pytest.mark.parametrize(
    "text", ["", "no json", "[]", "{}", '{"schema_version": "2.0"}', '{"schema_version": "1.0"}', "[" * 100_000]
)
def test_other_text_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_report(text, name="old.json")
    assert caught.value.message.startswith("old.json")
    assert caught.value.hint


def test_fields_of_later_versions_are_left_alone() -> None:
    data = json.loads(render("json", not_yet()))
    data["schema_version"] = "1.9"
    data["findings"][0]["mood"] = "grim"
    data["findings"][0]["locations"][0]["weather"] = "rain"
    assert read_report(json.dumps(data)) == not_yet()


def test_an_unknown_format_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="json"):
        render("jsno", not_yet())
    assert FORMATS["json"].extension == "json"


def test_the_three_ways_come_back_as_they_were() -> None:
    way = Way(
        "rewrite", "Rewrite", "Take it out.", ("1 commit",), ("ids",), ("scan again",), Source("Blog", url="https://example.org")
    )
    report = replace(not_yet(), ways=(way,))
    text = render("json", report)
    jsonschema.validate(json.loads(text), strict(json.loads(schema())))
    assert read_report(text).ways == (way,)


def test_when_answers_end_comes_back_as_it_was() -> None:
    report = replace(not_yet(), deadlines=(Deadline("exception", "fraud-rules", "service owner", date(2027, 1, 31)),))
    assert read_report(render("json", report)) == report
