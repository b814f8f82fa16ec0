"""Two small repositories and a question: `ask("LIC-01", {"LICENCE": ...})` builds one with git and returns the answer."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol

import pytest

from auditor.model.coverage import Coverage
from auditor.model.openness_file import OpennessFile
from auditor.model.policy import Policy
from auditor.model.view import Blame, CommitInfo, HistoricPath, Ref, TreeEntry
from auditor.openness.registry import CHECKS, CheckContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from auditor.model.finding import Finding
    from auditor.model.forge import ForgeFacts
    from auditor.model.view import RepositoryView
    from auditor.openness.answer import Answer

AUTHOR = {"GIT_AUTHOR_NAME": "Dev", "GIT_AUTHOR_EMAIL": "dev@example.gov.uk"}
COMMITTER = {"GIT_COMMITTER_NAME": "Dev", "GIT_COMMITTER_EMAIL": "dev@example.gov.uk"}
WHEN = {"GIT_AUTHOR_DATE": "2026-01-02T03:04:05Z", "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z"}


def git(folder: Path, *words: str, stdin: str | None = None, **env: str) -> str:
    """Run git apart from any configuration of the machine."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **AUTHOR, **COMMITTER, **WHEN, **env}
    done = subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True, env=clean, input=stdin, text=True)
    return done.stdout


@dataclass
class GitView:
    """The questions of `RepositoryView`, answered by git one at a time: slow, plain, for small repositories."""

    folder: Path
    kind: str = "repository"
    remotes: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lines = git(self.folder, "ls-tree", "-r", "-l", "-z", "HEAD").split("\0")[:-1]
        self.tree: dict[str, TreeEntry] = {}
        for line in lines:
            facts, path = line.split("\t", 1)
            mode, _, oid, size = facts.split()
            self.tree[path] = TreeEntry(path, mode, oid, 0 if size == "-" else int(size))

    @property
    def tip(self) -> str | None:
        return git(self.folder, "rev-parse", "HEAD").strip()

    @property
    def default_branch(self) -> str | None:
        return git(self.folder, "symbolic-ref", "--short", "HEAD").strip()

    @property
    def commits(self) -> Sequence[CommitInfo]:
        log = git(self.folder, "log", "--all", "--date-order", "--format=%H%x1f%P%x1f%an%x1f%ae%x1f%cn%x1f%ce%x1f%aI%x1f%s")
        rows = [line.split("\x1f") for line in log.split("\n")[:-1]]
        return [
            CommitInfo(
                r[0],
                tuple(r[1].split()),
                r[2],
                r[3],
                r[4],
                r[5],
                datetime.fromisoformat(r[6]).astimezone(UTC),
                r[7],
                signed=self._signed(r[0]),
            )
            for r in rows
        ]

    def _signed(self, oid: str) -> bool:
        return "\ngpgsig " in git(self.folder, "cat-file", "commit", oid)

    @property
    def refs(self) -> Sequence[Ref]:
        rows = [line.split() for line in git(self.folder, "for-each-ref", "--format=%(refname) %(objectname)").splitlines()]
        return [Ref(name, oid, oid) for name, oid in rows]

    @property
    def historic_paths(self) -> Mapping[str, HistoricPath]:
        log = git(self.folder, "log", "--all", "--reverse", "-m", "--root", "--name-only", "--diff-filter=d", "--format=%x1e%H %aI")
        found: dict[str, HistoricPath] = {}
        for block in log.split("\x1e")[1:]:
            head, *names = block.strip().splitlines()
            oid, when = head.split()
            for name in filter(None, names):
                found.setdefault(name, HistoricPath(name, oid, datetime.fromisoformat(when), ""))
        return found

    def read(self, path: str, *, limit: int = 1_000_000) -> bytes | None:
        entry = self.tree.get(path)
        if entry is None or entry.mode == "160000":
            return None
        done = subprocess.run(["git", "-C", str(self.folder), "cat-file", "blob", entry.oid], check=True, capture_output=True)
        return done.stdout[:limit]

    def read_many(self, paths: Iterable[str], *, limit: int = 1_000_000) -> Iterator[tuple[str, bytes]]:
        for path in paths:
            data = self.read(path, limit=limit)
            if data is not None:
                yield path, data

    def blame(self, path: str, line: int) -> Blame | None:
        del path, line
        return None

    def changed_since(self, commit: str, globs: Sequence[str]) -> Sequence[str] | None:
        del commit, globs
        return None


def context(  # noqa: PLR0913  each is a part of what a check may look at
    view: RepositoryView,
    *,
    findings: tuple[Finding, ...] = (),
    coverage: Coverage | None = None,
    book: OpennessFile | None = None,
    policy: Policy | None = None,
    today: date = date(2026, 11, 23),
    org_defaults: Mapping[str, str] | None = None,
    forge: ForgeFacts | None = None,
) -> CheckContext:
    """What a check is given, with nothing said beyond the repository unless asked for."""
    return CheckContext(
        view=view,
        findings=findings,
        coverage=coverage or Coverage(),
        book=book or OpennessFile(),
        policy=policy or Policy("gds", "GDS"),
        today=today,
        org_defaults=org_defaults or {},
        forge=forge,
    )


