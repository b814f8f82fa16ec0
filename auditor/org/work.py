"""The unit of work: one repository, from an address to what is stored of it. Runs in a worker, here or on another machine.

It may run twice (a worker died, a scheduler tried again), so it writes nothing but the clone and the caches of its own machine.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.audit import audit
from auditor.audit.linking import links
from auditor.errors import AuditorError, InterruptionError, SourceError
from auditor.model.organisation import ScanState
from auditor.org.digest import judged
from auditor.org.outcome import Outcome
from auditor.sources.mirrors import Access, Remote
from auditor.sources.state import local_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.audit.beside import Online
    from auditor.config import Settings
    from auditor.model.organisation import ListedRepository, NotVisible
    from auditor.model.report import AuditReport
    from auditor.org.clones import Clones
    from auditor.org.outcome import Known


@dataclass(frozen=True, slots=True)
class Job:
    """What is the same for every repository of a run.

    `basis` stands for the rules, the policy and the settings; `link_key` is the organisation's key and `key_id` its name. `now` is
    the clock where a test sets it. `fixed` are the settings that a scanned tree may not change.
    """

    settings: Settings
    fixed: frozenset[str]
    basis: str
    clones: Clones
    link_key: bytes = field(repr=False)
    key_id: str = ""
    timeout: float = 3600
    now: datetime | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One repository, the credential for it, what is stored of it, and what the forge said of it.

    `look_only` asks whether it has to be scanned: where it has, the worker hands it back, so that the forge is asked first.
    """

    listed: ListedRepository
    job: Job
    known: Known | None = None
    access: Access | None = None
    online: Online | None = None
    look_only: bool = False

    def is_current(self, state: str) -> bool:
        """Tell whether the stored report is what a scan would give: nothing moved, and nothing else changed either."""
        return bool(state) and self.may_be_current and self.known is not None and self.known.state == state

    @property
    def not_visible(self) -> tuple[NotVisible, ...]:
        """What the forge did not tell."""
        return self.online.facts.not_visible if self.online is not None and self.online.facts is not None else ()

    @property
    def may_be_current(self) -> bool:
        """Tell whether the stored report would do if nothing moved."""
        job, known = self.job, self.known
        if known is None or job.force:
            return False
        today = (job.now or datetime.now(UTC)).date()
        fresh = known.stale_from is None or today < known.stale_from
        return fresh and known.basis == job.basis and not (self.links_anew and known.beside)

    @property
    def links_anew(self) -> bool:
        """Tell whether the stored hashes are under another key of the organisation."""
        return self.known is not None and self.known.key_id != self.job.key_id


def examine(task: Task) -> Outcome:
    """Look at one repository and judge it. Whatever goes wrong with it is its outcome, not the end of the run."""
    started, at = time.monotonic(), task.job.now or datetime.now(UTC)
    state, problem, new, linked = ScanState.FAILED, "", None, None
    try:
        with _opened(task) as (path, before):
            job = task.job
            if task.is_current(before):
                linked = links(path, job.settings, fixed=job.fixed, link_key=job.link_key) if task.links_anew else None
                state = ScanState.UNCHANGED
            elif task.look_only:
                state = ScanState.PENDING
            else:
                report = audit(path, job.settings, fixed=job.fixed, now=job.now, link_key=job.link_key, online=task.online)
                # What the forge failed to say is asked for in the next run, whatever moves until then: no state fits.
                kept = "" if task.online is not None and task.online.provisional else before
                state, new = ScanState.SCANNED, judged(_named(report, task.listed), kept, task.not_visible)
    except InterruptionError:
        raise
    except AuditorError as error:
        # Where a clone lies on a worker is nobody's business, and differs from one worker to the next.
        problem = str(error).replace(str(task.job.clones.place(task.listed.clone_url)), task.listed.clone_url)
    except MemoryError:
        problem = "There was not enough memory for it."
    except Exception as error:  # noqa: BLE001  its text may hold a value, so only its kind is kept
        problem = f"An internal error ({type(error).__name__}) stopped the audit of it."
    return Outcome(task.listed, state, at, time.monotonic() - started, problem, new, linked)


@contextmanager
def _opened(task: Task) -> Iterator[tuple[Path, str]]:
    """Give the folder to audit, and one value for the state that it is in; a mirror is fetched only where it is needed."""
    address = task.listed.clone_url
    if "://" not in address:
        yield Path(address), local_state(Path(address))
        return
    remote = Remote(address, task.access, task.job.timeout, task.job.clones.budget)
    shown = remote.look()
    if not shown.refs:
        msg = f"{address} has no commits yet, so there is nothing to audit."
        raise SourceError(msg)
    current = task.is_current(shown.digest)
    if (current and not task.links_anew) or (task.look_only and not current):
        yield Path(), shown.digest
        return
    with task.job.clones.hold(address) as mirror:
        remote.update(mirror, shown)
        yield mirror, shown.digest


def _named(report: AuditReport, listed: ListedRepository) -> AuditReport:
    """Name the target as it is listed; where a clone lies on a worker is nobody's business."""
    if "://" not in listed.clone_url:
        return report
    target = replace(report.target, name=listed.full_name.rpartition("/")[2], path=listed.clone_url, remote=listed.clone_url)
    return replace(report, target=target)
