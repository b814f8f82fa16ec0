"""One run over an inventory. Only this process writes to the store, each outcome as it comes: what is killed goes on from there."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from auditor import __version__
from auditor.model.organisation import ScanState
from auditor.org.executor import results
from auditor.org.outcome import Outcome, listing_of
from auditor.org.work import Task, examine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from auditor.config import Settings
    from auditor.model.organisation import ListedRepository
    from auditor.org.executor import Crew
    from auditor.org.inventory import Inventory
    from auditor.org.outcome import Known
    from auditor.org.store import Store
    from auditor.org.work import Job

_DIED = "The worker died that looked at it, twice; it may need more memory than there is."


class Hear(Protocol):
    """Hears of each repository that is done: what came of it, how many are done, of how many."""

    def __call__(self, outcome: Outcome, done: int, total: int) -> None:
        """Hear it."""
        ...


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is about, what is the same for every repository, and the policy that it judges by."""

    inventory: Inventory
    job: Job
    policy: str


def basis_of(settings: Settings, rules_digest: str, policy_files: tuple[bytes, ...] = (), asked: tuple[str, ...] = ()) -> str:
    """Return one value for everything that decides how content is judged, beside the content itself.

    Args:
        settings: what the user decided.
        rules_digest: of the rules.
        policy_files: contents of files that the user names.
        asked: what the forge is asked for, and as whom.
    """
    told = {
        "version": __version__,
        "rules": rules_digest,
        "policy": settings.policy,
        "min_confidence": settings.min_confidence,
        "include_ignored": settings.include_ignored,
        "severity_overrides": repr(settings.severity_overrides),
        "disabled_rules": sorted(settings.disabled_rules),
        "bounds": [settings.max_blob, settings.container_depth, settings.container_bytes, settings.container_members],
        "asked": asked,
        "files": [hashlib.sha256(content).hexdigest() for content in policy_files],
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def run(store: Store, plan: Plan, crew: Crew, hear: Hear) -> int:
    """Look at every repository of a plan, store what comes of each, and return the number of the run.

    Raises:
        RemoteError: the workers are gone for good; what was done is stored.
        OutputError: the store cannot be written.
    """
    job, inventory = plan.job, plan.inventory
    number = store.begin_run(
        inventory.scope,
        len(inventory.listed),
        at=job.now or datetime.now(UTC),
        version=__version__,
        policy=plan.policy,
        key_id=job.key_id,
        selection=inventory.selection,
        not_visible=inventory.not_visible,
    )
    tasks = _Tasks(plan, store.known(inventory.scope))
    done = 0
    for task, came in results(crew, examine, tasks):
        outcome = came or Outcome(task.listed, ScanState.FAILED, job.now or datetime.now(UTC), problem=_DIED)
        if outcome.state is ScanState.PENDING:
            tasks.again.append(task.listed)
            continue
        done += 1
        store.record(number, inventory.scope, outcome, basis=job.basis, key_id=job.key_id)
        hear(outcome, done, len(inventory.listed))
    store.finish_run(number, job.now or datetime.now(UTC))
    return number


class _Tasks:
    """An iterator over the tasks of a run, each made when there is room for it; large ones first, so that none is left for the end.

    Where there is a forge, it is asked about a repository only when that is scanned. What the inventory shows to have changed is
    asked for at once; of the rest, and of what seems to be empty, a worker looks first, and what it hands back comes again.
    """

    def __init__(self, plan: Plan, known: Mapping[str, Known]) -> None:
        """Begin with all repositories."""
        self._plan = plan
        self._known = known
        self._first = iter(sorted(plan.inventory.listed, key=lambda item: (-item.size, item.full_name)))
        self.again: deque[ListedRepository] = deque()

    def __iter__(self) -> Iterator[Task]:
        """Be its own iterator: it may have more after it had none."""
        return self

    def __next__(self) -> Task:
        """Make the next task."""
        asked = bool(self.again)
        listed = self.again.popleft() if asked else next(self._first)
        inventory = self._plan.inventory
        known = self._known.get(listed.full_name)
        task = Task(listed, self._plan.job, known, inventory.access(listed))
        if inventory.online is None:
            return task
        unmoved = task.may_be_current and known is not None and known.listing == listing_of(listed)
        if not asked and (unmoved or not listed.size):
            return replace(task, look_only=True)
        return replace(task, online=inventory.online(listed))
