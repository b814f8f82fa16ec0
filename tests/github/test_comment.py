"""The comment, against a GitHub on this machine that fails in every way that GitHub and what stands before it can fail."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from auditor.github.comment import post
from tests.github.server import TOKEN, Fault
from tests.github.talk import Talk

if TYPE_CHECKING:
    from tests.github.server import GitHub

MARKER = "<!-- marker -->"
NAME = "example-department/service"


@pytest.fixture
def talk(github: GitHub) -> Talk:
    return Talk(github, NAME, 7)


def write(talk: Talk, text: str = "new", *, create: bool = True, timeout: float = 15) -> str:
    body = f"{MARKER}\n{text}"
    return post(body, marker=MARKER, api=talk.github.url, repository=NAME, number=7, token=TOKEN, create=create, timeout=timeout)


def test_a_comment_is_written_once_and_then_kept_up_to_date(talk: Talk) -> None:
    assert write(talk, "one") == ""
    assert write(talk, "two") == ""
    assert talk.bodies() == [f"{MARKER}\ntwo"]


def test_an_unchanged_comment_is_not_written_again(talk: Talk) -> None:
    write(talk)
    talk.github.asked.clear()
    write(talk)
    assert [asked.method for asked in talk.github.asked] == ["GET"]


def test_it_is_found_behind_hundreds_of_others(talk: Talk) -> None:
    for number in range(250):
        talk.add(f"talk {number}", kind="User")
    talk.add(f"{MARKER}\nold")
    assert write(talk) == ""
    assert len(talk.comments) == 251
    assert talk.comments[-1]["body"] == f"{MARKER}\nnew"


def test_a_strangers_comment_with_the_marker_is_left_alone(talk: Talk) -> None:
    talk.add(f"{MARKER}\nmine", kind="User", association="CONTRIBUTOR")
    assert write(talk) == ""
    assert talk.bodies() == [f"{MARKER}\nmine", f"{MARKER}\nnew"]


def test_a_comment_of_a_member_with_a_personal_token_is_updated(talk: Talk) -> None:
    talk.add(f"{MARKER}\nold", kind="User", association="MEMBER")
    assert write(talk) == ""
    assert len(talk.comments) == 1


def test_nothing_is_written_where_there_never_was_a_finding(talk: Talk) -> None:
    assert write(talk, create=False) == ""
    assert talk.comments == []


FAILURES = {
    Fault.FORBIDDEN: "pull-requests: write",
    Fault.PRIMARY_LIMIT: "limit of requests",
    Fault.SECONDARY_LIMIT: "limit of requests",
    Fault.TOO_MANY: "limit of requests",
    Fault.UNAUTHORISED: "token was refused",
    Fault.NOT_FOUND: "no such pull request",
    Fault.GONE: "switched off",
    Fault.NOT_VALID: "not valid",
    Fault.SERVER_ERROR: "problem of its own",
    Fault.BAD_GATEWAY: "problem of its own",
    Fault.PROXY_PAGE: "not one of GitHub",
    Fault.TRUNCATED: "could not be reached",
    Fault.CUT_TEXT: "not one of GitHub",
    Fault.OTHER_SHAPE: "not one of GitHub",
    Fault.DROPPED: "could not be reached",
}


@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize("fault", FAILURES)
def test_every_failure_is_a_sentence_and_never_an_exception(talk: Talk, fault: Fault, verb: str) -> None:
    talk.github.fail(fault, method=verb)
    problem = write(talk)
    assert FAILURES[fault] in problem
    assert "The scan is not affected" in problem
    assert "proxy-page" not in problem
    assert TOKEN not in problem


def test_a_slow_answer_is_not_waited_for(talk: Talk) -> None:
    talk.github.fail(Fault.SLOW, seconds=3)
    began = time.monotonic()
    assert "took too long" in write(talk, timeout=1)
    assert time.monotonic() - began < 3


def test_nobody_there() -> None:
    problem = post("x", marker=MARKER, api="http://127.0.0.1:9", repository=NAME, number=7, token=TOKEN)
    assert "could not be reached" in problem


def test_no_token_no_try() -> None:
    assert "no token" in post("x", marker=MARKER, api="http://127.0.0.1:9", repository=NAME, number=7, token="")
