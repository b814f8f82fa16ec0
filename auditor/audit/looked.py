"""What looking at a whole repository gave, kept while nothing in it has changed: then nothing of it is listed or read again.

Kept is what the report says, before people's answers, the policy and the day come in: masks and places, no value, and no record at
all where a name or a gap needs a second look.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from auditor.audit.codec import made_of, plain
from auditor.model.coverage import GapKind

if TYPE_CHECKING:
    from auditor.findings.names import Names
    from auditor.model.coverage import Coverage, Skipped
    from auditor.model.finding import Finding
    from auditor.model.report import HistoryFigures, Target

_PARTS: Final = ("findings", "coverage", "target", "figures", "rules")
LASTING: Final = frozenset(
    {
        "encrypted",
        "unsupported format",
        "nested too deep",
        "more content than the bound allows",
        "compressed more than the bound allows",
        "more members than the bound allows",
        "Git LFS object not fetched",
        "its content is in another repository",
    }
)
"""Why content stays closed however often somebody tries; time, memory and damage may decide otherwise the next time."""


@dataclass(frozen=True, slots=True)
class Looked:
    """Findings with the marks of baselines, coverage, what was audited, figures of the history, and digests of the facts."""

    findings: tuple[Finding, ...]
    coverage: Coverage
    target: Target
    figures: HistoryFigures
    rules: tuple[int, str]
    """How many rules looked, and their digest."""
    facts: dict[str, bytes] = field(default_factory=dict)


def lasts(looked: Looked, names: Names) -> bool:
    """Tell whether a second look at the same things would give the same, and nothing in it must be hidden."""
    return not names.shown and all(map(stays, looked.coverage.skipped))


def stays(item: Skipped) -> bool:
    """Tell whether a second try would leave out the same."""
    return item.kind is GapKind.OPAQUE and item.reason.partition(" (")[0] in LASTING


def as_plain(looked: Looked) -> dict[str, Any]:
    """Return it as JSON holds it."""
    parts = {name: getattr(looked, name) for name in _PARTS}
    return {"facts": {name: digest.hex() for name, digest in looked.facts.items()}} | {k: plain(v) for k, v in parts.items()}


def from_plain(data: dict[str, Any]) -> Looked:
    """Return it again."""
    parts = {name: made_of(data[name]) for name in _PARTS}
    return Looked(**parts, facts={name: bytes.fromhex(digest) for name, digest in data["facts"].items()})
