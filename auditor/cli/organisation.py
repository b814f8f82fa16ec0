"""What `auditor org` does: inventory, run, portfolio, one after the other."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

import typer

from auditor.cli.options import settings_from
from auditor.config import cache_folder, worker_count
from auditor.detection.ruleset import load as load_rules
from auditor.errors import ExitCode, UsageError
from auditor.model.organisation import ScanState
from auditor.model.verdict import Decision
from auditor.openness.policy import load as load_policy
from auditor.org.clones import Clones
from auditor.org.database import data_folder, default_url
from auditor.org.executor import dask, processes
from auditor.org.keys import organisation_key
from auditor.org.portfolio import portfolio
from auditor.org.retention import forget_older
from auditor.org.run import Plan, basis_of, run
from auditor.org.site import check_folder, stored_report, write_site
from auditor.org.store import Store
from auditor.org.work import Job
from auditor.reports.safe_text import safe
from auditor.reports.words import DECISION

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from auditor.cli.options import Flags
    from auditor.config import Settings
    from auditor.model.organisation import Portfolio
    from auditor.org.executor import Crew
    from auditor.org.inventory import Inventory
    from auditor.org.outcome import Outcome

_EXECUTORS: Final = ("processes", "dask")
_CANNOT: Final = frozenset({Decision.CANNOT_TELL, None})


@dataclass(frozen=True, slots=True)
class How:
    """Where and how the work is done."""

    store_url: str
    key_source: str
    clones: Path | None
    budget: int
    executor: str
    scheduler: str
    force: bool
    keep_days: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """Where the portfolio goes, whether names of closed repositories are left out, and how much is said on the way."""

    site: Path | None
    public_safe: bool
    quiet: bool


def check(how: How, page: Page) -> None:
    """Fail before the run where something is missing that is needed after it.

    Raises:
        UsageError: an option does not exist, or one is missing.
        OutputError: the site cannot be written.
    """
    if how.executor not in _EXECUTORS:
        msg = f"There is no executor {how.executor!r}."
        raise UsageError(msg, hint=f"Choose one of {', '.join(_EXECUTORS)}.")
    if (how.executor == "dask") != bool(how.scheduler):
        msg = "A Dask cluster is reached with --executor dask and the address of its scheduler."
        raise UsageError(msg, hint="Give both --executor dask and --scheduler tcp://HOST:PORT, or neither.")
    if page.site is not None:
        check_folder(page.site)


def scan_all(inventory: Inventory, flags: Flags, how: How, page: Page) -> ExitCode:
    """Run over an inventory, write the portfolio, and return what the process promises to the shell."""
    settings, fixed = settings_from(flags)
    job, workers = _job(settings, fixed, how, inventory.asked), worker_count(settings)
    began = datetime.now(UTC)
    counts: Counter[ScanState] = Counter()

    def hear(outcome: Outcome, done: int, total: int) -> None:
        counts[outcome.state] += 1
        if not page.quiet:
            sys.stderr.write(f"{done:>{len(str(total))}}/{total}  {safe(_line(outcome))}\n")

    with Store(how.store_url or default_url()) as store, _crew(how, workers) as crew:
        number = run(store, Plan(inventory, job, settings.policy), crew, hear)
        if how.keep_days:
            forget_older(store, job.clones, datetime.now(UTC) - timedelta(days=how.keep_days))
        shown = portfolio(store, number, inventory.listed, title=inventory.title, now=datetime.now(UTC))
        if page.site is not None:
            from auditor.reports.portfolio import render_site

            reports = partial(stored_report, store, inventory.scope)
            write_site(page.site, render_site(shown, reports, public_safe=page.public_safe))
    _summary(shown, counts, datetime.now(UTC) - began, page.site)
    return _code(shown)


def _job(settings: Settings, fixed: frozenset[str], how: How, asked: tuple[str, ...]) -> Job:
    """Put together what is the same for every repository; the rules are compiled here once, not by every worker."""
    rules = load_rules(
        settings.rules,
        disabled=settings.disabled_rules,
        cache_dir=cache_folder(settings),
        plugins=settings.detect_secrets_plugins,
    )
    load_policy(settings.policy, settings.policy_files)
    key = organisation_key(how.key_source, os.environ, data_folder() / "organisation.key")
    files = tuple(path.read_bytes() for path in (*settings.policy_files, *settings.detect_secrets_plugins))
    return Job(
        settings=replace(settings, workers=1),
        fixed=fixed,
        basis=basis_of(settings, rules.digest, files, asked),
        clones=Clones(how.clones or cache_folder(settings) / "clones", how.budget),
        link_key=key.value,
        key_id=key.id,
        force=how.force,
    )


def _crew(how: How, workers: int) -> AbstractContextManager[Crew]:
    return dask(how.scheduler) if how.executor == "dask" else processes(workers)


def _line(outcome: Outcome) -> str:
    name = outcome.listed.full_name
    if outcome.state is ScanState.FAILED:
        return f"{name}: {outcome.problem}"
    if outcome.judged is None:
        return f"{name}: unchanged{', linked anew' if outcome.links is not None else ''}"
    return f"{name}: {DECISION[Decision(outcome.judged.summary['decision'])]}"


def _summary(page: Portfolio, counts: Counter[ScanState], took: timedelta, site: Path | None) -> None:
    decisions = Counter(standing.decision for standing in page.repositories if standing.decision)
    words = ", ".join(f"{decisions[decision]} {DECISION[decision].lower()}" for decision in Decision if decisions[decision])
    noun = "repository" if len(page.repositories) == 1 else "repositories"
    typer.echo(f"{len(page.repositories)} {noun}: {words or 'none could be judged'}.")
    parts = [f"{counts[state]} {state.value}" for state in ScanState if counts[state]]
    typer.echo(f"This run: {', '.join(parts)}, in {took.total_seconds():.0f} seconds.")
    open_secrets = sum(len(standing.secrets) for standing in page.repositories)
    typer.echo(f"Secrets that nobody says were replaced: {open_secrets}; the same in several repositories: {len(page.shared)}.")
    if site is not None:
        typer.echo(f"The portfolio is in {site / 'index.html'}.")


def _code(page: Portfolio) -> ExitCode:
    if any(s.decision in _CANNOT or s.state is ScanState.FAILED for s in page.repositories):
        return ExitCode.COULD_NOT_JUDGE
    blocked = any(s.decision is Decision.NOT_YET for s in page.repositories)
    return ExitCode.NOT_YET if blocked else ExitCode.NOTHING_BLOCKS
