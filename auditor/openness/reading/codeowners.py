"""CODEOWNERS: which file counts, its rules, and the lines that a forge would refuse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading.files import read

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where forges look, first match wins."""

_OWNER = re.compile(r"^(?:@[A-Za-z0-9][A-Za-z0-9-]*(?:/[A-Za-z0-9][\w.-]*)*|@@[a-z]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)$")
_SECTION = re.compile(r"^\^?\[[^\]]+\](?:\[\d+\])?")
_LARGEST = 3 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: a pattern and who owns what it matches (nobody, where the list is empty)."""

    pattern: str
    owners: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class CodeOwners:
    """The file that counts, with its rules and the lines that are wrong (line, what is wrong)."""

    path: str
    rules: tuple[Rule, ...]
    wrong: tuple[tuple[int, str], ...] = ()

    @property
    def owners(self) -> tuple[str, ...]:
        """Everybody named, once."""
        return tuple(dict.fromkeys(owner for rule in self.rules for owner in rule.owners))

    @property
    def default(self) -> tuple[str, ...]:
        """The owners of everything that no later rule takes."""
        last: tuple[str, ...] = ()
        for rule in self.rules:
            if rule.pattern in {"*", "**", "/**", "/"}:
                last = rule.owners
        return last


def code_owners(context: CheckContext) -> CodeOwners | None:
    """Return the CODEOWNERS file of the tip, None where there is none."""
    for path in PLACES:
        text = read(context, path)
        if text is not None:
            return parse(path, text)
    return None


def parse(path: str, text: str) -> CodeOwners:
    """Read the lines as forges do: comments, sections of GitLab, a pattern, then owners."""
    rules: list[Rule] = []
    wrong: list[tuple[int, str]] = []
    section: tuple[str, ...] = ()
    if len(text) > _LARGEST:
        wrong.append((1, "the file is larger than the forge reads (3 MB)"))
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.split(r"(?:^|\s)#", raw, maxsplit=1)[0].strip()
        if not line:
            continue
        header = _SECTION.match(line)
        if header:
            section = tuple(line[header.end() :].split())
            continue
        pattern, *owners = re.split(r"(?<!\\)\s+", line)
        wrong += [(number, f"{owner!r} is neither a user, a team nor an address") for owner in owners if not _OWNER.match(owner)]
        if pattern.startswith("!"):
            wrong.append((number, "a pattern cannot be negated here"))
        rules.append(Rule(pattern, tuple(o for o in owners if _OWNER.match(o)) or section, number))
    return CodeOwners(path, tuple(rules), tuple(wrong))
