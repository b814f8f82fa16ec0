"""Marks in the code that ask to leave a line alone: our own, with its rule and reason, and those of other tools."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.finding import Suppression

_OURS: Final = re.compile(rb"auditor:\s*ignore\[([\w\s,-]*)\](.*)")
_CLOSING: Final = re.compile(rb"\s*(?:\*/|-->|#\}|%>|\"\"\"|\))?\s*$")
_OTHERS: Final = re.compile(
    rb"""(?ix)
    (?P<gitleaks>gitleaks:\s*allow) | (?P<betterleaks>betterleaks:\s*allow) | (?P<trufflehog>trufflehog:\s*ignore)
    | (?P<kingfisher>kingfisher:\s*(?:ignore|allow)) | (?P<ggshield>\bgg-?ignore\b|pragma:\s*gitguardian|gitguardian:\s*ignore)
    | (?P<detect_secrets>pragma:\s*(?:allow|white)list\s+secret) | (?P<secretlint>secretlint-disable-line)
    | (?P<noseyparker>noseyparker:\s*ignore) | (?P<bandit>\#\s*nosec\b) | (?P<semgrep>\bnosemgrep\b)
    | (?P<ruff>\#\s*noqa:[^\n]*\bS10[5-8]\b) | (?P<sonar>\bNOSONAR\b) | (?P<talisman>talisman:\s*ignore)
    | (?P<hawkeye>hawk-?scan:\s*ignore)
    """
)
_NEXT_LINE: Final = re.compile(
    rb"(?i)(?P<detect_secrets>pragma:\s*(?:allow|white)list\s+nextline\s+secret)|(?P<secretlint>secretlint-disable-next-line)"
    rb"|(?P<auditor>auditor:\s*ignore-next-line)"
)
_COMMENT_ONLY: Final = re.compile(rb"^\s*(?:#|//|/\*|\*|--|;|<!--|%|\{#|REM\b|'|!)")


def may_hold_marks(text: bytes) -> bool:
    """Tell quickly whether a line can hold any mark at all: it is asked for every match, and most lines hold none."""
    # Each of the marks above holds one of these.
    low = text.lower()
    return b"ignore" in low or b"allow" in low or b"pragma" in low or b"secretlint" in low or b"nos" in low or b"noqa" in low


def suppression(line: bytes, previous: bytes, rule_id: str) -> Suppression | None:
    """Find the mark that asks to leave the match of this rule alone.

    Args:
        line: the line that holds the match.
        previous: the line above it; a mark there counts when the line is nothing but a comment.
        rule_id: our mark must name it, and must give a reason.
    """
    if not may_hold_marks(line + previous):
        return None
    return (
        _ours(line, rule_id)
        or (_ours(previous, rule_id) if _COMMENT_ONLY.match(previous) else None)
        or _foreign(_OTHERS.search(line))
        or _foreign(_NEXT_LINE.search(previous))
    )


def _ours(line: bytes, rule_id: str) -> Suppression | None:
    for found in _OURS.finditer(line):
        reason = _CLOSING.sub(b"", found[2]).strip(b" \t:;,-").decode("utf-8", "replace")
        if reason and rule_id in re.split(r"[\s,]+", found[1].decode("ascii", "replace")):
            return Suppression("auditor: ignore", reason)
    return None


def _foreign(found: re.Match[bytes] | None) -> Suppression | None:
    if found is None or found.lastgroup in {None, "auditor"}:
        return None
    tool = str(found.lastgroup).replace("_", "-")
    return Suppression(f"mark of {tool}", "marked in the code for another tool")
