"""A rule made ready for a worker: its anchors for the one pass, its expressions, windows and validators for confirmation."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

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


class Shape(NamedTuple):
    """What taking an expression apart tells: the most bytes that match, None without a bound, and how the engine is to have it."""

    most: int | None
    relaxed: str


@dataclass(frozen=True)
class CompiledRule:
    """A rule, or those of its patterns that need windows of about the same width, and what is derived, each at its first use."""

    rule: Rule
    number: int
    patterns: tuple[str, ...]
    shapes: tuple[Shape, ...]

    @cached_property
    def expressions(self) -> tuple[tuple[Expression, int], ...]:
        """The confirming expressions, each with the number of the group that is the value."""
        made = [Expression(text, relaxed=shape.relaxed) for text, shape in zip(self.patterns, self.shapes, strict=True)]
        return tuple((item, item.groups.get("secret", 0)) for item in made)

    @cached_property
    def width(self) -> int:
        """Greatest width of a match, as far as it is looked at."""
        return max((_width(self.rule, shape) for shape in self.shapes), default=0)

    @cached_property
    def bounded(self) -> bool:
        """Whether every match is shorter than the windows."""
        return all(shape.most is not None for shape in self.shapes)

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


def compiled(rules: Sequence[Rule], shapes: Sequence[Sequence[Shape]] | None = None) -> tuple[CompiledRule, ...]:
    """Number the rules that look at content; one wide pattern of a rule does not make the windows of its others wide.

    Args:
        rules: all rules.
        shapes: what `shapes_of` said of them earlier, which takes a while.
    """
    parts: list[CompiledRule] = []
    for rule, known in zip(rules, shapes or shapes_of(rules), strict=True):
        classes: dict[int, list[tuple[str, Shape]]] = {}
        for text, shape in zip(rule.patterns, known, strict=True):
            classes.setdefault(bisect_left(_CLASSES, _width(rule, shape)), []).append((text, shape))
        for _, some in sorted(classes.items()):
            patterns, those = zip(*some, strict=True)
            parts.append(CompiledRule(rule, len(parts), patterns, those))
    return tuple(parts)


def shapes_of(rules: Sequence[Rule]) -> list[list[Shape]]:
    """Take apart each pattern of each rule."""
    return [[_shape(text) for text in rule.patterns] for rule in rules]


def whole(rule: Rule) -> CompiledRule:
    """Return a rule with all its patterns, whatever windows they need."""
    return CompiledRule(rule, 0, rule.patterns, tuple(map(_shape, rule.patterns)))


def _shape(text: str) -> Shape:
    try:
        _, most = pattern.width(pattern.parse(text))
    except pattern.PatternError:
        # Whoever takes it apart for its anchor says what is wrong.
        most = None
    return Shape(most, pattern.relax(text))


def _width(rule: Rule, shape: Shape) -> int:
    """Return the greatest width of what an expression matches, as far as it is looked at."""
    bound = _UNBOUNDED_KEY if rule.category is Category.PRIVATE_KEY else UNBOUNDED
    return bound if shape.most is None else min(shape.most, bound)
