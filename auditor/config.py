"""Settings: one frozen value, made from flags, a file named by the user, and what the scanned tree asks for.

A configuration inside the scanned tree is a request, not an order: it may choose the policy pack and the language, include
ignored files, and lower a severity by path. Everything else comes from the command line or from a file outside the tree.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class SeverityOverride:
    """Lower the severity of findings under these globs, never raise it.

    This orders what is shown; what a finding does to the verdict stays, and takes an entry of openness.yml to change.
    """

    paths: tuple[str, ...]
    severity: Severity


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that an audit may be told. Sizes are bytes, times are seconds.

    `workers` 0 means one per core. `rules` are further rule files (YAML, or TOML of gitleaks and betterleaks).
    `imports` are files of other scanners, whose findings are judged with ours.
    `openness` is a private openness file outside the repository, read beside the published one.
    `max_blob` is the size above which content is left out and counted; `container_*` bound what is unpacked.
    """

    policy: str = "gds"
    policy_files: tuple[Path, ...] = ()
    language: str = "en-GB"
    include_ignored: bool = False
    min_confidence: Confidence = Confidence.MEDIUM
    severity_overrides: tuple[SeverityOverride, ...] = ()
    rules: tuple[Path, ...] = ()
    disabled_rules: frozenset[str] = frozenset()
    detect_secrets_plugins: tuple[Path, ...] = ()
    openness: Path | None = None
    imports: tuple[Path, ...] = ()
    cache: bool = True
    cache_dir: Path | None = None
    workers: int = 0
    history: bool = True
    max_blob: int = 256 * 1024 * 1024
    container_depth: int = 6
    container_bytes: int = 128 * 1024 * 1024
    container_members: int = 20_000
    container_seconds: float = 6.0
    requested_by_tree: Mapping[str, object] | None = None


def cache_folder(settings: Settings) -> Path:
    """Return where compiled rules and results are kept: as set, else below XDG_CACHE_HOME or ~/.cache."""
    if settings.cache_dir is not None:
        return settings.cache_dir
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".cache") / "auditor"


def key_file() -> Path:
    """Return where the user's key of cached results is: apart from the cache, which is copied about more easily."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".local" / "state") / "auditor" / "cache.key"


def worker_count(settings: Settings) -> int:
    """Return the number of processes: as set, else one for each core that this process may use."""
    if settings.workers:
        return settings.workers
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, available)
