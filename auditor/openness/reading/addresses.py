"""Addresses of repositories and package sources: would somebody outside, without an account, reach them?"""

from __future__ import annotations

import ipaddress
import re
from enum import Enum
from urllib.parse import urlsplit

_SCP = re.compile(r"^(?:[\w.-]+@)?(?P<host>[\w.-]+\.[\w-]+|[\w-]{2,}):(?!//)(?P<path>[^\\].*)$")
_INTERNAL_SUFFIXES = (
    ".internal", ".intranet", ".corp", ".lan", ".local", ".localdomain", ".private", ".home.arpa", ".test",
    ".gsi.gov.uk", ".gse.gov.uk", ".gsx.gov.uk", ".gcsx.gov.uk", ".psn.gov.uk", ".pnn.police.uk", ".cjsm.net", ".hscn.nhs.uk",
)  # fmt: skip
_ACCOUNT_ONLY = (".pkg.dev", "npm.pkg.github.com", "maven.pkg.github.com", "nuget.pkg.github.com", ".codeartifact.")


class Reach(Enum):
    """What the address says; whether the thing behind it is public was not looked up."""

    PUBLIC = "a host on the internet, over a protocol that needs no account"
    RELATIVE = "relative to this repository's own address"
    NEEDS_KEY = "over SSH, which needs an account and a key even for public repositories"
    NEEDS_ACCOUNT = "a package host that asks for an account"
    INTERNAL = "a host that exists only inside a network"
    LOCAL = "a path on somebody's machine"
    UNKNOWN = "an address that depends on settings outside the repository"


def reach(address: str) -> Reach:  # noqa: PLR0911  each kind of address is told by one look
    """Judge one address by its text."""
    address = address.strip().strip("\"'")
    if "${" in address or "{{" in address or address.startswith("$"):
        return Reach.UNKNOWN
    if address.startswith(("./", "../")):
        return Reach.RELATIVE
    if address.startswith(("/", "file:", "~")) or re.match(r"^[A-Za-z]:\\", address):
        return Reach.LOCAL
    address = re.sub(r"^(?:git|hg|svn)\+(?=\w+://)", "", address)
    if "://" not in address:
        match = _SCP.match(address)
        if not match:
            return Reach.RELATIVE
        return Reach.INTERNAL if internal(match["host"]) else Reach.NEEDS_KEY
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Reach.UNKNOWN
    if internal(host):
        return Reach.INTERNAL
    if parts.scheme in {"ssh", "git+ssh"}:
        return Reach.NEEDS_KEY
    if any(mark in host for mark in _ACCOUNT_ONLY):
        return Reach.NEEDS_ACCOUNT
    return Reach.PUBLIC


def internal(host: str) -> bool:
    """Tell whether a host name or address can exist only inside a network."""
    host = host.lower().rstrip(".")
    if not host:
        return False
    try:
        return ipaddress.ip_address(host.strip("[]")).is_private
    except ValueError:
        return "." not in host or host.endswith(_INTERNAL_SUFFIXES)
