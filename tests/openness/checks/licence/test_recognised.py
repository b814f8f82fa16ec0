"""LIC-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from identify.vendor.licenses import LICENSES

from auditor.model.check import Outcome
from auditor.model.policy import Policy

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


TEXTS = dict(LICENSES)
OGL = """Open Government Licence v3.0
You are free to: copy, publish, distribute and transmit the Information;
adapt the Information; exploit the Information commercially and non-commercially."""


def test_the_text_tells_the_licence_whatever_the_file_is_called(ask: Ask) -> None:
    text = TEXTS["MIT"].replace("<copyright holders>", "Crown Copyright (Example)")
    answer = ask("LIC-02", {"LICENCE.md": "# Licence\n\n" + text})
    assert answer.outcome is Outcome.PASS
    assert answer.evidence[0].text.startswith("MIT, approved by OSI")


def test_lines_may_be_wrapped_anywhere(ask: Ask) -> None:
    words = TEXTS["MIT"].split()
    text = "\n".join(" ".join(words[at : at + 7]) for at in range(0, len(words), 7))
    assert ask("LIC-02", {"LICENSE": text}).outcome is Outcome.PASS


def test_a_named_or_invented_licence_fails(ask: Ask) -> None:
    named = ask("LIC-02", {"LICENSE": "This project is under the MIT License."})
    assert named.outcome is Outcome.FAIL
    assert "names MIT without its full text" in named.evidence[0].text
    assert ask("LIC-02", {"LICENSE": "Ask us before you use this."}).outcome is Outcome.FAIL


def test_the_open_government_licence_is_a_matter_of_policy(ask: Ask) -> None:
    assert ask("LIC-02", {"LICENCE": OGL}).outcome is Outcome.FAIL
    answer = ask("LIC-02", {"LICENCE": OGL}, policy=Policy("defra", "Defra", licences=("OGL-UK-3.0",)))
    assert answer.outcome is Outcome.PASS


def test_a_licence_for_documents_only_fails(ask: Ask) -> None:
    assert ask("LIC-02", {"LICENSE": TEXTS["CC-BY-4.0"]}).outcome is Outcome.FAIL


def test_no_file_is_the_business_of_another_check(ask: Ask) -> None:
    assert ask("LIC-02", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
