"""HIS-01: the whole history is here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.coverage import GapKind
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import plural
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="HIS-01",
    title="The history is complete",
    question="Is the whole history here, so that the audit could look at everything that would be published?",
    why=(
        "What is missing here (a shallow or partial clone, damaged objects, grafts) is still published with the repository, unseen."
    ),
    remediation=(
        "Audit a mirror clone: `git clone --mirror ADDRESS`. It holds every branch, tag and pull request ref; repair damaged "
        "objects first."
    ),
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(
        by.cite(by.NHS_CHECKLIST, "check in both current version and git history (mandatory)"),
        by.cite(by.CMS_CHECKLIST, "Review Commit History"),
    ),
)
def history_complete(context: CheckContext) -> Answer:
    """Repeat what the coverage says of history gaps."""
    if context.view.kind != "repository":
        return not_applicable("a plain folder or file has no history")
    gaps = Counter((gap.what, gap.reason) for gap in context.coverage.skipped if gap.kind is GapKind.HISTORY)
    if gaps:
        return failed(*(Evidence(f"{what}: {reason}", count=count) for (what, reason), count in gaps.most_common(10)))
    commits, refs = context.fact("counts of commits and refs", lambda: (len(context.view.commits), len(context.view.refs)))
    evidence = [Evidence(f"{plural(commits, 'commit')} and {plural(refs, 'ref')} read, none missing", count=commits)]
    if context.fact("a forge's copy lacks its pull requests", lambda: _lacks_pull_requests(context)):
        evidence.append(
            Evidence("refs of pull requests are not in this copy; a mirror clone brings them, and they are public with the rest")
        )
    return passed(*evidence)


def _lacks_pull_requests(context: CheckContext) -> bool:
    shown = any(ref.name.startswith(("refs/pull/", "refs/merge-requests/")) for ref in context.view.refs)
    return bool(context.view.remotes) and not shown
