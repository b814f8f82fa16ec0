"""A rule made ready for a worker: its anchors for the one pass, its expressions, windows and validators for confirmation."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from auditor.detection import pattern
from auditor.detection.matcher import Expression
from auditor.detection.validation import VALIDATORS
from auditor.errors import ConfigurationError
from auditor.model.rule import Category

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.detection.validation import Validator
    from auditor.model.rule import Rule

UNBOUNDED: Final = 8192
"""Bytes on each side of an anchor for expressions without a bound; longer values are cut there."""
_UNBOUNDED_KEY: Final = 24_576
_CLASSES: Final = (400, 1200)
"""Expressions of one rule that are at most so wide are looked for together, in windows no wider than they need."""
_SECRETS: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY})


@dataclass(frozen=True)
class CompiledRule:
    """A rule, or those of its patterns that need windows of about the same width, and what is derived, each at its first use."""

    rule: Rule
    number: int
    patterns: tuple[str, ...]

    @cached_property
    def expressions(self) -> tuple[tuple[Expression, int], ...]:
        """The confirming expressions, each with the number of the group that is the value."""
        made = [Expression(text) for text in self.patterns]
        return tuple((item, item.groups.get("secret", 0)) for item in made)

    @cached_property
    def width(self) -> int:
        """Greatest width of a match, as far as it is looked at."""
        return max((_width(self.rule, text) for text in self.patterns), default=0)

    @cached_property
    def bounded(self) -> bool:
        """Whether every match is shorter than the windows."""
        return all(pattern.width(pattern.parse(text))[1] is not None for text in self.patterns)

    @cached_property
    def contexts(self) -> tuple[Expression, ...]:
        """Expressions of which one must match in the window."""
        return tuple(Expression(text, ignore_case=True) for text in self.rule.context)

    @cached_property
    def allowed(self) -> tuple[Expression, ...]:
        """Expressions of harmless values."""
        return tuple(Expression(text) for text in self.rule.allow.patterns)

    @cached_property
    def keywords(self) -> tuple[bytes, ...]:
        """Literals of which one must stand in the window, in small letters."""
        return tuple(word.lower().encode() for word in self.rule.keywords)

    @cached_property
    def stopwords(self) -> tuple[bytes, ...]:
        """Literals that make a value harmless, in small letters."""
        return tuple(word.lower().encode() for word in self.rule.allow.stopwords)

    @cached_property
    def allowed_values(self) -> frozenset[bytes]:
        """Values that are known to be harmless."""
        return frozenset(value.encode() for value in self.rule.allow.values)

    @cached_property
    def validators(self) -> tuple[Validator, ...]:
        """The named checks.

        Raises:
            ConfigurationError: there is no validator of that name.
        """
        for name in self.rule.validators:
            if name not in VALIDATORS:
                msg = f"The rule {self.rule.id} names a validator {name} that does not exist."
                raise ConfigurationError(msg, hint=f"There are: {', '.join(VALIDATORS)}.")
        return tuple(VALIDATORS[name] for name in self.rule.validators)

    @property
    def is_secret(self) -> bool:
        """Whether placeholders, references and known samples are to be taken out."""
        return self.rule.category in _SECRETS

    def check(self) -> None:
        """Compile everything now, to name the rule in an error.

        Raises:
            ConfigurationError: an expression or a validator is wrong.
        """
        try:
            _ = self.expressions, self.contexts, self.allowed, self.validators, self.width
        except ConfigurationError as error:
            if self.rule.id in error.message:
                raise
            msg = f"The rule {self.rule.id} is wrong: {error.message}"
            raise ConfigurationError(msg, hint=error.hint) from error


def anchors_of(rule: Rule, patterns: Sequence[str] = ()) -> tuple[str, ...]:
    """Return what the multi-pattern pass looks for, for all patterns of a rule or for these.

    Raises:
        ConfigurationError: an expression cannot be taken apart, or matches without content.
    """
    if rule.anchors:
        return rule.anchors
    made = []
    for text in patterns or rule.patterns:
        try:
            short = pattern.shorten(pattern.parse(text))
        except pattern.PatternError as error:
            msg = f"The rule {rule.id} has an expression that cannot be understood: {error}."
            raise ConfigurationError(msg, hint="See docs/adding-a-rule.md for what patterns may hold.") from error
        if pattern.width(short)[0] == 0:
            msg = f"The rule {rule.id} has an expression that matches without any content."
            raise ConfigurationError(msg, hint="Make a part of it obligatory.")
        made.append(pattern.render(short))
    return tuple(dict.fromkeys(made))


def compiled(rules: Sequence[Rule], classes: Sequence[Sequence[int]] | None = None) -> tuple[CompiledRule, ...]:
    """Number the rules that look at content; one wide pattern of a rule does not make the windows of its others wide.

    Args:
        rules: all rules.
        classes: what `classes_of` said of them earlier, which takes a while.
    """
    parts = [
        (rule, tuple(text for text, one in zip(rule.patterns, numbers, strict=True) if one == wanted))
        for rule, numbers in zip(rules, classes or classes_of(rules), strict=True)
        for wanted in sorted(set(numbers))
    ]
    return tuple(CompiledRule(rule, number, patterns) for number, (rule, patterns) in enumerate(parts))


def classes_of(rules: Sequence[Rule]) -> list[list[int]]:
    """Return for each rule the class of width of each of its patterns; those of one class share their windows."""
    return [[bisect_left(_CLASSES, _width(rule, text)) for text in rule.patterns] for rule in rules]


def _width(rule: Rule, text: str) -> int:
    """Return the greatest width of what an expression matches, as far as it is looked at."""
    bound = _UNBOUNDED_KEY if rule.category is Category.PRIVATE_KEY else UNBOUNDED
    try:
        _, most = pattern.width(pattern.parse(text))
    except pattern.PatternError:
        # Whoever takes it apart for its anchor says what is wrong.
        most = None
    return bound if most is None else min(most, bound)
