"""What `--github` reads before an audit begins: the only network that `scan` uses, and only because the user names it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from auditor.audit.asking import Asking
from auditor.cli.lookup import near_hint
from auditor.config import cache_folder
from auditor.errors import UsageError
from auditor.github.access import access_from
from auditor.github.client import Client
from auditor.github.installation import installed
from auditor.github.memory import Memory, StoredMemory
from auditor.model.forge import TextKind

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.audit.beside import Online
    from auditor.config import Settings
    from auditor.model.progress import Progress
    from auditor.model.report import AuditReport


@dataclass(frozen=True, slots=True)
class Asked:
    """The options: which repository, what beside it, where GitHub is, and as whom."""

    repository: str = ""
    include: str = ""
    api_url: str = ""
    token_file: Path | None = None
    app_id: str = ""
    app_key: Path | None = None


def ask(asked: Asked, settings: Settings, progress: Progress) -> Online:
    """Ask GitHub.

    Raises:
        UsageError: an option is wrong, or no repository is named.
        RemoteError: the App is not installed on the account.
    """
    kinds = included(asked.include)
    if not asked.repository:
        msg = "It is not said which repository on GitHub is meant."
        raise UsageError(msg, hint="Name it with --github OWNER/NAME.")
    access = access_from(
        os.environ, api_url=asked.api_url, token_file=asked.token_file, app_id=asked.app_id, app_key_file=asked.app_key
    )
    access = installed(access, asked.repository.partition("/")[0])
    progress.phase("Asking GitHub")
    memory = StoredMemory(cache_folder(settings) / "github") if settings.cache else Memory()
    with Client(access, memory=memory) as client:
        return Asking(client, kinds)(asked.repository)


def same(report: AuditReport, repository: str) -> AuditReport:
    """Add a warning where the copy says that it is another repository: the forge's answers would then be of the wrong one."""
    remote = (report.target.remote or "").removesuffix("/").removesuffix(".git").lower()
    if not remote or remote.endswith((f"/{repository.lower()}", f":{repository.lower()}")):
        return report
    warning = f"The copy names {report.target.remote} as its remote; GitHub was asked about {repository}, as you said."
    return replace(report, warnings=(*report.warnings, warning))


def included(text: str) -> frozenset[TextKind]:
    """Read the list of what else is to be read.

    Raises:
        UsageError: there is no such thing.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    for word in words:
        if word not in list(TextKind):
            msg = f"--include {word} does not exist."
            raise UsageError(msg, hint=near_hint(word, list(TextKind), f"Choose from {', '.join(TextKind)}."))
    return frozenset(TextKind(word) for word in words)
