"""GitHub workflows and composite actions of the tip, parsed within bounds; only the facts that checks ask for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from auditor.openness.reading.yaml_text import Mapping, NotReadableError, Text, items, load, mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.openness.registry import CheckContext

_WORKFLOW = re.compile(r"^\.github/workflows/[^/]+\.ya?ml$")
_ACTION = re.compile(r"(?:^|/)action\.ya?ml$")


@dataclass(frozen=True, slots=True)
class Uses:
    """An action or reusable workflow that is called."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Workflow:
    """A workflow (or composite action) file; `problem` says why it could not be read, and then the rest is empty."""

    path: str
    text: str
    data: Mapping
    problem: str = ""
    action: bool = False

    @property
    def triggers(self) -> dict[str, int]:
        """Names of the events that start it, with their lines."""
        on = self.data.get("on", self.data.get("true"))
        line = self.data.lines.get("on", self.data.lines.get("true", 1))
        if isinstance(on, Mapping):
            return {name: on.lines.get(name, line) for name in on}
        return {str(item): getattr(item, "line", line) for item in items(on)}

    @property
    def jobs(self) -> dict[str, Mapping]:
        """The jobs by name."""
        return {name: mapping(job) for name, job in mapping(self.data.get("jobs")).items()}

    def steps(self) -> Iterator[Mapping]:
        """Yield the steps of every job, or of a composite action."""
        holders = [mapping(self.data.get("runs"))] if self.action else list(self.jobs.values())
        for holder in holders:
            for step in items(holder.get("steps")):
                if isinstance(step, Mapping):
                    yield step

    def uses(self) -> Iterator[Uses]:
        """Yield what steps and jobs call."""
        for holder in (*self.jobs.values(), *self.steps()):
            name = holder.get("uses")
            if isinstance(name, Text):
                yield Uses(str(name), name.line)


def workflows(context: CheckContext) -> tuple[Workflow, ...]:
    """Return the workflows of the tip, read once per audit."""
    return context.once("workflows", lambda: tuple(_read(context, _WORKFLOW, action=False)))


def actions(context: CheckContext) -> tuple[Workflow, ...]:
    """Return the composite actions of the tip."""
    return context.once("actions", lambda: tuple(_read(context, _ACTION, action=True)))


def unreadable(context: CheckContext) -> tuple[Workflow, ...]:
    """Return the workflows that could not be parsed: nothing is known of them."""
    return tuple(workflow for workflow in workflows(context) if workflow.problem)


def _read(context: CheckContext, pattern: re.Pattern[str], *, action: bool) -> Iterator[Workflow]:
    paths = sorted(path for path in context.view.tree if pattern.search(path))
    for path, data in sorted(context.view.read_many(paths)):
        text = data.decode("utf-8-sig", "replace")
        try:
            parsed = load(text)
        except NotReadableError as error:
            yield Workflow(path, text, Mapping(0), str(error), action)
            continue
        problem = "" if isinstance(parsed, Mapping) else "it is no mapping"
        yield Workflow(path, text, mapping(parsed), problem, action)