class MakeContext(Protocol):
    """Make what a check is given from a view."""

    def __call__(self, view: RepositoryView) -> CheckContext: ...


@pytest.fixture
def make_context() -> MakeContext:
    """Return the function, for tests that bring their own view."""
    return context


class AskHistory(Protocol):
    """Build a repository with one commit for each author address and ask it one check."""

    def __call__(self, check: str, addresses: Sequence[str], *, signed: bool = False) -> Answer: ...


class AskAll(Protocol):
    """Build a repository from files and ask it every check."""

    def __call__(self, files: Mapping[str, str | bytes]) -> dict[str, Answer]: ...


class Ask(Protocol):
    """Build a repository from files and ask it one check."""

    def __call__(  # noqa: PLR0913  each is a part of what a check may look at
        self,
        check: str,
        files: Mapping[str, str | bytes],
        *,
        earlier: Sequence[Mapping[str, str | bytes]] = (),
        book: OpennessFile | None = None,
        policy: Policy | None = None,
        findings: tuple[Finding, ...] = (),
        coverage: Coverage | None = None,
        remotes: Mapping[str, str] | None = None,
        org_defaults: Mapping[str, str] | None = None,
        links: Mapping[str, str] | None = None,
        executable: Sequence[str] = (),
        messages: Sequence[str] = (),
        tags: Sequence[str] = (),
        author: Mapping[str, str] | None = None,
        today: date = date(2026, 11, 23),
        forge: ForgeFacts | None = None,
    ) -> Answer: ...


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Return the function that builds and asks; `earlier` are the trees of the commits before the last one."""
    counter = iter(range(1000))

    def build(  # noqa: PLR0913
        check: str,
        files: Mapping[str, str | bytes],
        *,
        earlier: Sequence[Mapping[str, str | bytes]] = (),
        book: OpennessFile | None = None,
        policy: Policy | None = None,
        findings: tuple[Finding, ...] = (),
        coverage: Coverage | None = None,
        remotes: Mapping[str, str] | None = None,
        org_defaults: Mapping[str, str] | None = None,
        links: Mapping[str, str] | None = None,
        executable: Sequence[str] = (),
        messages: Sequence[str] = (),
        tags: Sequence[str] = (),
        author: Mapping[str, str] | None = None,
        today: date = date(2026, 11, 23),
        forge: ForgeFacts | None = None,
    ) -> Answer:
        folder = tmp_path / str(next(counter))
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main", ".")
        trees = [*earlier, files]
        for number, tree in enumerate(trees):
            if number:
                git(folder, "rm", "-q", "-r", "--ignore-unmatch", ".")
            for path, content in tree.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode())
            if number == len(trees) - 1:
                for path, target in (links or {}).items():
                    (folder / path).symlink_to(target)
                for path in executable:
                    (folder / path).chmod(0o755)
            git(folder, "add", "-A", "-f", ".")
            message = messages[number] if number < len(messages) else f"Commit {number}: say why this is needed"
            git(folder, "commit", "-q", "--allow-empty", "-F", "-", stdin=message, **(author or {}))
        for tag in tags:
            git(folder, "tag", tag)
        view = GitView(folder, remotes=remotes or {})
        given = context(
            view,
            findings=findings,
            coverage=coverage,
            book=book,
            policy=policy,
            today=today,
            org_defaults=org_defaults,
            forge=forge,
        )
        return CHECKS[check].run(given)

    return build


@pytest.fixture
def ask_history(tmp_path: Path) -> AskHistory:
    """Return the function that writes commits as raw objects: any author, with or without a signature, no files."""
    counter = iter(range(1000))

    def build(check: str, addresses: Sequence[str], *, signed: bool = False) -> Answer:
        folder = tmp_path / f"history{next(counter)}"
        folder.mkdir()
        git(folder, "init", "-q", "-b", "main", ".")
        tree = git(folder, "mktree", stdin="").strip()
        parent = ""
        for number, address in enumerate(addresses):
            person = f"{address.split('@')[0]} <{address}> {1767323045 + number} +0000"
            header = f"tree {tree}\n{parent}author {person}\ncommitter {person}\n"
            seal = "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n" if signed else ""
            oid = git(
                folder, "hash-object", "-t", "commit", "-w", "--stdin", stdin=f"{header}{seal}\nSay why this is needed\n"
            ).strip()
            parent = f"parent {oid}\n"
        git(folder, "update-ref", "refs/heads/main", oid)
        return CHECKS[check].run(context(GitView(folder)))

    return build


@pytest.fixture
def ask_all(tmp_path: Path) -> AskAll:
    """Return the function that asks every check of one repository."""

    def build(files: Mapping[str, str | bytes]) -> dict[str, Answer]:
        git(tmp_path, "init", "-q", "-b", "main", ".")
        for path, content in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content if isinstance(content, bytes) else content.encode())
        git(tmp_path, "add", "-A", "-f", ".")
        git(tmp_path, "commit", "-q", "-m", "Say why this is needed")
        given = context(GitView(tmp_path))
        return {name: check.run(given) for name, check in CHECKS.items()}

    return build
