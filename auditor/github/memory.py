"""Answers of earlier runs, so that what did not change is asked for with one conditional request and comes back empty.

Only what a question keeps of an answer is written, never the answer: an answer may hold more than anybody should store.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import MutableMapping

_FORM: Final = "1"
"""Changes with what the questions keep; older answers are then not used."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was kept of an answer, the tag by which GitHub knows it, and the address of its next page."""

    tag: str
    kept: Any
    following: str = ""


class Memory:
    """In memory only: for one run."""

    def __init__(self) -> None:
        """Know nothing."""
        self._held: MutableMapping[str, Remembered] = {}

    def get(self, question: str) -> Remembered | None:
        """Return what is known of a question: an address, and what is kept of its answer."""
        return self._held.get(question)

    def put(self, question: str, answer: Remembered) -> None:
        """Remember it."""
        self._held[question] = answer


class NoMemory(Memory):
    """Remembers nothing: for answers that nobody should store."""

    def get(self, question: str) -> Remembered | None:
        """Know nothing."""
        del question
        return None

    def put(self, question: str, answer: Remembered) -> None:
        """Forget it."""


class StoredMemory(Memory):
    """In a private folder, one file for each question: for the next run.

    A file that is damaged, or cannot be written, means that the question is asked in full.
    """

    def __init__(self, folder: Path) -> None:
        """Use a folder, which is made when something is to be remembered."""
        super().__init__()
        self._folder = folder

    def get(self, question: str) -> Remembered | None:
        """Return what is known of a question: an address, and what is kept of its answer."""
        try:
            content = json.loads(self._file(question).read_text(encoding="utf-8"))
            if content["question"] != question:
                return None
            return Remembered(str(content["tag"]), content["kept"], str(content["following"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, question: str, answer: Remembered) -> None:
        """Remember it: the file is there as a whole or not at all, and for this user only."""
        target = self._file(question)
        content = {"question": question, "tag": answer.tag, "kept": answer.kept, "following": answer.following}
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content, file)
            Path(name).replace(target)
        except OSError:
            return

    def forget(self, name: str) -> None:
        """Forget every answer about a repository, named as `owner/name`."""
        about = re.compile(rf"/repos/{re.escape(name)}(?:[/? ]|$)", re.IGNORECASE)
        for path in self._folder.glob("*/*.json"):
            with suppress(OSError, ValueError, KeyError, TypeError):
                if about.search(json.loads(path.read_text(encoding="utf-8"))["question"]):
                    path.unlink()

    def _file(self, question: str) -> Path:
        digest = hashlib.sha256(f"{_FORM}\0{question}".encode()).hexdigest()
        return self._folder / digest[:2] / f"{digest[2:]}.json"
