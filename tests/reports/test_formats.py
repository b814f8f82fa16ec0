"""What holds for every format, then what is particular to each."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.reports.annotations import command
from auditor.reports.csv_report import cell
from auditor.reports.formats import FORMATS, render
from auditor.reports.markdown import MARKER, code
from auditor.reports.safe_text import safe, safe_lines, shorten
from tests.npm import package_file
from tests.samples import SAMPLES, hostile, many, not_yet

NAMES = sorted(FORMATS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_every_format_renders_every_report_reproducibly_and_encodably(name: str, sample: str) -> None:
    first = render(name, SAMPLES[sample]())
    assert first == render(name, SAMPLES[sample]())
    first.encode("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_format_lets_control_or_direction_characters_through(name: str) -> None:
    text = render(name, hostile())
    assert not set(text) & set("\x1b\x07\u202e\u2028\x00\x9b")


@pytest.mark.parametrize("name", NAMES)
def test_every_format_says_what_it_is_for(name: str) -> None:
    assert FORMATS[name].purpose
    assert FORMATS[name].extension


@given(st.text())
def test_safe_text_is_printable_and_stable(text: str) -> None:
    once = safe(text)
    assert safe(once) == once
    assert "\n" not in once
    once.encode("utf-8")
    assert len(shorten(text, 40)) <= 40
    assert safe_lines("a\n\x1bb") == "a\n\\x1bb"


def sarif(report: Any, **options: Any) -> Any:  # noqa: ANN401  JSON
    return json.loads(render("sarif", report, **options))


def test_sarif_holds_findings_of_the_current_files_only() -> None:
    results = sarif(not_yet())["runs"][0]["results"]
    assert [result["partialFingerprints"]["auditorFingerprint/v1"] for result in results] == [
        "3c9a41d07be65f2a",
        "77aa41d07be65f2a",
    ]
    assert [len(result["locations"]) for result in results] == [1, 1]
    assert "relatedLocations" not in results[0]
    assert results[1]["suppressions"][0]["kind"] == "external"
    with_history = sarif(not_yet(), history=True)["runs"][0]["results"]
    assert len(with_history) == 3
    assert with_history[0]["relatedLocations"][0]["message"]["text"].startswith("in commit b1b2")


def test_sarif_rules_carry_help_with_the_remedy() -> None:
    rule = sarif(not_yet())["runs"][0]["tool"]["driver"]["rules"][0]
    assert "Delete the old key" in rule["help"]["text"]
    assert rule["helpUri"].startswith("https://")


def test_sarif_has_no_column_or_line_below_one() -> None:
    report = not_yet()
    finding = replace(report.findings[0], locations=(replace(report.findings[0].first, line=0, column=0),))
    location = sarif(replace(report, findings=(finding,)))["runs"][0]["results"][0]["locations"][0]
    assert "region" not in location["physicalLocation"]


@pytest.mark.parametrize("sample", sorted(SAMPLES))
def test_sarif_validates_against_the_published_schema(sample: str) -> None:
    # In the edition of the schema catalogue, as Microsoft's package ships it; its rules are those of the OASIS text.
    schema = json.loads(package_file("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0-rtm.5 JSON Schema"
    assert schema["id"].endswith("/sarif-2.1.0-rtm.5.json")
    validator = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(sarif(SAMPLES[sample](), history=True))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"version": "2.1.0", "runs": [{}]})


def test_sarif_is_bounded() -> None:
    assert len(sarif(many(300), history=True)["runs"][0]["results"]) == 300


def test_csv_has_a_row_for_each_place_and_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(render("csv", not_yet()))))
    assert len(rows) == 5
    assert rows[0]["link"] == (
        "https://github.com/example-department/benefit-checker/blob/a1b2c3d4e5f60718293a4b5c6d7e8f9012345678/config/deploy.yml#L14"
    )
    bad = list(csv.reader(io.StringIO(render("csv", hostile()))))
    assert any(value == "'=1+1.csv" for row in bad for value in row)
    assert not any(value.startswith(("=", "+", "-", "@", "\t", "\r")) for row in bad for value in row)


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    assert not cell(text).lstrip(" ").startswith(("=", "+", "-", "@"))


def test_markdown_keeps_hostile_text_from_taking_effect() -> None:
    text = render("markdown", hostile())
    outside = re.sub(r"(?<!\\)(`+)(?!`).+?(?<!`)\1(?!`)", "", text)
    assert "<script" not in outside
    assert "javascript:" not in outside
    assert render("comment", hostile()).startswith(MARKER)


@given(st.text(alphabet="`a |<", max_size=20))
def test_code_spans_cannot_be_left(text: str) -> None:
    span = code(text)
    fence = re.match(r"`+", span)
    assert fence
    inner = span[len(fence[0]) : -len(fence[0])]
    assert all(len(run) != len(fence[0]) for run in re.findall(r"`+", inner))
    assert "|" not in span


@pytest.mark.parametrize(("name", "limit"), [("markdown", 1_048_576), ("comment", 65_536), ("comment", 3_000)])
def test_markdown_stays_within_its_bound(name: str, limit: int) -> None:
    for report in (many(3000), hostile()):
        text = render(name, report, limit=limit if limit < 65_000 else 0, link="https://example.org/report")
        assert len(text.encode()) <= limit
        assert "https://example.org/report" in text


def test_public_markdown_leads_nobody_to_an_unrotated_secret_of_history() -> None:
    text = render("markdown", not_yet(), public=True)
    assert "cases.docx" not in text
    assert "uk-nino:5e1f0a" not in text
    assert "National Insurance number" in text
    assert "uk-national-insurance-number" in text
    assert "config/deploy.yml" in text


def test_gitlab_code_quality_has_the_fields_that_gitlab_reads() -> None:
    issues = json.loads(render("gitlab-codequality", not_yet()))
    assert [issue["location"] for issue in issues] == [{"path": "config/deploy.yml", "lines": {"begin": 14}}]
    assert issues[0]["severity"] == "blocker"
    assert re.fullmatch("[0-9a-f]{64}", issues[0]["fingerprint"])


def test_gitlab_secret_detection_has_the_fields_that_its_schema_requires() -> None:
    data = json.loads(render("gitlab-secrets", not_yet()))
    assert {"version", "scan", "vulnerabilities"} <= set(data)
    assert {"analyzer", "scanner", "type", "start_time", "end_time", "status"} <= set(data["scan"])
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", data["scan"]["start_time"])
    assert len(data["vulnerabilities"]) == 3
    for item in data["vulnerabilities"]:
        assert item["id"]
        assert item["identifiers"]
        assert item["location"]["commit"]["sha"]
        assert "raw_source_code_extract" not in item
        assert item["severity"] in {"Info", "Low", "Medium", "High", "Critical"}
    assert len({item["id"] for item in data["vulnerabilities"]}) == 3


def test_annotations_are_ten_of_each_kind_and_say_how_many_are_left() -> None:
    lines = render("annotations", many(400)).splitlines()
    for kind in ("error", "warning", "notice"):
        assert 0 < sum(line.startswith(f"::{kind} ") for line in lines) <= 10
    assert "more" in lines[-1]


def test_annotations_cannot_be_ended_or_forged() -> None:
    for line in render("annotations", hostile()).splitlines():
        assert re.match(r"::(error|warning|notice) [^:]*::", line)
    assert command("error", "50%\r\n::set-env::", {"file": "a:b,c"}) == "::error file=a%3Ab%2Cc::50%25\\x0d\\x0a::set-env::"
