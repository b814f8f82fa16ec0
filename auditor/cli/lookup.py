"""Finding the thing that a user names: a rule, a check, or the matches in a file."""

from __future__ import annotations

import difflib
import secrets
from typing import TYPE_CHECKING

from auditor.config import Settings, cache_folder
from auditor.detection.engine import Engine, EngineOptions
from auditor.detection.ruleset import load
from auditor.errors import UsageError
from auditor.model.blob import Blob, Origin
from auditor.model.progress import NoProgress
from auditor.openness.registry import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from auditor.model.check import CheckInfo
    from auditor.model.finding import Match
    from auditor.model.rule import Rule


def rule_named(name: str, files: Sequence[Path] = ()) -> Rule:
    """Return a rule by its id.

    Raises:
        UsageError: there is none.
    """
    ruleset = load(files, cache_dir=cache_folder(Settings()))
    if name not in ruleset:
        near = difflib.get_close_matches(name, [rule.id for rule in ruleset.rules], n=1)
        msg = f"There is no rule {name!r}."
        raise UsageError(msg, hint=f"Did you mean {near[0]!r}?" if near else "`auditor rules list` names them all.")
    return ruleset[name]


def anything_named(name: str, files: Sequence[Path] = ()) -> Rule | CheckInfo:
    """Return a check or a rule by its id.

    Raises:
        UsageError: there is neither.
    """
    if name.upper() in CHECKS:
        return CHECKS[name.upper()].info
    ruleset = load(files, cache_dir=cache_folder(Settings()))
    if name in ruleset:
        return ruleset[name]
    known = [*CHECKS, *(rule.id for rule in ruleset.rules)]
    near = difflib.get_close_matches(name, known, n=1) or difflib.get_close_matches(name.upper(), known, n=1)
    msg = f"There is no rule or check {name!r}."
    raise UsageError(msg, hint=f"Did you mean {near[0]!r}?" if near else "`auditor rules list` names the rules.")


def check_named(name: str) -> CheckInfo:
    """Return a check by its id.

    Raises:
        UsageError: there is none.
    """
    if name.upper() not in CHECKS:
        msg = f"There is no check {name[:40]!r}."
        raise UsageError(msg, hint=near_hint(name.upper(), CHECKS, "docs/checks.md lists them all."))
    return CHECKS[name.upper()].info


def near_hint(name: str, known: Iterable[str], otherwise: str) -> str:
    """Say what was probably meant."""
    near = difflib.get_close_matches(name, known, n=1)
    return f"Did you mean {near[0]!r}?" if near else otherwise


def matches_in(path: Path, files: Sequence[Path] = ()) -> list[Match]:
    """Return what the rules match in one file.

    Raises:
        UsageError: the file cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise UsageError(msg, hint="Check the path.") from None
    ruleset = load(files, cache_dir=cache_folder(Settings()))
    engine = Engine(ruleset, EngineOptions(key=secrets.token_bytes(32), cache_dir=cache_folder(Settings())))
    return engine.scan([OneBlob(Blob(f"file:{path}", len(data), data, Origin.FILE, str(path)))], NoProgress()).matches


class OneBlob:
    """One piece of content as a share."""

    def __init__(self, blob: Blob) -> None:
        """Hold it."""
        self._blob = blob

    def items(self) -> Iterator[Blob]:
        """Yield it."""
        yield self._blob

    def facts(self) -> object:
        """Note nothing."""
        return None
