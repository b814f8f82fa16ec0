"""What earlier runs found is taken up only as far as new objects change it, and the report is that of a scan from nothing."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from auditor.audit import audit
from auditor.audit.found import Found
from auditor.config import Settings, SeverityOverride, cache_folder
from auditor.model.levels import Severity
from auditor.reports.json_report import document
from auditor.sources import before, listing
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from typing import Any

    from auditor.findings.merge import Draft
    from auditor.model.finding import Match
    from auditor.model.rule import Rule

NOW = datetime(2026, 5, 1, tzinfo=UTC)
TOKEN = "token = 'ghp_h3RkW9bTq2XsLd7¦VnZ4cYf8GpJ6mUa1QtE5B'\n".replace("¦", "")
PASSWORD = "password = 'gK4wz8¦VpHd6'\n".replace("¦", "")
OTHER = "password = 'tR7nq2¦BxLm'\n".replace("¦", "")
THIRD = "password = 'w9Zc4F¦uYse'\n".replace("¦", "")
PHONE = "Ring 020 7946 0018 or write to ¦nina.okafor@example.org\n".replace("¦", "")
TEXTS = (TOKEN, PASSWORD, PHONE, OTHER + PASSWORD, "# Nothing\n")
STEPS = ("commit", "remove", "aside", "part", "head", "merge", "tag", "pull", "reset", "delete", "loose", "repack", "gc", "name")


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """List what is new however much that is, and note how many drafts of findings each run of what is kept takes over."""
    seen: list[int] = []
    holding = Found.matches

    def noting(self: Found, rules: Mapping[str, Rule], without: Collection[Draft] = ()) -> list[Match]:
        seen.append(len(without))
        return holding(self, rules, without)

    monkeypatch.setattr(Found, "matches", noting)
    monkeypatch.setattr(listing, "_MUCH", 0)
    return seen


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bare copy with findings of each kind, a branch, a tag, and trees that nothing leads to."""
    work = GitRepo.create(tmp_path_factory.mktemp("packed") / "service")
    work.commit({"app.py": TOKEN, "a/b/live.env": PASSWORD, "keys/id_rsa": "text"}, "Begin")
    work.commit({"app.py": None, "docs/a.md": PHONE + TOKEN}, "Take it out")
    work.branch("aside")
    work.checkout("aside")
    work.commit({"aside.py": THIRD, "again.env": PASSWORD}, "Aside")
    work.checkout("main")
    work.git("tag", "-a", "-m", f"Release {PASSWORD}", "v1")
    work.commit({"two.py": OTHER + PASSWORD}, f"Change {PHONE}")
    work.dangling_tree({"lost.py": TOKEN.encode()})
    work.git("repack", "-adkq")
    return work.mirror(work.path.parent / "copy.git").path


class World:
    """A copy that changes, scanned with what is kept and without."""

    def __init__(self, packed: Path, folder: Path) -> None:
        self.path = folder / "copy.git"
        shutil.copytree(packed, self.path)
        self.repository = GitRepo(self.path)
        self.plain = Settings(workers=1, cache=False)
        self.cache = cache_folder(self.plain)
        self.now = NOW
        self.count = 0

    def same(self) -> dict[str, Any]:
        """Return the report of a run with what is kept, held against one without."""
        kept = document(audit(self.path, replace(self.plain, cache=True, cache_dir=self.cache), now=self.now))
        assert kept == document(audit(self.path, self.plain, now=self.now))
        return kept

    def step(self, kind: str, text: str) -> None:
        """Change something."""
        git, self.count = self.repository.git, self.count + 1
        if kind in {"commit", "remove", "merge", "name", "loose"}:
            self._commit(kind, "main", f"{text}# {self.count}\n")
        elif kind in {"aside", "part"}:  # content that is there already comes to another branch, or goes from it
            self._commit(kind, "aside" if git("branch", "--list", "aside") else "main", text)
        elif kind == "head":
            other = "aside" if "main" in git("symbolic-ref", "HEAD") and git("branch", "--list", "aside") else "main"
            git("symbolic-ref", "HEAD", f"refs/heads/{other}")
        elif kind == "tag":
            git("tag", "-a", "-m", f"Tag {text}", f"t{self.count}", "main")
        elif kind == "pull":
            git("update-ref", f"refs/pull/{self.count}/head", git("rev-parse", "main").strip())
        elif kind == "reset":
            git("update-ref", "refs/heads/main", git("rev-list", "--max-parents=0", "main").split()[0])
        elif kind == "delete":
            names = git("for-each-ref", "--format=%(refname)", "refs/heads/aside", "refs/tags", "refs/pull").split()
            for name in names[:1]:
                git("update-ref", "-d", name)
        elif kind == "repack":
            git("repack", "-adkq")
        else:
            git("gc", "-q", "--prune=now")

    def _commit(self, kind: str, branch: str, text: str) -> None:
        """Write a commit as a pack of its own, or as loose objects."""
        git = self.repository.git
        name = f"f{self.count}.py" if kind != "name" else f"{TOKEN.split(chr(39))[1]}-{self.count}.txt"
        # What goes leaves something behind: git touches the pack of a tree that was there before, and then all is listed again.
        goes = kind in {"remove", "part"}
        gone, left = ("D two.py\nD a/b/live.env\nD again.env\nD aside.py\n", "# Left\n") if goes else ("", text)
        change = f"{gone}M 100644 inline {name}\ndata {len(left)}\n{left}\n"
        merged = "merge refs/heads/aside^0\n" if kind == "merge" and "aside" in git("branch", "--list", "aside") else ""
        message = f"Change {self.count}"
        stream = (
            f"commit refs/heads/{branch}\ncommitter A <a@example.org> {1_700_000_000 + self.count} +0000\n"
            f"data {len(message)}\n{message}\nfrom refs/heads/{branch}^0\n{merged}{change}"
        )
        limit = "100000" if kind == "loose" else "1"
        self.repository.git("-c", f"fastimport.unpackLimit={limit}", "fast-import", "--quiet", "--force", stdin=stream.encode())


