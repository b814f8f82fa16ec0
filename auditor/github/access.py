"""Where GitHub is, and as whom it is asked. Tokens come from the environment or a file, never from the command line."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from github import Auth

from auditor.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PUBLIC_API: Final = "https://api.github.com"
_ENTERPRISE_PATH: Final = "/api/v3"
_FOR_GITHUB: Final = ("GH_TOKEN", "GITHUB_TOKEN")
_FOR_ENTERPRISE: Final = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
_LONGEST: Final = 20_000


@dataclass(frozen=True, slots=True)
class Access:
    """An address of the API with a token, an App and its private key, or neither: anonymous."""

    api: str = PUBLIC_API
    token: str = field(default="", repr=False)
    app: str = ""
    key: str = field(default="", repr=False)
    installation: int = 0

    @property
    def web(self) -> str:
        """The address that people open."""
        parts = urlsplit(self.api)
        host = parts.netloc.removeprefix("api.") if not parts.path.strip("/") else parts.netloc
        return f"{parts.scheme}://{host}"

    @property
    def kind(self) -> str:
        """As what sort of visitor: an App, a token or nobody."""
        return "app" if self.app else "token" if self.token else "nobody"

    @property
    def how(self) -> str:
        """In words, for notes and errors."""
        return {"app": f"GitHub App {self.app}", "token": "a token", "nobody": "nobody (anonymous)"}[self.kind]

    def auth(self) -> Auth.Auth | None:
        """Return what the library needs; for an App without an installation, the App itself."""
        if self.app:
            app = Auth.AppAuth(self.app, self.key)
            return app.get_installation_auth(self.installation) if self.installation else app
        return Auth.Token(self.token) if self.token else None


def access_from(  # noqa: PLR0913  the ways to say it
    environment: Mapping[str, str],
    *,
    api_url: str = "",
    token_file: Path | None = None,
    app_id: str = "",
    app_key_file: Path | None = None,
    installation: int = 0,
) -> Access:
    """Find out how to ask.

    Args:
        environment: GH_TOKEN or GITHUB_TOKEN for github.com and ghe.com; GH_ENTERPRISE_TOKEN or GITHUB_ENTERPRISE_TOKEN for a
            server of one's own, so that a token of one place is not sent to another.
        api_url: address of the REST API; github.com's when empty.
        token_file: a file with the token; wins over the environment.
        app_id: id or client id of a GitHub App.
        app_key_file: the App's private key.
        installation: which installation of the App; found by the name of the owner when 0.

    Raises:
        UsageError: the address is none, an App has no key, or a file cannot be read.
    """
    api = _address(api_url or environment.get("GITHUB_API_URL", "") or PUBLIC_API)
    if app_id or app_key_file:
        if not (app_id and app_key_file):
            msg = "A GitHub App is asked for with its id and its private key, and one of them is missing."
            raise UsageError(msg, hint="Give both --app-id and --app-key.")
        return Access(api, app=app_id, key=_read(app_key_file, "private key"), installation=installation)
    if token_file:
        return Access(api, _read(token_file, "token"))
    return Access(api, _from_environment(api, environment))


def _from_environment(api: str, environment: Mapping[str, str]) -> str:
    host = urlsplit(api).hostname or ""
    ours = api == PUBLIC_API or host.endswith(".ghe.com") or environment.get("GITHUB_API_URL", "").rstrip("/") == api
    names = _FOR_GITHUB if ours else _FOR_ENTERPRISE
    return next((environment[name].strip() for name in names if environment.get(name, "").strip()), "")


def _address(text: str) -> str:
    """Return the address of the API, checked: a token goes over TLS or not at all."""
    parts = urlsplit(text.rstrip("/"))
    host = parts.hostname or ""
    if parts.scheme not in {"https", "http"} or not host or parts.username or parts.query or parts.fragment:
        msg = "The address of the API is not an address."
        raise UsageError(msg, hint="Write it as https://github.example.gov.uk/api/v3.")
    if parts.scheme == "http" and not _this_machine(host):
        msg = f"The address of the API at {host} does not use TLS, and a token would be sent in clear text."
        raise UsageError(msg, hint="Use https://.")
    own_server = not parts.path and not host.startswith("api.") and not _this_machine(host)
    return f"{parts.scheme}://{parts.netloc}{_ENTERPRISE_PATH if own_server else parts.path}"


def _this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _read(path: Path, what: str) -> str:
    try:
        with path.open(encoding="ascii") as file:
            text = file.read(_LONGEST).strip()
    except (OSError, ValueError):
        msg = f"The file {path} with the {what} cannot be read."
        raise UsageError(msg, hint="Check the path and its permissions.") from None
    if not text:
        msg = f"The file {path} holds no {what}."
        raise UsageError(msg, hint="Write it into the file, and nothing else.")
    return text
