"""One way to ask GitHub: pages, conditional requests, limits of both kinds, a few repetitions, and failures as one sentence.

A failure is a `RefusedError`: its words are ours, since an answer, or a proxy's page in its place, may hold anything.
"""

from __future__ import annotations

import json
import logging
import time
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import urlencode, urlsplit

import requests
from github import Github, GithubException
from jwt import PyJWTError

from auditor import __version__
from auditor.github.limits import Patience, Waiting
from auditor.github.memory import Memory, NoMemory, Remembered
from auditor.model.forge import Hidden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from auditor.github.access import Access

logging.getLogger("github").setLevel(logging.CRITICAL)  # it prints addresses; what happened is said in our words
T = TypeVar("T")
Headers = dict[str, Any]

PAGE: Final = 100
_MOST_PAGES: Final = 1000
_VERSION: Final = {"X-GitHub-Api-Version": "2022-11-28", "Accept": "application/vnd.github+json"}
_UNCHANGED: Final = 304
_FAILED: Final = 400
_SERVER: Final = 500
_PASSING: Final = frozenset({0, 200, 401})
"""There was no answer, or it was none of GitHub's, or a token is refused that may be renewed."""
_WORDS: Final = {
    401: "the token was refused",
    403: "the token may not see it",
    404: "it is not there, or the token may not see it",
    410: "it is switched off",
    422: "GitHub refused the question",
    451: "it is not available for legal reasons",
}
_TOO_LONG: Final = "GitHub took too long to answer"
_MOST_TIMEOUTS: Final = 2
_NO_KEY: Final = "the App's private key is none"
_CAUSES: Final[tuple[tuple[type[Exception], str], ...]] = (
    (GithubException, ""),
    (PyJWTError, _NO_KEY),
    (requests.Timeout, _TOO_LONG),
    (requests.exceptions.SSLError, "the server's certificate is not trusted"),
    (requests.exceptions.ChunkedEncodingError, "the answer was cut off"),
    (requests.RequestException, "GitHub could not be reached"),
    (OSError, "GitHub could not be reached"),
)
"""What the library raises, in words; the first that fits."""
_RAISED: Final = (GithubException, PyJWTError, requests.RequestException, OSError, RuntimeError, ValueError, AssertionError)


class RefusedError(Exception):
    """There is no answer. `message` is GitHub's own text: to be compared, never shown."""

    def __init__(self, reason: str, *, status: int = 0, message: str = "", limited: bool = False) -> None:
        """Keep our words apart from GitHub's."""
        super().__init__(reason)
        self.reason = reason
        self.status = status
        self.message = message.casefold()
        self.limited = limited

    @property
    def passes(self) -> bool:
        """Tell whether the same question may be answered another time."""
        return self.limited or self.status in _PASSING or self.status >= _SERVER

    def hidden(self, permission: str) -> Hidden:
        """Say it as the answer to a question that needs this permission."""
        lacks = self.status in {401, 403, 404} and not self.limited
        return Hidden(self.reason, permission if lacks else "")


@dataclass(slots=True)
class Tally:
    """How often GitHub was asked, how often nothing had changed, how long was waited, and what was lost."""

    asked: int = 0
    unchanged: int = 0
    waited: float = 0.0
    lost: int = 0
    """How many questions failed for a reason that passes: a limit, a failure, a token that was refused."""


