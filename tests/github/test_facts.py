"""The facts of one repository: what a well-kept one shows, what each answer becomes, and what is not visible without what."""

from __future__ import annotations

import base64
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from auditor.errors import UsageError
from auditor.github.facts import OF_REPOSITORY, Gatherer
from auditor.github.memory import StoredMemory
from auditor.model.forge import ForgeFacts, Guard, Hidden, Protection, SecondFactor
from auditor.model.organisation import Visibility
from tests.github.server import TOKEN, Denied, Fault

if TYPE_CHECKING:
    from tests.github.conftest import MakeClient
    from tests.github.server import GitHub, Repository

ORG = "example-department"
NAME = f"{ORG}/service"


@pytest.fixture
def repo(github: GitHub) -> Repository:
    github.organisation(ORG, two_factor_requirement_enabled=True)
    made = github.repository(NAME)
    made["/branches/main/protection"] = Denied(404, "Branch not protected")
    made["/community/profile"] = github.api.example("/repos/{owner}/{repo}/community/profile")
    return made


def facts(client_of: MakeClient, **options: Any) -> ForgeFacts:  # noqa: ANN401  handed on
    return Gatherer(client_of(**options)).facts(NAME)


def value(answer: Any) -> Any:  # noqa: ANN401  the value of a field
    assert not isinstance(answer, Hidden), str(answer)
    return answer


def test_a_repository_whose_token_may_see_everything_hides_nothing(repo: Repository, client_of: MakeClient) -> None:
    found = facts(client_of)
    assert found.not_visible == ()
    assert not [f.name for f in fields(found) if isinstance(getattr(found, f.name), Hidden)]
    settings = value(found.settings)
    assert (settings.visibility, settings.topics, settings.owned_by_organisation) == (Visibility.PRIVATE, ("benefits",), True)
    assert value(found.scanning).push_protection
    assert value(found.updates).alerts
    assert value(found.second_factor) == SecondFactor(required=True, members_without=0)
    assert found.page == f"https://github.example/{NAME}"
    assert repo.full_name == NAME


def test_an_unchanged_repository_costs_only_empty_answers(
    github: GitHub, repo: Repository, client_of: MakeClient, tmp_path: Path
) -> None:
    first = facts(client_of, memory=StoredMemory(tmp_path))
    github.asked.clear()
    assert facts(client_of, memory=StoredMemory(tmp_path)) == first
    # What has no body has no tag; what is refused is not remembered.
    again = [asked.path.removeprefix(f"/repos/{NAME}") for asked in github.asked if asked.status != 304]
    assert sorted(again) == ["/branches/main/protection", f"/repos/{ORG}/.github", "/vulnerability-alerts"]
    assert len(github.asked) == 24
    assert repo.full_name == NAME


