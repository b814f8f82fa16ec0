"""The edition for everybody: only public repositories, and nothing that was counted over others or leads to a secret.

Everything that the pages say is made of the portfolio that comes out of here, file names and data included.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model.levels import Exposure
from auditor.model.organisation import Visibility
from auditor.model.verdict import BlockerKind
from auditor.reports.public import for_public

if TYPE_CHECKING:
    from auditor.model.organisation import OpenSecret, Portfolio, RepositoryStanding, SharedSecret
    from auditor.model.report import AuditReport, Deadline
    from auditor.model.verdict import Blocker


def public_portfolio(portfolio: Portfolio) -> Portfolio:
    """Return what may be read by everybody.

    Teams and business units are known to members of an organisation only. Runs, warnings and the selection speak of every
    repository, so they go as a whole.
    """
    shown = tuple(map(_standing, filter(_is_public, portfolio.repositories)))
    names = {one.listed.full_name for one in shown}
    return replace(
        portfolio,
        repositories=tuple(_without_private_parent(one, names) for one in shown),
        shared=tuple(filter(None, (_shared(one, names) for one in portfolio.shared))),
        runs=(),
        appeared=tuple(name for name in portfolio.appeared if name in names),
        gone=(),
        not_visible=tuple(one for one in portfolio.not_visible if one.repository in names),
        selection=(),
        warnings=(),
    )


def public_report(report: AuditReport) -> AuditReport:
    """Return the report of a public repository as everybody may read it."""
    report = for_public(report)
    return replace(report, target=replace(report.target, path=""), warnings=())


def _is_public(one: RepositoryStanding) -> bool:
    return one.listed.visibility is Visibility.PUBLIC


def _without_private_parent(one: RepositoryStanding, names: set[str]) -> RepositoryStanding:
    parent = one.listed.parent if one.listed.parent in names else ""
    return replace(one, listed=replace(one.listed, parent=parent))


def _standing(one: RepositoryStanding) -> RepositoryStanding:
    return replace(
        one,
        listed=replace(one.listed, teams=(), unit="", clone_url=one.listed.web_url),
        problem="",
        blockers=tuple(map(_blocker, one.blockers)),
        attestations_due=tuple(map(_blocker, one.attestations_due)),
        secrets=tuple(map(_secret, one.secrets)),
        deadlines=tuple(map(_deadline, one.deadlines)),
    )


def _blocker(one: Blocker) -> Blocker:
    return replace(one, id="", where=(), act="") if one.kind is BlockerKind.FINDING else replace(one, where=())


def _secret(one: OpenSecret) -> OpenSecret:
    if one.exposure is Exposure.HEAD:
        return one
    return replace(one, fingerprint="", masked="", first_seen=None)


def _deadline(one: Deadline) -> Deadline:
    return replace(one, id="") if one.kind == "accepted" else one


def _shared(one: SharedSecret, names: set[str]) -> SharedSecret | None:
    """Keep what several public repositories share; with fewer it would tell of a private one."""
    kept = tuple(name for name in one.repositories if name in names)
    if len(kept) < 2:  # noqa: PLR2004  shared means two at least
        return None
    replaced = tuple(name for name in one.rotated_in if name in names)
    return replace(one, repositories=kept, rotated_in=replaced, masked="", first_seen=None)
