"""What the scanned tree asks for, and what its people answered: settings as a request, openness.yml as evidence."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ConfigurationError
from auditor.model.openness_file import PLACES
from auditor.settings_file import TOML_NAME, YAML_NAME, grant, parse
from auditor.sources.layout import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from auditor.config import Settings
    from auditor.model.openness_file import OpennessFile
    from auditor.model.policy import Policy

_TOML_TABLE: Final = b"[tool.auditor"
_LIMIT: Final = 1_000_000
_BY_THE_WAY: Final = frozenset({"cache_dir", "workers"})
"""Settings that no report depends on."""


@dataclass(frozen=True, slots=True)
class Requests:
    """Settings after the tree's requests, its openness file, the policy, and what the user should be told."""

    settings: Settings
    book: OpennessFile
    policy: Policy
    warnings: tuple[str, ...]


def wished(
    read: Callable[[str], bytes | None], settings: Settings, fixed: frozenset[str]
) -> tuple[Settings, tuple[str, ...], Mapping[str, Any]]:
    """Return the settings with what the target asks for, a warning where it asks for more, and all that it asks for.

    Raises:
        ConfigurationError: its file is wrong, or there are two.
    """
    values, name = _tree_values(read)
    settings, refused = grant(settings, values, fixed=fixed)
    warnings = (f"{name} asks for {', '.join(refused)}: only you can set that, on the command line.",) if refused else ()
    return settings, warnings, values


def digest_of(read: Callable[[str], bytes | None], settings: Settings, fixed: frozenset[str]) -> bytes:
    """Return one value for everything that `read_requests` reads: what the user decided, and each file by its content.

    Raises:
        ConfigurationError: a file of the user cannot be read.
    """
    digest = hashlib.blake2b(digest_size=32)
    user = (*settings.policy_files, *([settings.openness] if settings.openness else []))
    files = [*((name, read(name)) for name in (YAML_NAME, TOML_NAME, *PLACES)), *((str(path), _private(path)) for path in user)]
    decided = {field.name: getattr(settings, field.name) for field in fields(settings) if field.name not in _BY_THE_WAY}
    said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in decided.items()}
    digest.update(repr((said, sorted(fixed), files)).encode("utf-8", "surrogateescape"))
    return digest.digest()


def read_requests(read: Callable[[str], bytes | None], settings: Settings, fixed: frozenset[str]) -> Requests:
    """Read the configuration and the openness file of the target.

    Args:
        read: gives a file of the target by its path.
        settings: what the user decided.
        fixed: names of settings that the tree may not change.

    Raises:
        ConfigurationError: a file is wrong, or there are two configurations.
    """
    from auditor.openness.book import find_book, load_book  # noqa: PLC0415  slow to load, and not read where nothing changed
    from auditor.openness.policy import load as load_policy  # noqa: PLC0415  as above

    settings, warnings, values = wished(read, settings, fixed)
    private = (str(settings.openness), _private(settings.openness)) if settings.openness else None
    book = load_book(find_book(read), private)
    if book.policy and settings.policy == "gds" and "policy" not in fixed and "policy" not in values:
        settings = replace(settings, policy=book.policy)
    policy = load_policy(settings.policy, settings.policy_files)
    return Requests(settings, book, policy, (*warnings, *book.problems))


def _private(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        msg = f"The file {path} cannot be read: {error.strerror}."
        raise ConfigurationError(msg, hint="Check the path and its permissions.") from None


def read_in(folder: Path, name: str) -> bytes | None:
    """Return a file of a working tree or plain folder; None for what is no regular file there, links included."""
    path = folder / name
    return None if path.is_symlink() else read_regular(path, _LIMIT)


def _tree_values(read: Callable[[str], bytes | None]) -> tuple[dict[str, Any], str]:
    yaml_file, toml_file = read(YAML_NAME), read(TOML_NAME)
    if toml_file is None or _TOML_TABLE not in toml_file:
        return ({}, "") if yaml_file is None else (parse(yaml_file, YAML_NAME), YAML_NAME)
    if yaml_file is not None:
        msg = f"There are settings in {YAML_NAME} and in {TOML_NAME}."
        raise ConfigurationError(msg, hint="Keep one of them.")
    return parse(toml_file, TOML_NAME), TOML_NAME
