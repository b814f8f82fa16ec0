"""The organisation's key, under which values are hashed so that the same secret is known again in another repository.

It comes from the environment, a file or the keyring of the user, and is never in the database: who holds only the database can
find out nothing by trying values.
"""

from __future__ import annotations

import hmac
import os
import secrets
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from auditor.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VARIABLE: Final = "AUDITOR_ORG_KEY"
KEYRING: Final = "keyring"
_SERVICE: Final = "auditor"
_USER: Final = "organisation"
_LEAST: Final = 16
_LINKS: Final = b"auditor: the same value in several repositories"
_NAME: Final = b"auditor: the name of this key"


@dataclass(frozen=True, slots=True)
class Key:
    """What values are hashed under, and a name by which a change of it is noticed. Never printed."""

    value: bytes = field(repr=False)
    id: str


def organisation_key(source: str, environment: Mapping[str, str], default: Path) -> Key:
    """Return the key of the organisation.

    Args:
        source: `keyring`, a file, or empty: then the environment, and where that has none, the file `default`, made at first use.
        environment: where AUDITOR_ORG_KEY may be.
        default: the file of the key that is made.

    Raises:
        ConfigurationError: there is no such key, it is too short, or others can read its file.
    """
    from pathlib import Path  # noqa: PLC0415  only the type is needed elsewhere

    if source == KEYRING:
        text = _from_keyring()
    elif source:
        text = _from_file(Path(source))
    elif environment.get(VARIABLE):
        text = environment[VARIABLE].encode()
    else:
        text = _from_file(default) if default.exists() else _make(default)
    if len(text.strip()) < _LEAST:
        msg = "The organisation's key is too short."
        raise ConfigurationError(msg, hint=f"Use at least {_LEAST} characters, made at random.")
    return Key(hmac.digest(text.strip(), _LINKS, "sha256"), hmac.digest(text.strip(), _NAME, "sha256").hex()[:16])


def _from_file(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        text = path.read_bytes()
    except OSError as error:
        msg = f"The key file {path} cannot be read: {error.strerror}."
        raise ConfigurationError(msg, hint="Check the path and its permissions.") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        msg = f"Others can read the key file {path}."
        raise ConfigurationError(msg, hint=f"Close it: chmod 600 {path}")
    return text


def _make(path: Path) -> bytes:
    """Make a key; where two runs begin at once, the file that is there first is the one that counts."""
    text = secrets.token_hex(32).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123  the mode matters
            file.write(text)
        try:
            os.link(part, path)
        except FileExistsError:
            return _from_file(path)
        finally:
            part.unlink()
    except OSError as error:
        msg = f"The key file {path} cannot be made: {error.strerror}."
        raise ConfigurationError(msg, hint=f"Give a key in {VARIABLE}, or name a file with --key.") from None
    return text


def _from_keyring() -> bytes:
    try:
        import keyring  # noqa: PLC0415  not installed by default
        from keyring.errors import KeyringError  # noqa: PLC0415  as above
    except ModuleNotFoundError:
        msg = "The keyring cannot be asked: keyring is not installed."
        raise ConfigurationError(msg, hint="Install auditor[keyring].") from None
    try:
        text = keyring.get_password(_SERVICE, _USER)
    except KeyringError:
        msg = "The keyring could not be opened."
        raise ConfigurationError(msg, hint=f"Open it, or give the key in {VARIABLE}.") from None
    if not text:
        msg = "The keyring has no key for auditor."
        raise ConfigurationError(msg, hint=f"Set one: keyring set {_SERVICE} {_USER}")
    return text.encode()
