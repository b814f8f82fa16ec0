"""What becomes public beside the code: every sort of text with a name that stays, and a word about whatever was not read."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from auditor.github.facts import Gatherer
from auditor.github.texts import read_texts
from auditor.model.forge import ForgeTexts, TextKind
from tests.github.server import TOKEN, Denied, Fault, Redirect

if TYPE_CHECKING:
    from tests.github.conftest import MakeClient
    from tests.github.server import GitHub, Repository

NAME = "example-department/service"
API = "https://api.github.example/repos/" + NAME


@pytest.fixture
def repo(github: GitHub) -> Repository:
    github.organisation("example-department")
    made = github.repository(NAME)
    made["/branches/main/protection"] = Denied(404, "Branch not protected")
    made["/community/profile"] = github.api.example("/repos/{owner}/{repo}/community/profile")
    return made


def read(client_of: MakeClient, *kinds: TextKind, name: str = NAME) -> ForgeTexts:
    facts = Gatherer(client_of()).facts(name)
    return read_texts(client_of(), facts, frozenset(kinds))


def content(texts: ForgeTexts) -> dict[str, str]:
    return {text.name: text.data.decode() for text in texts.texts}


def issues(github: GitHub, count: int) -> list[dict[str, Any]]:
    example = github.api.example("/repos/{owner}/{repo}/issues")[0]
    plain = {k: v for k, v in example.items() if k != "pull_request"}
    made = [plain | {"number": n, "id": n, "title": f"Issue {n}", "body": f"text {n}"} for n in range(1, count + 1)]
    return [*made, example | {"number": count + 1, "title": "A pull request"}]


def pulls(github: GitHub, count: int) -> list[dict[str, Any]]:
    example = github.api.example("/repos/{owner}/{repo}/pulls")[0]
    for team in example["requested_teams"]:
        team["type"] = "organization"
    return [example | {"number": n, "title": f"Change {n}", "body": None} for n in range(1, count + 1)]


def test_issues_to_the_last_page_and_without_pull_requests(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    repo["/issues"] = issues(github, 150)
    texts = read(client_of, TextKind.ISSUES)
    assert len(texts.texts) == 150
    assert content(texts)["issues/12"] == "Issue 12\n\ntext 12"
    assert texts.texts[0].authored is not None
    assert texts.unread == ()


def test_issues_that_are_off_are_none(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    repo[""] = repo[""] | {"has_issues": False}
    repo["/issues"] = Denied(410, "Issues are disabled for this repo")
    assert read(client_of, TextKind.ISSUES) == ForgeTexts()
    assert github.wrong == []


def test_pull_requests_and_every_sort_of_comment(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    def example(template: str, **changes: object) -> list[dict[str, Any]]:
        return [github.api.example(template)[0] | changes]

    repo["/pulls"] = pulls(github, 2)
    base = "/repos/{owner}/{repo}"
    on_issue = example(f"{base}/issues/comments", id=3, body="on an issue", issue_url=f"{API}/issues/12")
    pull = {
        "id": 4,
        "body": "on a pull request",
        "issue_url": f"{API}/issues/7",
        "html_url": f"https://github.example/{NAME}/pull/7#c",
    }
    repo["/issues/comments"] = [*on_issue, on_issue[0] | pull]
    repo["/pulls/comments"] = example(f"{base}/pulls/comments", id=5, body="on a line", pull_request_url=f"{API}/pulls/7")
    repo["/comments"] = example(f"{base}/comments", id=6, body="on a commit", commit_id="6dcb09b5b57875f334f61aebed695e2e4193db5e")
    repo["/pulls/1/reviews"] = example(f"{base}/pulls/{{pull_number}}/reviews", id=80, body="a review")
    repo["/pulls/2/reviews"] = []
    assert content(read(client_of, TextKind.PULL_REQUESTS, TextKind.COMMENTS)) == {
        "pull/1": "Change 1",
        "pull/2": "Change 2",
        "issues/12/comments/3": "on an issue",
        "pull/7/comments/4": "on a pull request",
        "pull/7/lines/5": "on a line",
        "commit/6dcb09b5b578/comments/6": "on a commit",
        "pull/1/reviews/80": "a review",
    }


def test_reviews_that_were_not_asked_for_are_said(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    repo["/pulls"] = pulls(github, 203)
    for number in range(1, 204):
        repo[f"/pulls/{number}/reviews"] = []
    assert read(client_of, TextKind.COMMENTS).unread == (
        ("comments", "reviews of the newest 200 pull requests were read, those of 3 older ones not"),
    )


def test_releases_with_the_names_of_their_files(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    repo["/releases"] = github.api.example("/repos/{owner}/{repo}/releases")
    assert "releases/tag/v1.0.0" in content(read(client_of, TextKind.RELEASES))
    assert "example.zip" in content(read(client_of, TextKind.RELEASES))["releases/tag/v1.0.0"]


def test_gists_of_a_person_and_of_no_organisation(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    assert read(client_of, TextKind.GISTS) == ForgeTexts()
    github.person("a-developer")
    mine = github.repository("a-developer/tool")
    mine[""] = mine[""] | {"owner": mine[""]["owner"] | {"type": "User"}}
    mine["/branches/main/protection"] = Denied(404, "Branch not protected")
    mine["/community/profile"] = repo["/community/profile"]
    listed = github.api.example("/users/{username}/gists")
    github.answers["/users/a-developer/gists"] = listed
    github.answers[f"/gists/{listed[0]['id']}"] = github.api.example("/gists/{gist_id}")
    found = content(read(client_of, TextKind.GISTS, name="a-developer/tool"))
    assert found[f"gists/{listed[0]['id']}"] == "Hello World Examples"
    assert len(found) > 1


def archive(**files: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, text in files.items():
            opened.writestr(f"{name}.txt", text)
    return packed.getvalue()


def runs(github: GitHub, repo: Repository, count: int) -> None:
    (example, *_) = github.api.example("/repos/{owner}/{repo}/actions/runs")["workflow_runs"]
    repo["/actions/runs"] = {"total_count": count, "workflow_runs": [example | {"id": n} for n in range(1, count + 1)]}
    for number in range(1, count + 1):
        repo[f"/actions/runs/{number}/logs"] = Redirect(f"{github.url}/archives/{number}.zip")
        github.files[f"/archives/{number}.zip"] = archive(build=f"log of {number}", deploy="done")


def test_logs_of_workflow_runs_and_no_token_for_the_host_that_keeps_them(
    github: GitHub, repo: Repository, client_of: MakeClient
) -> None:
    runs(github, repo, 2)
    found = content(read(client_of, TextKind.LOGS))
    assert found["actions/runs/1/build.txt"] == "log of 1"
    assert len(found) == 4
    assert [token for path, token in github.seen_tokens if path.startswith("/archives")] == ["", ""]


def test_what_of_the_logs_was_not_read_is_said(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    runs(github, repo, 53)
    repo["/actions/runs/1/logs"] = Denied(410, "Gone")
    github.files["/archives/2.zip"] = b"PK\x03\x04 damaged"
    del github.files["/archives/3.zip"]
    texts = read(client_of, TextKind.LOGS)
    github.wrong.clear()  # an address outside the API, and an expired log, which the description does not know
    assert dict(texts.unread) == {
        "actions/runs/2": "the archive of its logs could not be opened, or is too large",
        "actions/runs/3": "its logs could not be fetched (404)",
        "actions/runs": "the logs of the newest 50 runs were read, those of 3 older ones not",
    }
    assert len(texts.texts) == 47 * 2


def test_a_log_that_grows_without_end_is_not_opened(
    github: GitHub, repo: Repository, client_of: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("auditor.github.logs._CONTENT", 1000)
    runs(github, repo, 1)
    github.files["/archives/1.zip"] = archive(build="A" * 1_000_000)
    assert read(client_of, TextKind.LOGS).unread == (
        ("actions/runs/1", "the archive of its logs could not be opened, or is too large"),
    )


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.UNAVAILABLE, Fault.CUT_TEXT])
def test_what_could_not_be_read_is_part_of_the_answer(
    github: GitHub, repo: Repository, client_of: MakeClient, fault: Fault
) -> None:
    github.fail(fault, rf"/repos/{repo.full_name}/(issues|pulls|comments|releases|actions/runs)\b")
    kinds = set(TextKind) - {TextKind.WIKI, TextKind.GISTS}
    texts = read(client_of, *kinds)
    assert {name for name, _ in texts.unread} == kinds
    assert all(("not visible without “" in reason) is (fault is Fault.FORBIDDEN) for _, reason in texts.unread)
    assert TOKEN not in repr(texts)