class Client:
    """Asks one API as one identity, one question at a time, as GitHub wants it."""

    def __init__(  # noqa: PLR0913  each is a decision of the caller
        self,
        access: Access,
        *,
        memory: Memory | None = None,
        patience: Patience | None = None,
        timeout: float = 20,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        hear: Callable[[str, float], None] = lambda _reason, _seconds: None,
    ) -> None:
        """Prepare; nothing is asked yet.

        Args:
            access: where, and as whom.
            memory: answers of earlier runs; only those of this client when None.
            patience: how long limits and failures are waited out.
            timeout: seconds for one answer.
            clock: seconds since the epoch.
            sleep: waits so many seconds.
            hear: is told of a limit that is waited out, and how many seconds that takes.
        """
        self.access = access
        self.tally = Tally()
        self.partial = ""
        self._memory = memory or Memory()
        self._waiting = Waiting(patience or Patience(), clock, sleep, hear)
        # The library's own repetitions are off: they follow a Retry-After of any length.
        self._github = Github(
            base_url=access.api,
            auth=access.auth(),
            timeout=max(int(timeout), 1),
            retry=None,
            user_agent=f"auditor/{__version__}",
            seconds_between_requests=0,
            seconds_between_writes=0,
        )

    def __enter__(self) -> Self:
        """Keep the connection."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the connection."""
        self._github.close()

    def get(self, path: str, *, keep: Callable[[Any], T], parameters: Mapping[str, object] | None = None) -> T:
        """Return what `keep` makes of one answer.

        It must be plain JSON and depend on nothing but the answer, since it may be remembered under the name of `keep`.

        Raises:
            RefusedError: there is no answer.
        """
        return self._page(self._address(path, parameters or {}), keep, _name(keep))[0]

    def items(
        self,
        path: str,
        *,
        keep: Callable[[Any], T],
        parameters: Mapping[str, object] | None = None,
        under: str = "",
        most: int = 0,
    ) -> Iterator[T]:
        """Yield what `keep` makes of each thing of a list, page by page.

        Args:
            path: of the API.
            keep: makes plain JSON of one thing.
            parameters: of the question.
            under: the field that holds the list, where the answer is an object.
            most: stop after so many; 0 is all.

        Raises:
            RefusedError: there is no answer, also when it fails after some pages.
        """

        def things(answer: Any) -> list[T]:  # noqa: ANN401  JSON
            found = answer[under] if under else answer
            if not isinstance(found, list):
                raise TypeError
            return [keep(one) for one in found]

        following, count = self._address(path, {"per_page": min(PAGE, most or PAGE), **(parameters or {})}), 0
        for _ in range(_MOST_PAGES):
            page, following = self._page(following, things, _name(keep))
            for one in page:
                yield one
                count += 1
                if count == most:
                    return
            if not following:
                return
        msg = "the list has no end"
        raise RefusedError(msg)

    def forgetful(self) -> Client:
        """Return this client without its memory: for answers that may hold anything and are stored nowhere."""
        other = copy(self)
        other._memory = NoMemory()  # noqa: SLF001  of the same class
        return other

    def location(self, path: str) -> str:
        """Return where GitHub keeps a download.

        Raises:
            RefusedError: there is none.
        """
        _, headers, _ = self._ask(self.access.api + path, {})
        if not headers.get("location"):
            msg = "the answer was not one of GitHub's API"
            raise RefusedError(msg)
        return str(headers["location"])

    def _page(self, address: str, keep: Callable[[Any], T], name: str) -> tuple[T, str]:
        key = f"{address} {name}"
        known = self._memory.get(key)
        status, headers, text = self._ask(address, {"If-None-Match": known.tag} if known else {})
        if status == _UNCHANGED and known is not None:
            self.tally.unchanged += 1
            return known.kept, known.following
        try:
            kept, following = keep(json.loads(text)) if text else keep(None), self._following(str(headers.get("link", "")))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError):
            self.tally.lost += 1
            msg = "the answer was not one of GitHub's API"
            raise RefusedError(msg, status=status) from None
        if headers.get("etag"):
            self._memory.put(key, Remembered(str(headers["etag"]), kept, following))
        return kept, following

    def _ask(self, address: str, headers: Headers) -> tuple[int, Headers, str]:
        """Ask until there is an answer or patience ends."""
        if self._waiting.resting:
            self.tally.lost += 1
            msg = "GitHub had failed to answer several questions before"
            raise RefusedError(msg)
        attempt = 0
        while True:
            attempt += 1
            self.tally.asked += 1
            try:
                status, answered, text = self._github.requester.requestJson("GET", address, None, {**_VERSION, **headers})
                problem = _broken(status, answered, text)
            except _RAISED as error:
                status, answered, text, problem = *_from_library(error), _why(error)
            sso = str(answered.get("x-github-sso", ""))
            if sso.startswith("partial-results"):
                self.partial = "some organisations want single sign-on for this token"
            if not problem and status < _FAILED:
                self._waiting.heard(answer=True)
                return status, answered, text
            refused = _refused(status, answered, text, problem, sso=sso)
            broken = problem not in {"", _NO_KEY}
            hopeless = problem == _TOO_LONG and attempt >= _MOST_TIMEOUTS
            if hopeless or not self._waiting.again(attempt, status, answered, refused.message, broken=broken):
                self.tally.lost += refused.passes
                self._waiting.heard(answer=not broken and status < _SERVER)
                raise refused
            self.tally.waited = self._waiting.waited

    def _address(self, path: str, parameters: Mapping[str, object]) -> str:
        words = {name: str(value).lower() if isinstance(value, bool) else value for name, value in parameters.items()}
        return f"{self.access.api}{path}" + (f"?{urlencode(words)}" if words else "")

    def _following(self, link: str) -> str:
        """Return the address of the next page, where it is on the same API: the token goes nowhere else."""
        for part in link.split(","):
            address, _, relation = part.partition(";")
            if 'rel="next"' in relation:
                found = address.strip().strip("<>")
                ours, theirs = urlsplit(self.access.api), urlsplit(found)
                if (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc) and theirs.path.startswith(ours.path):
                    return found
                raise ValueError
        return ""


def _name(keep: Callable[[Any], object]) -> str:
    return f"{keep.__module__}.{keep.__qualname__}"


def _broken(status: int, headers: Headers, text: str) -> str:
    """Say what is wrong with an answer that claims to be GitHub's, or good: another's page, or cut off."""
    if not text or status >= _SERVER:
        return ""
    if "json" not in str(headers.get("content-type", "json")):
        return "the answer was not one of GitHub's API"
    if status >= _FAILED:
        return ""
    try:
        json.loads(text)
    except ValueError:
        return "the answer was cut off"
    return ""


def _why(error: Exception) -> str:
    return next((words for kind, words in _CAUSES if isinstance(error, kind)), "the answer was not one of GitHub's API")


def _from_library(error: Exception) -> tuple[int, Headers, str]:
    """Return what the library made an exception of, as when an App's token is refused."""
    if isinstance(error, GithubException):
        return error.status or 0, {str(k).lower(): v for k, v in (error.headers or {}).items()}, json.dumps(error.data)
    return 0, {}, ""


def _refused(status: int, headers: Headers, text: str, problem: str, *, sso: str) -> RefusedError:
    try:
        content = json.loads(text)
        message = str(content.get("message", "")) if isinstance(content, dict) else ""
    except ValueError:
        message = ""
    if problem:
        return RefusedError(problem)
    limited = Waiting.limit(status, headers, message.casefold())
    if limited:
        return RefusedError(limited, status=status, message=message, limited=True)
    if sso.startswith("required"):
        return RefusedError("the organisation wants single sign-on for this token", status=status, limited=True)
    if status >= _SERVER:
        return RefusedError(f"GitHub has a problem of its own ({status})", status=status, message=message)
    return RefusedError(_WORDS.get(status, f"GitHub refused it ({status})"), status=status, message=message)
