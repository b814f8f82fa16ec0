"""The installation of a GitHub App on an account, and the credential for git."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import requests
from github import Auth, Github, GithubException
from jwt import PyJWTError

from auditor.errors import RemoteError
from auditor.github.client import Client, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.github.access import Access

_NOT_THERE: Final = 404


def installed(access: Access, owner: str, *, make: Callable[[Access], Client] = Client) -> Access:
    """Return the access of an App's installation on an account; whatever is no App, as it is.

    Raises:
        RemoteError: the App is not installed there, or its key is refused.
    """
    if not access.app or access.installation:
        return access
    with make(access) as client:
        for path in (f"/orgs/{owner}/installation", f"/users/{owner}/installation"):
            try:
                return replace(access, installation=client.get(path, keep=_number))
            except RefusedError as error:
                if error.status != _NOT_THERE:
                    msg = f"GitHub App {access.app} could not be asked about: {error.reason}."
                    raise RemoteError(msg, hint="Check the App's id and its private key.") from None
    msg = f"GitHub App {access.app} is not installed on {owner}."
    raise RemoteError(msg, hint="Install it there, or use a token.")


def credential(access: Access) -> str:
    """Return what git needs to clone: the token, or a fresh one of the App's installation; empty for nobody.

    Raises:
        RemoteError: the App's key is refused, or GitHub cannot be reached.
    """
    auth = access.auth()
    if auth is None:
        return ""
    try:
        with Github(base_url=access.api, auth=auth, retry=None, seconds_between_requests=0) as github:
            held = github.requester.auth
            return held.token if isinstance(held, (Auth.Token, Auth.AppInstallationAuth)) else ""
    except (GithubException, requests.RequestException, OSError, ValueError, AssertionError, PyJWTError):
        msg = f"GitHub gave no credential to {access.how}."
        raise RemoteError(msg, hint="Check the App's key and its installation.") from None


def _number(answer: Any) -> int:  # noqa: ANN401  JSON
    return int(answer["id"])
