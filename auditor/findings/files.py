"""A risky file is a finding by its path alone: one for each path, at the places where the history holds it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from auditor.model.blob import Origin
from auditor.model.finding import Match, Span
from auditor.model.provenance import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from auditor.model.provenance import KnownPath
    from auditor.model.rule import Rule


def path_matches(hits: Iterable[tuple[str, str]], rules: Mapping[str, Rule]) -> list[Match]:
    """Turn rule id and path into matches without a value; the key is the rule and the path."""
    return [
        Match(
            rule_id=rule_id,
            oid=f"path:{path}",
            origin=Origin.FILE,
            span=Span(0, 0),
            masked="",
            key=hashlib.sha256(f"{rule_id}\0{path}".encode("utf-8", "surrogateescape")).digest(),
            severity=rules[rule_id].severity,
            confidence=rules[rule_id].confidence,
            path=path,
        )
        for rule_id, path in hits
    ]


def path_places(hits: Iterable[tuple[str, str]], paths: Mapping[str, KnownPath]) -> dict[str, tuple[Place, ...]]:
    """Return the place of every path that was hit."""
    return {
        f"path:{path}": (Place(path, known.commit, known.authored, known.exposure),)
        for _, path in hits
        if (known := paths.get(path)) is not None
    }
