"""Licences told from their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from identify.vendor.licenses import LICENSES

from auditor.openness.reading.expressions import Fit, fit
from auditor.openness.reading.licence_text import recognise
from auditor.openness.reading.licences import approved, lists

TEXTS = dict(LICENSES)


@pytest.mark.parametrize("spdx", sorted(TEXTS))
def test_each_known_text_is_itself_and_nothing_else(spdx: str) -> None:
    assert recognise(TEXTS[spdx]).full == (spdx,)


def test_two_licences_in_one_file_are_both_found() -> None:
    found = recognise(TEXTS["MIT"] + "\n\n---\n\nThe fonts are under:\n\n" + TEXTS["OFL-1.1"])
    assert set(found.full) == {"MIT", "OFL-1.1"}


def test_added_words_are_counted() -> None:
    text = TEXTS["MIT"] + "\n" + " ".join(f"word{number}" for number in range(40))
    assert recognise(text).has_additions
    assert not recognise(TEXTS["MIT"].replace("<year> <copyright holders>", "2026 Crown Copyright (Example)")).has_additions


def test_a_dedication_of_the_united_states_is_recognised() -> None:
    text = (
        "This project is in the public domain within the United States, and waived worldwide through the CC0 1.0 Universal "
        "dedication."
    )
    assert recognise(text).full == ("CC0-1.0",)


@given(st.text(max_size=400))
def test_other_text_is_no_licence(text: str) -> None:
    assert recognise(text).full == ()


def test_the_lists_hold_no_strange_ids() -> None:
    assert approved("MIT") == approved("GPL-3.0-or-later") == "OSI"
    assert approved("CC0-1.0") == "FSF"
    assert approved("CC-BY-4.0") == approved("OGL-UK-3.0") == approved("JSON") == approved("no such licence") == ""
    assert approved("Ruby") == approved("X11") == "FSF"
    assert approved("AGPL-3.0") == approved("LGPL-2.1+") == approved("EUPL-1.2") == "OSI"
    assert not set(lists()["permissive"]) & set(lists()["weak_copyleft"])


@given(st.text(max_size=60))
def test_any_expression_is_judged(text: str) -> None:
    assert fit(text, ("MIT",)) in Fit
