"""DOC-06: it builds from a clean clone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.reading.survey import survey
from auditor.openness.reading.workflows import workflows
from auditor.openness.reading.yaml_text import Text, items, mapping, texts
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_TESTS = re.compile(
    r"\b(?:test|tests|pytest|rspec|jest|tox|nox|mvn|gradlew?|sbt|cargo|go (?:build|test|vet)|rake|bundle exec|npm (?:ci|run|"
    r"test|install)|yarn|pnpm|make|build)\b"
)


@check(
    id="DOC-06",
    title="It builds outside the organisation's network",
    question="Can the code be built and tested from a clean clone, without access to internal systems?",
    why="Code that needs an internal host to build cannot be used by anybody else, and names the host to everybody.",
    remediation="Build it in CI on a hosted runner, from public packages only, or write down what is needed.",
    effort=Effort.DAYS,
    who="developer",
    grade=Grade.SHOULD,
    method=Method.CANDIDATES,
    sources=(by.cite(by.UKHO_CHECKLIST, "Quality: a user should be able to build / run tests based on what is in the repo"),),
)
def clean_clone(context: CheckContext) -> Answer:
    """A workflow that builds or tests on a hosted runner is such a clone, each time it runs."""
    if not survey(context).files:
        return not_applicable("no source code")
    for workflow in workflows(context):
        for job in workflow.jobs.values():
            if any("self-hosted" in text for text in texts(job.get("runs-on"))):
                continue
            steps = [mapping(step) for step in items(job.get("steps"))]
            if any("actions/checkout" in str(step.get("uses", "")) for step in steps):
                line = next((run.line for step in steps if isinstance(run := step.get("run"), Text) and _TESTS.search(run)), None)
                if line:
                    return passed(Evidence("builds or tests on a hosted runner", path=workflow.path, line=line))
    return ask("A person tries it on a clean machine outside the network.")
