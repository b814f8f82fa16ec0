"""A repository with everything planted in it, and one for each act: a single look at each answers for all plants."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from benchmarks.plants.acts import WRITTEN, Act, perform
from benchmarks.plants.council import ANSWERED, look
from benchmarks.plants.files import FILES
from benchmarks.plants.kinds import Plant, stands
from benchmarks.plants.places import PLACES
from benchmarks.plants.project import PROJECT
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from auditor.model.report import AuditReport

PLANTS: Final = (*FILES, *PLACES, *PROJECT)


@dataclass(frozen=True)
class Field:
    """The reports: before anything was planted, with everything planted, and after each act."""

    clean: AuditReport
    planted: AuditReport
    after: Mapping[Act, AuditReport]

    def noticed(self, plant: Plant) -> str:
        """Say by which id a plant stands in the way."""
        return stands(plant, self.planted, self.planted.verdict.full_history)

    def cleared(self, plant: Plant) -> frozenset[Act]:
        """Return the acts after which the plant stands in the way no more."""
        return frozenset(act for act in Act if not self._stands_after(plant, act))

    def _stands_after(self, plant: Plant, act: Act) -> str:
        if act is Act.FRESH:
            return stands(plant, self.planted, self.planted.verdict.fresh_history)
        if act is Act.FIX_AND_FRESH:
            return stands(plant, self.after[Act.FIX], self.after[Act.FIX].verdict.fresh_history)
        return stands(plant, self.after[act], self.after[act].verdict.full_history)


def sow(repo: GitRepo, *plants: Plant) -> None:
    """Put every plant where it belongs: the files in one commit, then the acts."""
    files = {path: content for plant in plants for path, content in plant.files().items()}
    repo.commit(dict(files), "Add a day's work\n\nAll at once.")
    for plant in plants:
        if plant.act is not None:
            plant.act(repo)


def weed(repo: GitRepo, *plants: Plant) -> None:
    """Take everything out of the current files again: what was there before stands as it stood."""
    changed = {path for plant in plants for path in plant.files()}
    before = repo.head(f":/{ANSWERED}")
    kept = set(repo.git("ls-tree", "-r", "--name-only", "-z", before).split("\0"))
    original = {path: repo.git("show", f"{before}:{path}") + "\n" for path in changed & kept}
    repo.commit({**dict.fromkeys(changed - kept), **original}, "Take it all out\n\nIt should not be here.")


def grow(clean: GitRepo, folder: Path, *plants: Plant) -> Field:
    """Sow into a copy of a repository, do each act in a copy of that, and look at all of them."""
    planted = _copy(clean, folder / "planted")
    sow(planted, *plants)
    report = look(planted.path)
    after = {}
    for act in (Act.FIX, *WRITTEN):
        copy = _copy(planted, folder / act.name.lower())
        if act is Act.FIX:
            weed(copy, *plants)
        else:
            perform(act, copy, report)
        after[act] = look(copy.path)
    return Field(look(clean.path), report, after)


def _copy(repo: GitRepo, to: Path) -> GitRepo:
    shutil.copytree(repo.path, to, symlinks=True)
    return GitRepo(to, repo.clock)
