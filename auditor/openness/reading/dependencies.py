"""Dependencies with their licences, as far as lock files write them down: nothing is installed, nothing is looked up."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from auditor.openness.reading import kinds

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_WITH_LICENCES = {"package-lock.json", "npm-shrinkwrap.json", "composer.lock"}
_WITHOUT = {
    "yarn.lock": "Yarn",
    "pnpm-lock.yaml": "pnpm",
    "Pipfile.lock": "Pipenv",
    "poetry.lock": "Poetry",
    "uv.lock": "uv",
    "requirements.txt": "pip",
    "Gemfile.lock": "Bundler",
    "Cargo.lock": "Cargo",
    "go.sum": "Go modules",
    "mix.lock": "Mix",
    "pom.xml": "Maven",
    "build.gradle": "Gradle",
    "build.gradle.kts": "Gradle",
    "build.sbt": "sbt",
}
_LARGEST = 30_000_000


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package that a lock file names; `licence` is what it says (an SPDX expression as a rule), empty where it says nothing."""

    name: str
    version: str
    licence: str
    development: bool
    lock: str


@dataclass(slots=True)
class Dependencies:
    """What could be read, and which package managers keep no licences in their lock files."""

    known: list[Dependency] = field(default_factory=list)
    unknown: dict[str, str] = field(default_factory=dict)


def dependencies(context: CheckContext) -> Dependencies:
    """Return the dependencies of the tip, read once per audit."""
    return context.once("dependencies", lambda: _find(context))


def _find(context: CheckContext) -> Dependencies:
    found = Dependencies()
    for path in sorted(context.view.tree):
        name = posixpath.basename(path)
        if kinds.third_party(path) or kinds.test(path):
            continue
        if name in _WITHOUT:
            found.unknown.setdefault(_WITHOUT[name], path)
        elif name in _WITH_LICENCES:
            text = context.text(path, limit=_LARGEST)
            try:
                data = json.loads(text or "")
            except (ValueError, RecursionError):
                data = None
            read_here = _composer(data, path) if name == "composer.lock" else _npm(data, path)
            if read_here is None:
                found.unknown.setdefault("npm (a lock file of version 1)" if name != "composer.lock" else "Composer", path)
            else:
                found.known += read_here
    return found


def _npm(data: Any, path: str) -> list[Dependency] | None:  # noqa: ANN401  JSON of a stranger
    packages = data.get("packages") if isinstance(data, dict) else None
    if not isinstance(packages, dict):
        return None
    found = []
    for key, entry in packages.items():
        if "node_modules/" not in key or not isinstance(entry, dict) or entry.get("link"):
            continue
        development = bool(entry.get("dev") or entry.get("devOptional"))
        found.append(
            Dependency(
                key.rpartition("node_modules/")[2], str(entry.get("version", "")), _licence(entry.get("license")), development, path
            )
        )
    return found


def _composer(data: Any, path: str) -> list[Dependency] | None:  # noqa: ANN401  JSON of a stranger
    if not isinstance(data, dict):
        return None
    found = []
    for group, development in (("packages", False), ("packages-dev", True)):
        for entry in data.get(group) or ():
            if isinstance(entry, dict):
                licence = _licence(entry.get("license"))
                found.append(Dependency(str(entry.get("name")), str(entry.get("version", "")), licence, development, path))
    return found


def _licence(value: object) -> str:
    """Return the expression: old packages wrote an object, Composer writes a list of alternatives."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        return str(value.get("type", "")).strip()
    if isinstance(value, list):
        parts = [_licence(item) for item in value]
        return " OR ".join(part for part in parts if part)
    return ""
