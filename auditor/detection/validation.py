"""What a validator is: a named offline check of one value, registered by decorator, found by package scan.

    @validator("luhn")
    def luhn(value: bytes, context: Context) -> Answer: ...

An answer depends on nothing but the value and the window it is given, so that it can be remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from auditor.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.model.levels import Confidence, Severity


class Verdict(StrEnum):
    """What a check says of a value."""

    VALID = "valid"
    """The value fits: the confidence of the match becomes high, unless the answer names another."""
    INVALID = "invalid"
    """The value cannot be what the rule looks for: there is no match."""
    UNKNOWN = "unknown"
    """The check cannot tell: the match stays as the rule grades it."""


@dataclass(frozen=True, slots=True)
class Context:
    """Where the value stands: `window[start:end] == value`; `groups` are the named groups of the pattern."""

    window: bytes
    start: int
    end: int
    groups: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def before(self) -> bytes:
        """What stands before the value."""
        return self.window[: self.start]

    @property
    def after(self) -> bytes:
        """What stands after the value."""
        return self.window[self.end :]

    @property
    def line(self) -> bytes:
        """The line that holds the value, as far as the window goes."""
        first = self.window.rfind(b"\n", 0, self.start) + 1
        last = self.window.find(b"\n", self.end)
        return self.window[first:] if last < 0 else self.window[first:last]


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict, and what it changes: a note in words for the report, another severity or confidence."""

    verdict: Verdict
    note: str = ""
    severity: Severity | None = None
    confidence: Confidence | None = None


VALID: Final = Answer(Verdict.VALID)
INVALID: Final = Answer(Verdict.INVALID)
UNKNOWN: Final = Answer(Verdict.UNKNOWN)

Validator: TypeAlias = "Callable[[bytes, Context], Answer]"

VALIDATORS: Final[Registry[Validator]] = Registry("auditor.detection.validators")


def validator(name: str) -> Callable[[Validator], Validator]:
    """Register a function as the validator of this name."""

    def register(function: Validator) -> Validator:
        return VALIDATORS.add(name, function)

    return register


def verdict_of(fits: bool, note: str = "", *, sure: bool = True) -> Answer:  # noqa: FBT001  the one thing it turns into an answer
    """Answer VALID or INVALID; without `sure` a value that fits keeps the confidence of its rule."""
    if not fits:
        return INVALID
    return Answer(Verdict.VALID if sure else Verdict.UNKNOWN, note)
