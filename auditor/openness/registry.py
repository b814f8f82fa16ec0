"""One check is one function with its metadata: the decorator that registers it, what it is given, and how all are run.

    @check(
        id="LIC-01", title="...", question="...", why="...", remediation="...",
        effort=Effort.MINUTES, who="developer", grade=Grade.BLOCKER, method=Method.OFFLINE,
        sources=(Source("document", "section", "2026-05-14", "https://..."),),
    )
    def licence_file(context: CheckContext) -> Answer:
        ...

The group is the name of the folder that the module is in. `run_checks` is the only caller.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

from auditor.model.check import CheckInfo, Method
from auditor.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from auditor.model.check import Source
    from auditor.model.coverage import Coverage
    from auditor.model.finding import Finding
    from auditor.model.forge import ForgeFacts
    from auditor.model.levels import Effort, Grade
    from auditor.model.openness_file import OpennessFile
    from auditor.model.policy import Policy
    from auditor.model.view import RepositoryView
    from auditor.openness.answer import Answer

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CheckContext:
    """Everything that a check may look at. Nothing in it reaches the network or the clock.

    `org_defaults` are files that the organisation's `.github` repository gives to all its repositories: path and text.
    `forge` is what the forge told, None where it was not asked.
    """

    view: RepositoryView
    findings: tuple[Finding, ...]
    coverage: Coverage
    book: OpennessFile
    policy: Policy
    today: date
    org_defaults: Mapping[str, str] = field(default_factory=dict)
    forge: ForgeFacts | None = None
    _memory: dict[str, object] = field(default_factory=dict, repr=False, compare=False)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Compute something that several checks need, once per audit; `key` names it."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    def fact(self, key: str, make: Callable[[], T]) -> T:
        """Compute once what can be kept for the next audit: dates, numbers and names, from facts of the repository alone."""
        return self.once(key, make)

    def text(self, path: str, *, limit: int = 1_000_000) -> str | None:
        """Return a file of the tip as text (undecodable bytes replaced), None where it cannot be read; read once."""

        def read() -> str | None:
            data = self.view.read(path, limit=limit)
            return None if data is None else data.decode("utf-8-sig", "replace")

        return self.once(f"text:{limit}:{path}", read)


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check: its metadata and the function that answers."""

    info: CheckInfo
    run: Callable[[CheckContext], Answer]


CHECKS: Registry[Check] = Registry("auditor.openness.checks")


def check(  # noqa: PLR0913  each is a line of the catalogue that every check must fill in
    *,
    id: str,  # noqa: A002  the word that the catalogue and its readers use
    title: str,
    question: str,
    why: str,
    remediation: str,
    effort: Effort,
    who: str,
    grade: Grade,
    method: Method = Method.OFFLINE,
    sources: tuple[Source, ...],
    mirrors_findings: bool = False,
) -> Callable[[Callable[[CheckContext], Answer]], Callable[[CheckContext], Answer]]:
    """Register a check.

    `mirrors_findings` marks a check whose failure says no more than its findings do: the verdict then lists the
    findings, each with its own places, and not the check a second time.
    """

    def register(run: Callable[[CheckContext], Answer]) -> Callable[[CheckContext], Answer]:
        group = run.__module__.rsplit(".", 2)[-2]
        info = CheckInfo(
            id=id,
            title=title,
            question=question,
            why=why,
            remediation=remediation,
            effort=effort,
            who=who,
            grade=grade,
            method=method,
            sources=sources,
            group=group,
            mirrors_findings=mirrors_findings,
        )
        CHECKS.add(id, Check(info, run))
        return run

    return register
