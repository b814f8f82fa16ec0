"""Asking GitHub: pages, conditional requests, limits, repetitions, and every failure as one sentence without a token in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from auditor.github.access import Access
from auditor.github.client import Client, RefusedError
from auditor.github.limits import OVERNIGHT, Patience
from auditor.github.memory import StoredMemory
from tests.github.server import TOKEN, Denied, Fault, Redirect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.github.conftest import Clock, MakeClient
    from tests.github.server import GitHub

NAME = "example-department/service"
HOOKS = f"/repos/{NAME}/hooks"


def hooks(github: GitHub, count: int) -> list[dict[str, Any]]:
    example = github.api.example("/repos/{owner}/{repo}/hooks")[0]
    return [example | {"id": number} for number in range(count)]


def number(one: dict[str, Any]) -> int:
    return int(one["id"])


def test_a_list_is_read_to_its_last_page(github: GitHub, client_of: MakeClient) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 250)
    assert list(client_of().items(HOOKS, keep=number)) == list(range(250))
    assert len(github.asked) == 3


def test_no_more_pages_are_asked_for_than_are_wanted(github: GitHub, client_of: MakeClient) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 250)
    assert len(list(client_of().items(HOOKS, keep=number, most=120))) == 120
    assert len(github.asked) == 2


def test_what_did_not_change_comes_back_empty_and_is_known_from_the_last_run(
    github: GitHub, client_of: MakeClient, tmp_path: Path
) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 150)
    first = list(client_of(memory=StoredMemory(tmp_path)).items(HOOKS, keep=number))
    client = client_of(memory=StoredMemory(tmp_path))
    assert list(client.items(HOOKS, keep=number)) == first
    assert [asked.status for asked in github.asked] == [200, 200, 304, 304]
    assert client.tally.unchanged == 2
    github.repositories[NAME]["/hooks"] = hooks(github, 151)
    assert len(list(client_of(memory=StoredMemory(tmp_path)).items(HOOKS, keep=number))) == 151


def test_only_what_is_kept_of_an_answer_is_stored_and_for_this_user_alone(
    github: GitHub, client_of: MakeClient, tmp_path: Path
) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    list(client_of(memory=StoredMemory(tmp_path / "m")).items(HOOKS, keep=number))
    (file,) = (tmp_path / "m").rglob("*.json")
    assert "hookshot" not in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0


def test_what_was_said_of_one_repository_is_forgotten(github: GitHub, client_of: MakeClient, tmp_path: Path) -> None:
    for name in (NAME, f"{NAME}-2"):
        github.repository(name)["/hooks"] = hooks(github, 1)
        list(client_of(memory=StoredMemory(tmp_path)).items(f"/repos/{name}/hooks", keep=number))
    (tmp_path / "00").mkdir(exist_ok=True)
    (tmp_path / "00" / "damaged.json").write_text("{", encoding="utf-8")
    StoredMemory(tmp_path).forget(NAME.upper())
    for name in (NAME, f"{NAME}-2"):
        list(client_of(memory=StoredMemory(tmp_path)).items(f"/repos/{name}/hooks", keep=number))
    assert [asked.status for asked in github.asked] == [200, 200, 200, 304]


def test_a_damaged_memory_means_that_it_is_asked_in_full(github: GitHub, client_of: MakeClient, tmp_path: Path) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    list(client_of(memory=StoredMemory(tmp_path)).items(HOOKS, keep=number))
    for file in tmp_path.rglob("*.json"):
        file.write_text("{", encoding="utf-8")
    assert list(client_of(memory=StoredMemory(tmp_path)).items(HOOKS, keep=number)) == [0]


def full_name(one: dict[str, Any]) -> str:
    return str(one["full_name"])


def refused(client_of: MakeClient, **options: Any) -> RefusedError:  # noqa: ANN401  handed on
    with pytest.raises(RefusedError) as caught:
        list(client_of(**options).items(HOOKS, keep=number))
    return caught.value


REASONS = {
    Fault.UNAUTHORISED: "token was refused",
    Fault.FORBIDDEN: "may not see it",
    Fault.NOT_FOUND: "not there, or the token may not see it",
    Fault.NOT_VALID: "refused the question",
    Fault.SERVER_ERROR: "problem of its own (500)",
    Fault.BAD_GATEWAY: "problem of its own (502)",
    Fault.UNAVAILABLE: "problem of its own (503)",
    Fault.PRIMARY_LIMIT: "limit of requests",
    Fault.SECONDARY_LIMIT: "many requests in a short time",
    Fault.TOO_MANY: "many requests in a short time",
    Fault.SINGLE_SIGN_ON: "single sign-on",
    Fault.PROXY_PAGE: "not one of GitHub's API",
    Fault.PROXY_REFUSAL: "not one of GitHub's API",
    Fault.TRUNCATED: "cut off",
    Fault.CUT_TEXT: "cut off",
    Fault.OTHER_SHAPE: "not one of GitHub's API",
    Fault.DROPPED: "could not be reached",
}


@pytest.mark.parametrize("fault", REASONS)
def test_every_failure_is_one_sentence_of_ours(github: GitHub, client_of: MakeClient, fault: Fault) -> None:
    github.repository(NAME)
    github.fail(fault)
    error = refused(client_of)
    assert REASONS[fault] in error.reason
    assert TOKEN not in str(error)
    assert "proxy-page" not in str(error)


@pytest.mark.parametrize("fault", [Fault.BAD_GATEWAY, Fault.UNAVAILABLE, Fault.TRUNCATED, Fault.CUT_TEXT, Fault.DROPPED])
def test_what_failed_for_a_moment_is_asked_again(github: GitHub, client_of: MakeClient, clock: Clock, fault: Fault) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 2)
    github.fail(fault, times=2)
    assert list(client_of().items(HOOKS, keep=number)) == [0, 1]
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("fault", [Fault.FORBIDDEN, Fault.NOT_FOUND, Fault.UNAUTHORISED, Fault.NOT_VALID])
def test_a_refusal_is_not_asked_again(github: GitHub, client_of: MakeClient, clock: Clock, fault: Fault) -> None:
    github.repository(NAME)
    github.fail(fault)
    refused(client_of)
    assert len(github.asked) == 1
    assert clock.slept == []


def test_a_secondary_limit_is_waited_out_as_long_as_it_says(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.SECONDARY_LIMIT, times=1, headers={"Retry-After": "7"})
    assert list(client_of().items(HOOKS, keep=number)) == [0]
    assert clock.slept == [7.0]


def test_a_secondary_limit_without_a_time_means_a_minute(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.TOO_MANY, times=1)
    assert list(client_of().items(HOOKS, keep=number)) == [0]
    assert clock.slept == [60.0]


def test_the_primary_limit_is_waited_out_until_its_reset(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.PRIMARY_LIMIT, times=1, headers={"X-RateLimit-Reset": str(int(clock.now) + 40)})
    assert list(client_of().items(HOOKS, keep=number)) == [0]
    assert clock.slept == [41.0]


def test_an_organisation_waits_for_the_next_hour_and_says_so(github: GitHub, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.PRIMARY_LIMIT, times=1, headers={"X-RateLimit-Reset": str(int(clock.now) + 3000)})
    heard: list[tuple[str, float]] = []

    def hear(reason: str, seconds: float) -> None:
        heard.append((reason, seconds))

    with Client(Access(github.url, TOKEN), patience=OVERNIGHT, clock=clock, sleep=clock.sleep, hear=hear) as client:
        assert list(client.items(HOOKS, keep=number)) == [0]
    assert heard == [("the limit of requests is reached", 3001.0)]


def test_waiting_has_an_end(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)
    github.fail(Fault.SECONDARY_LIMIT, headers={"Retry-After": "86400"})
    assert refused(client_of).limited
    github.faults.clear()
    github.fail(Fault.SECONDARY_LIMIT, headers={"Retry-After": "30"})
    refused(client_of, patience=Patience(attempts=100, one=60, all=100))
    assert clock.slept == [30.0, 30.0, 30.0]


def test_a_slow_answer_is_not_waited_for(github: GitHub, client_of: MakeClient) -> None:
    github.repository(NAME)
    github.fail(Fault.SLOW, seconds=3)
    assert "took too long" in refused(client_of, timeout=1, patience=Patience(attempts=1)).reason


def test_a_timeout_is_repeated_once(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.SLOW, seconds=1.5, times=2)
    assert "took too long" in refused(client_of, timeout=1).reason
    assert clock.slept == [1.0]


def test_an_outage_is_not_asked_through(github: GitHub, client_of: MakeClient, clock: Clock) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    github.fail(Fault.UNAVAILABLE)
    client = client_of()

    def reason() -> str:
        with pytest.raises(RefusedError) as caught:
            list(client.items(HOOKS, keep=number))
        assert caught.value.passes
        return caught.value.reason

    assert [reason() for _ in range(4)] == [REASONS[Fault.UNAVAILABLE].join(["GitHub has a ", ""])] * 3 + [
        "GitHub had failed to answer several questions before"
    ]
    asked = len(github.asked)
    assert asked == 3 * 4
    clock.now += 61
    assert "(503)" in reason()
    assert len(github.asked) == asked + 1  # one question tells whether it is over
    assert "before" in reason()
    github.faults.clear()
    clock.now += 61
    assert list(client.items(HOOKS, keep=number)) == [0]
    assert client.tally.lost == 6
    github.fail(Fault.UNAVAILABLE, times=2)
    assert list(client.items(HOOKS, keep=number)) == [0]


def test_nobody_there(client_of: MakeClient, github: GitHub) -> None:
    github.shutdown()
    github.server_close()
    assert "could not be reached" in refused(client_of).reason


def test_a_repository_that_was_renamed_is_found_in_silence(
    github: GitHub, client_of: MakeClient, capfd: pytest.CaptureFixture[str]
) -> None:
    github.repository(NAME)
    github.answers["/repos/example-department/old"] = Redirect(f"{github.url}/repos/{NAME}", 301)
    assert client_of().get("/repos/example-department/old", keep=full_name) == NAME
    assert capfd.readouterr().err == ""


def test_a_next_page_elsewhere_is_not_followed(github: GitHub, client_of: MakeClient) -> None:
    github.repository(NAME)["/hooks"] = hooks(github, 1)
    client = client_of()
    with pytest.raises(ValueError, match=r"\A\Z"):
        client._following('<https://elsewhere.example.org/hooks?page=2>; rel="next"')
    assert client._following(f'<{github.url}/x?page=2>; rel="next"') == f"{github.url}/x?page=2"


def test_the_missing_permission_is_named_only_where_a_permission_is_the_reason(github: GitHub, client_of: MakeClient) -> None:
    github.repository(NAME)["/hooks"] = Denied(403, "Resource not accessible by personal access token")
    assert refused(client_of).hidden("“Webhooks: read”").permission == "“Webhooks: read”"
    github.fail(Fault.UNAVAILABLE)
    assert refused(client_of).hidden("“Webhooks: read”").permission == ""
