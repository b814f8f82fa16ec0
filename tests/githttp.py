"""git over http on this machine: real `git http-backend` behind a small server, with a token and a log where a test wants them.

with serve(tmp_path) as host:                       # every repository below the folder
    remote = Remote(f"{host.url}/team/service.git")
    host.calls                                      # what was asked: method, path, the Authorization header
    host.wrong["/team/broken.git"] = Wrong.HANGS    # how the answers for a repository go wrong
"""

from __future__ import annotations

import base64
import os
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


LONGEST: Final = 600
"""Seconds after which also an answer that hangs ends."""


class Wrong(Enum):
    """How git's answers for a repository go wrong."""

    ERROR = auto()
    HANGS = auto()
    CUT = auto()
    DROPPED = auto()
    PAGE = auto()


@dataclass(frozen=True)
class Call:
    """One request."""

    method: str
    path: str
    authorization: str


@dataclass
class Host:
    """A running server. `token` is what it asks for, empty for none."""

    folder: Path
    url: str = ""
    token: str = ""
    calls: list[Call] = field(default_factory=list)
    wrong: dict[str, Wrong] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def netloc(self) -> str:
        """Return host and port."""
        return self.url.partition("://")[2]

    def allows(self, authorization: str) -> bool:
        """Tell whether a request may pass."""
        if not self.token:
            return True
        kind, _, value = authorization.partition(" ")
        return kind == "Basic" and base64.b64decode(value).decode().partition(":")[2] == self.token


class GitServer(ThreadingHTTPServer):
    """A server whose `host` says what it serves."""

    daemon_threads = False  # closing waits for the last answers, so that no connection is left open
    host: Host


class GitHandler(BaseHTTPRequestHandler):
    """Answers as git does over http, or goes wrong as it was told to."""

    server: GitServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer_git()

    def do_POST(self) -> None:
        self.answer_git()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the base class gives it
        """Say nothing."""

    def answer_git(self) -> None:
        host, body = self.server.host, self._body()
        authorization = self.headers.get("Authorization", "")
        host.calls.append(Call(self.command, self.path, authorization))
        if not host.allows(authorization):
            self._reply(401, [("WWW-Authenticate", "Basic realm=git")], b"")
            return
        place = self.path.partition("/info/")[0].partition("/git-upload-pack")[0]
        if place in host.moved:
            self._reply(301, [("Location", self.path.replace(place, host.moved[place], 1))], b"")
            return
        wrong = host.wrong.get(place)
        if wrong is not None and (wrong is not Wrong.CUT or b"command=fetch" in body):
            self._break(wrong)
            return
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=self._environment(host, body), check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        pairs = [(name, value) for name, _, value in (line.partition(": ") for line in head.decode().split("\r\n")) if value]
        status = next((int(value.split()[0]) for name, value in pairs if name == "Status"), 200 if pairs else 500)
        self._reply(status, [pair for pair in pairs if pair[0] not in {"Status", "Content-Length"}], content)

    def _break(self, wrong: Wrong) -> None:
        """Fail with an error, never answer, send half of a pack, close the connection, or send a proxy's page."""
        self.close_connection = True
        if wrong is Wrong.ERROR:
            self._reply(500, [("Content-Type", "text/plain")], b"broken")
        elif wrong is Wrong.HANGS:
            self.server.host.over.wait(LONGEST)
        elif wrong is Wrong.CUT:
            self._reply(200, [("Content-Type", "application/x-git-upload-pack-result")], b"000dpackfile\n1000\x01PACK\0\0\0\2")
        elif wrong is Wrong.PAGE:
            self._reply(200, [("Content-Type", "text/html")], b"<html>proxy-page</html>")

    def _environment(self, host: Host, body: bytes) -> dict[str, str]:
        path, _, query = self.path.partition("?")
        return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {
            "GIT_PROJECT_ROOT": str(host.folder),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "REMOTE_ADDR": "127.0.0.1",
        }

    def _reply(self, status: int, pairs: list[tuple[str, str]], content: bytes) -> None:
        self.send_response(status)
        for name, value in (*pairs, ("Content-Length", str(len(content)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)


@contextmanager
def serve(folder: Path, *, token: str = "") -> Iterator[Host]:
    """Serve every repository below a folder until the block is left."""
    host = Host(folder, token=token)
    server = GitServer(("127.0.0.1", 0), GitHandler)
    server.host = host
    host.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        host.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
