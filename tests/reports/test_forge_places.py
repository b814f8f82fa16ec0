"""Places beside the code, such as an issue: reports name them, link to them, and show their kind only where there are some."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model.finding import Location
from auditor.model.levels import Exposure
from auditor.reports import facts
from auditor.reports.formats import FORMATS, render
from tests.samples import not_yet

PAGE = "https://github.com/example-department/benefit-checker"


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("issues/12", "/issues/12"),
        ("issues/12/comments/3", "/issues/12#issuecomment-3"),
        ("pull/7/lines/5", "/pull/7#discussion_r5"),
        ("pull/7/reviews/80", "/pull/7#pullrequestreview-80"),
        ("actions/runs/9/1_build.txt", "/actions/runs/9"),
        ("releases/tag/v1", "/releases/tag/v1"),
        ("wiki/How to", "/wiki/How%20to"),
    ],
)
def test_a_place_on_the_forge_is_linked(name: str, address: str) -> None:
    place = Location(name, 3, exposure=Exposure.FORGE, container="text on the forge")
    assert facts.permalink(not_yet(), place) == PAGE + address


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_shows_a_finding_in_an_issue(form: str) -> None:
    report = not_yet()
    assert Exposure.FORGE not in facts.exposures(report)
    place = Location("issues/12", 4, exposure=Exposure.FORGE, container="text on the forge")
    beside = replace(report.findings[0], exposure=(Exposure.FORGE,), locations=(place,))
    report = replace(report, findings=(beside, *report.findings[1:]))
    assert Exposure.FORGE in facts.exposures(report)
    assert render(form, report)
