"""What the multi-pattern pass looks for, kept between runs: taking expressions apart costs more than loading the result."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.detection.ruleset import write_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Anchor = tuple[int, str, str]

_MADE_BY: Final = ("anchors.py", "compiled.py", "decoding.py", "pattern.py", "scanner.py")


def kept_anchors(rules: str, cache_dir: Path | None, make: Callable[[], Iterable[Anchor]]) -> list[Anchor]:
    """Return id, expression and rule of each anchor, as an earlier run made them, or made now.

    Args:
        rules: the digest of the ruleset.
        cache_dir: where they are kept; None keeps nothing.
        make: makes them.
    """
    if cache_dir is None:
        return list(make())
    digest = hashlib.sha256(rules.encode())
    for name in _MADE_BY:
        digest.update(Path(__file__).with_name(name).read_bytes())
    path = cache_dir / f"anchors-{digest.hexdigest()[:32]}.json"
    try:
        return [(int(number), str(expression), str(name)) for number, expression, name in json.loads(path.read_bytes())]
    except (OSError, ValueError, TypeError):
        # Absent or damaged: the rules are the truth.
        made = list(make())
    write_cache(path, json.dumps(made).encode())
    return made
