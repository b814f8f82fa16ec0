"""What is derived from rules, kept between runs: taking expressions apart costs more than loading the result."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from auditor.detection.ruleset import write_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Anchor = tuple[int, str, str]
    Parts = list[list[int]]

T = TypeVar("T")

_MADE_BY: Final = ("anchors.py", "compiled.py", "decoding.py", "pattern.py", "scanner.py")


def kept_anchors(rules: str, cache_dir: Path | None, make: Callable[[], Iterable[Anchor]]) -> list[Anchor]:
    """Return id, expression and rule of each anchor that the multi-pattern pass looks for.

    Args:
        rules: the digest of the ruleset.
        cache_dir: where they are kept; None keeps nothing.
        make: makes them.
    """
    return _kept("anchors", rules, cache_dir, lambda: list(make()), _as_anchors)


def kept_parts(rules: str, cache_dir: Path | None, make: Callable[[], Parts]) -> Parts:
    """Return for each rule the class of width of each of its patterns, kept in the same way."""
    return _kept("parts", rules, cache_dir, make, _as_parts)


def _as_anchors(plain: Iterable[Any]) -> list[Anchor]:
    return [(int(number), str(expression), str(name)) for number, expression, name in plain]


def _as_parts(plain: Iterable[Any]) -> Parts:
    return [[int(number) for number in classes] for classes in plain]


def _kept(kind: str, rules: str, cache_dir: Path | None, make: Callable[[], T], read: Callable[[Any], T]) -> T:
    if cache_dir is None:
        return make()
    digest = hashlib.sha256(rules.encode())
    for name in _MADE_BY:
        digest.update(Path(__file__).with_name(name).read_bytes())
    path = cache_dir / f"{kind}-{digest.hexdigest()[:32]}.json"
    try:
        return read(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        # Absent or damaged: the rules are the truth.
        made = make()
    write_cache(path, json.dumps(made).encode())
    return made
