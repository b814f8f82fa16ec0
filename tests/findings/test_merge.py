from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.config import SeverityOverride
from auditor.findings.merge import MergeContext, Merged, merge
from auditor.model.blob import Origin
from auditor.model.finding import AS_EXAMPLE, Suppression
from auditor.model.levels import Confidence, Exposure, Severity
from auditor.model.rule import Category

from .conftest import START, match, place, rule

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping

    from auditor.model.finding import Match
    from auditor.model.provenance import Place
    from auditor.model.rule import Rule

A, B = "a" * 40, "b" * 40


def merged(matches: list[Match], places: Mapping[str, tuple[Place, ...]], *rules: Rule, **context: object) -> Merged:
    known = {r.id: r for r in rules or (rule(),)}
    return merge(matches, MergeContext(known, places, **context))  # type: ignore[arg-type]  # keyword defaults of a test helper


def test_one_secret_is_one_finding_with_all_its_places() -> None:
    places = {A: (place("one.py"), place("two.py", day=1)), B: (place("three.py", day=2),)}
    (finding,) = merged([match(oid=A), match(oid=B)], places).findings
    assert [location.path for location in finding.locations] == ["one.py", "two.py", "three.py"]
    assert finding.first_seen == START


def test_different_values_are_different_findings() -> None:
    places = {A: (place(),)}
    findings = merged([match(key=b"1"), match(key=b"2", line=9)], places).findings
    assert len({finding.fingerprint for finding in findings}) == 2


def test_the_most_specific_rule_names_the_finding() -> None:
    generic, specific = rule("generic-key", specificity=10), rule("acme-key", specificity=60)
    found = [match("generic-key", oid=A), match("acme-key", oid=B)]
    (finding,) = merged(found, {A: (place(),), B: (place("b.py"),)}, generic, specific).findings
    assert finding.rule_id == "acme-key"


def test_a_file_with_a_thousand_versions_is_one_place_and_its_first_commit() -> None:
    oids = [f"{n:040x}" for n in range(1000)]
    places = {oid: (place("old.py", day=n, exposure=Exposure.BRANCH_OR_TAG, gone=n + 1),) for n, oid in enumerate(oids)}
    (finding,) = merged([match(oid=oid) for oid in oids], places).findings
    assert len(finding.locations) == 1
    assert finding.first.authored == START
    assert finding.last_seen == START + timedelta(days=1000)


def test_a_rule_for_certain_paths_counts_only_there() -> None:
    limited = rule(include=("*.env",))
    assert merged([match()], {A: (place("app.py"),)}, limited).findings == ()
    (finding,) = merged([match()], {A: (place("app.py"), place("live.env"))}, limited).findings
    assert [location.path for location in finding.locations] == ["live.env"]


def test_an_excluded_path_lowers_confidence_and_hides_nothing() -> None:
    (finding,) = merged([match()], {A: (place("package-lock.json"),)}, rule(exclude=("package-lock.json",))).findings
    assert finding.confidence is Confidence.MEDIUM


def test_test_code_lowers_severity_by_one_step() -> None:
    (inside,) = merged([match()], {A: (place("tests/test_app.py"),)}).findings
    (both,) = merged([match()], {A: (place("tests/test_app.py"), place("app.py"))}).findings
    assert (inside.severity, inside.in_test_code) == (Severity.MEDIUM, True)
    assert (both.severity, both.in_test_code) == (Severity.HIGH, False)


def test_a_member_of_an_archive_is_test_code_by_its_own_name() -> None:
    inside = match(container=("content", "acme-4.25.1/spec/functions/key_spec.rb"))
    (finding,) = merged([inside], {A: (place("cache/acme-4.25.1.tar.gz"),)}).findings
    assert (finding.severity, finding.in_test_code) == (Severity.MEDIUM, True)
    (live,) = merged([match(container=("acme/settings.rb",))], {A: (place("backup.tar.gz"),)}).findings
    assert not live.in_test_code


