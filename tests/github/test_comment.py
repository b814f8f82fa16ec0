"""The comment, against a server on this machine that fails in every way that GitHub and what stands before it can fail."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from auditor.github.comment import post

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = "<!-- marker -->"
TOKEN = "gh" + "s_" + "not-a-real-one"


class Server(ThreadingHTTPServer):
    """Keeps comments, and fails as it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.comments: list[dict[str, Any]] = []
        self.fail: dict[str, tuple[int, dict[str, str], str]] = {}
        self.delay = 0.0
        self.seen: list[tuple[str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error here."""

    def add(self, body: str, *, kind: str = "Bot", association: str = "NONE") -> None:
        number = len(self.comments) + 1
        self.comments.append({"id": number, "body": body, "user": {"login": "x", "type": kind}, "author_association": association})


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the base class gives it
        """Be quiet."""

    def do_GET(self) -> None:
        query = dict(pair.split("=") for pair in self.path.partition("?")[2].split("&") if "=" in pair)
        size, page = int(query.get("per_page", 30)), int(query.get("page", 1))
        self._answer(200, self.server.comments[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        self.server.add(str(self._body()["body"]))
        self._answer(201, self.server.comments[-1])

    def do_PATCH(self) -> None:
        number = int(self.path.rpartition("/")[2])
        self.server.comments[number - 1]["body"] = self._body()["body"]
        self._answer(200, self.server.comments[number - 1])

    def _body(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.rfile.read(int(self.headers["Content-Length"])) or b"{}")
        return content

    def _answer(self, status: int, data: object) -> None:
        self.server.seen.append((self.command, self.path))
        time.sleep(self.server.delay)
        headers, text = {"Content-Type": "application/json"}, json.dumps(data)
        if self.command in self.server.fail:
            status, more, text = self.server.fail[self.command]
            headers |= more
        raw = text.encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield made
        made.shutdown()


def write(server: Server, text: str = "new", *, create: bool = True, timeout: float = 15) -> str:
    body = f"{MARKER}\n{text}"
    return post(
        body, marker=MARKER, api=server.url, repository="example/service", number=7, token=TOKEN, create=create, timeout=timeout
    )


def test_a_comment_is_written_once_and_then_kept_up_to_date(server: Server) -> None:
    assert write(server, "one") == ""
    assert write(server, "two") == ""
    assert [comment["body"] for comment in server.comments] == [f"{MARKER}\ntwo"]


def test_an_unchanged_comment_is_not_written_again(server: Server) -> None:
    write(server)
    server.seen.clear()
    write(server)
    assert [verb for verb, _ in server.seen] == ["GET"]


def test_it_is_found_behind_hundreds_of_others(server: Server) -> None:
    for number in range(250):
        server.add(f"talk {number}", kind="User")
    server.add(f"{MARKER}\nold")
    assert write(server) == ""
    assert len(server.comments) == 251
    assert server.comments[-1]["body"] == f"{MARKER}\nnew"


def test_a_strangers_comment_with_the_marker_is_left_alone(server: Server) -> None:
    server.add(f"{MARKER}\nmine", kind="User", association="CONTRIBUTOR")
    assert write(server) == ""
    assert [comment["body"] for comment in server.comments] == [f"{MARKER}\nmine", f"{MARKER}\nnew"]


def test_a_comment_of_a_member_with_a_personal_token_is_updated(server: Server) -> None:
    server.add(f"{MARKER}\nold", kind="User", association="MEMBER")
    assert write(server) == ""
    assert len(server.comments) == 1


def test_nothing_is_written_where_there_never_was_a_finding(server: Server) -> None:
    assert write(server, create=False) == ""
    assert server.comments == []


LIMIT = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"}
FAILURES = {
    "no permission": (403, {}, '{"message": "Resource not accessible by integration"}', "pull-requests: write"),
    "rate limit": (403, LIMIT, '{"message": "API rate limit exceeded for installation"}', "limit of requests"),
    "secondary limit": (403, {"Retry-After": "60"}, '{"message": "You have exceeded a secondary rate limit"}', "limit of requests"),
    "too many": (429, {"Retry-After": "60"}, '{"message": "slow down"}', "limit of requests"),
    "bad token": (401, {}, '{"message": "Bad credentials"}', "token was refused"),
    "not found": (404, {}, '{"message": "Not Found"}', "no such pull request"),
    "not valid": (422, {}, '{"message": "Validation Failed"}', "not valid"),
    "server error": (500, {}, "{}", "problem of its own"),
    "bad gateway": (502, {"Content-Type": "text/html"}, "<html>secret-page</html>", "problem of its own"),
    "proxy page": (200, {"Content-Type": "text/html"}, "<html>secret-page</html>", "not one of GitHub"),
    "broken text": (200, {}, '{"id": ', "not one of GitHub"),
    "another shape": (200, {}, '{"id": "x"}', "not one of GitHub"),
}


@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize("name", FAILURES)
def test_every_failure_is_a_sentence_and_never_an_exception(server: Server, name: str, verb: str) -> None:
    status, headers, text, words = FAILURES[name]
    server.fail[verb] = (status, headers, text)
    problem = write(server)
    assert words in problem
    assert "The scan is not affected" in problem
    assert "secret-page" not in problem
    assert TOKEN not in problem


def test_a_slow_answer_is_not_waited_for(server: Server) -> None:
    server.delay = 3
    began = time.monotonic()
    assert "took too long" in write(server, timeout=1)
    assert time.monotonic() - began < 3


def test_nobody_there() -> None:
    problem = post("x", marker=MARKER, api="http://127.0.0.1:9", repository="example/service", number=7, token=TOKEN)
    assert "could not be reached" in problem


def test_no_token_no_try() -> None:
    assert "no token" in post("x", marker=MARKER, api="http://127.0.0.1:9", repository="example/service", number=7, token="")
