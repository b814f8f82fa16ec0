"""What a whole project can get wrong: its licence, its README, an incomplete copy, answers that no longer hold.

Each state is a change of a repository that is ready without it; beside it stands the act that makes it ready again, and acts
that must not.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from auditor.model.levels import Grade
from auditor.model.verdict import Decision
from auditor.openness import writing
from benchmarks.plants.council import BOOK, FILES, SIGNED, UNTIL, answered, council, look
from benchmarks.plants.kinds import setting, token
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from auditor.model.report import AuditReport

NC: Final = (
    "Creative Commons Attribution-NonCommercial 4.0 International Public License\n\nYou may not use this for commercial purposes.\n"
)
FRAUD: Final = {"app/fraud_check/rules.py": "LIMIT = 3\n"}
LEAD: Final = "A Lead <a.lead@example.org>"


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> GitRepo:
    return council(tmp_path_factory.mktemp("clean") / "council")


@pytest.fixture
def repo(clean: GitRepo, tmp_path: Path) -> GitRepo:
    shutil.copytree(clean.path, tmp_path / "council", symlinks=True)
    return GitRepo(tmp_path / "council", clean.clock)


def book(repo: GitRepo) -> str:
    return (repo.path / BOOK).read_text(encoding="utf-8")


def ids(report: AuditReport) -> dict[str, Grade]:
    """Return what stands in the way of publishing the repository as it is."""
    route = report.verdict.full_history
    return {blocker.id: blocker.grade for blocker in (*route.blockers, *route.attestations_due)}


@dataclass(frozen=True)
class State:
    """A change, the check that notices it, whether an attestation helps, and the change that mends it."""

    name: str
    files: Mapping[str, str | None]
    notices: str
    grade: Grade
    attested: bool
    mend: Mapping[str, str | None]


STATES: Final = (
    State("no licence", {"LICENCE": None}, "LIC-01", Grade.BLOCKER, attested=False, mend={"LICENCE": FILES["LICENCE"]}),
    State(
        "a licence that nobody approved",
        {"LICENCE": NC},
        "LIC-02",
        Grade.BLOCKER,
        attested=False,
        mend={"LICENCE": FILES["LICENCE"]},
    ),
    State("a licence against trade", {"LICENCE": NC}, "LIC-07", Grade.MUST, attested=True, mend={"LICENCE": FILES["LICENCE"]}),
    State("half a licence", {"LICENCE": "MIT\n"}, "LIC-02", Grade.BLOCKER, attested=False, mend={"LICENCE": FILES["LICENCE"]}),
    State("no README", {"README.md": None}, "DOC-01", Grade.MUST, attested=True, mend={"README.md": FILES["README.md"]}),
    State(
        "no way to report a weakness",
        {"SECURITY.md": None, "README.md": FILES["README.md"].replace("Report weaknesses as [SECURITY.md](SECURITY.md) says.", "")},
        "DIS-01",
        Grade.MUST,
        attested=True,
        mend={"SECURITY.md": FILES["SECURITY.md"]},
    ),
    State(
        "no owner",
        {".github/CODEOWNERS": None},
        "OWN-01",
        Grade.MUST,
        attested=True,
        mend={".github/CODEOWNERS": "* @example/all\n"},
    ),
    State(
        "nobody updates the dependencies",
        {".github/dependabot.yml": None},
        "SUP-02",
        Grade.MUST,
        attested=True,
        mend={".github/dependabot.yml": FILES[".github/dependabot.yml"]},
    ),
    State(
        "a submodule that is private",
        {".gitmodules": '[submodule "rules"]\n\tpath = rules\n\turl = git@git.council.internal:rules.git\n'},
        "HIS-04",
        Grade.MUST,
        attested=True,
        mend={".gitmodules": None},
    ),
)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_of_the_project_is_noticed_and_mended(repo: GitRepo, state: State) -> None:
    repo.commit(dict(state.files), "Change the project\n\nWithout thinking.")
    noticed = look(repo.path)
    assert ids(noticed)[state.notices] is state.grade
    said = writing.attest(book(repo), state.notices, "confirmed", "It is so.", SIGNED, expires=UNTIL, commit=repo.head())
    repo.commit({BOOK: said}, "Attest it", author=LEAD)
    assert (state.notices not in ids(look(repo.path))) == state.attested
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.commit(dict(state.mend), "Mend it\n\nAs it was.")
    assert look(repo.path).verdict.decision is Decision.READY


def _shallow(repo: GitRepo, to: Path) -> Path:
    return repo.shallow(to).path


def _partial(repo: GitRepo, to: Path) -> Path:
    return repo.partial(to).path


def _missing(repo: GitRepo, to: Path) -> Path:
    repo.remove_object(repo.head("HEAD~1:reduction.py"))
    shutil.copytree(repo.path, to, symlinks=True)
    return to


@pytest.mark.parametrize("copy", [_shallow, _partial, _missing], ids=lambda copy: copy.__name__.strip("_"))
def test_an_incomplete_copy_can_not_be_judged_and_no_answer_helps(
    repo: GitRepo, tmp_path: Path, copy: Callable[[GitRepo, Path], Path]
) -> None:
    report = look(copy(repo, tmp_path / "copy"))
    assert report.verdict.full_history.decision is Decision.CANNOT_TELL
    attested = writing.attest(book(repo), "HIS-01", "confirmed", "It is whole.", SIGNED, expires=UNTIL)
    said = writing.attest(attested, "SEC-02", "confirmed", "It is clean.", SIGNED, expires=UNTIL)
    (tmp_path / "copy" / BOOK).write_text(said)
    assert look(tmp_path / "copy").verdict.full_history.decision is Decision.CANNOT_TELL


def plant(repo: GitRepo, name: str, path: str = "deploy/live.env") -> str:
    """Commit a token and return its fingerprint."""
    repo.commit({path: setting(name)}, "Add the settings\n\nFor a trial.")
    (found,) = (f for f in look(repo.path).findings if f.rule_id == "github-pat-classic")
    return found.fingerprint


def test_a_replaced_secret_that_comes_back_is_open_again(repo: GitRepo) -> None:
    fingerprint = plant(repo, "comes back")
    day = date(2026, 11, 1)
    said = writing.rotated(book(repo), fingerprint, day, SIGNED, evidence="change 1", commit=repo.head())
    repo.commit({BOOK: said}, "Record it", author=LEAD)
    assert look(repo.path).verdict.decision is Decision.READY
    repo.commit({"deploy/next.env": setting("comes back")}, "Use it again\n\nIt was at hand.", date=1_793_800_000)
    report = look(repo.path)
    assert report.verdict.decision is Decision.NOT_YET
    (note,) = (n for f in report.findings if f.fingerprint == fingerprint for n in f.notes if "committed again" in n)
    assert "2026-11-01" in note


def test_an_accepted_value_that_was_changed_is_open_again(repo: GitRepo) -> None:
    repo.commit({"claims.yml": 'nino: "HK 72 ¦91 53 B"\n'.replace("¦", "")}, "Add a claim\n\nFor the documentation.")
    (found,) = (f for f in look(repo.path).findings if f.rule_id == "uk-nino")
    said = writing.accept(book(repo), found.fingerprint, "test-data", SIGNED, expires=UNTIL, commit=repo.head())
    repo.commit({BOOK: said}, "Accept it", author=LEAD)
    assert look(repo.path).verdict.decision is Decision.READY
    repo.commit({"claims.yml": 'nino: "ST 82 ¦94 17 C"\n'.replace("¦", "")}, "Correct the claim\n\nIt was another one.")
    assert look(repo.path).verdict.decision is Decision.NOT_YET


def test_an_acceptance_that_ran_out_leaves_the_finding_open(repo: GitRepo) -> None:
    fingerprint = plant(repo, "ran out")
    said = writing.accept(book(repo), fingerprint, "test-data", SIGNED, expires=date(2026, 11, 22), commit=repo.head())
    repo.commit({BOOK: said}, "Accept it", author=LEAD)
    assert fingerprint in ids(look(repo.path))


@pytest.mark.parametrize(
    ("expires", "commit", "answer", "words"),
    [
        (date(2026, 11, 22), "", "confirmed", "expired on 2026-11-22"),
        (date(2028, 1, 1), "", "confirmed", "longer than the 12 months"),
        (UNTIL, "before", "confirmed", "changed after"),
        (UNTIL, "", "none", "there are 1 candidate|there is 1 candidate"),
        (UNTIL, "", "present-unreleased", "The answer in"),
    ],
    ids=["expired", "too long", "paths changed", "contradicted", "an admission"],
)
def test_an_answer_that_does_not_hold_leaves_the_question_open(
    repo: GitRepo, expires: date, commit: str, answer: str, words: str
) -> None:
    repo.commit(dict(FRAUD), "Add the rules\n\nFor claims.")
    seen = repo.head()
    repo.commit({"app/fraud_check/rules.py": "LIMIT = 4\n"}, "Change the rules\n\nThree were too few.")
    said = writing.attest(
        answered(look(repo.path), book(repo)),
        "CLS-01",
        answer,
        "Looked at.",
        SIGNED,
        expires=expires,
        commit=seen if commit else "",
    )
    repo.commit({BOOK: said}, "Answer", author=LEAD)
    report = look(repo.path)
    assert "CLS-01" in ids(report)
    (reason,) = (check.reason for check in report.checks if check.check_id == "CLS-01")
    assert any(part in reason for part in words.split("|"))


THREAT: Final = writing.ThreatModel("a fraudster", "the limits", "stays below them")


@pytest.mark.parametrize(
    ("change", "holds"),
    [
        ("", True),
        ("approved_by: {role: technical lead}", False),
        ("    attacker: a fraudster\n", False),
        ("review_by: 2027-05-01", False),
    ],
    ids=["whole", "no approver", "no attacker", "expired"],
)
def test_only_a_whole_exception_keeps_a_part_closed(repo: GitRepo, change: str, holds: bool) -> None:  # noqa: FBT001  a case
    repo.commit(dict(FRAUD), "Add the rules\n\nFor claims.")
    text = answered(look(repo.path), book(repo)).replace("intended: open", "intended: closed")
    said = writing.exception(text, "fraud", ["app/fraud_check/**"], "fraud-detection", SIGNED, review_by=UNTIL, threat_model=THREAT)
    changed = said.replace(change, "review_by: 2026-11-22" if change.startswith("review") else "") if change else said
    assert (changed != said) == bool(change)
    repo.commit({BOOK: changed}, "Keep it closed", author=LEAD)
    report = look(repo.path)
    assert (report.verdict.decision is Decision.KEEP_CLOSED) == holds
    assert ("CLS-04" in ids(report)) != holds


def test_a_closed_part_in_an_open_repository_blocks_until_it_is_gone_from_what_is_published(repo: GitRepo) -> None:
    repo.commit(dict(FRAUD), "Add the rules\n\nFor claims.")
    text = answered(look(repo.path), book(repo))
    said = writing.exception(text, "fraud", ["app/fraud_check/**"], "fraud-detection", SIGNED, review_by=UNTIL, threat_model=THREAT)
    repo.commit({BOOK: said}, "Keep a part closed", author=LEAD)
    assert ids(look(repo.path))["CLS-05"] is Grade.BLOCKER
    repo.commit(dict.fromkeys(FRAUD), "Move the rules\n\nTo a package of their own.")
    report = look(repo.path)
    assert "CLS-05" in ids(report)
    assert "CLS-05" not in {blocker.id for blocker in report.verdict.fresh_history.blockers}


def test_the_file_of_answers_is_itself_looked_at(repo: GitRepo) -> None:
    said = writing.attest(book(repo), "CLS-06", "confirmed", f"Checked with {token('answers')}.", SIGNED, expires=UNTIL)
    repo.commit({BOOK: said}, "Answer", author=LEAD)
    report = look(repo.path)
    (found,) = (f for f in report.findings if f.rule_id == "github-pat-classic")
    assert found.first.path == BOOK
    assert found.fingerprint in ids(report)
    assert token("answers") not in repr(report)


def test_a_way_to_attack_in_the_published_file_is_warned_of(repo: GitRepo) -> None:
    said = writing.exception(book(repo), "fraud", ["app/**"], "fraud-detection", SIGNED, review_by=UNTIL, threat_model=THREAT)
    repo.commit({BOOK: said}, "Keep a part closed", author=LEAD)
    assert any("to everyone who reads the repository" in warning for warning in look(repo.path).warnings)


def test_what_stays_in_this_copy_is_a_caution_here_and_blocks_in_the_copy_that_is_published(repo: GitRepo) -> None:
    repo.write({"deploy/stashed.env": setting("stash")})
    repo.stash()
    repo.commit({"deploy/undone.env": setting("reflog")}, "Undone\n\nA moment later.")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    report = look(repo.path)
    tokens = {f.fingerprint for f in report.findings if f.rule_id == "github-pat-classic"}
    assert len(tokens) == 2
    assert not tokens & set(ids(report))
    assert report.verdict.decision is Decision.READY
    assert any("only in this copy" in caution.why for caution in report.verdict.full_history.cautions)
    shutil.move(repo.path / ".git", repo.path.parent / "published.git")
    repo.git("--git-dir", str(repo.path.parent / "published.git"), "config", "core.bare", "true")
    assert tokens <= set(ids(look(repo.path.parent / "published.git")))


def test_a_project_for_the_care_of_patients_is_asked_for_its_safety(repo: GitRepo) -> None:
    care = FILES["README.md"] + "\nHelps clinicians to treat patients: dosage, diagnosis and clinical triage of a patient.\n"
    repo.commit({"README.md": care}, "Say what it is for\n\nIt grew.")
    assert "CLS-09" in ids(look(repo.path))
    said = writing.attest(book(repo), "CLS-09", "confirmed", "It is no medical device.", SIGNED, expires=UNTIL)
    repo.commit({BOOK: said}, "Answer", author=LEAD)
    assert "CLS-09" not in ids(look(repo.path))
