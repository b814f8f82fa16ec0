"""One comment on a pull request, found again by a hidden marker and updated in place.

Whatever GitHub answers, the scan stands: every failure is one sentence for the log, none is an exception. Nothing of an answer
is repeated in that sentence, since a proxy's error page may hold anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import requests
from github import Auth, Github, GithubException, RateLimitExceededException

if TYPE_CHECKING:
    from collections.abc import Iterator

    from github.Requester import Requester

_TIMEOUT: Final = 15
_PAGE: Final = 100
_MOST_PAGES: Final = 30
_TRUSTED: Final = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
_REASONS: Final = {
    401: "the token was refused",
    403: "the token may not comment here (a fork's token never may; otherwise give the job `pull-requests: write`)",
    404: "there is no such pull request for this token",
    410: "comments are switched off here",
    422: "the comment was refused as not valid",
    429: "the limit of requests is reached",
}
_SERVER_ERROR: Final = 500


class UnexpectedAnswerError(Exception):
    """The answer is not what the API describes, as when a proxy answers in its place."""


def post(  # noqa: PLR0913  an address has these parts
    body: str, *, marker: str, api: str, repository: str, number: int, token: str, create: bool = True, timeout: float = _TIMEOUT
) -> str:
    """Write the comment, or update the one with the marker.

    Args:
        body: markdown, the marker in it.
        marker: the hidden text by which the comment is found again.
        api: address of the REST API.
        repository: `owner/name`.
        number: of the pull request.
        token: may be empty, then nothing is tried.
        create: write a new one where there is none; without it only an existing one is updated.
        timeout: seconds for each request.

    Returns:
        Why it could not be written, in one sentence; empty when it was, or when there was nothing to do.
    """
    if not token:
        return "No comment was written: there is no token."
    with Github(
        base_url=api,
        auth=Auth.Token(token),
        timeout=int(timeout) or 1,
        retry=None,
        seconds_between_requests=0,
        seconds_between_writes=0,
    ) as client:
        try:
            _write(client.requester, f"/repos/{repository}/issues", number, body, marker, create=create)
        except RateLimitExceededException:
            reason = _REASONS[429]
        except GithubException as error:
            reason = _reason(error.status)
        except requests.Timeout:
            reason = "GitHub took too long to answer"
        except (requests.RequestException, OSError):
            reason = "GitHub could not be reached"
        except (UnexpectedAnswerError, ValueError, AssertionError):
            reason = "the answer was not one of GitHub's API"
        else:
            return ""
    return f"No comment was written: {reason}. The scan is not affected."


def _write(  # noqa: PLR0913  the same address, taken apart
    requester: Requester, issues: str, number: int, body: str, marker: str, *, create: bool
) -> None:
    found = next((one for one in _comments(requester, f"{issues}/{number}/comments") if _ours(one, marker)), None)
    if found is not None:
        if found.get("body") != body:
            _answered(requester, "PATCH", f"{issues}/comments/{found['id']}", {"body": body})
    elif create:
        _answered(requester, "POST", f"{issues}/{number}/comments", {"body": body})


def _comments(requester: Requester, url: str) -> Iterator[dict[str, Any]]:
    for page in range(1, _MOST_PAGES + 1):
        _, data = requester.requestJsonAndCheck("GET", url, parameters={"per_page": _PAGE, "page": page})
        if not isinstance(data, list) or not all(isinstance(one, dict) and isinstance(one.get("id"), int) for one in data):
            raise UnexpectedAnswerError
        yield from data
        if len(data) < _PAGE:
            return


def _ours(comment: dict[str, Any], marker: str) -> bool:
    """Tell whether a comment is ours: a stranger who writes the marker does not get our text put into a comment of theirs."""
    user = comment.get("user")
    by_bot = isinstance(user, dict) and user.get("type") == "Bot"
    return str(comment.get("body") or "").startswith(marker) and (by_bot or comment.get("author_association") in _TRUSTED)


def _answered(requester: Requester, verb: str, url: str, data: dict[str, Any]) -> None:
    _, answer = requester.requestJsonAndCheck(verb, url, input=data)
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), int):
        raise UnexpectedAnswerError


def _reason(status: int | None) -> str:
    if status is not None and status >= _SERVER_ERROR:
        return f"GitHub has a problem of its own ({status})"
    return _REASONS.get(status or 0, f"GitHub refused it ({status})")
