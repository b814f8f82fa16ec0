"""Submodules: what `.gitmodules` says, beside what the tree holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading.files import read

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

GITLINK = "160000"
_SECTION = re.compile(r'^\s*\[\s*submodule\s+"(?P<name>[^"]*)"\s*\]')
_SETTING = re.compile(r"^\s*(?P<key>path|url)\s*=\s*(?P<value>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Submodule:
    """One entry of `.gitmodules`; `url` is empty where it gives none, `line` is that of the address."""

    name: str
    path: str
    url: str
    line: int


def submodules(context: CheckContext) -> tuple[Submodule, ...]:
    """Return the entries of the tip's `.gitmodules`."""
    text = read(context, ".gitmodules")
    if text is None:
        return ()
    found: list[Submodule] = []
    for number, line in enumerate(text.splitlines(), 1):
        section, setting = _SECTION.match(line), _SETTING.match(line)
        if section:
            found.append(Submodule(section["name"], section["name"], "", number))
        elif setting and found:
            last = found.pop()
            if setting["key"] == "path":
                found.append(Submodule(last.name, setting["value"], last.url, last.line))
            else:
                found.append(Submodule(last.name, last.path, setting["value"], number))
    return tuple(found)


def undeclared(context: CheckContext) -> list[str]:
    """Return the links to other repositories in the tree that `.gitmodules` does not explain."""
    known = {module.path.strip("/") for module in submodules(context)}
    return sorted(path for path, entry in context.view.tree.items() if entry.mode == GITLINK and path not in known)
