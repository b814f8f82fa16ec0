"""One rule file in our own format: YAML, checked against `rules/schema.json`, to rules.

The broken bar is a seam: it keeps synthetic examples from looking like tokens in this repository, and goes when a file is read.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import yaml

from auditor.errors import ConfigurationError
from auditor.model.levels import Confidence, Grade, Severity
from auditor.model.rule import (
    Allow,
    Category,
    Charset,
    PathCondition,
    Provider,
    Remediation,
    Requirement,
    Rule,
    Status,
    Window,
)
from auditor.resources import rules_root

if TYPE_CHECKING:
    from collections.abc import Mapping

SEAM: Final = "\u00a6"

_LISTS: Final = (
    "patterns",
    "anchors",
    "files",
    "keywords",
    "context",
    "validators",
    "public_prefixes",
    "examples",
    "counter_examples",
    "references",
)
_PLAIN: Final = ("id", "title", "description", "min_entropy", "random_bits", "specificity", "source")


def read(text: bytes, name: str, *, ours: bool) -> list[Rule]:
    """Make rules of the text of one file.

    Args:
        text: the file's bytes.
        name: what to call the file in errors and in `Rule.source`.
        ours: whether it is shipped with auditor, so that every rule must be complete.

    Raises:
        ConfigurationError: the file is no rule file, or a rule of ours lacks what it needs.
    """
    document = _parse(text, name)
    _check_schema(document, name)
    provider = document["provider"]
    rules = [rule_from({**entry, "provider": provider, "source": name}) for entry in document["rules"]]
    if ours:
        for rule in rules:
            _check_complete(rule, name)
    return rules


def _parse(text: bytes, name: str) -> Any:  # noqa: ANN401  a YAML document may be anything until the schema has seen it
    try:
        return yaml.load(text.decode("utf-8").replace(SEAM, ""), Loader=yaml.CSafeLoader)
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        where = getattr(error, "problem_mark", None)
        line = f" at line {where.line + 1}" if where else ""
        msg = f"The rule file {name} is not valid YAML{line}."
        raise ConfigurationError(msg, hint="See docs/adding-a-rule.md for the format.") from error


def _check_schema(document: object, name: str) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  dear to import, wanted only when the cache is cold
    from jsonschema.exceptions import best_match  # noqa: PLC0415  the same

    schema = json.loads((rules_root() / "schema.json").read_text(encoding="utf-8"))
    error = best_match(Draft202012Validator(schema).iter_errors(document))
    if error is None:
        return
    rule = ""
    if len(error.absolute_path) > 1 and isinstance(document, dict):
        entry = document["rules"][error.absolute_path[1]]
        rule = f", rule {entry.get('id', '?')}" if isinstance(entry, dict) else ""
    place = "/".join(str(part) for part in error.absolute_path) or "the top"
    msg = f"The rule file {name}{rule} does not follow the format at {place}: {error.message[:200]}."
    raise ConfigurationError(msg, hint="See rules/schema.json and docs/adding-a-rule.md.")


def _check_complete(rule: Rule, name: str) -> None:
    missing = [
        word
        for word, value in (
            ("description", rule.description),
            ("examples", rule.examples),
            ("counter_examples", rule.counter_examples),
            ("remediation", rule.remediation.summary),
            ("references", rule.references),
        )
        if not value
    ]
    if missing:
        msg = f"The rule {rule.id} in {name} lacks {', '.join(missing)}."
        raise ConfigurationError(msg, hint="A rule of ours is complete or it does not load.")


def rule_from(entry: Mapping[str, Any]) -> Rule:
    """Make a rule of plain data, as the schema describes it or as `plain` wrote it."""
    allow = entry.get("allow", {})
    paths = entry.get("paths", {})
    remediation = entry.get("remediation", {})
    values: dict[str, Any] = {key: entry[key] for key in _PLAIN if key in entry}
    values |= {key: tuple(entry[key]) for key in _LISTS if key in entry}
    return Rule(
        **values,
        category=Category(entry["category"]),
        severity=Severity(entry["severity"]),
        confidence=Confidence(entry["confidence"]),
        grade=Grade(entry.get("grade", "blocker")),
        status=Status(entry.get("status", "stable")),
        provider=Provider(**entry["provider"]),
        within=Window(**entry.get("within", {})),
        charset=Charset(**entry.get("charset", {})),
        requires=tuple(Requirement(**item) for item in entry.get("requires", ())),
        paths=PathCondition(include=tuple(paths.get("include", ())), exclude=tuple(paths.get("exclude", ()))),
        allow=Allow(
            values=tuple(allow.get("values", ())),
            patterns=tuple(allow.get("patterns", ())),
            stopwords=tuple(allow.get("stopwords", ())),
            reason=allow.get("reason", ""),
        ),
        remediation=Remediation(
            summary=remediation.get("summary", ""),
            steps=tuple(remediation.get("steps", ())),
            revoke_url=remediation.get("revoke_url", ""),
            owner_hint=remediation.get("owner_hint", ""),
        ),
    )


def plain(rule: Rule) -> dict[str, Any]:
    """Turn a rule into data that JSON can hold and `rule_from` reads back."""
    return asdict(rule)
