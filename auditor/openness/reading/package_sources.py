"""Where packages come from: registries, indexes and repositories that settings and manifests name."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading import kinds
from auditor.openness.reading.addresses import Reach, reach

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_FILES = (
    (re.compile(r"^\.npmrc$"), re.compile(r"^[ \t]*(?:@[\w-]+:)?registry[ \t]*=[ \t]*(?P<url>\S+)", re.MULTILINE)),
    (
        re.compile(r"^\.yarnrc(?:\.yml)?$"),
        re.compile(r"^[ \t]*(?:npmRegistryServer:|registry)[ \t]+[\"']?(?P<url>[^\s\"']+)", re.MULTILINE),
    ),
    (
        re.compile(r"^requirements[\w.-]*\.(?:txt|in)$|^constraints[\w.-]*\.txt$"),
        re.compile(r"^[ \t]*(?:-i|--(?P<extra>extra-)?index-url|-f|--find-links)[ \t=]+(?P<url>\S+)", re.MULTILINE),
    ),
    (
        re.compile(r"^\.?pip\.(?:conf|ini)$"),
        re.compile(r"^[ \t]*(?P<extra>extra-)?index-url[ \t]*=[ \t]*(?P<url>\S+)", re.MULTILINE),
    ),
    (re.compile(r"^Gemfile$"), re.compile(r"^[ \t]*source[ \t]+[\"'](?P<url>[^\"']+)", re.MULTILINE)),
    (
        re.compile(r"^Pipfile$|^pyproject\.toml$"),
        re.compile(
            r"^[ \t]*url[ \t]*=[ \t]*[\"'](?P<url>https?://[^\"'\n]{0,300}?(?:simple|pypi|index)[^\"'\n]{0,300})", re.MULTILINE
        ),
    ),
    (
        re.compile(r"^go\.mod$"),
        re.compile(
            r"^[ \t]*(?:replace[ \t]+)?\S{1,300}(?:[ \t]+v\S{1,100})?[ \t]+=>[ \t]+(?P<url>(?:\.\./){2,}\S+|/\S+)", re.MULTILINE
        ),
    ),
    (re.compile(r"^\.lfsconfig$"), re.compile(r"^[ \t]*(?:lfs)?url[ \t]*=[ \t]*(?P<url>\S+)", re.MULTILINE)),
    (
        re.compile(r"^(?:pom|settings)\.xml$"),
        re.compile(r"<url>[ \t]*(?P<url>https?://[^<\s]{0,300}?(?:repo|maven|nexus|artifactory)[^<\s]{0,300})", re.IGNORECASE),
    ),
    (
        re.compile(r"^(?:build|settings)\.gradle(?:\.kts)?$|^build\.sbt$"),
        re.compile(r"(?:url[ \t]*[=(]?[ \t]*(?:uri\()?|\bat[ \t]+)[\"'](?P<url>https?://[^\"']+)"),
    ),
    (re.compile(r"^nuget\.config$", re.IGNORECASE), re.compile(r"<add\s[^>\n]{0,300}?value=\"(?P<url>https?://[^\"]+)")),
)
_GIT_DEPENDENCY = re.compile(r"(?P<url>(?:git\+)?ssh://[\w.@/:~-]+|git@[\w.-]+:[\w./-]+)")
_MANIFEST = re.compile(
    r"^(?:package\.json|requirements[\w.-]*\.(?:txt|in)|Pipfile|pyproject\.toml|Gemfile|composer\.json|Cargo\.toml|go\.mod|"
    r"mix\.exs)$"
)


@dataclass(frozen=True, slots=True)
class PackageSource:
    """An address from which packages are taken; `extra` when it is tried beside the public index."""

    path: str
    line: int
    reach: Reach
    extra: bool = False


def package_sources(context: CheckContext) -> tuple[PackageSource, ...]:
    """Return the sources that the tip's own settings and manifests name, read once per audit."""
    return context.once("package-sources", lambda: _find(context))


def _find(context: CheckContext) -> tuple[PackageSource, ...]:
    wanted: dict[str, list[re.Pattern[str]]] = {}
    for path in context.view.tree:
        if kinds.third_party(path) or kinds.test(path):
            continue
        name = posixpath.basename(path)
        patterns = [pattern for file, pattern in _FILES if file.match(name)]
        if _MANIFEST.match(name):
            patterns.append(_GIT_DEPENDENCY)
        if patterns:
            wanted[path] = patterns
    found = []
    for path, data in context.view.read_many(sorted(wanted)):
        text = data.decode("utf-8", "replace")
        for pattern in wanted[path]:
            for match in pattern.finditer(text):
                line = text.count("\n", 0, match.start("url")) + 1
                found.append(PackageSource(path, line, reach(match["url"]), bool(match.groupdict().get("extra"))))
    return tuple(found)
