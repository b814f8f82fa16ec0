"""One run over an inventory. Only this process writes to the store, each outcome as it comes: what is killed goes on from there."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from auditor import __version__
from auditor.model.organisation import ScanState
from auditor.org.executor import results
from auditor.org.outcome import Outcome
from auditor.org.work import Task, examine

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.config import Settings
    from auditor.org.executor import Crew
    from auditor.org.inventory import Inventory
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


def basis_of(settings: Settings, rules_digest: str, policy_files: tuple[bytes, ...] = ()) -> str:
    """Return one value for everything that decides how content is judged, beside the content itself."""
    told = {
        "version": __version__,
        "rules": rules_digest,
        "policy": settings.policy,
        "min_confidence": settings.min_confidence,
        "include_ignored": settings.include_ignored,
        "severity_overrides": repr(settings.severity_overrides),
        "disabled_rules": sorted(settings.disabled_rules),
        "bounds": [settings.max_blob, settings.container_depth, settings.container_bytes, settings.container_members],
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
    known = store.known(inventory.scope)

    def tasks() -> Iterator[Task]:
        """Make each task when there is room for it; large ones first, so that none is left alone at the end."""
        for listed in sorted(inventory.listed, key=lambda item: (-item.size, item.full_name)):
            yield Task(listed, job, known.get(listed.full_name), inventory.access(listed))

    for done, (task, came) in enumerate(results(crew, examine, tasks()), 1):
        outcome = came or Outcome(task.listed, ScanState.FAILED, job.now or datetime.now(UTC), problem=_DIED)
        store.record(number, inventory.scope, outcome, basis=job.basis, key_id=job.key_id)
        hear(outcome, done, len(inventory.listed))
    store.finish_run(number, job.now or datetime.now(UTC))
    return number
