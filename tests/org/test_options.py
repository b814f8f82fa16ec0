"""The options of `auditor org NAME` from the command line to what is looked at: filters, an App, nobody."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from auditor.cli.app import app as program
from tests.githttp import serve
from tests.github.conftest import github
from tests.github.server import TOKEN, GitHub
from tests.github.test_access import ORG, app, key
from tests.github.test_inventory import team
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from auditor.github.access import Access

__all__ = ["app", "github", "key"]  # fixtures
WANTED = {"topics": ["payments"], "visibility": "private", "private": True}
OTHERS: dict[str, dict[str, Any]] = {
    "other-topic": {"topics": ["identity"]},
    "seen-by-all": {"visibility": "public", "private": False},
    "put-away": {"archived": True},
    "try-this": {},
    "of-nobody": {},
}


@pytest.fixture
def places(github: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An organisation in which each filter leaves out one repository, and one is left."""
    github.organisation(ORG, public_repos=1, total_private_repos=5)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN", "GITHUB_API_URL"):
        monkeypatch.delenv(name, raising=False)
    with serve(tmp_path / "served") as host:
        for name, changes in {"wanted": {}, **OTHERS}.items():
            github.repository(f"{ORG}/{name}", clone_url=f"{host.url}/{ORG}/{name}", **WANTED | changes)
        for name in ("wanted", "seen-by-all"):
            GitRepo.create(tmp_path / "served" / ORG / name).commit({"README.md": "# A service\n"}, "Begin")
        yield tmp_path


def run(github: GitHub, places: Path, *options: str) -> dict[str, Any]:
    arguments = ["org", ORG, "--api-url", github.url, "--workers", "1", "--site", str(places / "site"), "--exit-zero", *options]
    done = CliRunner().invoke(program, [*arguments, "--clones", str(places / "clones")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    page: dict[str, Any] = json.loads((places / "site" / "portfolio.json").read_text(encoding="utf-8"))
    return page


def test_every_filter_leaves_out_what_it_says_and_an_app_asks(github: GitHub, app: Access, places: Path) -> None:
    github.organisation(ORG, public_repos=1, total_private_repos=5)
    team(github, "payers", range(0))
    names = {f"{ORG}/{name}" for name in ("wanted", *OTHERS)} - {f"{ORG}/of-nobody"}
    github.answers[f"/orgs/{ORG}/teams/payers/repos"] = lambda _: [o for o in github.listed(ORG) if o["full_name"] in names]
    (places / "app.pem").write_text(app.key, encoding="ascii")
    filters = ("--topic", "payments", "--visibility", "private", "--no-archived", "--exclude", "try-*", "--team", "payers")
    page = run(github, places, *filters, "--app-id", app.app, "--app-key", str(places / "app.pem"))
    assert [(one["full_name"], one["state"], one["teams"]) for one in page["repositories"]] == [
        (f"{ORG}/wanted", "scanned", ["payers"])
    ]
    said = ["topic payments", "team payers", "visibility private", "without try-*", "not archived"]
    assert page["selection"] == said
    credentials = b"of-the-installation", app.key.splitlines()[1].encode()
    kept = [path for path in places.rglob("*") if path.is_file() and path.name != "app.pem"]
    assert len(kept) > 10
    assert not [path for path in kept if any(credential in path.read_bytes() for credential in credentials)]
    github.wrong.clear()  # the token of the example in GitHub's description lacks what its own schema demands


def test_nobody_sees_what_is_public_and_is_told_that_there_may_be_more(github: GitHub, places: Path) -> None:
    github.answers[f"/orgs/{ORG}"].pop("total_private_repos")
    github.answers[f"/orgs/{ORG}/repos"] = lambda _: [one for one in github.listed(ORG) if not one["private"]]
    page = run(github, places)
    assert [one["full_name"] for one in page["repositories"]] == [f"{ORG}/seen-by-all"]
    told = {one["what"]: one for one in page["not_visible"]}
    assert told["private and internal repositories"]["repositories"] == []
    assert told["deploy keys"] == {
        "what": "deploy keys",
        "reason": "only those who administer the repository are told",
        "permission": "“Administration: read”",
        "repositories": [f"{ORG}/seen-by-all"],
    }
    assert not [asked for asked in github.seen_tokens if asked[1]]
    assert TOKEN not in json.dumps(page)
