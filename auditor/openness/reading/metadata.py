"""Metadata files, held against the published schema of their standard: what is shipped is its mandatory part, as data."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from auditor.model.check import Evidence
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import line_of, read
from auditor.openness.reading.yaml_text import NotReadableError, load
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jsonschema import Draft202012Validator, ValidationError

    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_MOST = 8
_LONGEST = 160


@cache
def _validator(schema: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  dear to import, and few repositories have such a file

    text = (rules_root() / "schemas" / f"{schema}.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def judged(context: CheckContext, names: Sequence[str], schema: str) -> Answer:
    """Validate the first of these files that is there; without one the question does not arise."""
    for path in names:
        text = read(context, path)
        if text is None:
            continue
        try:
            data: Any = json.loads(text) if path.endswith(".json") else load(text)
        except (ValueError, RecursionError):
            return failed(Evidence("is not valid JSON", path=path))
        except NotReadableError as error:
            return failed(Evidence(str(error), path=path))
        errors = sorted(_validator(schema).iter_errors(data), key=lambda error: [str(part) for part in error.absolute_path])
        if errors:
            return failed(*(Evidence(_say(error), path=path, line=_line(error, text)) for error in errors[:_MOST]))
        return passed(Evidence("valid against the mandatory part of its standard", path=path))
    return not_applicable(f"no {names[0]}")


def _say(error: ValidationError) -> str:
    """Name the key and what is wrong with it, without repeating what may be a long value."""
    where = ".".join(str(part) for part in error.absolute_path) or "the file"
    if error.validator == "required":
        wanted: Any = error.validator_value
        missing = [key for key in wanted if isinstance(error.instance, dict) and key not in error.instance]
        return f"{where}: lacks {', '.join(missing)}"[:_LONGEST]
    if error.validator == "enum":
        allowed: Any = error.validator_value
        return f"{where}: is none of {', '.join(map(str, allowed))}"[:_LONGEST]
    if error.validator == "additionalProperties":
        return f"{where}: has keys that the standard does not know"
    return f"{where}: does not fit ({error.validator})"


def _line(error: ValidationError, text: str) -> int | None:
    keys = [part for part in error.absolute_path if isinstance(part, str)]
    return line_of(text, keys[-1]) if keys else 1
