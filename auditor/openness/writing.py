"""Write openness.yml: text in, text out; comments, order and quotes of what is already there survive.

Dates come from the caller's clock. What comes out is a valid openness file, or nothing comes out.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from auditor.errors import ConfigurationError
from auditor.model.openness_file import PLACES
from auditor.openness.book import parse_book

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

HEADER: Final = (
    "# What people answered about opening this repository. It is published with it:\n"
    "# roles rather than names, references rather than details.\n"
)
_FLUSH_LIST: Final = re.compile(r"^[a-z_]+:\s*(?:#.*)?\n(?:\s*(?:#.*)?\n)*- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Signature:
    """Who says it, and when."""

    role: str
    on: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class ThreatModel:
    """Why publishing would do harm; it belongs into the private part."""

    attacker: str
    publication_adds: str
    path_to_harm: str


def attest(  # noqa: PLR0913  the parts of an answer
    text: str,
    check: str,
    answer: str,
    statement: str,
    by: Signature,
    *,
    expires: date,
    commit: str = "",
    covers: Sequence[str] = (),
    evidence: str = "",
) -> str:
    """Write an answer to a check; a former answer for the same paths is replaced, git keeps it."""
    entry = _entry(check=check, answer=answer, statement=statement, evidence=evidence)
    _sign(entry, by)
    entry.update(_entry(expires=expires, commit=commit, covers=list(covers)))
    return _put(text, "attestations", entry, lambda old: old.get("check") == check and list(old.get("covers", ())) == list(covers))


def accept(  # noqa: PLR0913  the parts of an acceptance
    text: str, fingerprint: str, reason: str, by: Signature, *, expires: date, note: str = "", commit: str = ""
) -> str:
    """Write that a finding was looked at and is no harm."""
    entry = _entry(fingerprint=fingerprint, reason=reason, note=note)
    _sign(entry, by)
    entry.update(_entry(expires=expires, commit=commit))
    return _put(text, "findings_accepted", entry, _same("fingerprint", fingerprint))


def rotated(  # noqa: PLR0913  the parts of a rotation
    text: str, fingerprint: str, rotated_on: date, by: Signature, *, evidence: str = "", commit: str = ""
) -> str:
    """Write that a secret was replaced."""
    entry = _entry(fingerprint=fingerprint, rotated_on=rotated_on)
    entry["by"] = _person(by)
    entry.update(_entry(evidence=evidence, commit=commit))
    return _put(text, "secrets_rotated", entry, _same("fingerprint", fingerprint))


def content_reviewed(text: str, oid: str, path: str, reason: str, by: Signature) -> str:
    """Write that a person opened content that is closed to the tool."""
    entry = CommentedMap(oid=oid, path=path)
    _sign(entry, by)
    entry["reason"] = reason
    return _put(text, "content_reviewed", entry, lambda old: old.get("oid") == oid and old.get("path") == path)


def exception(  # noqa: PLR0913  the parts of an exception
    text: str,
    name: str,
    paths: Sequence[str],
    ground: str,
    approved_by: Signature,
    *,
    review_by: date,
    plan_to_open: str = "",
    threat_model: ThreatModel | None = None,
) -> str:
    """Write an exception for paths that stay closed.

    Without a threat model the entry says that it is kept in the private part: write that with `private_exception`.
    """
    entry = _entry(id=name, paths=list(paths), ground=ground)
    if threat_model is None:
        entry["threat_model"] = "private"
    else:
        entry.update(_threats(threat_model))
    entry["approved_by"] = _person(approved_by)
    entry["on"] = approved_by.on
    entry.update(_entry(review_by=review_by, plan_to_open=plan_to_open))
    return _put(text, "exceptions", entry, _same("id", name))


def private_exception(text: str, name: str, threat_model: ThreatModel) -> str:
    """Write the part of an exception that is kept outside the repository."""
    return _put(text, "exceptions", CommentedMap(id=name, **_threats(threat_model)), _same("id", name))


def repository(text: str, **facts: str) -> str:
    """Write who owns the repository, under which policy, and whether it is to be opened."""
    return _update(text, "repository", facts)


def history(text: str, option: str, reason: str, by: Signature) -> str:
    """Write which of the three ways the history goes."""
    return _update(text, "history", {"option": option, "reason": reason, "by": _person(by), "on": by.on})


def _threats(model: ThreatModel) -> dict[str, str]:
    return {"attacker": model.attacker, "publication_adds": model.publication_adds, "path_to_harm": model.path_to_harm}


def _same(key: str, value: str) -> Any:  # noqa: ANN401  a test for an entry
    return lambda old: old.get(key) == value


def _entry(**values: object) -> CommentedMap:
    """Return the values that say something, in their order."""
    return CommentedMap((key, value) for key, value in values.items() if value not in ("", [], None))


def _person(by: Signature) -> CommentedMap:
    person = _entry(role=by.role, name=by.name)
    person.fa.set_flow_style()
    return person


def _sign(entry: CommentedMap, by: Signature) -> None:
    entry["by"] = _person(by)
    entry["on"] = by.on


def _put(text: str, section: str, entry: CommentedMap, same: Any) -> str:  # noqa: ANN401  a test for an entry
    """Replace the entry that is the same, or add one at the end of its section."""
    document, yaml = _load(text)
    entries = document.get(section)
    if entries is None:
        entries = document[section] = CommentedSeq()
    if isinstance(entries, CommentedSeq) and entries.fa.flow_style() and not entries:
        entries.fa.set_block_style()
    index = next((i for i, old in enumerate(entries) if isinstance(old, dict) and same(old)), None)
    if index is None:
        entries.append(entry)
    else:
        _overwrite(entries[index], entry)
    return _dump(document, yaml)


def _overwrite(old: CommentedMap, new: CommentedMap) -> None:
    """Give an entry new values and leave the comments beside those that stay."""
    for key in [key for key in old if key not in new]:
        del old[key]
    old.update(new)


def _update(text: str, section: str, values: dict[str, Any]) -> str:
    document, yaml = _load(text)
    if document.get(section) is None:
        document[section] = CommentedMap()
    document[section].update({key: value for key, value in values.items() if value not in ("", None)})
    return _dump(document, yaml)


def _load(text: str) -> tuple[CommentedMap, YAML]:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    if _FLUSH_LIST.search(text):
        yaml.indent(mapping=2, sequence=2, offset=0)
    else:
        yaml.indent(mapping=2, sequence=4, offset=2)
    try:
        document = yaml.load(text) if text.strip() else yaml.load(f"{HEADER}schema: 1\n")
    except YAMLError:
        document = None
    if not isinstance(document, CommentedMap):
        msg = "The openness file is not valid YAML, so nothing was written to it."
        raise ConfigurationError(msg, hint="Mend it first; `auditor scan` names the line.")
    if "schema" not in document:
        document.insert(0, "schema", 1)
    return document, yaml


def _dump(document: CommentedMap, yaml: YAML) -> str:
    out = io.StringIO()
    yaml.dump(document, out)
    text = out.getvalue()
    parse_book(text.encode("utf-8"), PLACES[0])
    return text
