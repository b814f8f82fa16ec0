"""Files of other scanners, in the shapes that the tools really write, with made-up values."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import UsageError
from auditor.findings.imported import Imported, join, read_files
from auditor.findings.imported.placing import by_report, in_repository
from auditor.findings.imported.registry import READERS
from auditor.model.finding import Location
from auditor.model.levels import Confidence, Exposure, Grade, Severity
from auditor.model.provenance import KnownPath
from auditor.model.rule import Category
from auditor.model.secret import Secret
from tests.samples import aws_finding

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.model.finding import Finding

COMMIT = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678"
OTHER = "b1b2c3d4e5f60718293a4b5c6d7e8f9012345678"
TOKEN = "ghp_¦hGAkWvj7FAc9QeWJKY40uvSwMFLZDe1f8rES".replace("¦", "")
PASSWORD = "8DwkNhFdn¦XsiVpzz63Ff".replace("¦", "")


def gitleaks(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "RuleID": "github-pat",
        "Description": "Uncovered a token",
        "StartLine": 14,
        "EndLine": 14,
        "StartColumn": 9,
        "EndColumn": 49,
        "Match": TOKEN,
        "Secret": TOKEN,
        "File": "config/deploy.yml",
        "SymlinkFile": "",
        "Commit": COMMIT,
        "Entropy": 4.97,
        "Author": "A",
        "Email": "a@example.org",
        "Date": "2023-05-02T09:00:00Z",
        "Message": "one",
        "Tags": [],
        "Fingerprint": f"{COMMIT}:config/deploy.yml:github-pat:14",
        **changed,
    }


def betterleaks(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "rule_id": "github-pat",
        "rule_hash": "fa24",
        "description": "Uncovered a token",
        "confidence": "high",
        "match": {"full": TOKEN, "value": TOKEN, "fingerprint": "7f04"},
        "attributes": {"git.sha": COMMIT, "git.author_email": "a@example.org", "resource": "git.patch_content"},
        "location": {"path": "config/deploy.yml", "start_line": 14, "end_line": 14, "start_column": 9, "end_column": 49},
        **changed,
    }


def kingfisher(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    found = {
        "snippet": TOKEN,
        "fingerprint": "1319",
        "confidence": "high",
        "entropy": "4.97",
        "validation": {"outcome": "not_attempted", "status": "Not Attempted", "response": ""},
        "language": "YAML",
        "line": 14,
        "column_start": 9,
        "column_end": 48,
        "path": "./config/deploy.yml",
        "git_metadata": {
            "repository_url": ".",
            "commit": {"id": COMMIT, "date": "2023-05-02", "author": {"name": "A", "email": "a@example.org"}},
            "file": {"path": "config/deploy.yml", "git_command": f"git show {COMMIT}:config/deploy.yml"},
        },
        "validate_command": f"kingfisher validate --rule 'x' '{TOKEN}'",
        **changed,
    }
    return {"rule": {"name": "github-pat", "id": "betterleaks.github-pat", "description": "Uncovered"}, "finding": found}


def trufflehog(source: str = "Git", **changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    place = {"file": "config/deploy.yml", "line": 14}
    git = {**place, "commit": COMMIT, "email": "A <a@example.org>", "repository": "https://example.org/a.git", "timestamp": "2023"}
    return {
        "SourceMetadata": {"Data": {source: git if source == "Git" else place}},
        "SourceID": 1,
        "SourceType": 16,
        "SourceName": "trufflehog - git",
        "DetectorType": 8,
        "DetectorName": "Github",
        "DecoderName": "PLAIN",
        "Verified": False,
        "Raw": TOKEN,
        "RawV2": "",
        "Redacted": "",
        "ExtraData": None,
        "StructuredData": None,
        **changed,
    }


def detect_secrets(**changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    entry = {
        "type": "GitHub Token",
        "filename": "config/deploy.yml",
        "hashed_secret": "9d1a336619fc171aecfcbfca00ef1290a4e32e95",
        "is_verified": False,
        "line_number": 14,
        **changed,
    }
    plugins = [{"name": "Evil", "path": "file://evil.py"}]
    return {"version": "1.5.0", "plugins_used": plugins, "filters_used": [], "results": {"config/deploy.yml": [entry]}}


def sarif(tool: str = "gitleaks", **changed: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    region = {"startLine": 14, "startColumn": 9, "endLine": 14, "endColumn": 49, "snippet": {"text": TOKEN}}
    result = {
        "message": {"text": f"found {TOKEN}"},
        "ruleId": "github-pat",
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "config/deploy.yml"}, "region": region}}],
        "partialFingerprints": {"commitSha": COMMIT},
        **changed,
    }
    rule = {"id": "github-pat", "shortDescription": {"text": "Uncovered a token"}, "defaultConfiguration": {"level": "error"}}
    return {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": tool, "rules": [rule]}}, "results": [result]}]}


FILES: dict[str, object] = {
    "gitleaks": [gitleaks()],
    "betterleaks": {"schema_version": "1", "findings": [betterleaks()]},
    "kingfisher": {"findings": [kingfisher()], "audit": {}, "metadata": {}},
    "trufflehog": [trufflehog()],
    "detect-secrets": detect_secrets(),
    "sarif": sarif(),
}


def read(tmp_path: Path, document: object, *more: object) -> tuple[Imported, ...]:
    path = tmp_path / "found.json"
    path.write_text("\n".join(json.dumps(one) for one in (document, *more)), encoding="utf-8")
    return read_files([path])


def anywhere(_: Imported) -> Location:
    return Location("other/file.py", 1, exposure=Exposure.HEAD)


def test_every_reader_has_a_file_here() -> None:
    assert set(FILES) == set(READERS)


@pytest.mark.parametrize("tool", sorted(FILES))
def test_each_tool_is_known_by_its_shape_and_read_alike(tool: str, tmp_path: Path) -> None:
    (one,) = read(tmp_path, FILES[tool])
    assert one.tool == ("gitleaks" if tool == "sarif" else tool)
    assert (one.path, one.line, one.is_secret) == ("config/deploy.yml", 14, True)
    assert one.commit == (None if tool == "detect-secrets" else COMMIT)
    assert one.secret == (None if tool == "detect-secrets" else Secret(TOKEN.encode()))


@pytest.mark.parametrize("tool", sorted(FILES))
def test_no_value_of_a_file_is_in_what_comes_of_it(tool: str, tmp_path: Path) -> None:
    imported = read(tmp_path, FILES[tool])
    joined = join([], imported, by_report(""))
    for shown in (repr(imported), str(joined), pickle.dumps(imported), pickle.dumps(joined), repr(copy.deepcopy(imported))):
        assert TOKEN not in (shown.decode("latin-1") if isinstance(shown, bytes) else shown)
    assert joined.findings[0].masked == "****"


@pytest.mark.parametrize("tool", sorted(FILES))
def test_what_stands_where_ours_does_is_one_finding_that_says_who_saw_it(tool: str, tmp_path: Path) -> None:
    joined = join([aws_finding()], read(tmp_path, FILES[tool]), by_report(""))
    (finding,) = joined.findings
    assert (joined.merged, joined.elsewhere) == (1, 0)
    assert finding.origin_tool == f"auditor, {'gitleaks' if tool == 'sarif' else tool}"
    assert finding.fingerprint == aws_finding().fingerprint
    assert finding.locations == aws_finding().locations
    assert any("also reported by" in note for note in finding.notes)


@pytest.mark.parametrize("tool", sorted(FILES))
def test_what_only_another_tool_saw_is_a_finding_of_its_own(tool: str, tmp_path: Path) -> None:
    (finding,) = join([], read(tmp_path, FILES[tool]), by_report("")).findings
    assert finding.origin_tool in finding.rule_id
    assert finding.category is Category.SECRET
    assert finding.grade is Grade.BLOCKER
    assert finding.fingerprint.startswith("loc-")
    assert finding.confidence.rank >= Confidence.MEDIUM.rank


def test_lines_of_json_are_read_too(tmp_path: Path) -> None:
    log = {"level": "info-0", "ts": "2026", "logger": "trufflehog", "msg": "finished scanning"}
    assert len(read(tmp_path, trufflehog(), log, trufflehog("Filesystem"))) == 2
    assert len(read(tmp_path, kingfisher(), kingfisher(line=15), {"metadata": {}})) == 2
    line = {"schema_version": "1", "finding": betterleaks()}
    assert len(read(tmp_path, line)) == 1
    assert len(read(tmp_path, line, line)) == 2
    end = {"schema_version": "1", "scan": {"bytes": 2089}}
    assert len(read(tmp_path, line, end)) == 1
    assert read(tmp_path, end) == ()
    assert len(read(tmp_path, trufflehog())) == 1


def test_a_file_without_findings_is_no_error(tmp_path: Path) -> None:
    assert read(tmp_path, []) == ()
    assert read(tmp_path, {"schema_version": "1", "findings": []}) == ()
    assert read(tmp_path, {**sarif(), "runs": []}) == ()


@pytest.mark.parametrize("document", [{}, {"a": 1}, 7, "text", [1, 2], [gitleaks(), 3], {"results": {}}, None])
def test_what_is_of_no_tool_is_refused_without_quoting_it(document: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not of a shape that is known here"):
        read(tmp_path, document)
    (tmp_path / "broken").write_text(f"[{TOKEN}", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_files([tmp_path / "broken"])
    assert TOKEN not in str(caught.value)
    with pytest.raises(UsageError, match="cannot be read"):
        read_files([tmp_path / "missing"])


@pytest.mark.parametrize(
    "hostile", [None, 7, -1, True, [], {}, "x" * 100_000, "\u202e../../etc/passwd", [[[[]]]], 1e308, "\ud800", "`$(id)`"]
)
@pytest.mark.parametrize("tool", sorted(FILES))
def test_a_field_of_the_wrong_kind_stops_nothing(tool: str, hostile: object, tmp_path: Path) -> None:
    """Every leaf of every file in turn holds something else than the tool would write."""
    for place in _leaves(FILES[tool]):
        document = copy.deepcopy(FILES[tool])
        at: Any = document
        for step in place[:-1]:
            at = at[step]
        at[place[-1]] = hostile
        try:
            found = read(tmp_path, document)
        except UsageError:
            continue
        for finding in join([], found, by_report("")).findings:
            assert len(finding.title) < 200
            assert finding.rule_id.isprintable()
            assert len(finding.first.path or "") <= 4096


def _leaves(value: object, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = [leaf for key, item in items for leaf in _leaves(item, (*place, key))]
    return inner or ([place] if place else [])


def test_masked_values_are_no_values(tmp_path: Path) -> None:
    """A tool that masks writes the same word for every value: that makes them neither equal nor searchable."""
    masked = [gitleaks(Secret="REDACTED", File=f"{n}.py") for n in range(3)] + [gitleaks(Secret="ghp_...", File="3.py")]
    found = read(tmp_path, masked)
    assert {one.secret for one in found} == {None}
    assert len(join([], found, by_report("")).findings) == 4


def test_one_value_in_many_places_is_one_finding(tmp_path: Path) -> None:
    found = read(tmp_path, [gitleaks(File=f"{n}.py") for n in range(5)])
    (finding,) = join([], found, by_report("")).findings
    assert [place.path for place in finding.locations] == [f"{n}.py" for n in range(5)]
    digest = {
        **detect_secrets(),
        "results": {f"{n}.py": [{"type": "GitHub Token", "hashed_secret": "a", "line_number": n}] for n in (1, 2)},
    }
    assert len(join([], read(tmp_path, digest), by_report("")).findings) == 1


def test_a_place_of_ours_takes_the_other_places_of_its_value_along(tmp_path: Path) -> None:
    found = read(tmp_path, [gitleaks(), gitleaks(File="copy.yml", Commit=OTHER)])
    (finding,) = join([aws_finding()], found, by_report("")).findings
    assert [place.path for place in finding.locations] == ["config/deploy.yml", "deploy/old.yml", "copy.yml"]


def test_another_commit_is_another_version(tmp_path: Path) -> None:
    """The line may have held something else then: what may be a different value is not swallowed."""
    joined = join([aws_finding()], read(tmp_path, [gitleaks(Commit="c" * 40)]), by_report(""))
    assert (len(joined.findings), joined.merged) == (2, 0)
    files_now = read(tmp_path, [gitleaks(Commit="", File="deploy/old.yml", StartLine=3, EndLine=3)])
    assert join([aws_finding()], files_now, by_report("")).merged == 0


def test_the_nearest_on_a_line_is_meant(tmp_path: Path) -> None:
    near = aws_finding()
    far = replace(near, fingerprint="far", locations=(replace(near.locations[0], column=80),))
    joined = join([far, near], read(tmp_path, [gitleaks(StartColumn=11)]), by_report(""))
    assert [finding.origin_tool for finding in joined.findings] == ["auditor", "auditor, gitleaks"]


def test_joining_never_lowers_a_finding_and_a_working_key_raises_it(tmp_path: Path) -> None:
    doubtful = replace(aws_finding(), confidence=Confidence.LOW, severity=Severity.MEDIUM)
    (raised,) = join([doubtful], read(tmp_path, [trufflehog(Verified=True)]), by_report("")).findings
    assert (raised.confidence, raised.severity) == (Confidence.HIGH, Severity.CRITICAL)
    assert "trufflehog asked the provider, and it works" in raised.notes
    guess = read(tmp_path, detect_secrets(type="Base64 High Entropy String"))
    (kept,) = join([aws_finding()], guess, by_report("")).findings
    assert (kept.confidence, kept.severity) == (aws_finding().confidence, aws_finding().severity)


def test_an_entry_that_a_person_called_no_secret_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, detect_secrets(is_secret=False)) == ()
    assert read(tmp_path, sarif(suppressions=[{"kind": "inSource"}])) == ()


def test_sarif_of_a_tool_for_other_things_is_advice(tmp_path: Path) -> None:
    document = sarif("CodeQL", ruleId="py/sql-injection", level="error")
    (one,) = read(tmp_path, document)
    assert one.secret is None
    (finding,) = join([], [one], by_report("")).findings
    assert (finding.grade, finding.category, finding.severity) == (Grade.SHOULD, Category.CONFIGURATION, Severity.HIGH)


def test_a_place_is_looked_up_in_the_history(tmp_path: Path) -> None:
    date = datetime(2023, 5, 2, tzinfo=UTC)
    paths = {
        "a.py": KnownPath("a.py", Exposure.HEAD, COMMIT, date, "1" * 40),
        "old.py": KnownPath("old.py", Exposure.PULL_REQUEST_REF, OTHER, date, "2" * 40),
    }
    locate = in_repository(tmp_path, paths, {"a.py": f"x = '{TOKEN}'".encode()}.get, {COMMIT: date})

    def place(**changed: Any) -> Location | None:  # noqa: ANN401  JSON
        return locate(read(tmp_path, [gitleaks(**changed)])[0])

    there = place(File="a.py")
    assert there
    assert (there.exposure, there.commit, there.authored) == (Exposure.HEAD, COMMIT, date)
    gone = place(File="a.py", Secret=PASSWORD)
    assert gone
    assert gone.exposure is Exposure.BRANCH_OR_TAG
    unknown = place(File="a.py", Secret="REDACTED")
    assert unknown
    assert unknown.exposure is Exposure.HEAD
    whole = place(File=f"{tmp_path}/a.py", Commit="")
    assert whole
    assert whole.path == "a.py"
    above = place(File=f"work/{tmp_path.name}/a.py", Commit="")
    assert above
    assert above.path == "a.py"
    assert place(File="work/a.py") is None
    assert place(File=f"{tmp_path.name}/nowhere.py") is None
    old = place(File="old.py", Commit="d" * 40)
    assert old
    assert (old.exposure, old.commit) == (Exposure.PULL_REQUEST_REF, OTHER)
    assert place(File="nowhere.py") is None


def test_a_value_in_a_path_is_taken_out(tmp_path: Path) -> None:
    (finding,) = join([], read(tmp_path, [gitleaks(File=f"backup/{TOKEN}.txt")]), by_report("")).findings
    assert finding.first.path == "backup/****.txt"


def test_beside_a_report_the_way_to_the_repository_is_taken_off_where_it_names_the_path() -> None:
    locate = by_report("/srv/service", frozenset({"service/a.py", "b.py"}))

    def path(written: str) -> str | None:
        return locate(Imported("gitleaks", "rule", written)).path

    assert [path(one) for one in ("/srv/service/b.py", "service/b.py", "x/service/b.py")] == ["b.py"] * 3
    assert [path(one) for one in ("service/a.py", "service/new.py")] == ["service/a.py", "service/new.py"]


@given(st.lists(st.sampled_from(range(6)), max_size=12))
def test_joining_twice_or_in_another_order_changes_no_count(order: list[int]) -> None:
    from auditor.findings.imported.tools.gitleaks import gitleaks as convert  # noqa: PLC0415  the reader alone

    kinds = [gitleaks(), gitleaks(Commit=OTHER), gitleaks(File="x.py"), gitleaks(Secret=PASSWORD, StartLine=20, EndLine=20)]
    kinds += [gitleaks(Secret="REDACTED", File="y.py"), gitleaks(Commit="", File="z.py")]
    records = [one for number in order for one in convert(kinds[number])]
    ours: list[Finding] = [aws_finding()]
    first = join(ours, records, by_report(""))
    assert _names(first.findings) == _names(join(ours, records[::-1], by_report("")).findings)
    assert _names(first.findings) == _names(join(ours, records + records, by_report("")).findings)
    assert first.findings[0].fingerprint == aws_finding().fingerprint


def _names(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return sorted((finding.fingerprint, finding.rule_id) for finding in findings)
