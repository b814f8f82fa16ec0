"""One finding of another tool, as its reader hands it over: the value, where the file holds it, is wrapped at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from auditor.model.levels import Confidence, Severity
from auditor.model.secret import Secret

_LONGEST: Final = 4096
_LONGEST_VALUE: Final = 1_000_000
_NAME: Final = re.compile(r"[^A-Za-z0-9._/-]+")
_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_REDACTED: Final = re.compile(r"(?i)redacted|^[*.xX•]+$|\.{3}$|\*{3}")
_LEAST: Final = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """What a tool says of one place.

    `rule` is its own name for the rule. `secret` is the value, by which places of the same value become one finding; None where
    the file holds none or a masked one. `same` does that by the tool's own digest. `is_secret` is False for what is no key or
    credential. `verified` is True where the tool asked the provider and the value worked.
    """

    tool: str
    rule: str
    path: str
    line: int | None = None
    end_line: int | None = None
    column: int | None = None
    commit: str | None = None
    secret: Secret | None = None
    same: str = ""
    confidence: Confidence = Confidence.MEDIUM
    severity: Severity = Severity.HIGH
    is_secret: bool = True
    verified: bool = False


def text(value: Any) -> str:  # noqa: ANN401  whatever stands in a file of somebody else
    """Return a text of a bearable length, empty for anything else."""
    return value[:_LONGEST].encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def name(value: Any) -> str:  # noqa: ANN401  the same
    """Return the name of a rule in plain characters."""
    return _NAME.sub("-", text(value)).strip("-.")[:100].lower() or "unnamed"


def number(value: Any) -> int | None:  # noqa: ANN401  the same
    """Return a line or column, None for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 31 else None


def commit(value: Any) -> str | None:  # noqa: ANN401  the same
    """Return a full commit id, None for anything else."""
    return value if isinstance(value, str) and _COMMIT.fullmatch(value) else None


def secret(value: Any) -> Secret | None:  # noqa: ANN401  the same
    """Wrap a value; None where there is none, or the tool has masked it."""
    if not isinstance(value, str) or not _LEAST <= len(value) <= _LONGEST_VALUE or _REDACTED.search(value):
        return None
    return Secret(value.encode("utf-8", "surrogatepass"))


def path(value: Any) -> str:  # noqa: ANN401  the same
    """Return a path as git writes it: forward slashes, no leading `./`; an address of a file becomes its path."""
    plain = text(value)
    if plain.lower().startswith("file:"):
        plain = unquote(urlsplit(plain).path)
    plain = plain.replace("\\", "/")
    while plain.startswith("./"):
        plain = plain[2:].lstrip("/")
    return plain


def mapping(value: Any) -> dict[str, Any]:  # noqa: ANN401  the same
    """Return an object of the file, an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:  # noqa: ANN401  the same
    """Return a list of the file, an empty one for anything else."""
    return value if isinstance(value, list) else []


def level(value: Any) -> Confidence:  # noqa: ANN401  the same
    """Read a confidence by its usual names, medium where it is unknown."""
    wanted = text(value).lower()
    return Confidence(wanted) if wanted in list(Confidence) else Confidence.MEDIUM
