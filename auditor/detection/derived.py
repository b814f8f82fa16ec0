"""What is derived from rules, kept between runs: taking expressions apart costs more than loading the result."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from auditor.detection.ruleset import write_cache

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MADE_BY: Final = ("compiled.py", "decoding.py", "derived.py", "matcher.py", "pattern.py", "scanner.py", "telling.py")


def kept(kind: str, of: str, cache_dir: Path | None, make: Callable[[], T], read: Callable[[Any], T]) -> T:
    """Return what was derived, as an earlier run of the same code made it, or made now.

    Args:
        kind: what it is, for its name in the cache.
        of: all that it depends on beside the code.
        cache_dir: where it is kept; None keeps nothing.
        make: makes it.
        read: makes it from JSON. A ValueError or TypeError says that it is damaged.
    """
    if cache_dir is None:
        return make()
    digest = hashlib.sha256(of.encode("utf-8", "surrogateescape"))
    for name in _MADE_BY:
        digest.update(Path(__file__).with_name(name).read_bytes())
    path = cache_dir / f"{kind}-{digest.hexdigest()[:32]}.json"
    try:
        return read(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        # Absent or damaged: what it was made of is the truth.
        made = make()
    write_cache(path, json.dumps(made).encode())
    return made
