"""Values of a workflow run that anybody can choose: titles, bodies, branch names, messages of pull requests and issues."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading.workflows import actions, workflows
from auditor.openness.reading.yaml_text import Mapping, Text, items, mapping, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.openness.reading.workflows import Workflow
    from auditor.openness.registry import CheckContext

_EXPRESSION = re.compile(r"\$\{\{(?P<inside>.*?)\}\}", re.DOTALL)
_CHOSEN = re.compile(
    r"github\.head_ref\b|github\.event\.(?:issue|pull_request|discussion)\.(?:title|body)\b|"
    r"github\.event\.(?:comment|review|review_comment)\.body\b|github\.event\.pull_request\.head\.(?:ref|label|"
    r"repo\.(?:default_branch|description|homepage))\b|"
    r"github\.event\.(?:head_commit|commits\S*)\.(?:message|author\.(?:email|name))\b|github\.event\.pages\S*\.page_name\b|"
    r"github\.event\.workflow_run\.(?:head_branch|head_commit\.(?:message|author\.\w+)|display_title)\b"
)
_SCRIPT_ACTIONS = ("actions/github-script@",)
RISKY_TRIGGERS = (
    "pull_request_target",
    "workflow_run",
    "issue_comment",
    "issues",
    "discussion_comment",
    "discussion",
    "fork",
    "watch",
)
"""Those that run with the repository's own rights on what an outsider began."""
_FOREIGN_CODE = re.compile(
    r"github\.event\.pull_request\.head|github\.head_ref|refs/pull/|github\.event\.workflow_run\.head|github\.event\.number|"
    r"steps\..*\.(?:head|sha|ref)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Injection:
    """An expression that puts a chosen value into a script."""

    path: str
    line: int
    value: str


def injections(context: CheckContext) -> Iterator[Injection]:
    """Yield the scripts of workflows and composite actions that take such a value as text."""
    for workflow in (*workflows(context), *actions(context)):
        for step in workflow.steps():
            for script in _scripts(step):
                for expression in _EXPRESSION.finditer(script):
                    chosen = _CHOSEN.search(expression["inside"])
                    if chosen:
                        yield Injection(workflow.path, _line(workflow, script, chosen[0]), chosen[0])


def _scripts(step: Mapping) -> Iterator[Text]:
    run = step.get("run")
    if isinstance(run, Text):
        yield run
    script = mapping(step.get("with")).get("script")
    if isinstance(script, Text) and str(step.get("uses", "")).startswith(_SCRIPT_ACTIONS):
        yield script


def _line(workflow: Workflow, script: Text, value: str) -> int:
    """Return the line of the value at or after the beginning of its script."""
    lines = workflow.text.splitlines()
    return next((number for number in range(script.line, len(lines) + 1) if value in lines[number - 1]), script.line)


def foreign_checkout(workflow: Workflow) -> int | None:
    """Return the line on which a workflow checks out what an outsider wrote."""
    for step in workflow.steps():
        settings = mapping(step.get("with"))
        if "actions/checkout" in str(step.get("uses", "")):
            for key in ("ref", "repository"):
                if any(_FOREIGN_CODE.search(text) for text in texts(settings.get(key))):
                    return settings.lines.get(key, step.line)
        run = step.get("run")
        if isinstance(run, Text) and re.search(
            r"git (?:fetch|checkout|pull)[^\n]*(?:refs/pull|pull/|head_ref|head\.(?:ref|sha))|gh pr checkout", run
        ):
            return run.line
    return None


def runner_labels(job: Mapping) -> list[Text]:
    """Return the labels that a job's runner must have, those of its matrix included."""
    wanted = job.get("runs-on")
    labels = [text for text in texts(wanted) if "${{" not in text]
    if any("matrix." in text for text in texts(wanted)):
        labels += [
            text for value in items(mapping(job.get("strategy")).get("matrix")) for text in texts(value) if "self-hosted" in text
        ]
    return labels
