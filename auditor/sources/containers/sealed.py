"""Formats that are known but stay closed: said in the coverage, so that a person looks at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.sources.containers.adapter import container
from auditor.sources.containers.budget import CannotOpenError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.sources.containers.budget import Budget, Closed, Member

_UNSUPPORTED: Final = {
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "rar",
    b"MSCF\x00\x00\x00\x00": "cab",
    b"\xed\xab\xee\xdb": "rpm",
    b"LZIP": "lzip",
    b"\x04\x22\x4d\x18": "lz4",
    b"\x1f\x9d": "compress",
    b"Obj\x01": "avro",
    b"\x89HDF\r\n\x1a\n": "hdf5",
    b"hsqs": "squashfs",
    b"# v2 git bundle\n": "git bundle",
    b"# v3 git bundle\n": "git bundle",
    b"PACK\x00\x00\x00\x02": "git pack",
}
_ENCRYPTED: Final = {
    b"\x00GITCRYPT\x00": "git-crypt",
    b"age-encryption.org/v1": "age",
    b"-----BEGIN AGE ENCRYPTED FILE-----": "age",
    b"-----BEGIN PGP MESSAGE-----": "pgp",
}


@container("unsupported", *_UNSUPPORTED)
def open_unsupported(data: bytes, _budget: Budget) -> Iterator[Member | Closed]:
    """Say which format it is."""
    raise CannotOpenError(Reason.UNSUPPORTED, _name(data, _UNSUPPORTED))


@container("encrypted", *_ENCRYPTED)
def open_encrypted(data: bytes, _budget: Budget) -> Iterator[Member | Closed]:
    """Say how it is encrypted."""
    raise CannotOpenError(Reason.ENCRYPTED, _name(data, _ENCRYPTED))


def _name(data: bytes, names: dict[bytes, str]) -> str:
    return next(name for start, name in names.items() if data.startswith(start))