@pytest.fixture
def world(packed: Path, own_cache: Path, tmp_path: Path) -> World:  # noqa: ARG001  the cache of this run
    return World(packed, tmp_path)


@settings(max_examples=2, derandomize=True, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(TEXTS), st.booleans()), min_size=4, max_size=6))
def test_whatever_happened_in_between_does_not_show(
    packed: Path,
    own_cache: Path,  # noqa: ARG001  the cache of this run
    held: list[int],  # noqa: ARG001  as above
    monkeypatch: pytest.MonkeyPatch,
    steps: list[tuple[str, str, bool]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world = World(packed, Path(folder))
        world.same()
        for kind, text, keep in steps:
            monkeypatch.setattr(before, "_FEW", 0 if keep else 10)
            world.step(kind, text)
            world.same()


def test_only_findings_that_new_objects_touch_are_made_again(
    world: World, held: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    world.same()
    assert held == []
    monkeypatch.setattr(before, "_FEW", 10)
    world.step("commit", "# Nothing\n")
    world.same()
    assert held.pop() == 3, "all but what stands in a tag, which refs may lead to or not"
    world.step("commit", TOKEN)
    world.same()
    assert held.pop() == 2
    for kind in ("part", "aside", "head", "head"):
        world.step(kind, THIRD)
        world.same()
        assert all(count < 3 for count in held), kind
    held.clear()
    world.now += timedelta(days=40)
    world.step("commit", "# Nothing more\n")
    world.same()
    assert held.pop() > 0, "another day changes no finding"
    world.plain = replace(world.plain, severity_overrides=(SeverityOverride(("*.env",), Severity.LOW),))
    world.same()
    assert held.pop() == 0, "drafts hold for the settings that they were made by"
    world.plain = replace(world.plain, severity_overrides=(), disabled_rules=frozenset({"generic-password"}))
    world.same()
    assert held == [], "other rules know nothing of it"
    world.plain = replace(world.plain, disabled_rules=frozenset())
    world.step("name", "text")
    world.same()
    assert held.pop() == 0, "a name that may not be shown is taken out of every place"


def damage(file: Path, size: int) -> None:
    """Change the first byte of every value that is larger."""
    with contextlib.closing(sqlite3.connect(file)) as store, store:
        rows = store.execute("SELECT tag, value FROM facts WHERE length(value) > ?", (size,)).fetchall()
        changed = [(bytes([(value[0] + 1) % 256]) + value[1:], tag) for tag, value in rows]
        store.executemany("UPDATE facts SET value = ? WHERE tag = ?", changed)


def test_what_is_kept_may_be_damaged(world: World, held: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    world.same()
    monkeypatch.setattr(before, "_FEW", 10)
    for size in (2000, 500, 0):
        for file in world.cache.glob("results-*.sqlite"):
            damage(file, size)
        world.step("commit", TOKEN)
        world.same()
    assert held == []
