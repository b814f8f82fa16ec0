"""A detection rule: data from `rules/`, or made from another tool's rule file. Field by field in docs/adding-a-rule.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.levels import Confidence, Grade, Severity


class Category(StrEnum):
    """What kind of thing a rule finds."""

    SECRET = "secret"  # noqa: S105  the name of a category
    CREDENTIAL = "credential"
    PRIVATE_KEY = "private_key"
    RISKY_FILE = "risky_file"
    CONFIGURATION = "configuration"
    PERSONAL_DATA = "personal_data"
    MARKING = "marking"
    CLOSED_CODE = "closed_code"


class Status(StrEnum):
    """How far a rule can be relied on."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True)
class Provider:
    """Who issues the token, or the family of rules."""

    id: str
    name: str
    homepage: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """Bytes before and after a match that conditions of context may look at."""

    before: int = 150
    after: int = 50


@dataclass(frozen=True, slots=True)
class Charset:
    """Least number of characters of each class in the value."""

    min_digits: int = 0
    min_upper: int = 0
    min_lower: int = 0
    min_special: int = 0


@dataclass(frozen=True, slots=True)
class Requirement:
    """Another rule that must (or, when optional, may) match within so many lines; the pair is one finding of higher confidence."""

    rule: str
    within_lines: int = 5
    optional: bool = False


@dataclass(frozen=True, slots=True)
class PathCondition:
    """Globs on the whole path (`**/` crosses folders). No `include` means every path; `exclude` lowers confidence, never hides."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Allow:
    """Values that are known to be harmless, with the reason."""

    values: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remediation:
    """What to do when the finding is real, in order, and who usually does it."""

    summary: str
    steps: tuple[str, ...] = ()
    revoke_url: str = ""
    owner_hint: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to look for.

    `patterns` are RE2 expressions over the content, a named group `secret` marks the value (the whole match otherwise).
    `files` are globs: a path that matches is itself the finding. `anchors` replace the patterns in the multi-pattern pass
    where a shorter expression is enough to find the place. `random_bits` is the randomness the format guarantees.
    """

    id: str
    title: str
    category: Category
    severity: Severity
    confidence: Confidence
    description: str = ""
    provider: Provider = field(default_factory=lambda: Provider("generic", "Generic"))
    grade: Grade = Grade.BLOCKER
    patterns: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    within: Window = field(default_factory=Window)
    min_entropy: float = 0.0
    random_bits: int = 0
    charset: Charset = field(default_factory=Charset)
    validators: tuple[str, ...] = ()
    requires: tuple[Requirement, ...] = ()
    paths: PathCondition = field(default_factory=PathCondition)
    allow: Allow = field(default_factory=Allow)
    public_prefixes: tuple[str, ...] = ()
    specificity: int = 50
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    remediation: Remediation = field(default_factory=lambda: Remediation(""))
    references: tuple[str, ...] = ()
    status: Status = Status.STABLE
    source: str = ""
