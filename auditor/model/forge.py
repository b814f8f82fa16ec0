"""What a forge says of one repository and its owner: every answer is a value, or a `Hidden` that says why it is none.

The forge is asked by `github/`, the checks judge the answers, and neither knows the other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime

    from auditor.model.organisation import NotVisible, Visibility


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something that was asked and not answered: why, and which permission the token lacks where that is the reason."""

    reason: str
    permission: str = ""

    def __str__(self) -> str:
        """One clause, as it follows the name of what was asked for."""
        return f"not visible without {self.permission}" if self.permission else self.reason


NOT_ASKED: Final = Hidden("was not asked for")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the forge shows of the repository itself.

    `owned_by_organisation` is false where the owner is a person; `licence` is the SPDX id that the forge recognised.
    """

    full_name: str
    visibility: Visibility
    owned_by_organisation: bool
    archived: bool = False
    fork: bool = False
    description: str = ""
    topics: tuple[str, ...] = ()
    homepage: str = ""
    issues: bool = False
    discussions: bool = False
    wiki: bool = False
    default_branch: str = ""
    pushed_at: datetime | None = None
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Scanning:
    """Whether the forge looks for secrets, and whether it stops pushes that hold one."""

    alerts: bool
    push_protection: bool


@dataclass(frozen=True, slots=True)
class Guard:
    """One ruleset, or the older branch protection: what it demands of a change of the default branch.

    `bypass` says in words who may go past it: empty where nobody may, None where the token may not see that.
    """

    name: str
    reviews: int = 0
    dismiss_stale: bool = False
    blocks_force_push: bool = False
    blocks_deletion: bool = False
    signatures: bool = False
    bypass: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Protection:
    """Everything that guards the default branch; `unseen` is set where there is a guard that the token may not look at."""

    guards: tuple[Guard, ...] = ()
    unseen: Hidden | None = None


@dataclass(frozen=True, slots=True)
class AlertPlace:
    """Where the forge found a secret; `sort` is its word for the sort of place (`commit`, `issue_body`, `wiki_commit`).

    `page` is the address of a place that is no file.
    """

    sort: str
    path: str = ""
    line: int = 0
    oid: str = ""
    commit: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class SecretAlert:
    """An open alert of the forge's secret scanning. The value is never asked for."""

    number: int
    type: str
    title: str
    created: datetime | None = None
    validity: str = ""
    publicly_leaked: bool = False
    bypassed: bool = False
    places: tuple[AlertPlace, ...] | Hidden = ()


@dataclass(frozen=True, slots=True)
class DependencyAlert:
    """An open alert on a dependency."""

    number: int
    severity: str
    package: str
    ecosystem: str
    manifest: str = ""
    created: datetime | None = None
    fix_known: bool = False


@dataclass(frozen=True, slots=True)
class CodeAlert:
    """An open alert of code scanning."""

    number: int
    severity: str
    rule: str
    tool: str
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class CodeScanning:
    """Whether any analysis was ever uploaded, and the open alerts."""

    used: bool
    alerts: tuple[CodeAlert, ...] = ()


@dataclass(frozen=True, slots=True)
class Updates:
    """Whether the forge raises alerts on dependencies, and whether it proposes the fixes."""

    alerts: bool
    fixes: bool | Hidden


@dataclass(frozen=True, slots=True)
class Community:
    """The files that the forge counts, by kind, with the address of each: the repository's own or the organisation's default."""

    health: int
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnersError:
    """A line of CODEOWNERS that the forge refuses."""

    path: str
    line: int
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class DeployKey:
    """A key that reads, or writes, this repository alone."""

    title: str
    read_only: bool
    last_used: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """Who is told of events: the host alone, since the rest of the address may be a credential."""

    host: str
    active: bool
    events: tuple[str, ...] = ()
    signed: bool = False
    verifies_tls: bool = True


@dataclass(frozen=True, slots=True)
class Actions:
    """What workflows may do. `allowed` is `all`, `local_only` or `selected`; `token_writes` tells what the default token may."""

    enabled: bool
    allowed: str = ""
    pinning_required: bool = False
    token_writes: bool | Hidden = NOT_ASKED
    approves_pull_requests: bool | Hidden = NOT_ASKED


@dataclass(frozen=True, slots=True)
class Runs:
    """How many workflow runs are kept, and how many artefacts."""

    runs: int
    artefacts: int | Hidden = NOT_ASKED


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """Whether the organisation demands a second factor, and how many of its members have none."""

    required: bool | Hidden
    members_without: int | Hidden


@dataclass(frozen=True, slots=True)
class ForgeFacts:
    """The answers for one repository.

    `page` is the address that people open. `defaults` are the files that the organisation gives to all its repositories, path
    and text. `stored_secrets` are the names of those that workflows get.
    """

    full_name: str
    page: str
    settings: Settings | Hidden = NOT_ASKED
    scanning: Scanning | Hidden = NOT_ASKED
    protection: Protection | Hidden = NOT_ASKED
    private_reporting: bool | Hidden = NOT_ASKED
    updates: Updates | Hidden = NOT_ASKED
    secret_alerts: tuple[SecretAlert, ...] | Hidden = NOT_ASKED
    generic_alerts: tuple[SecretAlert, ...] | Hidden = NOT_ASKED
    dependency_alerts: tuple[DependencyAlert, ...] | Hidden = NOT_ASKED
    code_scanning: CodeScanning | Hidden = NOT_ASKED
    community: Community | Hidden = NOT_ASKED
    defaults: tuple[tuple[str, str], ...] | Hidden = NOT_ASKED
    owners_errors: tuple[OwnersError, ...] | Hidden = NOT_ASKED
    deploy_keys: tuple[DeployKey, ...] | Hidden = NOT_ASKED
    hooks: tuple[Hook, ...] | Hidden = NOT_ASKED
    stored_secrets: tuple[str, ...] | Hidden = NOT_ASKED
    dependabot_secrets: tuple[str, ...] | Hidden = NOT_ASKED
    actions: Actions | Hidden = NOT_ASKED
    runs: Runs | Hidden = NOT_ASKED
    own_runners: tuple[str, ...] | Hidden = NOT_ASKED
    second_factor: SecondFactor | Hidden = NOT_ASKED
    not_visible: tuple[NotVisible, ...] = field(default=())


class TextKind(StrEnum):
    """What lies beside the git repository and becomes public with it."""

    ISSUES = "issues"
    PULL_REQUESTS = "pull-requests"
    COMMENTS = "comments"
    WIKI = "wiki"
    RELEASES = "releases"
    GISTS = "gists"
    LOGS = "actions-logs"


@dataclass(frozen=True, slots=True)
class ForgeText:
    """One text beside the repository: a name like a path that stays the same (`issues/12`), and its content."""

    name: str
    data: bytes = field(repr=False)
    authored: datetime | None = None


@dataclass(frozen=True, slots=True)
class ForgeTexts:
    """Everything that was read beside the repository, and what could not be: `(name, reason)`."""

    texts: tuple[ForgeText, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
