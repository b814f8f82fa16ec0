"""The spine: bytes flow one way, from sources through detection to findings, beside them the checks, into one report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from typing import TYPE_CHECKING, Final

from auditor.audit.beside import Online
from auditor.audit.discretion import Sentences
from auditor.audit.earlier import remembering
from auditor.audit.facts import tool_of
from auditor.audit.judging import judge
from auditor.audit.looked import lasts
from auditor.audit.looking import Gathered, Looking
from auditor.audit.requests import read_in, read_requests
from auditor.errors import ExitCode
from auditor.findings.ancestry import Ancestry
from auditor.findings.reveal import write_values
from auditor.findings.suppression import apply_openness
from auditor.model.progress import NoProgress
from auditor.model.report import AuditReport
from auditor.model.verdict import Decision
from auditor.openness.deadlines import deadlines
from auditor.openness.route import TargetFacts
from auditor.openness.second_person import countersigned
from auditor.openness.ways import ways
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from auditor.audit.requests import Requests
    from auditor.config import Settings
    from auditor.model.progress import Progress

_EXIT: Final = {Decision.NOT_YET: ExitCode.NOT_YET, Decision.CANNOT_TELL: ExitCode.COULD_NOT_JUDGE}


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
    progress = progress or NoProgress()
    now = now or datetime.now(UTC)
    online = online or Online()
    asked = read_requests(changes.trusted or partial(read_in, path), settings, fixed)
    with (
        remembering(settings, link_key) as memory,
        open_target(path, asked.settings, staged=changes.staged, commits=changes.commits) as source,
    ):
        looking = Looking(source, settings, memory, progress, memory.merge_key)
        view = source.view()

        @cache
        def requested() -> Requests:
            return read_requests(view.read, settings, fixed) if source.bare and not changes.trusted else asked

        plain = changes == EVERYTHING and online == Online() and reveal_to is None and not (link_key or settings.imports)
        state = source.whole_state() if plain and memory.keeps else b""
        mark = state and state + repr((str(path), requested().settings.severity_overrides)).encode("utf-8", "surrogateescape")
        looked, gathered = memory.looked(mark), Gathered()
        if looked is None:
            looked, gathered = looking.look(
                path,
                online,
                settings=lambda: requested().settings,
                read=changes.trusted or view.read,
                replaced=changes.replaced,
            )
            if mark and state == source.whole_state() and lasts(looked, gathered.names):
                memory.keep(mark, looked)
        progress.phase("Judging")
        requests = requested()
        book, told = countersigned(requests.book, view, requests.policy)
        requests = replace(requests, book=book, warnings=(*requests.warnings, *told))
        findings = apply_openness(looked.findings, book, today=now.date(), ancestors=Ancestry(lambda: view.commits))
        judged = judge(
            view,
            findings,
            looked.coverage,
            requests,
            target=TargetFacts(source.kind, source.bare, changes.staged),
            today=now.date(),
            clean=Sentences(looking.engine, memory),
            names=gathered.names,
            online=online,
            answers=memory.answers(looked.facts | ({"forge": b"not asked"} if online == Online() and looked.facts else {})),
        )
        if link_key:
            linked = (replace(f, link=gathered.keys.get(f.fingerprint, b"").hex()) for f in judged.findings)
            judged = replace(judged, findings=tuple(linked))
        if reveal_to is not None:
            write_values(reveal_to, looking.values(online, gathered, judged.findings))
        return AuditReport(
            target=replace(looked.target, intended=book.intended),
            tool=tool_of(*looked.rules, requests),
            generated=now,
            findings=judged.findings,
            checks=judged.checks,
            coverage=looked.coverage,
            verdict=judged.verdict,
            attestations=judged.attestations,
            warnings=(*requests.warnings, *gathered.warnings, *online.warnings, *memory.problems),
            deadlines=deadlines(book),
            ways=ways(looked.figures, looked.coverage, judged.findings, requests.policy),
        )
