"""`auditor ci`: in a pipeline of GitHub, GitLab or Azure, look at what the event brought."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from auditor.errors import AuditorError, ConfigurationError, ExitCode, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.ci.events import Mode, Plan
    from auditor.ci.run import Ground, Run

_Choice = TypeVar("_Choice", bound=StrEnum)
_LOOK = "What to look at"
_POLICY = "Policy"
_OUT = "Output"
_NAMES_FILES = ("rules", "policy_files", "detect_secrets_plugins", "openness", "cache_dir")


class Forge(StrEnum):
    """Where pipelines run."""

    GITHUB = "github"
    GITLAB = "gitlab"
    AZURE = "azure"


def ci(  # noqa: PLR0913  a command line has the options it has
    path: Annotated[Path, typer.Argument(help="The checkout.")] = Path(),
    mode: Annotated[str, typer.Option(help="auto, changes or full.", rich_help_panel=_LOOK)] = "auto",
    fail_on: Annotated[
        str,
        typer.Option(help="new, blocking, any or never; auto is new for pull requests, else blocking.", rich_help_panel=_POLICY),
    ] = "auto",
    config: Annotated[
        Path | None, typer.Option(help="A settings file; of pull requests, the base's.", rich_help_panel=_POLICY)
    ] = None,
    baseline: Annotated[str, typer.Option(help="Path of a baseline in the repository.", rich_help_panel=_POLICY)] = "",
    reports: Annotated[Path | None, typer.Option(help="A folder for report.json and more.", rich_help_panel=_OUT)] = None,
    html: Annotated[bool, typer.Option("--html/--no-html", help="Also report.html there.", rich_help_panel=_OUT)] = True,
    sarif: Annotated[bool, typer.Option("--sarif", help="Also report.sarif there.", rich_help_panel=_OUT)] = False,
    report: Annotated[list[str] | None, typer.Option(metavar="FORMAT=FILE", help="Repeatable.", rich_help_panel=_OUT)] = None,
    comment: Annotated[bool, typer.Option("--comment", help="One comment on the pull request.", rich_help_panel=_OUT)] = False,
) -> None:
    """Look at what this pipeline's event brought; on pull requests only what they add can fail the run.

    Exit code: 0 nothing fails, 1 something does, 2 could not judge, 130 interrupted.
    """
    from auditor.ci import surfaces
    from auditor.ci.events import Mode
    from auditor.ci.run import FailOn, Wanted, run
    from auditor.cli import output as out
    from auditor.reports.formats import FORMATS

    environment = os.environ
    forge = _forge(environment)
    plan = _plan(forge, environment, _choice(mode, Mode, "--mode"))
    wanted = Wanted(_choice(fail_on, FailOn, "--fail-on"), baseline)
    targets = list(out.parse_reports(report or [], list(FORMATS)))
    files: dict[str, Path] = {}
    if reports is not None:
        reports.mkdir(parents=True, exist_ok=True)
        files = {name: reports / f"report.{name}" for name in ("json", *(["html"] if html else []), *(["sarif"] if sarif else []))}
        targets += [out.Target(name, file) for name, file in files.items()]
    out.check_targets(tuple(targets), list(FORMATS))
    runner = surfaces.Runner(_file(environment, "GITHUB_OUTPUT"), _file(environment, "GITHUB_STEP_SUMMARY"), forge is Forge.GITHUB)
    _write(f"{plan.why}.")
    try:
        outcome = run(path, plan, _ground(path, config), wanted)
    except AuditorError as error:
        if runner.marks:
            _write(surfaces.failure(error.message))
        surfaces.leave(runner, surfaces.failure_page(error), {"decision": "cannot_tell"})
        raise
    if outcome is None:
        surfaces.leave(runner, f"{plan.why}.\n", {"new-findings": "0"})
        raise typer.Exit(ExitCode.NOTHING_BLOCKS)
    out.deliver(surfaces.shown(outcome), tuple(targets))
    _write(surfaces.log_line(outcome))
    if runner.marks:
        _write(surfaces.marks(outcome).rstrip("\n"))
    elif forge is not Forge.GITHUB:
        _write(surfaces.body(outcome).rstrip("\n"))
    problems = surfaces.leave(runner, surfaces.body(outcome), surfaces.outputs(outcome, files))
    if comment:
        problems += _comment(outcome, environment)
    for problem in problems:
        _write(surfaces.warning(problem, marks=runner.marks))
    raise typer.Exit(outcome.code)


def _forge(environment: Mapping[str, str]) -> Forge:
    if environment.get("GITHUB_ACTIONS") == "true":
        return Forge.GITHUB
    if environment.get("GITLAB_CI") == "true":
        return Forge.GITLAB
    if environment.get("TF_BUILD", "").lower() == "true":
        return Forge.AZURE
    msg = "This is not a pipeline of GitHub, GitLab or Azure."
    raise UsageError(msg, hint="Elsewhere use `auditor scan`, or `auditor scan --range BASE..HEAD` for some commits.")


def _plan(forge: Forge, environment: Mapping[str, str], mode: Mode) -> Plan:
    from auditor.ci.events import from_azure, from_github, from_gitlab

    if forge is Forge.GITLAB:
        return from_gitlab(environment, mode)
    if forge is Forge.AZURE:
        return from_azure(environment, mode)
    return from_github(environment.get("GITHUB_EVENT_NAME", ""), _payload(environment.get("GITHUB_EVENT_PATH", "")), mode)


def _payload(name: str) -> Mapping[str, object]:
    import json

    try:
        payload = json.loads(Path(name).read_bytes()) if name else {}
    except (OSError, ValueError, RecursionError) as error:
        msg = f"The event of this run cannot be read ({type(error).__name__})."
        raise UsageError(msg, hint="GITHUB_EVENT_PATH has to name the file that the runner wrote.") from None
    return payload if isinstance(payload, dict) else {}


def _ground(path: Path, config: Path | None) -> Callable[[Callable[[str], bytes | None] | None], Ground]:
    """Return what makes the settings: a settings file of the repository counts as its base holds it."""
    from auditor.ci.run import Ground
    from auditor.cli.options import Flags, settings_from
    from auditor.config import Settings
    from auditor.settings_file import apply, parse

    def ground(base: Callable[[str], bytes | None] | None) -> Ground:
        inside = config is not None and config.resolve().is_relative_to(path.resolve())
        if base is None or config is None or not inside:
            return Ground(*settings_from(Flags(config=config)))
        name = config.resolve().relative_to(path.resolve()).as_posix()
        content = base(name)
        if content is None:
            msg = f"The base of this change has no settings file {name}."
            raise ConfigurationError(msg, hint="Merge the settings file first, or keep it outside the repository.")
        values = parse(content, name)
        if named := [key for key in _NAMES_FILES if key in values]:
            msg = f"{name} names files ({', '.join(named)}), which the change itself could have written."
            raise ConfigurationError(msg, hint="For pull requests keep such settings, and the files, outside the repository.")
        return Ground(apply(Settings(), values, base=path), frozenset(values))

    return ground


def _comment(outcome: Run, environment: Mapping[str, str]) -> list[str]:
    from auditor.ci import surfaces
    from auditor.github.comment import post
    from auditor.reports.markdown import MARKER

    number, repository = outcome.plan.number, environment.get("GITHUB_REPOSITORY", "")
    if not number or not repository:
        return []
    body, create = surfaces.comment_body(outcome)
    problem = post(
        body,
        marker=MARKER,
        api=environment.get("GITHUB_API_URL") or "https://api.github.com",
        repository=repository,
        number=number,
        token=environment.get("AUDITOR_TOKEN") or environment.get("GITHUB_TOKEN", ""),
        create=create,
    )
    return [problem] if problem else []


def _choice(text: str, kind: type[_Choice], flag: str) -> _Choice:
    if text not in list(kind):
        msg = f"{flag} {text} does not exist."
        raise UsageError(msg, hint=f"Choose one of {', '.join(kind)}.")
    return kind(text)


def _file(environment: Mapping[str, str], name: str) -> Path | None:
    value = environment.get(name)
    return Path(value) if value else None


def _write(text: str) -> None:
    if text:
        sys.stdout.buffer.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
