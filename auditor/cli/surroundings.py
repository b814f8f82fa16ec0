"""The lines around a finding, with everything that any rule matches in them masked; rather nothing than a value."""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final, Self

from auditor.cli.lookup import OneBlob
from auditor.config import Settings, cache_folder
from auditor.detection.engine import Engine, EngineOptions
from auditor.detection.ruleset import load
from auditor.errors import SourceError
from auditor.model.blob import Blob
from auditor.model.progress import NoProgress
from auditor.reports.safe_text import shorten
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from auditor.model.finding import Finding, Match

_BEFORE_AND_AFTER: Final = 2
_WIDTH: Final = 140
_STARS: Final = b"****"
_TELLING: Final = 6
"""A value at least so long is masked wherever else it stands; a shorter one is an ordinary word."""


class Surroundings:
    """Reads a repository's content again, one finding at a time."""

    def __init__(self, root: Path) -> None:
        """Stand before the repository."""
        self._stack = ExitStack()
        self._source = self._stack.enter_context(open_target(root, Settings()))
        folder = cache_folder(Settings())
        self._engine = Engine(load(cache_dir=folder), EngineOptions(key=secrets.token_bytes(32), cache_dir=folder))

    def __enter__(self) -> Self:
        """Keep it open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the temporary files."""
        self._stack.close()

    def around(self, finding: Finding) -> tuple[str, ...]:
        """Return the lines around its first place; none where its value cannot be found there, and so not be masked."""
        place = finding.first
        if place.line is None or place.container or not place.oid:
            return ()
        blob = self._read(place.oid)
        if blob is None:
            return ()
        matches = self._engine.scan([OneBlob(blob)], NoProgress()).matches
        if not any(m.rule_id == finding.rule_id and m.line == place.line for m in matches):
            return ()
        lines = masked(blob.data, matches).splitlines()
        first = max(0, place.line - 1 - _BEFORE_AND_AFTER)
        return tuple(
            f"{'>' if number == place.line else ' '} {number:>5}  {shorten(line.decode('utf-8', 'backslashreplace'), _WIDTH)}"
            for number, line in enumerate(lines[first : place.line + _BEFORE_AND_AFTER], first + 1)
        )

    def _read(self, oid: str) -> Blob | None:
        try:
            items = self._source.pick([oid]).items()
            return next((item for item in items if isinstance(item, Blob) and not item.container), None)
        except SourceError:
            return None


def masked(data: bytes, matches: Iterable[Match]) -> bytes:
    """Return content without what was matched, line breaks kept, here and wherever the same values stand again."""
    spans: list[tuple[int, int]] = []
    for start, end in sorted((m.span.start, m.span.end) for m in matches):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((start, end))
    values = {data[m.span.start : m.span.end] for m in matches}
    for start, end in reversed(spans):
        data = data[:start] + _STARS + b"\n" * data.count(b"\n", start, end) + data[end:]
    for value in sorted(values, key=len, reverse=True):
        if len(value) >= _TELLING:
            data = data.replace(value, _STARS + b"\n" * value.count(b"\n"))
    return data
