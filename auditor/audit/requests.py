"""What the scanned tree asks for, and what its people answered: settings as a request, openness.yml as evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ConfigurationError
from auditor.openness.book import find_book, load_book
from auditor.openness.policy import load as load_policy
from auditor.settings_file import TOML_NAME, YAML_NAME, grant, parse
from auditor.sources.layout import read_regular

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.config import Settings
    from auditor.model.openness_file import OpennessFile
    from auditor.model.policy import Policy

_TOML_TABLE: Final = b"[tool.auditor"
_LIMIT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Requests:
    """Settings after the tree's requests, its openness file, the policy, and what the user should be told."""

    settings: Settings
    book: OpennessFile
    policy: Policy
    warnings: tuple[str, ...]


def read_requests(read: Callable[[str], bytes | None], settings: Settings, fixed: frozenset[str]) -> Requests:
    """Read the configuration and the openness file of the target.

    Args:
        read: gives a file of the target by its path.
        settings: what the user decided.
        fixed: names of settings that the tree may not change.

    Raises:
        ConfigurationError: a file is wrong, or there are two configurations.
    """
    values, name = _tree_values(read)
    settings, refused = grant(settings, values, fixed=fixed)
    warnings = [f"{name} asks for {', '.join(refused)}: only you can set that, on the command line."] if refused else []
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
        msg = f"The openness file {path} cannot be read: {error.strerror}."
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
