"""Looking and judging, where no earlier report holds: what was found, people's answers on top of it, the checks, the verdict."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from auditor.audit.beside import Online
from auditor.audit.discretion import Sentences
from auditor.audit.facts import tool_of
from auditor.audit.judging import judge
from auditor.audit.looked import lasts
from auditor.audit.looking import Gathered, Looking
from auditor.audit.requests import read_requests
from auditor.findings.ancestry import Ancestry
from auditor.findings.reveal import write_values
from auditor.findings.suppression import apply_openness
from auditor.model.report import AuditReport
from auditor.openness.deadlines import deadlines
from auditor.openness.route import TargetFacts
from auditor.openness.second_person import countersigned
from auditor.openness.ways import ways

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.audit.earlier import Earlier
    from auditor.audit.order import Order
    from auditor.audit.requests import Requests
    from auditor.sources.target import Source


def look_and_judge(
    source: Source, order: Order, memory: Earlier, state: bytes, read: Callable[[str], bytes | None]
) -> tuple[AuditReport, bool]:
    """Look at a target and judge it.

    Args:
        source: the open target.
        order: what was asked for.
        memory: what earlier runs left behind.
        state: of the target, empty where nothing may be kept.
        read: gives a file by its path, for settings and openness.yml, unless those of a bare copy count.

    Returns:
        The report, and whether it stays true while the state does.

    Raises:
        AuditorError: a rule, a setting or a file of the user stops the audit.
    """
    path, settings, changes, fixed = order.path, order.settings, order.changes, order.fixed
    asked = read_requests(read, settings, fixed)
    online = order.online or Online()
    looking = Looking(source, settings, memory, order.progress, memory.merge_key, plain=order.plain)
    view = source.view()

    @cache
    def requested() -> Requests:
        return read_requests(view.read, settings, fixed) if source.bare and not changes.trusted else asked

    mark = state and state + repr((str(path), requested().settings.severity_overrides)).encode("utf-8", "surrogateescape")
    looked, gathered, lasting = memory.looked(mark), Gathered(), bool(mark)
    if looked is None:
        looked, gathered = looking.look(
            path,
            online,
            settings=lambda: requested().settings,
            read=changes.trusted or view.read,
            replaced=changes.replaced,
        )
        lasting = lasting and lasts(looked, gathered.names)
        if lasting and state == source.whole_state():
            memory.keep(mark, looked)
            if (kept := source.keep_history()) and gathered.keep:
                gathered.keep(memory, kept)
    order.progress.phase("Judging")
    requests = requested()
    book, told = countersigned(requests.book, view, requests.policy)
    requests = replace(requests, book=book, warnings=(*requests.warnings, *told))
    findings = apply_openness(looked.findings, book, today=order.now.date(), ancestors=Ancestry(lambda: view.commits))
    judged = judge(
        view,
        findings,
        looked.coverage,
        requests,
        target=TargetFacts(source.kind, source.bare, changes.staged),
        today=order.now.date(),
        clean=Sentences(looking.engine, memory),
        names=gathered.names,
        online=online,
        answers=memory.answers(looked.facts | ({"forge": b"not asked"} if online == Online() and looked.facts else {})),
    )
    if order.link_key:
        linked = (replace(f, link=gathered.keys.get(f.fingerprint, b"").hex()) for f in judged.findings)
        judged = replace(judged, findings=tuple(linked))
    if order.reveal_to is not None:
        write_values(order.reveal_to, looking.values(online, gathered, judged.findings))
    report = AuditReport(
        target=replace(looked.target, intended=book.intended),
        tool=tool_of(*looked.rules, requests),
        generated=order.now,
        findings=judged.findings,
        checks=judged.checks,
        coverage=looked.coverage,
        verdict=judged.verdict,
        attestations=judged.attestations,
        warnings=(*requests.warnings, *gathered.warnings, *online.warnings),
        deadlines=deadlines(book),
        ways=ways(looked.figures, looked.coverage, judged.findings, requests.policy),
    )
    return report, lasting
