"""The same report with one worker and many, cached or not, loose or packed, whatever the history."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import audit, looking
from auditor.config import Settings, cache_folder
from auditor.reports.json_report import document
from auditor.sources.repository import Repository
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from typing import Any

NOW = datetime(2026, 5, 1, tzinfo=UTC)
VALUES = (
    "token = 'ghp_h3RkW9bTq2XsLd7¦VnZ4cYf8GpJ6mUa1QtE5B'\n",
    "password = 'gK4wz8¦VpHd6'\n",
    "Ring 020 7946 0018 or write to ¦nina.okafor@example.org\n",
    "# Nothing to see\n",
    "",
)
names = st.sampled_from(["app.py", "live.env", "docs/a.md", "keys/id_rsa", "README.md"])
texts = st.lists(st.sampled_from(VALUES), max_size=3).map(lambda parts: "".join(parts).replace("¦", ""))
commits = st.lists(
    st.tuples(st.dictionaries(names, st.none() | texts, min_size=1, max_size=3), texts, st.booleans()), min_size=1, max_size=5
)


def report(path: Path, chosen: Settings) -> dict[str, Any]:
    return document(audit(path, chosen, now=NOW))


def build(folder: Path, history: list[tuple[dict[str, str | None], str, bool]]) -> GitRepo:
    """Make a repository; a change of a branch leaves commits that only that branch holds."""
    repository = GitRepo.create(folder)
    repository.commit({"first.txt": "first"}, "Begin")
    held = {"first.txt"}
    for number, (files, message, aside) in enumerate(history):
        wanted = {name: text for name, text in files.items() if text is not None or name in held}
        if not wanted:
            continue
        if aside:
            repository.branch(f"aside-{number}")
        held = (held | {name for name, text in wanted.items() if text is not None}) - {
            name for name, text in wanted.items() if text is None
        }
        repository.commit({**wanted, f"{number}.txt": str(number)}, message or "Change")
    repository.dangling_blob(VALUES[0].replace("¦", "").encode() + b"# lost")
    return repository


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let even little content be scanned by other processes, and note whether the history was compared meanwhile."""
    seen: list[bool] = []
    prepare = Repository.prepare

    def noting(self: Repository) -> None:
        prepare(self)
        seen.append(self._prepared is not None)

    monkeypatch.setattr(Repository, "prepare", noting)
    monkeypatch.setattr(looking, "_LITTLE", 0)
    return seen


@settings(max_examples=2, derandomize=True, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=commits)
def test_how_it_was_looked_at_does_not_show(own_cache: Path, prepared: list[bool], history: list[Any]) -> None:  # noqa: ARG001  the cache of this run
    with tempfile.TemporaryDirectory() as folder:
        path = build(Path(folder) / "service", history).path
        alone = Settings(workers=1, cache=False)
        plain = report(path, alone)
        assert plain["coverage"]["complete"]
        cached = replace(alone, cache=True, cache_dir=cache_folder(alone))
        assert report(path, cached) == plain, "the first scan that keeps its results"
        assert report(path, cached) == plain, "a scan of what is unchanged"
        GitRepo(path).git("repack", "-adkq")
        assert report(path, cached) == plain, "packed, with results of the loose objects"
        prepared.clear()
        assert report(path, replace(alone, workers=2)) == plain, "packed, by several workers, from nothing"
        assert prepared == [True], "the history was compared while they scanned"
        afresh = replace(cached, workers=2, cache_dir=Path(folder) / "cache")
        assert report(path, afresh) == plain, "by several workers, with results to keep"
        assert report(path, afresh) == plain, "and again, by what they kept"
