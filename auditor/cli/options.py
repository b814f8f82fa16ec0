"""Flags and the user's own settings file, joined to one `Settings`; flags win."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.config import Settings
from auditor.errors import ConfigurationError, UsageError
from auditor.model.levels import Confidence
from auditor.settings_file import apply, parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Flags:
    """What the command line said; None and empty mean that it said nothing."""

    config: Path | None = None
    policy: str | None = None
    policy_files: tuple[Path, ...] = ()
    include_ignored: bool | None = None
    min_confidence: str | None = None
    rules: tuple[Path, ...] = ()
    disabled_rules: frozenset[str] = frozenset()
    detect_secrets_plugins: tuple[Path, ...] = ()
    imports: tuple[Path, ...] = ()
    openness: Path | None = None
    workers: int | None = None
    cache: bool | None = None
    cache_dir: Path | None = None


def settings_from(flags: Flags) -> tuple[Settings, frozenset[str]]:
    """Return the settings, and the names of those that the user decided, which a scanned tree cannot change.

    Raises:
        ConfigurationError: the settings file cannot be read or is wrong.
        UsageError: a flag has a value that does not exist.
    """
    settings, decided = Settings(), set[str]()
    if flags.config is not None:
        values = parse(_read(flags.config), flags.config.name)
        settings = apply(settings, values, base=flags.config.parent)
        decided |= values.keys()
    given = _given(flags)
    if "min_confidence" in given and given["min_confidence"] not in list(Confidence):
        msg = f"--min-confidence {given['min_confidence']} does not exist."
        raise UsageError(msg, hint="Choose low, medium or high.")
    if "min_confidence" in given:
        given["min_confidence"] = Confidence(given["min_confidence"])
    for path in (
        *flags.rules,
        *flags.policy_files,
        *flags.detect_secrets_plugins,
        *flags.imports,
        *([flags.openness] if flags.openness else []),
    ):
        if not path.is_file():
            msg = f"There is no file {path}."
            raise UsageError(msg, hint="Check the path.")
    return replace(settings, **given), frozenset(decided | given.keys())


def _given(flags: Flags) -> dict[str, Any]:
    fields = (name for name in Flags.__slots__ if name != "config")
    values: Mapping[str, Any] = {name: getattr(flags, name) for name in fields}
    return {name: value for name, value in values.items() if value is not None and value not in ((), frozenset())}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"The settings file {path} cannot be read: {error.strerror}."
        raise ConfigurationError(msg, hint="Check the path and its permissions.") from None
