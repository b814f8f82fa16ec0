"""Licence expressions of dependencies, judged against the licence of the project."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from license_expression import ExpressionError, get_spdx_licensing

from auditor.openness.reading.licences import bare, lists

if TYPE_CHECKING:
    from collections.abc import Collection

    from boolean import Expression
    from license_expression import Licensing

_NOT_OPEN = re.compile(
    r"non-?commercial|\bNC\b|-NC-|-ND-|BUSL|SSPL|Elastic|Commons-?Clause|PolyForm|proprietary|UNLICENSED|Prosperity|Parity",
    re.IGNORECASE,
)
_ALIASES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache2": "Apache-2.0",
    "BSD": "BSD-3-Clause",
    "BSD-like": "BSD-3-Clause",
    "GPL": "GPL-2.0",
    "MIT/X11": "MIT",
    "MIT License": "MIT",
    "MPL 2.0": "MPL-2.0",
    "Public Domain": "Unlicense",
    "public domain": "Unlicense",
}


class Fit(Enum):
    """How a dependency's licence goes with the project's, from best to worst."""

    PERMISSIVE = 0
    WEAK_COPYLEFT = 1
    SAME_COPYLEFT = 2
    UNKNOWN = 3
    CONFLICT = 4
    NOT_OPEN = 5


@cache
def licensing() -> Licensing:
    """Return what reads licence expressions; the library makes it anew, from all licences, each time that it is asked."""
    made: Licensing = get_spdx_licensing()
    return made


@cache
def fit(expression: str, project: tuple[str, ...]) -> Fit:
    """Judge an expression: of alternatives the best counts, of joint licences the worst."""
    text = _ALIASES.get(expression.strip().strip("()"), expression.strip())
    if _NOT_OPEN.search(text) and " OR " not in text:
        return Fit.NOT_OPEN
    try:
        parsed = licensing().parse(text.replace("/", " OR ") if " " not in text else text, validate=False)
    except (ExpressionError, ValueError):
        return Fit.UNKNOWN
    except Exception:  # noqa: BLE001  the parser of a stranger's text has raised more kinds than it documents
        return Fit.UNKNOWN
    return Fit.UNKNOWN if parsed is None else _of(parsed, project)


def _of(node: Expression, project: Collection[str]) -> Fit:
    operator = type(node).__name__
    if operator in {"AND", "OR"}:
        fits = [_of(part, project) for part in node.args]
        return (max if operator == "AND" else min)(fits, key=lambda item: item.value)
    licence = str(getattr(node, "license_symbol", node))
    name = bare(licence.split(" WITH ", maxsplit=1)[0])
    if _NOT_OPEN.search(name):
        return Fit.NOT_OPEN
    if name in lists()["permissive"] or name in lists()["documents"]:
        return Fit.PERMISSIVE
    if name in lists()["weak_copyleft"]:
        return Fit.WEAK_COPYLEFT
    stronger = lists()["strong_copyleft"].get(name)
    if stronger is None:
        return Fit.UNKNOWN
    return Fit.SAME_COPYLEFT if any(bare(own) in stronger for own in project) else Fit.CONFLICT
