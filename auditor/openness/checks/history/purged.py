"""HIS-07: after a rewrite, the forge's copies are gone too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable
from auditor.openness.reading.files import shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="HIS-07",
    title="A rewritten history is gone from the forge",
    question="If the history was rewritten, were the forge's cached views and pull request refs purged?",
    why=(
        "A rewrite changes branches only. The old commits stay reachable by their ids and through pull requests until the forge "
        "removes them."
    ),
    remediation=(
        "Ask the forge's support to purge caches and pull request refs, or publish a new repository; change the secrets in any "
        "case."
    ),
    effort=Effort.DAYS,
    who="administrator of the organisation",
    grade=Grade.MUST,
    method=Method.HUMAN,
    sources=(by.cite(by.NHS_PURGE, "Remediation Steps, 4"),),
)
def history_purged(context: CheckContext) -> Answer:
    """Ask only where a rewrite is recorded, or has left its traces."""
    traces = _traces(context) if context.fact("refs of a rewrite", lambda: len(_traces(context))) else []
    if context.book.history_option.startswith("rewrit") or traces:
        return ask("A person confirms that the forge's caches and pull request refs were purged.", *shortened(traces))
    return not_applicable("no sign that the history was rewritten")


def _traces(context: CheckContext) -> list[Evidence]:
    return [
        Evidence(f"the ref {ref.name}", commit=ref.commit)
        for ref in context.view.refs
        if ref.name.startswith(("refs/original/", "refs/replace/"))
    ]
