"""What a repository gets from its organisation: the default files of the `.github` repository, where that is known."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from auditor.resources import rules_root

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_OWNER = re.compile(r"(?:^|@|//)(?P<host>[\w.-]+\.[a-z]+)(?::\d+)?[:/](?P<owner>[\w.-]+)/[\w./-]+$", re.IGNORECASE)


@cache
def _shipped() -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads((rules_root() / "organisations.json").read_text(encoding="utf-8")))


def owners(context: CheckContext) -> list[str]:
    """Return `host/owner` of each remote, lower case."""
    found = (_OWNER.search(url.strip()) for url in context.view.remotes.values())
    return list(dict.fromkeys(f"{match['host']}/{match['owner']}".lower() for match in found if match))


def known_default(context: CheckContext, *stems: str) -> str:
    """Say which default file of the organisation stands in for a missing one, empty where none is known."""
    for owner in owners(context):
        for name in _shipped()["defaults"].get(owner, ()):
            if posixpath.splitext(name)[0].lower() in stems:
                return f"{owner} has a default {name} for all its repositories (seen {_shipped()['read']}; confirm on the forge)"
    return ""
