"""`auditor scan PATH`: from any repository to a verdict."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from auditor.errors import ExitCode

_LOOK = "What to look at"
_FOR = "What to look for"
_OUT = "Output"
_POLICY = "Policy"
_RUN = "How to run"
_GITHUB = "Also ask GitHub"


def scan(  # noqa: PLR0913  a command line has the options it has
    path: Annotated[Path, typer.Argument(help="A clone, a bare or mirror copy, a folder or a file.")] = Path(),
    include_ignored: Annotated[bool, typer.Option("--include-ignored", help="Also ignored files.", rich_help_panel=_LOOK)] = False,
    staged: Annotated[bool, typer.Option("--staged", help="Only what is staged for commit.", rich_help_panel=_LOOK)] = False,
    commits: Annotated[str, typer.Option("--range", metavar="BASE..HEAD", help="Only commits.", rich_help_panel=_LOOK)] = "",
    min_confidence: Annotated[str, typer.Option(metavar="LEVEL", help="low, medium or high.", rich_help_panel=_FOR)] = "",
    rules: Annotated[list[Path] | None, typer.Option(help="A further rule file.", rich_help_panel=_FOR)] = None,
    disable_rule: Annotated[list[str] | None, typer.Option(help="Leave a rule out.", rich_help_panel=_FOR)] = None,
    detect_secrets_plugin: Annotated[
        list[Path] | None, typer.Option(help="A detect-secrets plugin of yours (its code runs).", rich_help_panel=_FOR)
    ] = None,
    imports: Annotated[
        list[Path] | None, typer.Option("--import", help="Findings of another scanner. Repeatable.", rich_help_panel=_FOR)
    ] = None,
    report: Annotated[list[str] | None, typer.Option(metavar="FORMAT=FILE", help="Repeatable.", rich_help_panel=_OUT)] = None,
    form: Annotated[str, typer.Option("--format", "-f", help="Of the report on stdout.", rich_help_panel=_OUT)] = "terminal",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file instead.", rich_help_panel=_OUT)] = None,
    summary: Annotated[bool, typer.Option("--summary", help="Ten lines only.", rich_help_panel=_OUT)] = False,
    sarif_history: Annotated[bool, typer.Option("--sarif-history", help="History too.", rich_help_panel=_OUT)] = False,
    reveal: Annotated[Path | None, typer.Option(help="Write raw values to a new private file.", rich_help_panel=_OUT)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No notes, no progress.", rich_help_panel=_OUT)] = False,
    no_progress: Annotated[bool, typer.Option("--no-progress", help="No progress line.", rich_help_panel=_OUT)] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 when judged.", rich_help_panel=_OUT)] = False,
    policy: Annotated[str, typer.Option(help="The policy pack.", rich_help_panel=_POLICY)] = "",
    policy_file: Annotated[list[Path] | None, typer.Option(help="A pack of yours.", rich_help_panel=_POLICY)] = None,
    openness: Annotated[Path | None, typer.Option(help="Private openness file.", rich_help_panel=_POLICY)] = None,
    config: Annotated[Path | None, typer.Option(help="Your settings file.", rich_help_panel=_POLICY)] = None,
    github: Annotated[str, typer.Option(metavar="OWNER/NAME", help="Its settings and alerts.", rich_help_panel=_GITHUB)] = "",
    include: Annotated[str, typer.Option(metavar="KIND,...", help="Its issues, wiki, ...", rich_help_panel=_GITHUB)] = "",
    api_url: Annotated[str, typer.Option(metavar="URL", help="Of a server of your own.", rich_help_panel=_GITHUB)] = "",
    token_file: Annotated[Path | None, typer.Option(help="Else GH_TOKEN, GITHUB_TOKEN.", rich_help_panel=_GITHUB)] = None,
    app_id: Annotated[str, typer.Option(metavar="ID", help="Of a GitHub App.", rich_help_panel=_GITHUB)] = "",
    app_key: Annotated[Path | None, typer.Option(help="The App's private key.", rich_help_panel=_GITHUB)] = None,
    workers: Annotated[int, typer.Option(min=-1, help="Processes.", rich_help_panel=_RUN, show_default="one per core")] = -1,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Use and keep no results.", rich_help_panel=_RUN)] = False,
    cache_dir: Annotated[Path | None, typer.Option(help="Where the cache is.", rich_help_panel=_RUN)] = None,
) -> None:
    """Look at everything that would become public, and say whether it is ready to be opened.

    Exit code: 0 nothing blocks, 1 not yet, 2 could not judge, 130 interrupted.
    """
    from auditor.audit import Changes, audit, exit_code
    from auditor.cli import output as out
    from auditor.cli.options import Flags, settings_from
    from auditor.cli.progress import LiveProgress, watched
    from auditor.findings.reveal import open_private
    from auditor.model.progress import NoProgress
    from auditor.reports.formats import FORMATS

    targets = (out.Target(form, output), *out.parse_reports(report or [], FORMATS))
    out.check_targets(targets, FORMATS)
    settings, fixed = settings_from(
        Flags(
            config=config,
            policy=policy or None,
            policy_files=tuple(policy_file or ()),
            include_ignored=include_ignored or None,
            min_confidence=min_confidence or None,
            rules=tuple(rules or ()),
            disabled_rules=frozenset(disable_rule or ()),
            detect_secrets_plugins=tuple(detect_secrets_plugin or ()),
            imports=tuple(imports or ()),
            openness=openness,
            workers=None if workers < 0 else workers,
            cache=False if no_cache else None,
            cache_dir=cache_dir,
        )
    )
    changes = Changes(staged=staged, commits=commits)
    private = open_private(reveal) if reveal else None
    progress = LiveProgress() if watched() and not (quiet or no_progress) else None
    with progress or nullcontext():
        online = None
        if github or include or api_url or token_file or app_id or app_key:
            from auditor.cli.forge import Asked, ask, same

            asked = Asked(github, include, api_url, token_file, app_id, app_key)
            online = ask(asked, settings, progress or NoProgress())
        result = audit(path, settings, changes=changes, fixed=fixed, progress=progress, reveal_to=private, online=online)
        result = same(result, github) if online else result
    out.deliver(result, targets, summary=summary, history=sarif_history)
    if not quiet:
        out.notes(result)
    raise typer.Exit(ExitCode.NOTHING_BLOCKS if exit_zero else exit_code(result))
