from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from auditor.model.levels import Grade
from auditor.reports.formats import render
from tests.samples import SAMPLES, hostile, many, not_yet, ready


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize("width", [30, 57, 80, 200])
def test_it_is_never_wider_than_the_terminal(name: str, width: int) -> None:
    for summary in (False, True):
        text = render("terminal", SAMPLES[name](), width=width, summary=summary)
        assert max(cell_len(line) for line in text.splitlines()) <= width


def test_the_order_is_that_of_the_page() -> None:
    text = render("terminal", not_yet())
    order = [
        "Not ready to be opened yet",
        "What blocks it",
        "What a person must answer",
        "What is already good",
        "Every check",
        "What was looked at",
    ]
    positions = [text.index(part) for part in order]
    assert positions == sorted(positions)


def test_a_blocker_says_where_why_by_which_rule_what_to_do_and_how_long_it_takes() -> None:
    text = render("terminal", not_yet(), width=160)
    first = text[text.index("1. AWS access key") : text.index("2. National")]
    for part in (
        "config/deploy.yml:14",
        "Anyone who clones",
        "When code should be open or closed, Keys and credentials (27 September 2017)",
        "https://www.gov.uk/",
        "Replace the key",
        "auditor attest rotated 3c9a41d07be65f2a",
        "hours",
    ):
        assert part in first


def test_no_colour_means_no_escape_sequence() -> None:
    assert "\x1b" not in render("terminal", not_yet())
    assert "\x1b[" in render("terminal", not_yet(), color=True)


@pytest.mark.parametrize("color", ["yes", ""])
def test_hostile_text_cannot_steer_the_terminal(color: str) -> None:
    text = render("terminal", hostile(), color=bool(color))
    assert not re.search(r"\x1b(?!\[[0-9;]*m)", text)
    assert "txt.exe\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text
    assert "\\x1b[31m" in text
    text.encode("utf-8")


@pytest.mark.parametrize("name", [*sorted(SAMPLES), "many"])
def test_the_summary_has_ten_lines_at_most(name: str) -> None:
    report = many(100) if name == "many" else SAMPLES[name]()
    lines = render("terminal", report, summary=True).splitlines()
    assert 6 <= len(lines) <= 10


def test_not_checked_is_shown_as_such() -> None:
    assert "PRO-02  Not checked:" in render("terminal", ready())


def test_the_heading_counts_what_blocks_and_names_the_rest() -> None:
    report = not_yet()
    route = report.verdict.full_history
    lighter = replace(route.blockers[0], id="x", grade=Grade.MUST)
    route = replace(route, blockers=(*route.blockers, lighter))
    report = replace(report, verdict=replace(report.verdict, full_history=route))
    for form in ("terminal", "brief-markdown"):
        assert f"What blocks it ({len(route.blockers) - 1}) and 1 to fix or answer" in render(form, report)


def test_of_many_blockers_ten_are_shown_and_the_others_counted() -> None:
    text = render("terminal", many(90))
    assert "10. AWS access key" in text
    assert "11. AWS access key" not in text
    assert "and 20 more" in text


@given(st.text(alphabet=st.characters(), max_size=60), st.integers(min_value=30, max_value=120))
def test_any_name_stays_within_the_width_and_printable(name: str, width: int) -> None:
    report = ready()
    text = render("terminal", replace(report, target=replace(report.target, name=name)), width=width)
    text.encode("utf-8")
    assert max(cell_len(line) for line in text.split("\n")) <= width
