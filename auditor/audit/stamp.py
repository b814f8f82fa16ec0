"""One value for everything that results depend on beside the content: our code, our data, the libraries, the rules, the bounds."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.config import Settings

_FORMAT: Final = b"1"
_DATA: Final = (".py", ".yml", ".yaml", ".json", ".toml")


def stamp_of(settings: Settings) -> bytes:
    """Return the stamp of a run: whoever has the same one makes the same results of the same content."""
    digest = hashlib.blake2b(_own_state(), digest_size=32)

    def add(*parts: bytes) -> None:
        for part in parts:
            digest.update(len(part).to_bytes(8, "little") + part)

    add(*(name.encode() for name in sorted(settings.disabled_rules)))
    for path in (*settings.rules, *settings.detect_secrets_plugins):
        add(bytes(path), path.read_bytes() if path.is_file() else b"")
    bounds = (settings.container_depth, settings.container_bytes, settings.container_members, settings.container_seconds)
    add(repr((settings.max_blob, bounds)).encode())
    return digest.digest()


@cache
def _own_state() -> bytes:
    """Return a digest of our code and data, and of the libraries; they are loaded once in a process."""
    digest = hashlib.blake2b(_FORMAT, digest_size=32)
    for name, content in _own_files():
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    digest.update("\n".join((sys.version, *sorted(_libraries()))).encode())
    return digest.digest()


def _own_files() -> Iterator[tuple[str, bytes]]:
    """Yield names and content. Without `pathlib`, which takes longer over so many files than reading them does."""
    for root in (Path(__file__).resolve().parents[1], rules_root()):
        for path in sorted(_below(str(root))):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123  as said
                yield path[len(str(root)) + 1 :], file.read()


def _below(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _below(entry.path)
            elif entry.name.endswith(_DATA):
                yield entry.path


def _libraries() -> Iterator[str]:
    """Yield the installed distributions with their versions, as their folders are called."""
    for key in ("purelib", "platlib"):
        folder = Path(sysconfig.get_path(key))
        if folder.is_dir():
            yield from (path.name for path in folder.iterdir() if path.suffix in {".dist-info", ".egg-info"})
