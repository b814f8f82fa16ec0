"""Writing openness.yml: comments, order and style survive, and what comes out can be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import ConfigurationError
from auditor.openness import writing
from auditor.openness.book import parse_book
from auditor.openness.writing import Signature, ThreatModel

BY = Signature("Product manager", date(2026, 11, 23))
LATER = date(2027, 5, 23)
KEPT = """\
# first of all
schema: 1

reviewers:   # who looked
- {role: Security engineer, independent: yes it was, on: 2026-11-19, scope: 'all'}
""".replace("yes it was", "true")


def read(text: str) -> object:
    return parse_book(text.encode(), "openness.yml")


def test_each_act_is_written_and_read_again() -> None:
    text = writing.attest("", "CLS-03", "none", "All announced", BY, expires=LATER, commit="a" * 40, covers=["app/**"])
    text = writing.accept(text, "val-" + "0" * 20, "test-data", BY, expires=LATER, note="of the: docs")
    text = writing.rotated(text, "loc-" + "1" * 20, date(2026, 11, 20), BY, evidence="ticket", commit="b" * 40)
    text = writing.content_reviewed(text, "c" * 40, "a.zip", "public data", BY)
    text = writing.exception(text, "fraud", ["fraud/**"], "fraud-detection", BY, review_by=LATER, plan_to_open="split")
    text = writing.repository(text, owner_team="Apply", intended="part")
    text = writing.history(text, "rewrite", "documented", BY)
    book = parse_book(text.encode(), "openness.yml")
    assert (book.attestations[0].covers, book.attestations[0].expires) == (("app/**",), LATER)
    assert book.accepted[0].note == "of the: docs"
    assert book.rotated[0].commit == "b" * 40
    assert book.reviewed[0].reason == "public data"
    assert book.exceptions[0].private_threat_model
    assert (book.intended, book.history_option) == ("part", "rewrite")


def test_comments_order_and_style_survive() -> None:
    text = writing.accept(KEPT, "val-" + "0" * 20, "false-positive", BY, expires=LATER)
    assert text.startswith(KEPT)
    assert "\n- fingerprint: val-" in text


def test_the_same_answer_is_replaced_and_another_is_added() -> None:
    once = writing.attest("", "CLS-03", "none", "first", BY, expires=LATER)
    noted = once.replace("    on:", "    # agreed in the meeting\n    on:")
    again = writing.attest(noted, "CLS-03", "confirmed", "second", BY, expires=LATER)
    assert "# agreed in the meeting" in again
    assert [entry.statement for entry in parse_book(again.encode(), "x").attestations] == ["second"]
    both = writing.attest(again, "CLS-03", "none", "third", BY, expires=LATER, covers=["b/**"])
    assert len(parse_book(both.encode(), "x").attestations) == 2


def test_an_exception_keeps_its_threat_model_apart() -> None:
    model = ThreatModel("a fraudster", "the limits", "stays below them")
    published = writing.exception("", "fraud", ["fraud/**"], "fraud-detection", BY, review_by=LATER)
    private = writing.private_exception("", "fraud", model)
    assert "fraudster" not in published
    assert "fraudster" in private
    whole = writing.exception("", "fraud", ["fraud/**"], "fraud-detection", BY, review_by=LATER, threat_model=model)
    assert parse_book(whole.encode(), "x").exceptions[0].attacker == "a fraudster"


@pytest.mark.parametrize("text", ["a: [", "- 1", "schema: 2", "schema: 1\nsurprise: 1"])
def test_nothing_is_written_to_a_file_that_is_wrong(text: str) -> None:
    with pytest.raises(ConfigurationError):
        writing.accept(text, "val-" + "0" * 20, "test-data", BY, expires=LATER)


@pytest.mark.parametrize(("fingerprint", "reason"), [("nonsense", "test-data"), ("val-" + "0" * 20, "because")])
def test_nothing_that_could_not_be_read_is_written(fingerprint: str, reason: str) -> None:
    with pytest.raises(ConfigurationError):
        writing.accept("", fingerprint, reason, BY, expires=LATER)


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip))
@settings(max_examples=100)
def test_any_words_come_back_as_they_were(words: str) -> None:
    text = writing.attest("", "CLS-03", "none", words, BY, expires=LATER)
    assert parse_book(text.encode(), "openness.yml").attestations[0].statement == words
