"""Package managers: which manifests the tip holds, and the lock file that fixes what each of them brings in."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading import kinds

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.openness.registry import CheckContext


@dataclass(frozen=True, slots=True)
class Ecosystem:
    """A package manager: the manifest's name, the names of its lock files, and whether a manifest has dependencies at all."""

    name: str
    manifest: re.Pattern[str]
    locks: tuple[str, ...]
    needs: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest of the tip with its lock file (empty where there is none)."""

    path: str
    ecosystem: Ecosystem
    lock: str = ""


def _npm(text: str) -> bool:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and any(data.get(key) for key in ("dependencies", "devDependencies", "optionalDependencies"))


def _poetry(text: str) -> bool:
    return bool(
        re.search(r"^\[tool\.poetry(?:\.[\w-]+)*\.dependencies\]|^dependencies[ \t]*=[ \t]*\[[ \t]*[\"'\n]", text, re.MULTILINE)
    )


def _packages(text: str) -> list[str]:
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("-")]


def _names_packages(text: str) -> bool:
    return bool(_packages(text))


def _pinned(text: str) -> bool:
    """Tell whether a requirements file names an exact version (or address) of everything: then it is its own lock file."""
    return all(re.search(r"===?|\s@\s|^git\+|://|^\.", line) for line in _packages(text))


def _always(_: str) -> bool:
    return True


_PYTHON_LOCKS = ("poetry.lock", "uv.lock", "pdm.lock", "pylock.toml", "requirements.txt", "requirements.lock", "Pipfile.lock")
_NPM_LOCKS = ("package-lock.json", "yarn.lock", "pnpm-lock.yaml", "npm-shrinkwrap.json", "bun.lock", "bun.lockb")
_PIP_LOCKS = ("pylock.toml", "uv.lock", "requirements.lock")


def _has(pattern: str) -> Callable[[str], bool]:
    """Return a test for manifests: those without this line name no dependency."""
    compiled = re.compile(pattern, re.MULTILINE)
    return lambda text: compiled.search(text) is not None


ECOSYSTEMS = (
    Ecosystem("npm", re.compile(r"^package\.json$"), _NPM_LOCKS, _npm),
    Ecosystem("Pipenv", re.compile(r"^Pipfile$"), ("Pipfile.lock",), _always),
    Ecosystem("Python project", re.compile(r"^pyproject\.toml$"), _PYTHON_LOCKS, _poetry),
    Ecosystem("pip", re.compile(r"^requirements[\w.-]*\.txt$"), _PIP_LOCKS, _names_packages),
    Ecosystem("pip-tools", re.compile(r"^requirements[\w.-]*\.in$"), ("requirements.txt", "uv.lock", "pylock.toml"), _always),
    Ecosystem("Bundler", re.compile(r"^Gemfile$"), ("Gemfile.lock",), _has(r"^[ \t]*gem\s")),
    Ecosystem("Composer", re.compile(r"^composer\.json$"), ("composer.lock",), _has('"require')),
    Ecosystem("Cargo", re.compile(r"^Cargo\.toml$"), ("Cargo.lock",), _has(r"dependencies\]")),
    Ecosystem("Go modules", re.compile(r"^go\.mod$"), ("go.sum",), _has(r"^[ \t]*require\b")),
    Ecosystem("Mix", re.compile(r"^mix\.exs$"), ("mix.lock",), _always),
    Ecosystem("pub", re.compile(r"^pubspec\.ya?ml$"), ("pubspec.lock",), _has("dependencies:")),
    Ecosystem("CocoaPods", re.compile(r"^Podfile$"), ("Podfile.lock",), _always),
    Ecosystem("Swift packages", re.compile(r"^Package\.swift$"), ("Package.resolved",), _has(r"\.package\(")),
    Ecosystem("librarian-puppet", re.compile(r"^Puppetfile$"), ("Puppetfile.lock",), _always),
)
"""Those whose manager writes a lock file. Maven, Gradle, NuGet and sbt name exact versions in the manifest and are not judged."""

UNLOCKED = (
    ("Maven", re.compile(r"^pom\.xml$")),
    ("Gradle", re.compile(r"^build\.gradle(?:\.kts)?$")),
    ("sbt", re.compile(r"^build\.sbt$")),
    ("NuGet", re.compile(r"^.+\.(?:cs|fs|vb)proj$|^packages\.config$")),
    ("Docker", re.compile(r"^Dockerfile(?:\..+)?$")),
    ("Terraform", re.compile(r"^.+\.tf$")),
)
"""Further manifests that bring in what others wrote."""


def manifests(context: CheckContext) -> tuple[Manifest, ...]:
    """Return the manifests that name dependencies, tests and third-party folders left out, read once per audit."""
    return context.once("manifests", lambda: _find(context))


def _find(context: CheckContext) -> tuple[Manifest, ...]:
    tree = context.view.tree
    wanted: dict[str, Ecosystem] = {}
    for path in tree:
        if kinds.third_party(path) or kinds.test(path):
            continue
        name = posixpath.basename(path)
        ecosystem = next((e for e in ECOSYSTEMS if e.manifest.match(name)), None)
        if ecosystem is not None:
            wanted[path] = ecosystem
    found = []
    for path, data in context.view.read_many(sorted(wanted)):
        ecosystem = wanted[path]
        text = data.decode("utf-8", "replace")
        if ecosystem.needs(text):
            own = path if ecosystem.name == "pip" and _pinned(text) else ""
            found.append(Manifest(path, ecosystem, own or _lock(tree, path, ecosystem)))
    return tuple(sorted(found, key=lambda manifest: manifest.path))


def _lock(tree: Mapping[str, object], path: str, ecosystem: Ecosystem) -> str:
    """Find the lock file beside the manifest or above it, as workspaces keep one for all."""
    names = ecosystem.locks
    if ecosystem.name == "pip-tools":
        names = (posixpath.basename(path)[: -len(".in")] + ".txt", *names)
    folder = posixpath.dirname(path)
    while True:
        for name in names:
            candidate = posixpath.join(folder, name)
            if candidate != path and candidate in tree:
                return candidate
        if not folder:
            return ""
        folder = posixpath.dirname(folder)


def dependency_kinds(context: CheckContext) -> dict[str, str]:
    """Return which package ecosystems the tip uses at all: name, and one path that says so."""
    found: dict[str, str] = {manifest.ecosystem.name: manifest.path for manifest in reversed(manifests(context))}
    for path in sorted(context.view.tree, reverse=True):
        if kinds.third_party(path) or kinds.test(path):
            continue
        name = posixpath.basename(path)
        for kind, pattern in UNLOCKED:
            if pattern.match(name):
                found[kind] = path
    return found
