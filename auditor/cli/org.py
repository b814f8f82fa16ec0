"""`auditor org`: many repositories, their portfolio, and what is forgotten of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

from auditor.errors import ExitCode, UsageError

_WHICH = "Which repositories"
_FORGE = "GitHub"
_HOW = "How to run"
_OUT = "Output"
_POLICY = "Policy"


class OrgGroup(TyperGroup):
    """A group whose first word may be the name of an organisation: `auditor org NAME` means `auditor org scan NAME`."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # typer's own context
        """Put in `scan` where no command is named."""
        if args and args[0] not in self.commands and args[0] not in {"--help", "-h"}:
            args = ["scan", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=OrgGroup, no_args_is_help=True, help="Many repositories: scan, keep what was found, show where each stands.")

_STORE = typer.Option(metavar="URL", help="sqlite:///FILE or postgresql://...", rich_help_panel=_HOW, show_default="a private file")
_CLONES = typer.Option(metavar="DIR", help="Where mirrors are kept.", rich_help_panel=_HOW, show_default="in the cache")
_LIST = typer.Option("--from", metavar="FILE", help="Addresses or local paths, one a line.", rich_help_panel=_WHICH)
_LEFT_OUT = typer.Option(metavar="PATTERN", help="Names to leave out; * for any part.", rich_help_panel=_WHICH)
_ARCHIVED = typer.Option(
    "--archived/--no-archived", help="Only archived ones, or none.", rich_help_panel=_WHICH, show_default="both"
)
_MORE = "What else becomes public: issues, wiki and so on."
_KEY = typer.Option(metavar="FILE|keyring", help="The key that links secrets.", rich_help_panel=_HOW, show_default="see docs")
_KEEP = typer.Option(metavar="DAYS", min=0, help="Forget older runs.", rich_help_panel=_HOW, show_default="all")
_DAYS = typer.Option(metavar="DAYS", min=0, help="Runs that are older, and what only they knew.", show_default=False)


