"""openness.yml: what is read from it, what is refused with which words, and how the private part joins."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.errors import ConfigurationError
from auditor.openness.book import find_book, load_book, parse_book

WHOLE = b"""\
schema: 1
repository: {owner_team: Apply, contact: team@example.gov.uk, organisation: Department, policy: moj, intended: part}
history: {option: fresh-import, reason: "too many keys", by: {role: lead}, on: 2026-11-20}
attestations:
  - check: CLS-03
    answer: none
    statement: All policy was announced.
    by: {role: Product manager}
    on: 2026-11-20
    covers: ["app/**"]
secrets_rotated:
  - {fingerprint: val-00000000000000000000, rotated_on: 2026-11-18, by: {role: lead}, evidence: ticket}
findings_accepted:
  - {fingerprint: loc-00000000000000000001, reason: test-data, by: {role: developer}, expires: 2027-05-20, commit: abcdef0}
exceptions:
  - id: fraud
    paths: ["fraud/**"]
    ground: fraud-detection
    threat_model: private
    approved_by: {role: SRO}
    on: 2026-11-20
    review_by: 2027-05-20
content_reviewed:
  - {oid: "", path: data/a.zip, by: {role: developer}, on: 2026-11-20, reason: public data}
reviewers:
  - {role: Security engineer, independent: true, on: 2026-11-19, scope: code and history}
"""


def test_everything_is_read_with_its_line() -> None:
    book = parse_book(WHOLE, "openness.yml")
    assert (book.owner_team, book.policy, book.intended, book.history_option) == ("Apply", "moj", "part", "fresh-import")
    (entry,) = book.attestations
    assert (entry.line, entry.on, entry.expires, entry.covers) == (5, date(2026, 11, 20), date(2027, 5, 20), ("app/**",))
    assert book.rotated[0].rotated_on == date(2026, 11, 18)
    assert (book.accepted[0].commit, book.accepted[0].line) == ("abcdef0", 14)
    assert book.exceptions[0].private_threat_model
    assert book.reviewed[0].path == "data/a.zip"
    assert book.reviewers[0].independent
    assert book.problems == ()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (WHOLE.replace(b"answer:", b"anwser:"), "line 6: attestations.0.anwser is not a known key. Did you mean 'answer'?"),
        (
            WHOLE.replace(b"answer: none", b"answer: nope"),
            "line 6: attestations.0.answer has a value that is not known. It may be: none,",
        ),
        (WHOLE.replace(b"rotated_on: 2026-11-18", b"rotated_on: soon"), "secrets_rotated.0.rotated_on is not a date"),
        (WHOLE.replace(b"2026-11-18", b"2026-13-45"), "secrets_rotated.0.rotated_on is not a date"),
        (WHOLE.replace(b"by: {role: Product manager}", b"by: {name: X}"), "attestations.0.by lacks role"),
        (WHOLE.replace(b"schema: 1", b"schema: 2"), "line 1: schema has a value that is not known"),
        (b"- 1", "its top level must be of type object"),
        (b"schema: 1\n\tx: 2", "not valid YAML at line 2"),
        (b"", "its top level lacks schema"),
        (b"schema: 1\nattestations: [&a [*a]]", "repeats a part by reference"),
        (b"\xff\xfe\x00", "not valid YAML"),
        (b"a: &a [x,x]\nb: *a\n", "repeats a part by reference"),
        (b"schema: !!python/object/apply:os.system [id]", "not valid YAML"),
    ],
)
def test_errors_name_file_line_and_key(wrong: bytes, words: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_book(wrong, "openness.yml")
    assert words in str(caught.value)
    assert "openness.yml" in str(caught.value)


def test_an_error_never_repeats_a_value() -> None:
    pasted = "hunter2" + "hunter2"
    with pytest.raises(ConfigurationError) as caught:
        parse_book(WHOLE.replace(b"fingerprint: val-00000000000000000000", f"fingerprint: {pasted}".encode()), "openness.yml")
    assert pasted not in str(caught.value)


def test_the_private_part_completes_the_published_one() -> None:
    private = (
        b"schema: 1\nexceptions:\n  - {id: fraud, attacker: a, publication_adds: b, path_to_harm: c}\n  - {id: other, paths: [x]}\n"
    )
    book = load_book(("openness.yml", WHOLE), ("/home/me/private.yml", private))
    fraud, other = book.exceptions
    assert (fraud.attacker, fraud.path_to_harm, fraud.paths, fraud.line) == ("a", "c", ("fraud/**",), 16)
    assert (other.id, other.line) == ("other", None)
    assert book.path == "openness.yml"
    alone = load_book(None, ("/home/me/private.yml", private))
    assert (alone.path, len(alone.exceptions)) == ("openness.yml", 2)


def test_a_threat_model_in_the_published_file_is_warned_of() -> None:
    told = WHOLE.replace(b"threat_model: private", b"attacker: a fraudster")
    assert "tells attacker to everyone" in parse_book(told, "openness.yml").problems[0]
    assert parse_book(told, "/home/me/private.yml").problems == ()


def test_the_file_is_found_at_the_root_or_beside_the_workflows() -> None:
    assert find_book(lambda path: b"x" if path == ".github/openness.yml" else None) == (".github/openness.yml", b"x")
    assert find_book(lambda _: None) is None
    assert load_book(None).path == ""
