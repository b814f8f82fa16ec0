"""The spine: bytes flow one way, from sources through detection to findings, beside them the checks, into one report.

What looks and judges is loaded only where no earlier report still holds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from auditor.audit.earlier import remembering
from auditor.audit.order import EVERYTHING, Changes, Order
from auditor.audit.requests import digest_of, read_in, wished
from auditor.errors import ExitCode
from auditor.model.progress import NoProgress
from auditor.model.verdict import Decision
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.audit.beside import Online
    from auditor.config import Settings
    from auditor.model.progress import Progress
    from auditor.model.report import AuditReport

_EXIT: Final = {Decision.NOT_YET: ExitCode.NOT_YET, Decision.CANNOT_TELL: ExitCode.COULD_NOT_JUDGE}


def exit_code(report: AuditReport) -> ExitCode:
    """Return what the process promises to the shell for this report."""
    return _EXIT.get(report.verdict.decision, ExitCode.NOTHING_BLOCKS)


def audit(  # noqa: PLR0913  the whole of what an audit may be told, each by name
    path: Path,
    settings: Settings,
    *,
    changes: Changes = EVERYTHING,
    fixed: frozenset[str] = frozenset(),
    progress: Progress | None = None,
    reveal_to: int | None = None,
    now: datetime | None = None,
    link_key: bytes = b"",
    online: Online | None = None,
) -> AuditReport:
    """Audit one target.

    Args:
        path: a clone, a bare or mirror copy, a folder or a file.
        settings: what the user decided.
        changes: look at a part only.
        fixed: names of the settings that the scanned tree may not ask to change.
        progress: hears how far it is.
        reveal_to: descriptor of a private file for the raw values; closed in the end.
        now: the clock, the system's when it is None.
        link_key: an organisation's key; the findings then carry the hash of their value under it, the same in every repository.
        online: what was read from the forge before; the audit itself reaches no network.

    Raises:
        AuditorError: the target, a rule, a setting or a file of the user stops the audit.
    """
    order = Order(path, settings, changes, fixed, progress or NoProgress(), reveal_to, now or datetime.now(UTC), link_key, online)
    read = changes.trusted or partial(read_in, path)
    opened, _, _ = wished(read, settings, fixed)
    with (
        remembering(settings, link_key) as memory,
        open_target(path, opened, staged=changes.staged, commits=changes.commits) as source,
    ):
        state = source.whole_state() if order.plain and memory.keeps else b""
        place = str(path.absolute()).encode("utf-8", "surrogateescape")
        mark = state and repr((state, digest_of(read, settings, fixed), str(path), order.now.date())).encode("utf-8", "replace")
        report = memory.report(place, mark)
        if report is None:
            from auditor.audit.afresh import look_and_judge  # noqa: PLC0415  half a second, which a kept report does without

            report, lasting = look_and_judge(source, order, memory, state, read)
            if lasting and state == source.whole_state():
                memory.keep_report(place, mark, report)
        return replace(report, generated=order.now, warnings=(*report.warnings, *memory.problems))
