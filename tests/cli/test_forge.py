"""`auditor scan PATH --github OWNER/NAME`: the forge's answers and texts in one report, and nothing of it without the name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from auditor.cli.app import app
from auditor.errors import UsageError
from tests.cli.conftest import KEY
from tests.githttp import serve
from tests.github.server import TOKEN, Denied, Fault, GitHub
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.github.server import Repository

NAME = "example-department/service"
LINE = f"export AWS_SECRET_ACCESS_KEY={KEY}"


@pytest.fixture
def github(monkeypatch: pytest.MonkeyPatch) -> Iterator[GitHub]:
    monkeypatch.setenv("GH_ENTERPRISE_TOKEN", TOKEN)
    monkeypatch.delenv("GITHUB_API_URL", raising=False)
    with GitHub() as made:
        made.organisation("example-department", two_factor_requirement_enabled=True)
        repo = made.repository(NAME)
        repo["/branches/main/protection"] = Denied(404, "Branch not protected")
        repo["/community/profile"] = made.api.example("/repos/{owner}/{repo}/community/profile")
        yield made
    assert made.wrong == []


@pytest.fixture
def clone(tmp_path: Path) -> GitRepo:
    repo = GitRepo.create(tmp_path / "clone")
    repo.commit({"README.md": "# A service\n"}, "Begin")
    repo.git("remote", "add", "origin", f"https://github.com/{NAME}.git")
    return repo


def scan(github: GitHub, clone: GitRepo, tmp_path: Path, *options: str, code: int | None = None) -> dict[str, Any]:
    report = tmp_path / "report.json"
    arguments = ["scan", str(clone.path), "--report", f"json={report}", "--workers", "1"]
    done = CliRunner().invoke(app, [*arguments, "--api-url", github.url, "--github", NAME, *options], catch_exceptions=False)
    assert code in {None, done.exit_code}, done.output
    assert TOKEN not in done.output
    text = report.read_text(encoding="utf-8")
    assert TOKEN not in text
    assert KEY not in text
    found: dict[str, Any] = json.loads(text)
    return found


def outcomes(report: dict[str, Any]) -> dict[str, str]:
    return {check["id"]: check["outcome"] for check in report["checks"]}


def test_the_checks_of_the_forge_are_answered(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    found = outcomes(scan(github, clone, tmp_path))
    passed = {"PRO-02", "PRO-04", "PRO-05", "SEC-12", "SEC-13", "SUP-03", "SUP-09", "MET-05", "DOC-05", "OWN-03", "OWN-04"}
    assert {check for check in passed if found[check] != "pass"} == set()
    assert found["PRO-03"] == "fail"


def test_without_the_cache_no_answer_is_kept(github: GitHub, clone: GitRepo, tmp_path: Path, own_cache: Path) -> None:
    kept = own_cache / "auditor" / "github"
    before = set(kept.rglob("*.json"))
    assert outcomes(scan(github, clone, tmp_path, "--no-cache"))["OWN-04"] == "pass"
    assert set(kept.rglob("*.json")) == before


def test_a_token_that_may_see_little_leaves_them_open_and_names_the_permission(
    github: GitHub, clone: GitRepo, tmp_path: Path
) -> None:
    github.fail(Fault.FORBIDDEN, rf"/repos/{NAME}/.")
    report = scan(github, clone, tmp_path)
    found = outcomes(report)
    assert {found[check] for check in ("PRO-03", "PRO-04", "SEC-12", "SEC-13", "SUP-03")} == {"not_checked"}
    assert any("“Secret scanning alerts: read”" in warning for warning in report["warnings"])


def test_a_copy_of_another_repository_is_told(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    clone.git("remote", "set-url", "origin", "git@github.com:example-department/other.git")
    (warning,) = [text for text in scan(github, clone, tmp_path)["warnings"] if "names" in text]
    assert NAME in warning
    clone.git("remote", "set-url", "origin", f"git@github.com:{NAME}.git")
    assert not [text for text in scan(github, clone, tmp_path)["warnings"] if "names" in text]


def issue(github: GitHub, text: str) -> list[dict[str, Any]]:
    example = github.api.example("/repos/{owner}/{repo}/issues")[0]
    return [{k: v for k, v in example.items() if k != "pull_request"} | {"number": 12, "title": "It fails", "body": text}]


def test_a_secret_in_an_issue_blocks_full_history_and_not_a_fresh_one(
    github: GitHub, clone: GitRepo, tmp_path: Path, own_cache: Path
) -> None:
    repo = github.repositories[NAME]
    repo["/issues"] = issue(github, f"I ran\n{LINE}\nand it failed")
    report = scan(github, clone, tmp_path, "--include", "issues", code=1)
    (finding,) = [f for f in report["findings"] if "aws" in f["rule_id"]]
    (place,) = finding["locations"]
    assert (place["path"], place["line"], place["container"]) == ("issues/12", 4, "text on the forge")
    assert finding["exposure"] == ["forge"]
    blocked = {name: [b["id"] for b in route["blockers"]] for name, route in report["verdict"]["routes"].items()}
    assert finding["fingerprint"] in blocked["full_history"]
    assert finding["fingerprint"] not in blocked["fresh_history"]
    stored = "".join(path.read_text(encoding="utf-8") for path in (own_cache / "auditor" / "github").rglob("*.json"))
    assert NAME in stored
    assert "It fails" not in stored


def test_the_value_of_a_text_can_be_revealed(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    github.repositories[NAME]["/issues"] = issue(github, LINE)
    scan(github, clone, tmp_path, "--include", "issues", "--reveal", str(tmp_path / "values"))
    assert KEY in (tmp_path / "values").read_text(encoding="utf-8")


def test_the_wiki_is_read_with_the_token_of_the_api(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    wiki = GitRepo.create(tmp_path / "served" / "example-department" / "service.wiki.git")
    wiki.commit({"Home.md": f"{LINE}\n"}, "Begin")
    with serve(tmp_path / "served", token=TOKEN) as host:
        repo: Repository = github.repositories[NAME]
        repo[""] = repo[""] | {"has_wiki": True, "html_url": f"{host.url}/{NAME}"}
        report = scan(github, clone, tmp_path, "--include", "wiki", code=1)
    (finding,) = [f for f in report["findings"] if "aws" in f["rule_id"]]
    assert finding["locations"][0]["path"] == "wiki/Home.md"


def test_a_value_in_the_name_of_a_text_is_not_shown(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    token = "ghp_Zk3vQ9xT7mB2¦nR8wL5cY1dF6hJ0pS44IUolW".replace("¦", "")
    example = github.api.example("/repos/{owner}/{repo}/releases")[0]
    github.repositories[NAME]["/releases"] = [example | {"tag_name": f"v1-{token}", "name": "One", "body": "text", "assets": []}]
    report = scan(github, clone, tmp_path, "--include", "releases")
    assert token not in json.dumps(report)
    (finding,) = [f for f in report["findings"] if "github" in f["rule_id"]]
    assert finding["locations"][0]["path"].startswith("releases/tag/v1-")


def test_what_could_not_be_read_is_content_that_a_person_has_to_look_at(github: GitHub, clone: GitRepo, tmp_path: Path) -> None:
    github.repositories[NAME]["/issues"] = Denied(403, "Resource not accessible by personal access token")
    report = scan(github, clone, tmp_path, "--include", "issues")
    gaps = [gap for gap in report["coverage"]["skipped"] if gap["what"] == "text on the forge"]
    assert len(gaps) == 1
    assert "Issues: read" in gaps[0]["reason"]


def test_without_the_name_nothing_is_asked(github: GitHub, clone: GitRepo) -> None:
    CliRunner().invoke(app, ["scan", str(clone.path)], catch_exceptions=False)
    assert github.asked == []
    for option in (["--include", "issues"], ["--api-url", github.url]):
        with pytest.raises(UsageError, match="which repository"):
            CliRunner().invoke(app, ["scan", str(clone.path), *option], catch_exceptions=False)


@pytest.mark.parametrize(
    "option", [["--include", "isues"], ["--token-file", "nowhere"], ["--app-id", "7"], ["--api-url", "http://a.b"]]
)
def test_a_wrong_option_is_one_sentence(github: GitHub, clone: GitRepo, option: list[str]) -> None:
    with pytest.raises(UsageError):
        CliRunner().invoke(app, ["scan", str(clone.path), "--github", NAME, *option], catch_exceptions=False)
    assert github.asked == []
