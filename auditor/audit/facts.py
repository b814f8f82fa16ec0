"""What the report says of the target and of the tool itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import __version__
from auditor.model.report import Target, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.audit.requests import Requests
    from auditor.model.view import RepositoryView
    from auditor.sources.target import Source


def target_of(source: Source, path: Path, view: RepositoryView) -> Target:
    """Describe what was audited."""
    commits = view.commits
    name = source.root.name.removesuffix(".git") or source.root.resolve().name
    remote = view.remotes.get("origin") or next(iter(view.remotes.values()), None)
    if remote:
        name = remote.rstrip("/").removesuffix(".git").rpartition("/")[2].rpartition(":")[2] or name
    return Target(
        name=name,
        kind=source.kind,
        path=str(path),
        head=view.tip,
        branch=view.default_branch,
        remote=remote,
        bare=source.bare,
        first_commit=min((c.authored for c in commits), default=None),
        last_commit=max((c.authored for c in commits), default=None),
        authors=len({c.author_email for c in commits}),
    )


def tool_of(rules: int, digest: str, requests: Requests) -> Tool:
    """Describe what audited it."""
    settings = requests.settings
    return Tool(
        name="auditor",
        version=__version__,
        rules=rules,
        rules_digest=digest[:16],
        policy=requests.policy.id,
        policy_title=requests.policy.title,
        settings=(
            ("min_confidence", str(settings.min_confidence)),
            ("include_ignored", str(settings.include_ignored).lower()),
            ("disabled_rules", ", ".join(sorted(settings.disabled_rules))),
        ),
    )
