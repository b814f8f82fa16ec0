"""The readers: each knows the shape of one tool's file, and registers by decorator; adding one is one file and one test."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from auditor.findings.imported.record import Imported
from auditor.registry import Registry

Entries = Callable[[Any], Iterable[Any] | None]
Convert = Callable[[Any], Iterator[Imported]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How a tool's file is read: `entries` returns its findings where the document is of this tool, None where it is not."""

    name: str
    entries: Entries
    convert: Convert


READERS: Registry[Reader] = Registry("auditor.findings.imported.tools")


def reader(name: str, entries: Entries) -> Callable[[Convert], Convert]:
    """Register the decorated function, which turns one entry of a file into findings."""

    def register(convert: Convert) -> Convert:
        READERS.add(name, Reader(name, entries, convert))
        return convert

    return register
