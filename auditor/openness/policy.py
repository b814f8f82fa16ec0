"""Policy packs: what each organisation asks, as data. A pack may extend another, and every line names its source.

Subjects of a line: `licences`, `expected_licences`, `required_attestations`, `attestation_months`,
`attestation_months_most`, `second_person`, or the id of a check or a rule, whose value is then a grade.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ConfigurationError
from auditor.model.check import Source
from auditor.model.levels import Grade
from auditor.model.policy import Policy, PolicyLine
from auditor.openness.documents import read_document
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

DEFAULT: Final = "gds"
SCHEMA: Final = "policy.schema.json"
_CHECK: Final = re.compile(r"[A-Z]{3}-\d{2}")
_LISTS: Final = frozenset({"licences", "expected_licences", "required_attestations"})
_NUMBERS: Final = frozenset({"attestation_months", "attestation_months_most"})
_Value = Grade | bool | int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack as it is written, without its ancestors."""

    id: str
    title: str
    extends: str
    values: tuple[tuple[str, _Value, Source], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A subject on which two policies differ; empty where a policy says nothing of its own."""

    subject: str
    left: str
    right: str
    left_source: Source | None = None
    right_source: Source | None = None


def load(name: str = DEFAULT, files: Sequence[Path] = ()) -> Policy:
    """Return a policy by its id, its ancestors merged in; `files` are packs of the user's organisation.

    Raises:
        ConfigurationError: there is no such pack, a pack is wrong, or packs extend each other in a circle.
    """
    packs = _packs(files)
    chain: list[Pack] = []
    wanted = name
    while wanted:
        if wanted not in packs:
            near = difflib.get_close_matches(wanted, packs, 1)
            msg = f"There is no policy pack {wanted!r}."
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(sorted(packs))}."
            raise ConfigurationError(msg, hint=hint)
        pack = packs[wanted]
        if pack in chain:
            msg = f"The policy packs {' and '.join(sorted({p.id for p in chain}))} extend each other in a circle."
            raise ConfigurationError(msg, hint="Let one of them extend a shipped pack.")
        chain.append(pack)
        wanted = pack.extends
    return _merged(chain)


def available(files: Sequence[Path] = ()) -> tuple[Policy, ...]:
    """Return every policy, shipped and of the user, by id."""
    return tuple(load(name, files) for name in sorted(_packs(files)))


def differences(left: Policy, right: Policy) -> tuple[Difference, ...]:
    """Say on which subjects two policies differ, with the source of each side."""
    here, there = ({line.subject: line for line in policy.lines} for policy in (left, right))
    found = []
    for subject in sorted({*here, *there}):
        a, b = here.get(subject), there.get(subject)
        if (a.value if a else "") != (b.value if b else ""):
            found.append(
                Difference(
                    subject,
                    left=a.value if a else "",
                    right=b.value if b else "",
                    left_source=a.source if a else None,
                    right_source=b.source if b else None,
                )
            )
    return tuple(found)


def _packs(files: Iterable[Path]) -> Mapping[str, Pack]:
    packs = dict(_shipped())
    for path in files:
        try:
            content = path.read_bytes()
        except OSError as error:
            msg = f"The policy pack {path} cannot be read: {error.strerror}."
            raise ConfigurationError(msg, hint="Check the path and its permissions.") from None
        pack = parse_pack(content, str(path))
        if pack.id in _shipped():
            msg = f"{path} has the id {pack.id!r}, which a shipped pack has."
            raise ConfigurationError(msg, hint=f"Give it an id of its own, with `extends: {pack.id}`.")
        packs[pack.id] = pack
    return packs


@cache
def _shipped() -> Mapping[str, Pack]:
    packs = [parse_pack(path.read_bytes(), path.name, ours=True) for path in sorted((rules_root() / "policies").glob("*.yml"))]
    return {pack.id: pack for pack in packs}


def parse_pack(content: bytes, name: str, *, ours: bool = False) -> Pack:
    """Return one pack. Ours are held against the schema by the tests, not by each run.

    Raises:
        ConfigurationError: it is not valid.
    """
    document = read_document(content, name, "" if ours else SCHEMA)
    data = document.data
    values = []
    for index, item in enumerate(data["lines"]):
        where = f"{name} line {document.lines.get(('lines', index), 1)}"
        value = _value(item["subject"], item["value"], where)
        values.append((item["subject"], value, _source(item["source"], data.get("sources", {}), where)))
    return Pack(data["id"], data["title"], data.get("extends", ""), tuple(values))


def _value(subject: str, value: Any, where: str) -> _Value:  # noqa: ANN401  what the schema lets through
    if subject in _LISTS and isinstance(value, list):
        return tuple(value)
    if subject in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
        return value
    if subject == "second_person" and isinstance(value, bool):
        return value
    if subject not in {*_LISTS, *_NUMBERS, "second_person"} and isinstance(value, str):
        return Grade(value)
    asked = "a list" if subject in _LISTS else "a number of months" if subject in _NUMBERS else "true or false"
    msg = f"{where}: the value of {subject} does not fit it."
    hint = f"It takes {asked if subject in {*_LISTS, *_NUMBERS, 'second_person'} else 'a grade: blocker, must, should or info'}."
    raise ConfigurationError(msg, hint=hint)


def _source(item: str | dict[str, str], known: dict[str, dict[str, str]], where: str) -> Source:
    if isinstance(item, str):
        if item not in known:
            msg = f"{where}: the source {item!r} is not among the sources of the pack."
            raise ConfigurationError(msg, hint=f"There are: {', '.join(sorted(known)) or 'none'}.")
        item = known[item]
    return Source(item["document"], item.get("section", ""), item.get("date", ""), item.get("url", ""))


def _merged(chain: list[Pack]) -> Policy:
    """Put the packs over each other, the furthest ancestor first."""
    said: dict[str, tuple[_Value, Source]] = {}
    for pack in reversed(chain):
        said.update({subject: (value, source) for subject, value, source in pack.values})
    grades = {subject: value for subject, (value, _) in said.items() if isinstance(value, Grade)}
    plain: dict[str, Any] = {subject: value for subject, (value, _) in said.items() if not isinstance(value, Grade)}
    return Policy(
        id=chain[0].id,
        title=chain[0].title,
        check_grades={subject: grade for subject, grade in grades.items() if _CHECK.fullmatch(subject)},
        rule_grades={subject: grade for subject, grade in grades.items() if not _CHECK.fullmatch(subject)},
        lines=tuple(PolicyLine(subject, _words(value), source) for subject, (value, source) in sorted(said.items())),
        **plain,
    )


def _words(value: _Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
