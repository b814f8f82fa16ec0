from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from auditor.findings.merge import MergeContext, merge
from auditor.findings.suppression import apply_baselines, apply_openness, read_baselines
from auditor.model.levels import Exposure
from auditor.model.openness_file import AcceptedFinding, OpennessFile, Person, RotatedSecret

from .conftest import match, place, rule

if TYPE_CHECKING:
    from auditor.model.finding import Finding

TODAY = date(2026, 11, 23)
PERSON = Person("Developer")
COMMIT = f"{0:040x}"


def finding(digest: str | None = None) -> Finding:
    context = MergeContext({"acme-key": rule()}, {"a" * 40: (place("app.py"),)})
    return merge([match(digest=digest)], context).findings[0]


def test_a_baseline_counts_only_what_a_person_labelled() -> None:
    entries = [{"line_number": 3, "is_secret": False}, {"line_number": 4, "is_secret": True}, {"line_number": 5}]
    document = {"results": {"app.py": entries}, "plugins_used": [{"name": "X", "path": "file:///evil.py"}]}
    read = {".secrets.baseline": json.dumps(document).encode()}.get
    assert [(e.path, e.line) for e in read_baselines(read)] == [("app.py", 3)]


def test_a_broken_baseline_is_no_baseline() -> None:
    assert read_baselines({".secrets.baseline": b"[" * 100_000, ".gitleaksignore": b"\xff\n#x\nrubbish"}.get) == ()


def test_a_listed_place_is_suppressed_and_says_so() -> None:
    read = {".gitleaksignore": b"app.py:generic-api-key:3\n"}.get
    (judged,) = apply_baselines([finding()], read_baselines(read))
    assert judged.suppression is not None
    assert judged.suppression.source == ".gitleaksignore"
    (other,) = apply_baselines([replace(finding(), locations=(replace(finding().first, line=4),))], read_baselines(read))
    assert other.suppression is None


def accepted(fingerprint: str, *, expires: date, commit: str = COMMIT) -> OpennessFile:
    entry = AcceptedFinding(fingerprint, "test-data", PERSON, expires, commit=commit)
    return OpennessFile(accepted=(entry,))


def test_acceptance_suppresses_until_it_expires() -> None:
    one = finding("d" * 64)
    book = accepted(one.fingerprint, expires=TODAY)
    (judged,) = apply_openness([one], book, today=TODAY, ancestors=lambda _: None)
    assert judged.suppression is not None
    (late,) = apply_openness([one], book, today=date(2026, 11, 24), ancestors=lambda _: None)
    assert late.suppression is None
    assert late.notes == ("was accepted until 2026-11-23, which is over",)


def test_acceptance_of_a_place_holds_only_for_the_history_its_author_saw() -> None:
    one = finding()
    book = accepted(one.fingerprint, expires=TODAY)
    seen = apply_openness([one], book, today=TODAY, ancestors=lambda _: {COMMIT})
    unseen = apply_openness([one], book, today=TODAY, ancestors=lambda _: {"f" * 40})
    unknown = apply_openness([one], book, today=TODAY, ancestors=lambda _: None)
    assert [f[0].suppression is not None for f in (seen, unseen, unknown)] == [True, False, False]


def test_rotation_is_dated_and_not_before_its_day() -> None:
    one = finding("d" * 64)
    book = OpennessFile(rotated=(RotatedSecret(one.fingerprint, TODAY, PERSON),))
    assert apply_openness([one], book, today=TODAY, ancestors=lambda _: None)[0].rotated == TODAY
    assert apply_openness([one], book, today=date(2026, 11, 22), ancestors=lambda _: None)[0].rotated is None


def test_a_replaced_secret_that_was_committed_elsewhere_later_is_open_again() -> None:
    places = (place("app.py"), place("new.py", day=40))
    context = MergeContext({"acme-key": rule()}, {"a" * 40: places})
    (one,) = merge([match(digest="d" * 64)], context).findings
    between = date(2024, 1, 20)
    book = OpennessFile(rotated=(RotatedSecret(one.fingerprint, between, PERSON, commit=COMMIT),))
    (back,) = apply_openness([one], book, today=TODAY, ancestors=lambda _: {COMMIT})
    assert back.rotated is None
    assert back.notes == ("was recorded as replaced on 2024-01-20, but was committed again on 2024-02-10",)
    # Whoever recorded it had seen the later place, or the replacement was later still.
    (seen,) = apply_openness([one], book, today=TODAY, ancestors=lambda _: {COMMIT, f"{40:040x}"})
    assert seen.rotated == between
    later = OpennessFile(rotated=(RotatedSecret(one.fingerprint, date(2024, 2, 10), PERSON),))
    assert apply_openness([one], later, today=TODAY, ancestors=lambda _: None)[0].rotated == date(2024, 2, 10)


def test_an_edit_of_a_file_that_still_holds_a_replaced_secret_does_not_open_it_again() -> None:
    places = {"a" * 40: (place("app.py", exposure=Exposure.BRANCH_OR_TAG),), "b" * 40: (place("app.py", day=40),)}
    found = [match(digest="d" * 64), match(oid="b" * 40, digest="d" * 64)]
    (one,) = merge(found, MergeContext({"acme-key": rule()}, places)).findings
    book = OpennessFile(rotated=(RotatedSecret(one.fingerprint, date(2024, 1, 20), PERSON),))
    assert apply_openness([one], book, today=TODAY, ancestors=lambda _: None)[0].rotated == date(2024, 1, 20)