@app.command("scan")
def scan(  # noqa: PLR0913  a command line has the options it has
    name: Annotated[str, typer.Argument(help="An organisation (or a person) on GitHub.", show_default=False)] = "",
    source: Annotated[Path | None, _LIST] = None,
    exclude: Annotated[list[str] | None, _LEFT_OUT] = None,
    topic: Annotated[list[str] | None, typer.Option(help="Only with this topic.", rich_help_panel=_WHICH)] = None,
    team: Annotated[str, typer.Option(help="Only of this team.", rich_help_panel=_WHICH)] = "",
    visibility: Annotated[str, typer.Option(help="public, internal or private.", rich_help_panel=_WHICH)] = "",
    archived: Annotated[bool | None, _ARCHIVED] = None,
    part: Annotated[str, typer.Option(metavar="3/20", help="One part, where machines share it.", rich_help_panel=_WHICH)] = "",
    include: Annotated[str, typer.Option(metavar="LIST", help=_MORE, rich_help_panel=_FORGE)] = "",
    api_url: Annotated[str, typer.Option(metavar="URL", help="Of a GitHub of your own.", rich_help_panel=_FORGE)] = "",
    token_file: Annotated[Path | None, typer.Option(help="The token, if not in GH_TOKEN.", rich_help_panel=_FORGE)] = None,
    app_id: Annotated[str, typer.Option(help="Of a GitHub App.", rich_help_panel=_FORGE)] = "",
    app_key: Annotated[Path | None, typer.Option(help="Its private key.", rich_help_panel=_FORGE)] = None,
    site: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the portfolio there.", rich_help_panel=_OUT)] = None,
    public_safe: Annotated[bool, typer.Option("--public-safe", help="Leave out private names.", rich_help_panel=_OUT)] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only the summary.", rich_help_panel=_OUT)] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit 0 at the end of a run.", rich_help_panel=_OUT)] = False,
    store: Annotated[str, _STORE] = "",
    key: Annotated[str, _KEY] = "",
    clones: Annotated[Path | None, _CLONES] = None,
    clones_budget: Annotated[float, typer.Option(metavar="GB", min=0.01, help="Disk for mirrors.", rich_help_panel=_HOW)] = 50.0,
    executor: Annotated[str, typer.Option(help="processes or dask.", rich_help_panel=_HOW)] = "processes",
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS", help="Of Dask: tcp://HOST:PORT.", rich_help_panel=_HOW)] = "",
    workers: Annotated[int, typer.Option(min=-1, help="Processes.", rich_help_panel=_HOW, show_default="one per core")] = -1,
    keep_days: Annotated[int, _KEEP] = 0,
    force: Annotated[bool, typer.Option("--force", help="Scan also what has not changed.", rich_help_panel=_HOW)] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Forget earlier results.", rich_help_panel=_HOW)] = False,
    cache_dir: Annotated[Path | None, typer.Option(help="Where the cache is.", rich_help_panel=_HOW)] = None,
    policy: Annotated[str, typer.Option(help="The policy pack.", rich_help_panel=_POLICY)] = "",
    policy_file: Annotated[list[Path] | None, typer.Option(help="A pack of yours.", rich_help_panel=_POLICY)] = None,
    config: Annotated[Path | None, typer.Option(help="Your settings file.", rich_help_panel=_POLICY)] = None,
) -> None:
    """Scan every repository of an organisation or of a list, and say where each stands.

    What has not changed since the last run is not scanned again; a run that was stopped goes on where it was.

    Exit code: 0 nothing blocks anywhere, 1 some are not yet ready, 2 some could not be judged, 130 interrupted.
    """
    from auditor.cli import org_inventory, organisation
    from auditor.cli.forge import Asked
    from auditor.cli.options import Flags

    if (source is None) == (not name):
        msg = "Name an organisation, or a list with --from, not both."
        raise UsageError(msg, hint="Write `auditor org NAME` or `auditor org --from FILE`.")
    how = organisation.How(store, key, clones, int(clones_budget * 1000**3), executor, scheduler, force, keep_days)
    page = organisation.Page(site, public_safe, quiet)
    organisation.check(how, page)
    flags = Flags(
        config=config,
        policy=policy or None,
        policy_files=tuple(policy_file or ()),
        workers=None if workers < 0 else workers,
        cache=False if no_cache else None,
        cache_dir=cache_dir,
    )
    asked = Asked(name, include, api_url, token_file, app_id, app_key)
    which = org_inventory.Which(source, tuple(topic or ()), team, visibility, archived, tuple(exclude or ()))
    with org_inventory.inventory(asked, which, flags) as found:
        code = organisation.scan_all(found.part(part) if part else found, flags, how, page)
    raise typer.Exit(ExitCode.NOTHING_BLOCKS if exit_zero else code)


@app.command("forget")
def forget(
    name: Annotated[str, typer.Argument(help="A repository, as the portfolio names it.", show_default=False)] = "",
    older_than: Annotated[int, _DAYS] = 0,
    store: Annotated[str, _STORE] = "",
    clones: Annotated[Path | None, _CLONES] = None,
) -> None:
    """Remove everything that is stored about a repository, or what is older than so many days; mirrors too."""
    from auditor.config import Settings, cache_folder
    from auditor.github.memory import StoredMemory
    from auditor.org.clones import Clones
    from auditor.org.database import default_url
    from auditor.org.retention import forget_older, forget_repository
    from auditor.org.store import Store
    from auditor.reports.words import count

    if bool(name) == bool(older_than):
        msg = "It is not clear what to forget."
        raise UsageError(msg, hint="Name a repository, or give --older-than DAYS.")
    mirrors = Clones(clones or cache_folder(Settings()) / "clones")
    with Store(store or default_url()) as kept:
        if older_than:
            runs, gone = forget_older(kept, mirrors, datetime.now(UTC) - timedelta(days=older_than))
        else:
            runs, gone = 0, forget_repository(kept, mirrors, name)
            StoredMemory(cache_folder(Settings()) / "github").forget(name)
    if name and not gone:
        msg = "The store knows no repository of that name."
        raise UsageError(msg, hint="Write it as the portfolio shows it.")
    forgotten = [count(gone, "repository", "repositories"), *([] if name else [count(runs, "run")])]
    typer.echo(f"Forgot {' and '.join(forgotten)}.")
