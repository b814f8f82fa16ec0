"""Read `.auditor.yml` or `[tool.auditor]`, from outside the scanned tree (an order) or from inside it (a request).

One table says which keys exist, their type, and whether the scanned tree may ask for them; the JSON Schema for editors and the
error that names the nearest key both come from it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from auditor.config import Settings, SeverityOverride
from auditor.errors import ConfigurationError
from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

YAML_NAME: Final = ".auditor.yml"
TOML_NAME: Final = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class _Key:
    """One key: what it means, its JSON Schema, and whether a file inside the scanned tree may set it."""

    purpose: str
    schema: dict[str, Any]
    from_tree: bool = False


_STRINGS: Final[dict[str, Any]] = {"type": "array", "items": {"type": "string"}}
_OVERRIDES: Final[dict[str, Any]] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["paths", "severity"],
        "properties": {"paths": _STRINGS, "severity": {"enum": [level.value for level in Severity]}},
    },
}
KEYS: Final[dict[str, _Key]] = {
    "policy": _Key("the policy pack to judge by", {"type": "string"}, from_tree=True),
    "language": _Key("the language of the report", {"type": "string", "enum": ["en-GB"]}, from_tree=True),
    "include_ignored": _Key("look at ignored files of the working tree too", {"type": "boolean"}, from_tree=True),
    "severity_overrides": _Key("lower what is shown of findings under these globs, not the verdict", _OVERRIDES, from_tree=True),
    "min_confidence": _Key("the least confidence that counts in the verdict", {"enum": [level.value for level in Confidence]}),
    "rules": _Key("further rule files", _STRINGS),
    "disabled_rules": _Key("ids of rules that are not applied", _STRINGS),
    "policy_files": _Key("policy packs of your organisation", _STRINGS),
    "detect_secrets_plugins": _Key("Python files with detect-secrets plugins of your organisation", _STRINGS),
    "openness": _Key("a private openness file outside the repository", {"type": "string"}),
    "cache": _Key("remember the results of unchanged content", {"type": "boolean"}),
    "cache_dir": _Key("where the cache is kept", {"type": "string"}),
    "workers": _Key("processes to use, 0 for one per core", {"type": "integer", "minimum": 0, "maximum": 256}),
}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the configuration file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "auditor configuration (.auditor.yml or [tool.auditor])",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: {**key.schema, "description": key.purpose} for name, key in KEYS.items()},
    }


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Return the keys of a configuration file, checked; `name` ends in `.toml` or is read as YAML.

    Raises:
        ConfigurationError: it does not parse, has an unknown key, or a value of the wrong kind.
    """
    document = _load(data, name)
    if not isinstance(document, dict):
        msg = f"{name} is not a table of settings."
        raise ConfigurationError(msg, hint="Write `key: value` lines; `auditor schema config` shows the keys.")
    for key, value in document.items():
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, n=1)
            msg = f"{name} has an unknown setting {str(key)[:60]!r}."
            raise ConfigurationError(msg, hint=f"Did you mean {near[0]!r}?" if near else "See `auditor schema config`.")
        _check(name, key, value)
    return document


def _load(data: bytes, name: str) -> object:
    import tomllib  # noqa: PLC0415  both are only needed where there is a file

    import yaml  # noqa: PLC0415  as above

    try:
        if name.endswith(".toml"):
            return tomllib.loads(data.decode()).get("tool", {}).get("auditor", {})
        return yaml.load(data, Loader=yaml.CSafeLoader) or {}
    except (tomllib.TOMLDecodeError, yaml.YAMLError, UnicodeDecodeError, RecursionError, AttributeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}, line {mark.line + 1}," if mark else name
        msg = f"{where} cannot be read as settings ({type(error).__name__})."
        raise ConfigurationError(msg, hint="Correct the syntax of the file.") from None


def _check(name: str, key: str, value: object) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  0.1 s that only runs with a configuration file need

    problem = next(iter(Draft202012Validator(KEYS[key].schema).iter_errors(value)), None)
    if problem is not None:
        place = ".".join([key, *(str(part) for part in problem.absolute_path)])
        msg = f"{name}: the setting {place} has a value of the wrong kind."
        raise ConfigurationError(msg, hint=f"It is {KEYS[key].purpose}; see `auditor schema config`.")


def apply(settings: Settings, values: dict[str, Any], *, base: Path) -> Settings:
    """Return settings with the values of the user's own file; relative paths start at `base`."""

    def path(text: str) -> Path:
        return base / Path(text).expanduser()

    def paths(texts: list[str]) -> tuple[Path, ...]:
        return tuple(path(text) for text in texts)

    convert: dict[str, Callable[[Any], Any]] = {
        "severity_overrides": _overrides,
        "min_confidence": Confidence,
        "rules": paths,
        "policy_files": paths,
        "detect_secrets_plugins": paths,
        "disabled_rules": frozenset,
        "openness": path,
        "cache_dir": path,
    }
    return replace(settings, **{key: convert.get(key, lambda value: value)(value) for key, value in values.items()})


def grant(settings: Settings, values: dict[str, Any], *, fixed: frozenset[str] = frozenset()) -> tuple[Settings, tuple[str, ...]]:
    """Grant what a file inside the scanned tree may ask for, and name what was refused.

    `fixed` are the settings that the user decided; the tree cannot change those.
    """
    granted = {key: value for key, value in values.items() if KEYS[key].from_tree and key not in fixed}
    refused = tuple(sorted(key for key in values if not KEYS[key].from_tree))
    if "severity_overrides" in granted:
        granted["severity_overrides"] = (*settings.severity_overrides, *_overrides(granted["severity_overrides"]))
    return replace(settings, **granted), refused


def _overrides(rows: list[dict[str, Any]]) -> tuple[SeverityOverride, ...]:
    return tuple(SeverityOverride(tuple(row["paths"]), Severity(row["severity"])) for row in rows)
