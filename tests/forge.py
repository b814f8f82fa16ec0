"""A whole GitHub on one port, as a server of one's own is: the API below /api/v3, every repository over git beside it.

    with Forge(folder) as forge:                    # serves folder/OWNER/NAME.git
        forge.organisation("example-department")
        forge.repository("example-department/service")
        forge.host.wrong["/example-department/service.git"] = Wrong.HANGS

One token is asked for by both. `forge.wrong` are the answers of the API that are not as GitHub publishes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.githttp import GitHandler, GitServer, Host
from tests.github.server import TOKEN, GitHub, Handler

if TYPE_CHECKING:
    from pathlib import Path

    from tests.github.server import Repository

_OF_GIT: Final = ("/info/refs", "/git-upload-pack", "/HEAD")


class _Both(Handler, GitHandler):
    """Tells by the address which of the two is asked."""

    server: Forge

    def _answer(self) -> None:
        if self.path.partition("?")[0].endswith(_OF_GIT):
            self.answer_git()
        else:
            super()._answer()


class Forge(GitHub, GitServer):
    """The API and the repositories of a folder; closing it does not wait for answers that hang."""

    def __init__(self, folder: Path) -> None:
        super().__init__(prefix="/api/v3", handler=_Both)
        self.host = Host(folder, token=TOKEN)
        self.host.url = self.web
        self.wants_token = True

    def __exit__(self, *error: object) -> None:
        self.host.over.set()
        super().__exit__(*error)

    @property
    def web(self) -> str:
        """The address that people open."""
        return self.url.removesuffix(self.prefix)

    def repository(self, full_name: str, **changes: object) -> Repository:
        """Add a repository; its addresses lead here."""
        page = f"{self.web}/{full_name}"
        made = super().repository(full_name, **{"html_url": page, "clone_url": f"{page}.git", **changes})
        page = f"{self.url}/repos/{full_name}/branches/{made['']['default_branch']}/protection"
        made[page.partition(full_name)[2]] = {
            "url": page,
            "enforce_admins": {"url": f"{page}/enforce_admins", "enabled": True},
            "allow_force_pushes": {"enabled": False},
            "allow_deletions": {"enabled": False},
        }
        made["/community/profile"] = self.api.example("/repos/{owner}/{repo}/community/profile")
        return made

    def team(self, owner: str, slug: str, names: set[str]) -> None:
        """Add a team that has access to repositories."""
        example = self.api.example("/orgs/{org}/teams")[0]
        teams = self.answers.setdefault(f"/orgs/{owner}/teams", [])
        teams.append(example | {"slug": slug, "name": slug, "type": "organization"})
        self.answers[f"/orgs/{owner}/teams/{slug}/repos"] = lambda _: [o for o in self.listed(owner) if o["full_name"] in names]
