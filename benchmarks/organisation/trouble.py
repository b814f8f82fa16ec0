"""Every way in which a forge fails, each for repositories of its own, and what has to come of it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from benchmarks.organisation.world import OWNER
from tests.githttp import Wrong
from tests.github.server import Denied, Fault, Redirect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from benchmarks.organisation.world import World

_DAYS: Final = 300_000
_KEYS: Final = ("/keys", "deploy keys")


@dataclass(frozen=True)
class OfQuestion:
    """The answer to one question goes wrong: `words` is what is said of it in the end, empty where it was answered after all."""

    what: str
    fault: Fault
    suffix: str
    question: str
    words: str = ""
    times: int = 1_000_000
    headers: tuple[tuple[str, str], ...] = ()

    def begin(self, world: World, name: str, slow: float) -> None:
        """Let it go wrong for one repository."""
        world.forge.fail(self.fault, f"/{name}{self.suffix}", times=self.times, headers=dict(self.headers), seconds=slow)


@dataclass(frozen=True)
class OfRepository:
    """A whole repository goes wrong: `words` is its problem, or what is said of its page where it is judged all the same."""

    what: str
    begin: Callable[[World, str], object]
    words: str
    judged: bool = False


def questions() -> list[OfQuestion]:
    """Return the troubles with one question, no two of them with the same."""
    soon, late = str(int(time.time()) + 2), str(int(time.time()) + _DAYS)
    own, foreign, cut = "problem of its own ({})", "not one of GitHub's API", "the answer was cut off"
    after = (("Retry-After", "1"),)
    return [
        OfQuestion("primary limit, reset soon", Fault.PRIMARY_LIMIT, *_KEYS, times=1, headers=(("X-RateLimit-Reset", soon),)),
        OfQuestion("secondary limit with Retry-After", Fault.SECONDARY_LIMIT, "/hooks", "webhooks", times=1, headers=after),
        OfQuestion("429", Fault.TOO_MANY, "/actions/runners", "self-hosted runners", times=1, headers=after),
        OfQuestion("503 twice", Fault.UNAVAILABLE, "/actions/secrets", "names of stored secrets", times=2),
        OfQuestion("connection dropped once", Fault.DROPPED, "/codeowners/errors", "errors in CODEOWNERS", times=1),
        OfQuestion(
            *("primary limit for days", Fault.PRIMARY_LIMIT, "/hooks", "webhooks", "limit of requests is reached"),
            headers=(("X-RateLimit-Reset", late),),
        ),
        OfQuestion("500", Fault.SERVER_ERROR, *_KEYS, own.format(500)),
        OfQuestion("502 with a proxy's page", Fault.BAD_GATEWAY, "/actions/runners", "self-hosted runners", own.format(502)),
        OfQuestion("no answer in time", Fault.SLOW, "/codeowners/errors", "errors in CODEOWNERS", "took too long"),
        OfQuestion("404", Fault.NOT_FOUND, "/private-vulnerability-reporting", "private vulnerability reporting", "not there"),
        OfQuestion("permission missing", Fault.FORBIDDEN, "/actions/secrets", "names of stored secrets", "may not see it"),
        OfQuestion("a proxy's page with 200", Fault.PROXY_PAGE, "/actions/runs", "workflow runs and artefacts", foreign),
        OfQuestion("a proxy's page with 403", Fault.PROXY_REFUSAL, "/dependabot/secrets", "names of Dependabot's secrets", foreign),
        OfQuestion("JSON of another shape", Fault.OTHER_SHAPE, "/dependabot/alerts", "alerts on dependencies", foreign),
        OfQuestion("JSON cut in the middle", Fault.CUT_TEXT, "/actions/permissions", "what workflows may do", cut),
        OfQuestion("answer shorter than said", Fault.TRUNCATED, "/code-scanning/alerts", "alerts of code scanning", cut),
        OfQuestion("connection dropped always", Fault.DROPPED, "/rules/branches", "protection of the default branch", "reached"),
        OfQuestion("single sign-on", Fault.SINGLE_SIGN_ON, "/secret-scanning", "alerts of secret scanning", "single sign-on"),
    ]


def _deleted(world: World, name: str) -> None:
    world.forge.answers[f"/repos/{OWNER}/{name}"] = Denied()
    (world.folder / f"{name}.git").rename(world.folder / f"{name}.deleted")


def _renamed(world: World, name: str) -> None:
    """Give a repository a new name after it was listed, as GitHub does: both the page and the clone lead on."""
    new = f"{name}-renamed"
    world.forge.host.moved[f"/{OWNER}/{name}.git"] = f"/{OWNER}/{new}.git"
    (world.folder / f"{name}.git").rename(world.folder / f"{new}.git")
    old = world.forge.repositories[f"{OWNER}/{name}"]
    moved = world.forge.repository(f"{OWNER}/{new}", **{key: old[""][key] for key in ("private", "visibility", "default_branch")})
    world.forge.unlisted.add(moved.full_name)
    world.forge.answers[f"/repos/{OWNER}/{name}"] = Redirect(f"{world.forge.url}/repos/{moved.full_name}", 301)


def _git(wrong: Wrong) -> Callable[[World, str], object]:
    def begin(world: World, name: str) -> None:
        world.forge.host.wrong[f"/{OWNER}/{name}.git"] = wrong

    return begin


def _no_page(world: World, name: str) -> None:
    world.forge.fail(Fault.SERVER_ERROR, f"/repos/{OWNER}/{name}$")


def repositories() -> list[OfRepository]:
    """Return the troubles that take a whole repository."""
    return [
        OfRepository("deleted after it was listed", _deleted, "does not exist"),
        OfRepository("renamed after it was listed", _renamed, "moved"),
        OfRepository("its page always 500", _no_page, "problem of its own (500)", judged=True),
        OfRepository("git: 500", _git(Wrong.ERROR), "its host has a problem"),
        OfRepository("git: never answers", _git(Wrong.HANGS), "took too long"),
        OfRepository("git: half a pack", _git(Wrong.CUT), "did not send it whole"),
        OfRepository("git: connection dropped", _git(Wrong.DROPPED), "its host did not answer"),
        OfRepository("git: a proxy's page", _git(Wrong.PAGE), "is not git"),
    ]


@dataclass(frozen=True)
class Victim:
    """A repository, and the trouble with it."""

    name: str
    trouble: OfQuestion | OfRepository

    @property
    def passes(self) -> bool:
        """Tell whether it is worth asking again in the next run: the answer was lost, and not refused."""
        if isinstance(self.trouble, OfRepository):
            return self.trouble.judged
        return bool(self.trouble.words) and self.trouble.fault not in {Fault.NOT_FOUND, Fault.FORBIDDEN}


def begin(world: World, names: Iterable[str], slow: float) -> list[Victim]:
    """Let everything go wrong: each whole repository is one, the questions go round the rest.

    Args:
        world: is harmed.
        names: which repositories may be harmed; more than there are troubles with whole repositories.
        slow: seconds that are too long for an answer.
    """
    free, whole = list(names), repositories()
    victims: list[Victim] = []
    for one in whole:
        victims.append(Victim(free.pop(0), one))
        one.begin(world, victims[-1].name)
    asked: set[tuple[str, str]] = set()
    for trouble in questions():
        name = next(name for name in free if (name, trouble.suffix) not in asked)
        free.append(free.pop(free.index(name)))
        asked.add((name, trouble.suffix))
        trouble.begin(world, name, slow)
        victims.append(Victim(name, trouble))
    return victims


def wrong_with(victim: Victim, verdict: Mapping[str, Any], unseen: list[dict[str, str]]) -> str:
    """Say what is not as it has to be, empty where all is well.

    Args:
        victim: a repository in trouble.
        verdict: its row in the database.
        unseen: what the run says that could not be seen of this repository.
    """
    trouble, state, problem = victim.trouble, verdict["state"], str(verdict["problem"])
    if isinstance(trouble, OfRepository) and not trouble.judged:
        return "" if state == "failed" and trouble.words in problem else f"{state}: {problem}"
    if state != "scanned":
        return f"{state}: {problem}"
    question = "the repository" if isinstance(trouble, OfRepository) else trouble.question
    said = [f"{one['reason']} {one['permission']}".strip() for one in unseen if one["what"] == question]
    if not trouble.words:
        return f"said: {said}" if said else ""
    return "" if any(trouble.words in one for one in said) else f"nothing of {question!r} said, but {said or 'nothing'}"
