"""Secret scanners that a repository runs: in hooks before a commit, in CI, or told by their configuration."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.openness.registry import CheckContext

_SCANNER = re.compile(
    r"\b(?:detect-secrets(?:-hook)?|gitleaks|betterleaks|trufflehog|ggshield|gitguardian|git-secrets|talisman|kingfisher|"
    r"ripsecrets|secretlint|whispers|nosey-?parker|semgrep[- ]secrets|detect-aws-credentials|detect-private-key|"
    r"secret[-_ ]?(?:scan|detection)\w*|scan[-_ ]?(?:for[-_ ]?)?secrets|auditor (?:scan|ci)|auditor@)",
    re.IGNORECASE,
)
_TRIVY = re.compile(r"(?:scanners?|security-checks)['\"]?\s*[:=\s]\s*['\"]?[\w,\s-]*\bsecret\b", re.IGNORECASE)
_HOOKS = re.compile(
    r"^(?:\.pre-commit-config\.ya?ml|\.?lefthook\.ya?ml|\.husky/[^/_][^/]*|\.overcommit\.yml|prek\.toml|\.githooks/.+|"
    r"(?:.+/)?(?:git-?hooks|pre-commit)(?:/.+|\.ya?ml)|\.pre-commit-hooks/.+)$"
)
_CI = re.compile(
    r"^(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|azure-pipelines\.ya?ml|\.travis\.yml|"
    r"Jenkinsfile\w*|buildspec\.ya?ml|bitbucket-pipelines\.yml|\.drone\.yml|\.azuredevops/.+\.ya?ml|concourse/.+\.ya?ml|"
    r"ci/.+\.ya?ml)$"
)
_OWN_CONFIG = re.compile(
    r"^(?:\.?gitleaks\.toml|\.gitleaksignore|\.betterleaks\.toml|\.talismanrc|\.gitguardian\.ya?ml|\.ggshield\.ya?ml|"
    r"\.secrets\.baseline|"
    r"\.github/secret_scanning\.ya?ml|\.secretlintrc(?:\.\w+)?|\.trufflehog\.ya?ml|\.auditor\.ya?ml)$"
)


@dataclass(frozen=True, slots=True)
class Scanner:
    """A sign of secret scanning: what was found, where; `runs` when something starts it, not only its settings."""

    text: str
    path: str
    line: int | None
    runs: bool


def scanners(context: CheckContext) -> tuple[Scanner, ...]:
    """Return the signs of secret scanning in the tip, those that run first; looked for once per audit."""
    return context.once("scanners", lambda: _find(context))


def _find(context: CheckContext) -> tuple[Scanner, ...]:
    paths = {path: "a hook before each commit" for path in context.view.tree if _HOOKS.match(path)}
    paths |= {path: "continuous integration" for path in context.view.tree if _CI.match(path)}
    found = []
    for path, data in context.view.read_many(sorted(paths)):
        hit = _first(data.decode("utf-8", "replace"))
        if hit:
            found.append(Scanner(f"{hit[1]} in {paths[path]}", path, hit[0], runs=True))
    settings = [
        Scanner("settings of a secret scanner", path, None, runs=False)
        for path in sorted(context.view.tree)
        if _OWN_CONFIG.match(path) or posixpath.basename(path) == ".secrets.baseline"
    ]
    return (*found, *settings)


def _first(text: str) -> tuple[int, str] | None:
    """Return line and name of the first scanner that a text runs, comments left out."""
    for number, line in enumerate(text.splitlines(), 1):
        live = re.split(r"(?:^|\s)(?:#|//)", line, maxsplit=1)[0]
        match = _SCANNER.search(live) or _TRIVY.search(live)
        if match:
            return number, match[0].strip()
    return None
