"""What an audit is told: the target, the settings, and which part of it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from auditor.audit.beside import Online
    from auditor.config import Settings
    from auditor.model.progress import Progress


@dataclass(frozen=True, slots=True)
class Changes:
    """Look at a part only: what is staged, or the commits of `BASE..HEAD`; neither means everything.

    `trusted` reads configuration, baselines and openness.yml from elsewhere than the target: whoever proposes a change does
    not decide how it is judged. `replaced` are the objects that the base holds where the range changed something: a value
    that stands in one of them is marked as known, because the range did not bring it.
    """

    staged: bool = False
    commits: str = ""
    trusted: Callable[[str], bytes | None] | None = None
    replaced: frozenset[str] = frozenset()


EVERYTHING: Final = Changes()


@dataclass(frozen=True, slots=True)
class Order:
    """What an audit was told beside the target; see `audit`."""

    path: Path
    settings: Settings
    changes: Changes
    fixed: frozenset[str]
    progress: Progress
    reveal_to: int | None
    now: datetime
    link_key: bytes
    online: Online | None

    @property
    def plain(self) -> bool:
        """True where the report depends on nothing but the target, the settings and the day."""
        extras = self.link_key or self.settings.imports or self.online is not None or self.reveal_to is not None
        return self.changes == EVERYTHING and not extras
