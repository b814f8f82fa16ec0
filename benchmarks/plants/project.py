"""Plants that only a check of the whole project can see: how it is built, what it borrows, what cannot be read."""

from __future__ import annotations

from typing import Final

from benchmarks.plants.acts import Act
from benchmarks.plants.council import FILES
from benchmarks.plants.kinds import FIXED, MENDED, Plant
from tests.sources.containers import builders

_WORKFLOWS: Final = ".github/workflows"
_OPAQUE: Final = frozenset({Act.REVIEWED, Act.FIX_AND_FRESH})
_TRIGGER: Final = """name: Greet
on:
  pull_request_target:
permissions:
  contents: read
jobs:
  greet:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5.0.0
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: echo "${{ github.event.pull_request.title }}"
"""
_UNPINNED: Final = FILES[f"{_WORKFLOWS}/ci.yml"].replace("name: Tests", "name: Lint") + "      - uses: someone/lint-action@v2\n"
_OWN_RUNNER: Final = FILES[f"{_WORKFLOWS}/ci.yml"].replace("ubuntu-24.04", "self-hosted").replace("name: Tests", "name: Own")
_LARGE: Final = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "4d7a" * 16 + "\nsize 4096\n"


def _encrypted_zip() -> bytes:
    """Return an archive whose member says that it is encrypted, in both of its headers."""
    data = bytearray(builders.zipped({"a.txt": "Nobody can read this without the password.\n"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    return bytes(data)


PROJECT: Final = (
    Plant("a dangerous trigger", "SUP-06", MENDED, f"{_WORKFLOWS}/greet.yml", _TRIGGER),
    Plant("text of strangers in a script", "SUP-07", MENDED, f"{_WORKFLOWS}/greet2.yml", _TRIGGER.replace("Greet", "Greet again")),
    Plant("an action that is not pinned", "SUP-04", MENDED, f"{_WORKFLOWS}/lint.yml", _UNPINNED),
    Plant("a machine of our own", "SUP-08", FIXED, f"{_WORKFLOWS}/own.yml", _OWN_RUNNER),
    Plant(
        "packages from a private index", "HIS-04", MENDED, ".npmrc", "registry=https://nexus.build.dept.internal/repository/npm/\n"
    ),
    Plant("a file that LFS keeps elsewhere", "opaque-blob", _OPAQUE, "data/large.bin", _LARGE),
    Plant("an encrypted archive", "opaque-container-member", _OPAQUE, "data/closed.zip", _encrypted_zip()),
)