def test_what_is_called_an_example_counts_as_one_where_all_of_it_is() -> None:
    called, plain = match(notes=(AS_EXAMPLE, "fits")), match(oid=B, notes=("fits",))
    (finding,) = merged([called], {A: (place("api.yaml"),)}).findings
    assert (finding.severity, finding.in_test_code, finding.notes) == (Severity.MEDIUM, True, (AS_EXAMPLE, "fits"))
    (beside,) = merged([called, plain], {A: (place("api.yaml"),), B: (place("tests/a.py"),)}).findings
    assert (beside.in_test_code, beside.notes) == (True, ("fits",))
    (live,) = merged([called, plain], {A: (place("api.yaml"),), B: (place("app.py"),)}).findings
    assert (live.severity, live.in_test_code, live.notes) == (Severity.HIGH, False, ("fits",))


def test_an_override_only_lowers() -> None:
    places = {A: (place("legacy/x.py"),)}
    lower = (SeverityOverride(("legacy/**",), Severity.LOW),)
    higher = (SeverityOverride(("legacy/**",), Severity.CRITICAL),)
    word = rule(category=Category.CREDENTIAL)
    assert merged([match()], places, word, overrides=lower).findings[0].severity is Severity.LOW
    assert merged([match()], places, word, overrides=higher).findings[0].severity is Severity.HIGH


@pytest.mark.parametrize(
    ("category", "usual", "least"),
    [
        (Category.CREDENTIAL, Severity.CRITICAL, Severity.LOW),
        (Category.PERSONAL_DATA, Severity.HIGH, Severity.LOW),
        (Category.CREDENTIAL, Severity.INFO, Severity.INFO),
        (Category.SECRET, Severity.CRITICAL, Severity.HIGH),
        (Category.PRIVATE_KEY, Severity.HIGH, Severity.HIGH),
        (Category.SECRET, Severity.MEDIUM, Severity.MEDIUM),
    ],
)
def test_an_override_never_makes_a_finding_weigh_nothing(category: Category, usual: Severity, least: Severity) -> None:
    places = {A: (place("legacy/x.py"),)}
    asked = (SeverityOverride(("**",), Severity.INFO),)
    (finding,) = merged([match(severity=usual)], places, rule(category=category), overrides=asked).findings
    assert finding.severity is least


def test_a_mark_counts_when_every_place_of_the_tip_has_one() -> None:
    mark = Suppression("inline", "made up")
    places = {A: (place("a.py"),), B: (place("a.py", exposure=Exposure.BRANCH_OR_TAG),)}
    (finding,) = merged([match(oid=A, suppression=mark), match(oid=B)], places).findings
    assert finding.suppression == mark
    (unmarked,) = merged([match(oid=A), match(oid=B, suppression=mark)], places).findings
    assert unmarked.suppression is None


def test_a_value_digest_becomes_the_fingerprint_wherever_the_value_stands() -> None:
    one = merged([match(digest="d" * 64)], {A: (place("a.py"),)}).findings[0]
    other = merged([match(digest="d" * 64)], {A: (place("b.py", day=5),)}).findings[0]
    assert one.fingerprint == other.fingerprint == "val-" + "d" * 20


def test_a_name_that_holds_a_secret_is_never_shown() -> None:
    hidden = {"keys/abc": "keys/****"}
    found = match(oid="path:keys/abc", origin=Origin.FILE_NAME, path="keys/abc", line=1)
    (finding,) = merged([found], {"path:keys/abc": (place("keys/abc"),)}, name_of=lambda n: hidden.get(n, n)).findings
    assert finding.first.path == "keys/****"
    assert finding.first.line is None


def test_content_that_no_commit_holds_is_uncommitted() -> None:
    (finding,) = merged([match(oid="file:x", origin=Origin.FILE, path="x")], {}).findings
    assert finding.exposure == (Exposure.UNCOMMITTED,)
    assert finding.first.commit is None


@given(st.randoms(use_true_random=False))
def test_the_order_of_matches_changes_nothing(shuffler: random.Random) -> None:
    places = {A: (place("one.py"), place("tests/two.py", day=1)), B: (place("three.py", day=2, exposure=Exposure.BRANCH_OR_TAG),)}
    keys = ((b"1", 7), (b"2", 30))
    found = [match(oid=oid, key=key, column=col, line=line) for oid in (A, B) for key, col in keys for line in (3, 8)]
    expected = merged(found, places)
    shuffled = found.copy()
    shuffler.shuffle(shuffled)
    assert merged(shuffled, places) == expected
