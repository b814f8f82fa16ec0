"""Read a YAML document that people write: with line numbers, under a JSON Schema, and with errors that name the nearest key.

A message never repeats a value, since people paste secrets where a reason is asked for.
"""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

import yaml

from auditor.errors import ConfigurationError
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    import jsonschema

MOST_BYTES: Final = 2_000_000
_BOOLEAN: Final = "tag:yaml.org,2002:bool"
_TIMESTAMP: Final = "tag:yaml.org,2002:timestamp"


class _Loader(yaml.CSafeLoader):
    """Reads dates as text, and `on`, `off`, `yes` and `no` as words; only true and false are boolean, as in YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in {_BOOLEAN, _TIMESTAMP}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOLEAN, re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


@dataclass(frozen=True, slots=True)
class Document:
    """Plain values, and the line (1-based) on which each of them begins, by its path."""

    data: dict[str, Any]
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)


def read_document(content: bytes, name: str, schema_name: str) -> Document:
    """Return the document; without a schema its shape is taken for right.

    Raises:
        ConfigurationError: it is too large, no YAML, or not of the shape that the schema asks for.
    """
    if len(content) > MOST_BYTES:
        msg = f"{name} is larger than {MOST_BYTES} bytes."
        raise ConfigurationError(msg, hint="Such a file holds a few pages at most.")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(content, Loader=_Loader)):
            msg = f"{name} repeats a part by reference (`*name`), which is not read here."
            raise ConfigurationError(msg, hint="Write the part out.")
        node = yaml.compose(content, Loader=_Loader)
        data = yaml.load(content, Loader=_Loader)  # noqa: S506  it extends the safe loader
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f" at line {mark.line + 1}" if mark else ""
        msg = f"{name} is not valid YAML{place}."
        raise ConfigurationError(msg, hint="Indent with spaces, and put text with a colon in quotes.") from None
    lines: dict[tuple[str | int, ...], int] = {}
    if node is not None:
        _note_lines(node, (), lines)
    plain = _plain({} if data is None else data)
    if schema_name:
        _validate(plain, lines, name, schema_name)
    return Document(plain, lines)


@cache
def schema(schema_name: str) -> dict[str, Any]:
    """Return a JSON Schema of the shipped rules."""
    loaded: dict[str, Any] = json.loads((rules_root() / schema_name).read_text(encoding="utf-8"))
    return loaded


@cache
def _validator(schema_name: str) -> jsonschema.Draft202012Validator:
    import jsonschema  # noqa: PLC0415  slow to load, and a run that reads no such document does without

    return jsonschema.Draft202012Validator(schema(schema_name), format_checker=jsonschema.FormatChecker())


def _plain(value: Any) -> Any:  # noqa: ANN401  any YAML value
    """Write keys as text, as JSON has them."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _note_lines(node: yaml.Node, path: tuple[str | int, ...], lines: dict[tuple[str | int, ...], int]) -> None:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            lines.setdefault(inner, key.start_mark.line + 1)
            _note_lines(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _note_lines(value, (*path, index), lines)


def _validate(data: Any, lines: dict[tuple[str | int, ...], int], name: str, schema_name: str) -> None:  # noqa: ANN401  unchecked so far
    errors = sorted(
        _validator(schema_name).iter_errors(data), key=lambda error: (-len(error.absolute_path), str(error.absolute_path))
    )
    if not errors:
        return
    error = min(errors, key=lambda e: _line(tuple(e.absolute_path), lines))
    path = tuple(error.absolute_path)
    what, hint, path = _explain(error, path)
    where = ".".join(str(part) for part in path) or "its top level"
    msg = f"{name} line {_line(path, lines)}: {where} {what}."
    raise ConfigurationError(msg, hint=hint)


def _line(path: Sequence[str | int], lines: dict[tuple[str | int, ...], int]) -> int:
    for length in range(len(path), -1, -1):
        if tuple(path[:length]) in lines:
            return lines[tuple(path[:length])]
    return 1


def _explain(error: jsonschema.ValidationError, path: tuple[str | int, ...]) -> tuple[str, str, tuple[str | int, ...]]:
    """Put the validator's objection in words that hold no value."""
    kind, asked = str(error.validator), cast("Any", error.validator_value)
    if kind == "additionalProperties":
        known = sorted(cast("dict[str, Any]", error.schema).get("properties", {}))
        unknown = str(next(key for key in cast("dict[str, Any]", error.instance) if key not in known))
        near = difflib.get_close_matches(unknown, known, 1)
        hint = f"Did you mean {near[0]!r}?" if near else f"It may have: {', '.join(known)}."
        return "is not a known key", hint, (*path, unknown)
    if kind == "required":
        missing = ", ".join(key for key in asked if key not in cast("dict[str, Any]", error.instance))
        return f"lacks {missing}", "Add what is missing; the commands that write this file write whole entries.", path
    if kind in {"enum", "const"}:
        values = asked if isinstance(asked, list) else [asked]
        return "has a value that is not known", f"It may be: {', '.join(str(value) for value in values)}.", path
    if kind == "format" or (kind == "pattern" and "{4}-" in asked):
        return "is not a date", "Write dates as 2026-11-23.", path
    simple = {"type": f"must be of type {asked}", "minLength": "is empty", "minItems": "is empty"}
    return simple.get(kind, "does not have the form it should have"), "", path
