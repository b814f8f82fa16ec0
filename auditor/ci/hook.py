"""What the hooks of git look at: what is staged, what is pushed, what a server receives, and a message.

A hook stops what would add something, never what the repository holds already: otherwise nobody could work in a repository
that is on its way to being opened.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from auditor.audit import Changes, audit
from auditor.ci.commits import Commits
from auditor.ci.events import Plan, Scope
from auditor.ci.run import Ground, Wanted, open_findings, run
from auditor.errors import SourceError, UsageError
from auditor.reports import facts, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from auditor.config import Settings
    from auditor.model.finding import Finding

_OID: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Update:
    """One ref that changes; an empty `old` means that it is new, an empty `new` that it goes."""

    ref: str
    old: str
    new: str


def read_push(lines: str) -> tuple[Update, ...]:
    """Read what git tells a pre-push hook: local ref, local id, remote ref, remote id.

    Raises:
        UsageError: it is not that.
    """
    return tuple(Update(remote, _oid(old), _oid(new)) for _, new, remote, old in _fields(lines, 4))


def read_receive(lines: str) -> tuple[Update, ...]:
    """Read what git tells a pre-receive hook: old id, new id, ref.

    Raises:
        UsageError: it is not that.
    """
    return tuple(Update(ref, _oid(old), _oid(new)) for old, new, ref in _fields(lines, 3))


def staged(path: Path, ground: Ground) -> tuple[Finding, ...]:
    """Return what a commit of the staged files would add."""
    with Commits(path) as commits:
        replaced = commits.staged_over()
    report = audit(path, ground.settings, changes=Changes(staged=True, replaced=replaced), fixed=ground.fixed)
    return _counting(open_findings(report), ground.settings)


def updated(path: Path, update: Update, ground: Ground, *, governed: bool) -> tuple[Finding, ...]:
    """Return what an update of a ref would add; with `governed` by the settings of the branch that HEAD names.

    A new branch begins where it left the branches that the other side has; without any, everything is new.

    Raises:
        SourceError: the clone lacks a part of it.
    """
    with Commits(path) as commits:
        base = update.old if commits.has(update.old) else commits.nearest(update.new)
        settled = commits.tip if governed else ""
    if base:
        plan = Plan(
            Scope.CHANGES, update.ref, base=base, head=update.new, governed=governed and bool(settled), judges_addition=True
        )
        outcome = run(path, plan, lambda _: ground, Wanted())
        found = list(outcome.new) if outcome else []
        if outcome and outcome.gaps:
            msg = f"Part of what {update.ref} brings could not be looked at."
            raise SourceError(msg, hint="Push again from a complete clone.")
    else:
        found = list(open_findings(audit(path, ground.settings, fixed=ground.fixed)))
    return _counting(found, ground.settings)


def message(file: Path, ground: Ground) -> tuple[Finding, ...]:
    """Return what a commit message would add; git's comment lines are not part of it."""
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        try:
            lines = file.read_bytes().splitlines(keepends=True)
        except OSError as error:
            msg = f"The message {file} cannot be read: {error.strerror}."
            raise UsageError(msg) from None
        scissors = next((n for n, line in enumerate(lines) if line.startswith(b"# ---") and b">8" in line), len(lines))
        kept = b"".join(line if not line.startswith(b"#") else b"\n" for line in lines[:scissors])
        if not kept.strip():
            return ()
        copy = Path(folder) / "commit-message.txt"
        copy.write_bytes(kept)
        settings = replace(ground.settings, openness=None, cache=False)
        return _counting(open_findings(audit(copy, settings, fixed=ground.fixed)), settings)


@contextmanager
def with_quarantine(path: Path, environment: Mapping[str, str]) -> Iterator[Path]:
    """Give a repository that also shows the objects which git holds in quarantine while a hook decides.

    Nothing is copied or written in the repository: a folder of our own names both places.
    """
    place = environment.get("GIT_QUARANTINE_PATH") or environment.get("GIT_OBJECT_DIRECTORY")
    repository = path.resolve()
    if not place or Path(place).resolve() == repository / "objects":
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="auditor-") as folder:
        view = Path(folder) / f"{repository.name.removesuffix('.git') or 'repository'}.git"
        (view / "objects" / "info").mkdir(parents=True)
        (view / "refs").mkdir()
        others = environment.get("GIT_ALTERNATE_OBJECT_DIRECTORIES", "").split(os.pathsep)
        places = dict.fromkeys([str((repository / place).resolve()), str(repository / "objects"), *filter(None, others)])
        (view / "objects" / "info" / "alternates").write_text("\n".join(places) + "\n")
        for name in ("HEAD", "config", "packed-refs", "shallow"):
            if (repository / name).is_file():
                shutil.copyfile(repository / name, view / name)
        shutil.copytree(repository / "refs", view / "refs", dirs_exist_ok=True)
        yield view


def text(findings: Sequence[Finding], what: str) -> str:
    """Say what was found and what to do, for a terminal."""
    lines = [f"auditor: {what} {words.count(len(findings), 'finding')}."]
    for finding in findings[:_MOST]:
        where = facts.place(finding.first)
        lines.append(
            f"  {words.SEVERITY[finding.severity]}: {finding.title}, {where} {finding.masked} [{finding.rule_id}]".rstrip()
        )
        lines.append(f"    {finding.remediation.summary}")
    if len(findings) > _MOST:
        lines.append(f"  {words.more(len(findings) - _MOST)}")
    lines.append("Take it out of what you commit. Was it pushed anywhere before? Then revoke it first.")
    name = findings[0].fingerprint if findings else "FINGERPRINT"
    lines.append(f"A false alarm: auditor accept {name} --reason false-positive, and commit openness.yml.")
    return "".join(f"{_printable(line)}\n" for line in lines)


def _printable(line: str) -> str:
    """Take out what would steer a terminal."""
    return "".join(c if c.isprintable() else "?" for c in line)


def _counting(findings: Sequence[Finding], settings: Settings) -> tuple[Finding, ...]:
    floor = settings.min_confidence.rank
    return tuple(f for f in findings if f.confidence.rank >= floor and not f.known)


def _fields(lines: str, number: int) -> Iterator[list[str]]:
    for line in lines.splitlines():
        fields = line.split(" ", number - 1)
        if len(fields) != number:
            raise _not_from_git()
        yield fields


def _oid(value: str) -> str:
    """Return a commit id, empty for the zeros of a ref that is not there; anything else must not pass as "nothing to do"."""
    if not _OID.match(value):
        raise _not_from_git()
    return value if value.strip("0") else ""


def _not_from_git() -> UsageError:
    msg = "The standard input is not what git gives this hook."
    return UsageError(msg, hint="Install it with `auditor install-hook`, or call it from git's hook of that name.")
