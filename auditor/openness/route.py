"""The frame in which one route is judged: which places of a finding it publishes, and which of them block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Confidence, Exposure

if TYPE_CHECKING:
    from auditor.model.finding import Finding, Location

FULL: Final = "full_history"
FRESH: Final = "fresh_history"
_PUBLISHED: Final = frozenset({Exposure.BRANCH_OR_TAG, Exposure.FORGE, Exposure.PULL_REQUEST_REF, Exposure.OTHER_REF})


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """What the verdict must know of the target.

    `kind` is `repository`, `folder` or `file`; `bare` is true for a bare or mirror copy, which is itself what would be
    published; `staged` is true when a hook judges what is about to be committed.
    """

    kind: str = "repository"
    bare: bool = False
    staged: bool = False

    @property
    def has_history(self) -> bool:
        """True for a repository: a plain folder has no history to publish."""
        return self.kind == "repository"


@dataclass(frozen=True, slots=True)
class Frame:
    """One route over one target."""

    route: str
    target: TargetFacts
    min_confidence: Confidence = Confidence.MEDIUM

    def blocks_at(self, exposure: Exposure | None) -> bool:
        """Tell whether what stands at this exposure would be published on this route: the table of the design."""
        if exposure is None or exposure is Exposure.HEAD:
            return True
        if exposure is Exposure.UNCOMMITTED:
            return not self.target.has_history or (self.target.staged and self.route == FULL)
        if self.route == FRESH:
            return False
        return exposure in _PUBLISHED or (exposure is Exposure.LOCAL_ONLY and self.target.bare)

    def concerns(self, exposure: Exposure | None) -> bool:
        """Tell whether the route has anything to say about this exposure: it blocks, or it is a caution."""
        return self.blocks_at(exposure) or exposure is Exposure.UNCOMMITTED or self.route == FULL

    def blocks(self, finding: Finding) -> bool:
        """Tell whether any exposure of the finding blocks on this route."""
        return any(self.blocks_at(exposure) for exposure in _exposures(finding))

    def places(self, finding: Finding) -> tuple[Location, ...]:
        """Return the places that matter on this route: those that block, else those that are a caution."""
        blocking = tuple(place for place in finding.locations if self.blocks_at(place.exposure))
        if blocking:
            return blocking
        concerned = any(self.concerns(exposure) for exposure in _exposures(finding))
        return tuple(place for place in finding.locations if concerned)

    def why_not(self, finding: Finding) -> str:
        """Say why a finding is only a caution on this route."""
        if Exposure.UNCOMMITTED in finding.exposure:
            return "not committed; it is published as soon as it is committed"
        return "only in this copy (stash, reflog or unreachable); a push or a fresh clone leaves it behind"


def _exposures(finding: Finding) -> tuple[Exposure | None, ...]:
    return finding.exposure or (None,)