def test_what_belongs_to_the_owner_is_asked_once(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    github.repository(f"{ORG}/other")
    gatherer = Gatherer(client_of())
    gatherer.facts(NAME)
    gatherer.facts(f"{ORG}/other")
    assert len([asked for asked in github.asked if asked.path.startswith((f"/orgs/{ORG}", f"/repos/{ORG}/.github"))]) == 3
    assert repo.full_name == NAME


def test_rulesets_and_branch_protection_are_both_read(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    def rule(kind: str, number: int, **parameters: object) -> dict[str, Any]:
        made: dict[str, Any] = {"type": kind, "ruleset_id": number, "ruleset_source": ORG, "ruleset_source_type": "Organization"}
        return made | ({"parameters": parameters} if parameters else {})

    repo["/rules/branches/main"] = [
        rule("deletion", 42),
        rule("non_fast_forward", 42),
        rule(
            "pull_request",
            42,
            allowed_merge_methods=["merge"],
            dismiss_stale_reviews_on_push=True,
            require_code_owner_review=False,
            require_last_push_approval=False,
            required_approving_review_count=2,
            required_review_thread_resolution=False,
        ),
        rule("required_signatures", 43),
    ]
    repo["/rulesets/42"] = github.api.example("/repos/{owner}/{repo}/rulesets/{ruleset_id}")
    address = f"https://api.github.example/repos/{NAME}/branches/main/protection"
    repo["/branches/main/protection"] = {
        "url": address,
        "enforce_admins": {"url": f"{address}/enforce_admins", "enabled": True},
        "required_pull_request_reviews": {
            "url": f"{address}/required_pull_request_reviews",
            "dismiss_stale_reviews": True,
            "require_code_owner_reviews": False,
            "required_approving_review_count": 1,
        },
        "allow_force_pushes": {"enabled": False},
        "allow_deletions": {"enabled": True},
    }
    found = value(facts(client_of).protection)
    assert found == Protection(
        guards=(
            Guard("ruleset 42", 2, dismiss_stale=True, blocks_force_push=True, blocks_deletion=True, bypass=("a team",)),
            Guard("ruleset 43", signatures=True, bypass=None),
            Guard("branch protection", 1, dismiss_stale=True, blocks_force_push=True, bypass=()),
        )
    )


@pytest.mark.parametrize("protected", [True, False])
def test_a_guard_that_may_not_be_looked_at_is_not_taken_for_none(
    github: GitHub, repo: Repository, client_of: MakeClient, *, protected: bool
) -> None:
    repo["/branches/main/protection"] = Denied(403, "Resource not accessible by personal access token")
    repo["/branches/main"] = github.api.example("/repos/{owner}/{repo}/branches/{branch}") | {"protected": protected}
    found = value(facts(client_of).protection)
    assert (found.unseen is not None) is protected
    assert not protected or "Administration" in str(found.unseen)


def test_alerts_on_secrets_come_with_their_places_and_never_with_their_values(
    github: GitHub, repo: Repository, client_of: MakeClient
) -> None:
    listed = github.api.example("/repos/{owner}/{repo}/secret-scanning/alerts")
    generic = [listed[0] | {"number": 9, "secret_type": "password", "secret_type_display_name": "Password"}]
    repo["/secret-scanning/alerts"] = lambda request: generic if "password" in request.query.get("secret_type", "") else listed
    repo["/secret-scanning/alerts/2/locations"] = github.api.example(
        "/repos/{owner}/{repo}/secret-scanning/alerts/{alert_number}/locations"
    )
    found = facts(client_of)
    alerts = value(found.secret_alerts)
    assert [alert.type for alert in value(found.generic_alerts)] == ["password"]
    first = alerts[0]
    assert (first.number, first.type) == (2, "adafruit_io_key")
    assert (first.places[0].path, first.places[0].line, first.places[0].sort) == ("example/secrets.txt", 1, "commit")
    assert first.places[2].page.endswith("/issues/1347")
    asked = [asked for asked in github.asked if "secret-scanning/alerts?" in asked.path]
    assert len(asked) == 2
    assert all("hide_secret=true" in one.path for one in asked)
    assert "aio_" not in repr(alerts)


def test_dependency_alerts_are_read_with_their_cursor(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    example = github.api.example("/repos/{owner}/{repo}/dependabot/alerts")[1]
    repo["/dependabot/alerts"] = [example | {"number": number} for number in range(1, 131)]
    alerts = value(facts(client_of).dependency_alerts)
    assert [alert.number for alert in alerts] == list(range(1, 131))
    assert alerts[0].created is not None


def test_code_scanning_that_was_never_used_is_not_code_scanning_without_alerts(
    github: GitHub, repo: Repository, client_of: MakeClient
) -> None:
    assert value(facts(client_of).code_scanning).used
    repo["/code-scanning/alerts"] = Denied(404, "no analysis found")
    assert not value(facts(client_of).code_scanning).used
    repo["/code-scanning/alerts"] = [
        one | {"state": "open"} for one in github.api.example("/repos/{owner}/{repo}/code-scanning/alerts")
    ]
    assert value(facts(client_of).code_scanning).alerts[0].path == "spec-main/api-session-spec.ts"


def test_updates_that_are_off_are_told_apart_from_what_may_not_be_seen(repo: Repository, client_of: MakeClient) -> None:
    repo["/vulnerability-alerts"] = Denied(404, "Vulnerability alerts are disabled.")
    assert not value(facts(client_of).updates).alerts
    repo["/vulnerability-alerts"] = Denied(404, "Not Found")
    repo[""] = repo[""] | {"permissions": {"admin": False, "push": True, "pull": True}}
    assert "Administration" in str(facts(client_of).updates)


def test_hooks_are_shown_by_host_alone(github: GitHub, repo: Repository, client_of: MakeClient) -> None:
    (example,) = github.api.example("/repos/{owner}/{repo}/hooks")
    address = "https://user:" + "hunter2" + "@hooks.example.org/services/T0/B0"
    config = {"content_type": "json", "insecure_ssl": "1", "url": address}
    repo["/hooks"] = [example | {"config": config}]
    (hook,) = value(facts(client_of).hooks)
    assert (hook.host, hook.signed, hook.verifies_tls) == ("hooks.example.org", False, False)
    assert "hunter2" not in repr(hook)


@pytest.mark.usefixtures("repo")
def test_the_default_files_of_the_organisation(github: GitHub, client_of: MakeClient) -> None:
    defaults = github.repository(f"{ORG}/.github", private=False, visibility="public")
    entry = github.api.example("/repos/{owner}/{repo}/contents/{path}")

    def file(path: str) -> dict[str, Any]:
        content = base64.encodebytes(f"# {path}\n".encode()).decode()
        return {**entry, "path": path, "name": path.rpartition("/")[2], "size": 20, "content": content, "encoding": "base64"}

    def listed(*paths: str) -> list[dict[str, Any]]:
        example = github.api.document["components"]["examples"]["content-file-response-if-content-is-a-directory"]["value"][0]
        return [{**example, "path": path, "name": path.rpartition("/")[2], "type": "file"} for path in paths]

    defaults["/contents/"] = listed("README.md", "SECURITY.md")
    defaults["/contents/.github"] = listed(".github/CODE_OF_CONDUCT.md")
    for path in ("SECURITY.md", ".github/CODE_OF_CONDUCT.md"):
        defaults[f"/contents/{path}"] = file(path)
    assert value(facts(client_of).defaults) == (
        ("SECURITY.md", "# SECURITY.md\n"),
        (".github/CODE_OF_CONDUCT.md", "# .github/CODE_OF_CONDUCT.md\n"),
    )


def test_a_repository_that_the_token_may_not_see_is_asked_for_once(github: GitHub, client_of: MakeClient) -> None:
    found = facts(client_of)
    assert isinstance(found.settings, Hidden)
    assert [one.what for one in found.not_visible] == ["the repository"]
    assert len(github.asked) == 1


def test_what_is_told_to_administrators_alone_is_not_asked_by_others(
    github: GitHub, repo: Repository, client_of: MakeClient
) -> None:
    repo[""] = repo[""] | {"permissions": {"admin": False, "push": False, "pull": True}}
    found = facts(client_of)
    assert "Administration: read" in str(found.deploy_keys)
    assert "Webhooks: read" in str(found.hooks)
    assert not [asked for asked in github.asked if asked.path.endswith(("/keys", "/hooks", "/actions/permissions"))]
    github.asked.clear()
    repo[""] = {k: v for k, v in repo[""].items() if k != "permissions"} | {"private": False, "visibility": "public"}
    assert "Secret scanning alerts: read" in str(facts(client_of, token="").secret_alerts)
    assert len(github.asked) < 14


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.NOT_FOUND, Fault.UNAVAILABLE, Fault.CUT_TEXT, Fault.PRIMARY_LIMIT])
def test_whatever_goes_wrong_with_every_question_is_part_of_the_answer(
    github: GitHub, repo: Repository, client_of: MakeClient, fault: Fault
) -> None:
    github.fail(fault, rf"/repos/{NAME}/.")
    found = facts(client_of)
    assert isinstance(found.settings, Hidden) is False
    hidden = {question.field for question in OF_REPOSITORY if isinstance(getattr(found, question.field), Hidden)}
    shown = {"owners_errors", "updates"} if fault is Fault.NOT_FOUND else set()
    assert hidden == {question.field for question in OF_REPOSITORY} - {"scanning"} - shown
    lacks = fault in {Fault.FORBIDDEN, Fault.NOT_FOUND}
    assert all(bool(one.permission) is lacks for one in found.not_visible if one.what != "the second factor of members")
    assert TOKEN not in repr(found)
    assert repo.full_name == NAME


def test_a_fork_has_no_community_profile(repo: Repository, client_of: MakeClient) -> None:
    repo[""] = repo[""] | {"fork": True}
    assert str(facts(client_of).community) == "GitHub makes none for forks"


def test_the_plan_is_named_where_it_is_the_reason(repo: Repository, client_of: MakeClient) -> None:
    repo["/rules/branches/main"] = Denied(403, "Upgrade to GitHub Pro or make this repository public to enable this feature.")
    assert "plan of the account" in str(facts(client_of).protection)


@pytest.mark.parametrize("name", ["x", "../../etc", "a/..", "a/b/c", "a/b?c", ""])
def test_a_name_that_is_none(client_of: MakeClient, name: str) -> None:
    with pytest.raises(UsageError):
        Gatherer(client_of()).facts(name)


def test_the_page_names_every_question_with_its_permission() -> None:
    text = (Path(__file__).parents[2] / "docs" / "github.md").read_text(encoding="utf-8")
    for question in OF_REPOSITORY:
        assert f"| {question.what} | {question.permission.strip('“”')} |" in text
