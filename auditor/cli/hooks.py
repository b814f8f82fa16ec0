"""`auditor hook`, `auditor install-hook`, `auditor pre-receive`: the same look, before it is too late."""

from __future__ import annotations

import os
import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from auditor.errors import ExitCode, OutputError, UsageError

if TYPE_CHECKING:
    from auditor.ci.hook import Update
    from auditor.ci.run import Ground
    from auditor.model.finding import Finding


class Stage(StrEnum):
    """The hooks of git that are served on the author's machine."""

    COMMIT = "pre-commit"
    PUSH = "pre-push"
    MESSAGE = "commit-msg"


_MARK: Final = "# auditor: installed by `auditor install-hook`"
_CONFIG = Annotated[Path | None, typer.Option(help="Your settings file, outside the repository.")]


def hook(
    stage: Annotated[Stage, typer.Argument(help="pre-commit (what is staged), pre-push (the range), commit-msg.")],
    arguments: Annotated[list[str] | None, typer.Argument(help="What git gives the hook.")] = None,
    config: _CONFIG = None,
) -> None:
    """Stop a commit or a push that would add a secret, personal data or a marking.

    Exit code: 0 nothing is added, 1 something is, 2 could not look, 130 interrupted.
    """
    from auditor.ci import hook as look

    ground = _ground(config)
    if stage is Stage.COMMIT:
        _finish(look.staged(Path(), ground), "This commit would add")
    elif stage is Stage.MESSAGE:
        if not arguments:
            msg = "commit-msg needs the file of the message."
            raise UsageError(msg, hint="git gives it to the hook as the first argument.")
        _finish(look.message(Path(arguments[0]), ground), "The message holds")
    else:
        found = [f for update in _pushed() if update.new for f in look.updated(Path(), update, ground, governed=False)]
        _finish(_once(found), "This push would add")


def install_hook(
    stages: Annotated[list[Stage] | None, typer.Argument(help="Which; pre-commit and pre-push without a choice.")] = None,
    path: Annotated[Path, typer.Option("--repository", help="The clone.")] = Path(),
) -> None:
    """Write the hooks of git for a clone, for teams without the pre-commit framework. An existing hook is left alone."""
    from auditor.sources.git import read_config
    from auditor.sources.layout import find

    layout = find(path)
    if layout is None:
        msg = f"{path} is not the root of a git repository."
        raise UsageError(msg, hint="Go to the root of the clone, or name it with --repository.")
    if read_config(layout.common / "config").get("core.hookspath"):
        msg = "This clone keeps its hooks elsewhere (core.hooksPath)."
        raise UsageError(msg, hint='Add the line `auditor hook pre-commit "$@"` to the hook there.')
    folder = layout.common / "hooks"
    for stage in dict.fromkeys(stages or [Stage.COMMIT, Stage.PUSH]):
        _install(folder / stage.value, stage)


def pre_receive(
    path: Annotated[Path, typer.Argument(help="The repository on the server.")] = Path(), config: _CONFIG = None
) -> None:
    """Refuse a push on the server: reads git's lines from standard input, judged by the default branch's settings.

    Exit code: 0 accept, 1 refuse, 2 could not look (git refuses then too), 130 interrupted.
    """
    from auditor.ci import hook as look

    updates = look.read_receive(sys.stdin.read())
    ground = _ground(config)
    with look.with_quarantine(path, os.environ) as view:
        found = [f for update in updates if update.new for f in look.updated(view, update, ground, governed=True)]
    _finish(_once(found), "This push is refused, it would add")


def _pushed() -> tuple[Update, ...]:
    """Return what is pushed, as git or as the pre-commit framework says it."""
    from auditor.ci.commits import Commits
    from auditor.ci.hook import Update, read_push

    start, end = os.environ.get("PRE_COMMIT_FROM_REF", ""), os.environ.get("PRE_COMMIT_TO_REF", "")
    if end:
        with Commits(Path()) as commits:
            return (Update(os.environ.get("PRE_COMMIT_REMOTE_BRANCH", end), commits.commit_of(start), commits.commit_of(end)),)
    if sys.stdin.isatty():
        msg = "pre-push reads what git pushes from its standard input."
        raise UsageError(msg, hint="Install it with `auditor install-hook pre-push`, or use `auditor scan --range BASE..HEAD`.")
    return read_push(sys.stdin.read())


def _install(file: Path, stage: Stage) -> None:
    if file.exists() and _MARK not in file.read_text(encoding="utf-8", errors="replace"):
        msg = f"There is a hook already: {file}."
        raise UsageError(msg, hint=f'Add the line `auditor hook {stage.value} "$@"` to it.')
    command = f"{shlex.quote(sys.executable)} -I -c 'from auditor.cli import main; main()'"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'#!/bin/sh\n{_MARK}\nexec {command} hook {stage.value} "$@"\n', encoding="utf-8", newline="\n")
        file.chmod(0o755)
    except OSError as error:
        msg = f"The hook {file} could not be written: {error.strerror}."
        raise OutputError(msg, hint="Check the permissions of the clone.") from None
    typer.echo(f"Installed {file}.")


def _ground(config: Path | None) -> Ground:
    from auditor.ci.run import Ground
    from auditor.cli.options import Flags, settings_from

    return Ground(*settings_from(Flags(config=config)))


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple({finding.fingerprint: finding for finding in findings}.values())


def _finish(findings: tuple[Finding, ...], what: str) -> None:
    from auditor.ci.hook import text

    if findings:
        sys.stderr.write(text(findings, what))
    raise typer.Exit(ExitCode.NOT_YET if findings else ExitCode.NOTHING_BLOCKS)
