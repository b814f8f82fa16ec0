"""SEC-11: every entry of a baseline or mark carries a judgement with its reason, and still points at something."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.authorities import GDS_SECRET_AUDITING, cite
from auditor.openness.grading import OPENNESS_FILE
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_BASELINE: Final = ".secrets.baseline"
_IGNORE: Final = ".gitleaksignore"


@check(
    id="SEC-11",
    title="Every entry of an allow-list carries its reason",
    question="Does every finding that somebody set aside say why, and is it still there?",
    why="An allow-list without reasons hides the next real secret among the old false alarms.",
    remediation="Label each entry, write the reason beside it or in openness.yml, and take out entries for files that are gone.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(cite(GDS_SECRET_AUDITING, "record the outcome of each alert, of false alarms too"),),
)
def baselines(context: CheckContext) -> Answer:
    """Read the allow-lists of other tools, and the marks beside findings."""
    lists = [path for path in (_BASELINE, _IGNORE) if path in context.view.tree]
    marked = [f for f in context.findings if f.suppression is not None and not f.suppression.source.endswith(OPENNESS_FILE)]
    if not lists and not marked:
        return not_applicable("No allow-list and no mark sets a finding aside.")
    silent = [
        Evidence(f"{f.title}: the mark gives no reason", path=f.first.path, line=f.first.line)
        for f in marked
        if f.suppression is not None and f.suppression.source not in lists and not f.suppression.reason.strip()
    ]
    unread = [*silent, *_unlabelled(context), *_without_comment(context)]
    gone = _gone(context)
    if unread:
        return failed(*unread, *gone)
    if gone:
        return failed(*gone, grade=Grade.SHOULD)
    return passed(f"{len(marked)} findings are set aside, each with its reason")


def _results(context: CheckContext) -> dict[str, list[dict[str, Any]]]:
    try:
        document = json.loads(context.text(_BASELINE) or "{}")
    except (ValueError, RecursionError):
        return {}
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, dict):
        return {}
    return {str(p): [e for e in entries if isinstance(e, dict)] for p, entries in results.items() if isinstance(entries, list)}


def _unlabelled(context: CheckContext) -> list[Evidence]:
    counts = {path: sum("is_secret" not in entry for entry in entries) for path, entries in _results(context).items()}
    total = sum(counts.values())
    if not total:
        return []
    return [Evidence("entries that nobody labelled as real or false", path=_BASELINE, count=total)]


def _without_comment(context: CheckContext) -> list[Evidence]:
    """An entry of .gitleaksignore has its reason in a comment on its line or above its block."""
    bare: list[int] = []
    explained = False
    for number, line in enumerate((context.text(_IGNORE) or "").splitlines(), 1):
        text = line.strip()
        if not text:
            explained = False
        elif text.startswith("#"):
            explained = True
        elif not explained and "#" not in text:
            bare.append(number)
    return [Evidence("entries without a comment that says why", path=_IGNORE, line=bare[0], count=len(bare))] if bare else []


def _gone(context: CheckContext) -> list[Evidence]:
    missing = [path for path in _results(context) if path not in context.view.tree]
    return [Evidence(f"entry for a file that is gone: {path}", path=_BASELINE) for path in missing[:10]]
