"""A GitHub on this machine: every answer that it gives is held against GitHub's published description of that answer.

    github = GitHub()                                   # or the fixture of the same name, which also fails on a wrong answer
    github.organisation("example-department")
    repo = github.repository("example-department/service", topics=["payments"])
    repo["/hooks"] = [...]                              # the answer below /repos/example-department/service
    repo["/keys"] = Denied(404, "Not Found")
    github.fail(Fault.TRUNCATED, "/hooks", times=1)     # the next answer for an address that ends so is cut off
    github.asked                                        # every request: method, path with query, status

Lists are paged with Link headers, answers have entity tags, and a known tag is answered with 304 and no body.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, NamedTuple, Self
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

import jwt

from tests.github.answers import DEFAULTS, repository
from tests.github.published import published

TOKEN: Final = "gh" + "p_" + "not-a-real-one"
_REPOSITORY: Final = "/repos/{owner}/{repo}"


class Fault(Enum):
    """How an answer goes wrong."""

    UNAUTHORISED = (401, "Bad credentials")
    FORBIDDEN = (403, "Resource not accessible by integration")
    NOT_FOUND = (404, "Not Found")
    GONE = (410, "Issues are disabled for this repo")
    NOT_VALID = (422, "Validation Failed")
    SERVER_ERROR = (500, "Server Error")
    BAD_GATEWAY = (502, "<html>proxy-page</html>")
    UNAVAILABLE = (503, "Service unavailable")
    PRIMARY_LIMIT = (403, "API rate limit exceeded for installation ID 1")
    SECONDARY_LIMIT = (403, "You have exceeded a secondary rate limit")
    TOO_MANY = (429, "Too many requests")
    SINGLE_SIGN_ON = (403, "Resource protected by organization SAML enforcement")
    PROXY_PAGE = (200, "<html>proxy-page</html>")
    PROXY_REFUSAL = (403, "<html>proxy-page</html>")
    TRUNCATED = (200, "")
    CUT_TEXT = (200, '{"id": ')
    OTHER_SHAPE = (200, '{"id": "x"}')
    DROPPED = (0, "")
    SLOW = (200, "slow")


_NOT_THE_API: Final = frozenset(
    {
        *(Fault.BAD_GATEWAY, Fault.PROXY_PAGE, Fault.PROXY_REFUSAL),
        *(Fault.TRUNCATED, Fault.CUT_TEXT, Fault.OTHER_SHAPE, Fault.DROPPED),
    }
)


class Asked(NamedTuple):
    """One request and the status of its answer."""

    method: str
    path: str
    status: int


@dataclass(frozen=True)
class Denied:
    """An answer that is a refusal."""

    status: int = 404
    message: str = "Not Found"

    @property
    def body(self) -> object:
        text: dict[str, Any] = {"message": self.message, "documentation_url": "https://docs.github.com/rest"}
        if self.status == 422:
            text["errors"] = []
        return text


@dataclass(frozen=True)
class Redirect:
    """An answer that is elsewhere."""

    location: str
    status: int = 302

    @property
    def body(self) -> object:
        if self.status != 301:
            return None
        return {"message": "Moved Permanently", "url": self.location, "documentation_url": "https://docs.github.com/rest"}


@dataclass
class Planned:
    """A fault that waits for its request."""

    fault: Fault
    match: str
    method: str
    times: int
    headers: dict[str, str]
    seconds: float


@dataclass
class Request:
    """What was asked, taken apart."""

    method: str
    path: str
    names: dict[str, str]
    query: dict[str, str]
    body: Any


@dataclass
class Repository:
    """One repository: its own answers stand before the defaults."""

    full_name: str
    answers: dict[str, Any] = field(default_factory=dict)

    def __setitem__(self, suffix: str, answer: object) -> None:
        self.answers[suffix] = answer

    def __getitem__(self, suffix: str) -> Any:  # noqa: ANN401  JSON
        return self.answers[suffix]


class GitHub(ThreadingHTTPServer):
    """The server with its world."""

    daemon_threads = True

    def __init__(self, edition: str = "api.github.com", prefix: str = "", handler: type[Handler] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), handler or Handler)
        self.api = published(edition)
        self.prefix = prefix
        self.repositories: dict[str, Repository] = {}
        self.answers: dict[str, Any] = {}
        self.asked: list[Asked] = []
        self.wrong: list[str] = []
        self.tokens = {TOKEN}
        self.faults: list[Planned] = []
        self.wants_token = False
        self.files: dict[str, bytes] = {}
        self.seen_tokens: list[tuple[str, str]] = []
        self.app_key: Any = None
        self.unlisted: set[str] = set()
        self.lock = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}{self.prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no error here."""

    def organisation(self, name: str, **changes: object) -> None:
        example = self.api.example("/orgs/{org}") | {"archived_at": None, "login": name, "type": "Organization"}
        self.answers[f"/orgs/{name}"] = example | {"public_repos": 0, "total_private_repos": 0} | changes
        self.answers[f"/orgs/{name}/repos"] = lambda _: self.listed(name)
        self.answers[f"/orgs/{name}/properties/values"] = []
        self.answers[f"/orgs/{name}/members"] = []

    def person(self, name: str) -> None:
        example = self.api.example("/users/{username}") | {"login": name, "type": "User", "user_view_type": "public"}
        self.answers[f"/users/{name}"] = {
            k: v for k, v in example.items() if not k.startswith(("private_", "total_private", "owned_"))
        }
        self.answers[f"/users/{name}/repos"] = lambda _: [one for one in self.listed(name) if not one["private"]]

    def repository(self, full_name: str, **changes: object) -> Repository:
        made = Repository(full_name, {"": repository(self.api, full_name, full=True) | changes})
        self.repositories[full_name] = made
        return made

    def shows(self, owner: str, name: str) -> bool:
        """Tell whether a repository is in the list of an owner's: what is gone or was renamed since is still there."""
        return name.startswith(f"{owner}/") and name not in self.unlisted

    def listed(self, owner: str) -> list[dict[str, Any]]:
        """The repositories of an owner as lists show them."""
        keys = repository(self.api, "a/b", full=False).keys()
        owned = (one[""] for name, one in sorted(self.repositories.items()) if self.shows(owner, name))
        return [{key: one[key] for key in keys if key in one} for one in owned]

    def fail(  # noqa: PLR0913  a fault has these parts
        self,
        fault: Fault,
        match: str = "",
        *,
        method: str = "",
        times: int = 1_000_000,
        headers: dict[str, str] | None = None,
        seconds: float = 0.0,
    ) -> None:
        """Let the answers to addresses in which `match` is found go wrong."""
        more = {Fault.PRIMARY_LIMIT: {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9999999999"}}.get(fault, {})
        if fault is Fault.SINGLE_SIGN_ON:
            more = {"X-GitHub-SSO": "required; url=https://github.example/sso"}
        self.faults.append(Planned(fault, match, method, times, more | (headers or {}), seconds))

    def fault(self, method: str, path: str) -> Planned | None:
        with self.lock:
            for one in self.faults:
                if one.times and re.search(one.match, path) and one.method in {"", method}:
                    one.times -= 1
                    return one
        return None

    def knows(self, credential: str) -> bool:
        """Tell whether a token, or what an App signed with its key, may ask."""
        if credential in self.tokens:
            return True
        try:
            return bool(self.app_key and jwt.decode(credential, self.app_key, algorithms=["RS256"]))
        except jwt.InvalidTokenError:
            return False

    def answer(self, request: Request, template: str) -> tuple[int, Any]:
        """Return status and body of the good answer."""
        found: Any = self.answers.get(request.path)
        if found is None and template.startswith(_REPOSITORY):
            owner, name = request.names["owner"], request.names["repo"]
            repo = self.repositories.get(f"{owner}/{name}")
            if repo is None:
                return 404, Denied().body
            suffix = request.path.removeprefix(f"/repos/{owner}/{name}")
            found = repo.answers.get(suffix, DEFAULTS.get(template.removeprefix(_REPOSITORY), Denied()))
        if callable(found):
            found = found(request)
        if found is None and template.endswith("/vulnerability-alerts"):
            return 204, None
        if found is None:
            return 404, Denied().body
        if isinstance(found, Denied):
            return found.status, found.body
        if isinstance(found, Redirect):
            return found.status, found
        return (201 if request.method == "POST" else 200), found


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body go in two writes, and the second would wait 40 ms
    server: GitHub

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the base class gives it
        """Be quiet."""

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self._answer()

    def _answer(self) -> None:
        github = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        planned = github.fault(self.command, self.path)
        if planned and planned.fault is not Fault.SLOW:
            self._go_wrong(planned)
            return
        if planned:
            time.sleep(planned.seconds)
        github.seen_tokens.append((self.path, self.headers.get("Authorization") or ""))
        if self.path in github.files:
            self._send(200, github.files[self.path], {"Content-Type": "application/zip"})
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path.removeprefix(github.prefix))
        template, names = github.api.template(path)
        request = Request(self.command, path, names, dict(parse_qsl(parts.query)), json.loads(body) if body else None)
        if self._token_refused():
            status, content = 401, Denied(401, "Bad credentials").body
        else:
            status, content = github.answer(request, template)
        headers: dict[str, str] = {}
        if status == 200:
            content, headers = self._paged(content, request)
        if isinstance(content, Redirect):
            headers, content = {"Location": content.location}, content.body
        problem = github.api.problem(template, self.command, status, content)
        if problem:
            github.wrong.append(f"{self.command} {self.path} {status}: {problem}")
        text = b"" if content is None else json.dumps(content).encode()
        if status == 200 and self.command == "GET":
            headers["ETag"] = f'W/"{hashlib.sha256(text).hexdigest()}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, text = 304, b""
        self._send(status, text, headers)

    def _token_refused(self) -> bool:
        given = (self.headers.get("Authorization") or "").partition(" ")[2]
        return not self.server.knows(given) if given else self.server.wants_token

    def _paged(self, content: Any, request: Request) -> tuple[Any, dict[str, str]]:  # noqa: ANN401  JSON
        """Cut a list, or the one list in an object, to the page that was asked for."""
        under = ""
        if isinstance(content, dict):
            lists = [name for name, value in content.items() if isinstance(value, list)]
            if "total_count" not in content or len(lists) != 1:
                return content, {}
            under = lists[0]
        elif not isinstance(content, list):
            return content, {}
        whole = content[under] if under else content
        size, page = int(request.query.get("per_page", 30)), int(request.query.get("page", request.query.get("after", 1)))
        part = whole[(page - 1) * size : page * size]
        headers = {}
        if page * size < len(whole):
            # Dependabot's alerts have no page numbers, but a cursor.
            word = "after" if "dependabot" in request.path else "page"
            query = urlencode({**request.query, word: page + 1})
            headers["Link"] = f'<{self.server.url}{quote(request.path)}?{query}>; rel="next", <{self.server.url}/x>; rel="last"'
        return ({**content, under: part} if under else part), headers

    def _go_wrong(self, planned: Planned) -> None:
        status, text = planned.fault.value
        self.server.asked.append(Asked(self.command, self.path, status))
        if planned.fault is Fault.DROPPED:
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if planned.fault not in _NOT_THE_API:
            text = json.dumps(Denied(status, text).body)
        raw = text.encode()
        self.send_response(status)
        for name, value in planned.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if "<html>" in text else "application/json")
        self.send_header("Content-Length", str(len(raw) + (100 if planned.fault is Fault.TRUNCATED else 0)))
        self.end_headers()
        self.wfile.write(raw)
        if planned.fault is Fault.TRUNCATED:
            self.wfile.write(b'[{"id": 1')
            self.close_connection = True

    def _send(self, status: int, text: bytes, headers: dict[str, str]) -> None:
        self.server.asked.append(Asked(self.command, self.path, status))
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)
