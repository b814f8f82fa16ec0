"""Encrypted values kept in the repository, and the keys that would open them anywhere in its history."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading import kinds
from auditor.openness.reading.files import read

if TYPE_CHECKING:
    from auditor.model.view import HistoricPath
    from auditor.openness.registry import CheckContext

_KINDS = (
    ("git-crypt", b"GITCRYPT", re.compile(rb"\A\0GITCRYPT\0")),
    ("SOPS", b"ENC[", re.compile(rb"ENC\[AES256_GCM,data:")),
    ("ansible-vault", b"$ANSIBLE_VAULT;", re.compile(rb"\$ANSIBLE_VAULT;")),
    ("eyaml", b"ENC[", re.compile(rb"ENC\[(?:PKCS7|GPG|KMS),")),
    ("sealed secrets", b"SealedSecret", re.compile(rb"(?m)^kind:\s*SealedSecret\b")),
)
"""Names, what stands wherever the expression matches, and the expression."""
_RAILS = re.compile(r"(?:^|/)config/(?:credentials\.yml|credentials/[\w-]+\.yml|secrets\.yml)\.enc$")
_BY_NAME = (
    ("Rails credentials", _RAILS),
    ("git-crypt", re.compile(r"(?:^|/)\.git-crypt/keys/")),
    ("blackbox", re.compile(r"(?:^|/)(?:\.blackbox|keyrings/live)/")),
)
_KEYS = (
    ("the key of Rails credentials", re.compile(r"(?:^|/)config/(?:master\.key|secrets\.yml\.key|credentials/[\w-]+\.key)$")),
    ("the private key of eyaml", re.compile(r"(?:^|/)private_key(?:\.\w+)?\.pkcs7\.pem$")),
    (
        "the password of ansible-vault",
        re.compile(r"(?:^|/)\.?(?:ansible[-_])?vault[-_]?pass(?:word)?(?:[-_.]file|\.txt|\.key)?$", re.IGNORECASE),
    ),
    (
        "a symmetric key of git-crypt",
        re.compile(r"(?:^|/)(?:git-?crypt[-_.](?:sym\w*[-_.])?key|[\w-]+\.gitcrypt\.key|\.git-crypt/keys/default$)", re.IGNORECASE),
    ),
    (
        "a key of age for SOPS",
        re.compile(r"(?:^|/)(?:sops/age/)?(?:keys\.txt|[\w-]*age[-_]?key[\w-]*(?:\.txt|\.key)|key\.agekey)$", re.IGNORECASE),
    ),
    ("a secret keyring of GnuPG", re.compile(r"(?:^|/)(?:secring\.gpg|private-keys-v1\.d/.+)$")),
)
_KEY_WORDS = ("key", "pass", "secring")
"""One of these stands, in small letters, in every path that one of `_KEYS` matches."""
_AGE_ONLY = re.compile(r"(?:^|/)keys\.txt$")
_SETTINGS = frozenset({"yml", "yaml", "json", "env", "enc", "ini", "properties", "conf", "tfvars", "eyaml", "toml", ""})
_READ = 200_000


@dataclass(frozen=True, slots=True)
class Encrypted:
    """One way of encrypting that the tip uses: how many files, and the first of them."""

    kind: str
    files: int
    first: str


@dataclass(frozen=True, slots=True)
class Key:
    """A file whose name says that it opens such values, with the commit that brought it."""

    what: str
    place: HistoricPath


def encrypted(context: CheckContext) -> tuple[Encrypted, ...]:
    """Return the ways of encrypting in the tip, looked for once per audit."""
    return context.once("encrypted", lambda: _find(context))


def _find(context: CheckContext) -> tuple[Encrypted, ...]:
    found: dict[str, list[str]] = {}
    wanted = []
    for path, entry in context.view.tree.items():
        kind = next((name for name, pattern in _BY_NAME if pattern.search(path)), "")
        if kind:
            found.setdefault(kind, []).append(path)
        elif kinds.extension(path) in _SETTINGS and not kinds.third_party(path) and not kinds.test(path) and entry.size < _READ:
            wanted.append(path)
    if "filter=git-crypt" in (read(context, ".gitattributes") or ""):
        found.setdefault("git-crypt", []).append(".gitattributes")
    for path, data in context.view.read_many(sorted(wanted), limit=_READ):
        for kind, needed, pattern in _KINDS:
            if needed in data and pattern.search(data):
                found.setdefault(kind, []).append(path)
    return tuple(Encrypted(kind, len(paths), min(paths)) for kind, paths in sorted(found.items()))


def keys_in_history(context: CheckContext) -> tuple[Key, ...]:
    """Return the files of any commit whose name says that they are such a key, tests and third-party code left out."""
    sops = any(item.kind == "SOPS" for item in encrypted(context))
    found = []
    for path, place in sorted(context.view.historic_paths.items()):
        lower = path.lower()
        if not any(word in lower for word in _KEY_WORDS):
            continue
        what = next((name for name, pattern in _KEYS if pattern.search(path)), "")
        if not what or posixpath.splitext(path)[1] in {".md", ".example", ".sample"}:
            continue
        if not (kinds.third_party(path) or kinds.test(path) or (_AGE_ONLY.search(path) and not sops)):
            found.append(Key(what, place))
    return tuple(found)
