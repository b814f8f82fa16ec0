"""Texts beside the repository: issues, pull requests, comments, releases, gists. Read as they are, stored nowhere.

Each has a name like a path that stays the same: `issues/12`, `pull/7/comments/3`, `releases/v1`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from auditor.github import permissions as needs
from auditor.github.client import RefusedError
from auditor.github.logs import read_logs
from auditor.github.reading import moment
from auditor.model.forge import ForgeText, ForgeTexts, Hidden, TextKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.github.client import Client
    from auditor.model.forge import ForgeFacts

    Reader = Callable[[Client, ForgeFacts, list[tuple[str, str]]], Iterator[ForgeText]]

_REVIEWED: Final = 200
_GISTS: Final = 200
_ALL: Final = {"state": "all", "sort": "created", "direction": "desc"}


def read_texts(client: Client, facts: ForgeFacts, kinds: frozenset[TextKind]) -> ForgeTexts:
    """Read what becomes public with the repository.

    Args:
        client: asks; without its memory, since the texts may hold anything.
        facts: of the repository.
        kinds: what is read; the wiki is a git repository and read elsewhere.
    """
    client = client.forgetful()
    texts, unread = dict[str, ForgeText](), list[tuple[str, str]]()
    for kind in sorted(kinds & _READERS.keys()):
        read, permission = _READERS[kind]
        try:
            for text in read(client, facts, unread):
                texts.setdefault(text.name, text)
        except RefusedError as error:
            unread.append((kind.value, f"{error.hidden(permission)}"))
    return ForgeTexts(tuple(texts.values()), tuple(unread))


def _issues(client: Client, facts: ForgeFacts, _: list[tuple[str, str]]) -> Iterator[ForgeText]:
    if not isinstance(facts.settings, Hidden) and not facts.settings.issues:
        return
    for one in client.items(f"/repos/{facts.full_name}/issues", keep=_thread, parameters=_ALL):
        if not one["pull"]:
            yield _text(f"issues/{one['number']}", one)


def _pull_requests(client: Client, facts: ForgeFacts, _: list[tuple[str, str]]) -> Iterator[ForgeText]:
    for one in client.items(f"/repos/{facts.full_name}/pulls", keep=_thread, parameters=_ALL):
        yield _text(f"pull/{one['number']}", one)


def _comments(client: Client, facts: ForgeFacts, unread: list[tuple[str, str]]) -> Iterator[ForgeText]:
    path = f"/repos/{facts.full_name}"
    for one in client.items(f"{path}/issues/comments", keep=_comment):
        yield _text(f"{'pull' if one['pull'] else 'issues'}/{one['thread']}/comments/{one['id']}", one)
    for one in client.items(f"{path}/pulls/comments", keep=_comment):
        yield _text(f"pull/{one['thread']}/lines/{one['id']}", one)
    for one in client.items(f"{path}/comments", keep=_comment):
        yield _text(f"commit/{one['commit']}/comments/{one['id']}", one)
    numbers = list(client.items(f"{path}/pulls", keep=_number, parameters=_ALL))
    for number in numbers[:_REVIEWED]:
        for one in client.items(f"{path}/pulls/{number}/reviews", keep=_comment):
            yield _text(f"pull/{number}/reviews/{one['id']}", one)
    older = len(numbers) - _REVIEWED
    if older > 0:
        unread.append(("comments", f"reviews of the newest {_REVIEWED} pull requests were read, those of {older:,} older ones not"))


def _releases(client: Client, facts: ForgeFacts, _: list[tuple[str, str]]) -> Iterator[ForgeText]:
    for one in client.items(f"/repos/{facts.full_name}/releases", keep=_release):
        yield _text(f"releases/tag/{one['tag']}", one)


def _gists(client: Client, facts: ForgeFacts, unread: list[tuple[str, str]]) -> Iterator[ForgeText]:
    if isinstance(facts.settings, Hidden) or facts.settings.owned_by_organisation:
        return  # an organisation has none
    owner = facts.full_name.partition("/")[0]
    known = list(client.items(f"/users/{owner}/gists", keep=_gist))
    for one in known[:_GISTS]:
        yield _text(f"gists/{one['id']}", one)
        for name, content, cut in client.get(f"/gists/{one['id']}", keep=_files):
            yield ForgeText(f"gists/{one['id']}/{name}", content.encode("utf-8", "surrogatepass"))
            if cut:
                unread.append((f"gists/{one['id']}/{name}", "only its beginning was read"))
    if len(known) > _GISTS:
        unread.append(("gists", f"the newest {_GISTS} were read, {len(known) - _GISTS:,} older ones not"))


_READERS: Final[dict[TextKind, tuple[Reader, str]]] = {
    TextKind.ISSUES: (_issues, needs.ISSUES),
    TextKind.PULL_REQUESTS: (_pull_requests, needs.PULL_REQUESTS),
    TextKind.COMMENTS: (_comments, f"{needs.ISSUES}, {needs.PULL_REQUESTS} and {needs.CONTENTS}"),
    TextKind.RELEASES: (_releases, needs.CONTENTS),
    TextKind.GISTS: (_gists, needs.METADATA),
    TextKind.LOGS: (read_logs, needs.ACTIONS),
}


def _text(name: str, one: dict[str, Any]) -> ForgeText:
    content = "\n\n".join(part for part in (one.get("title"), one.get("body")) if part)
    return ForgeText(name, content.encode("utf-8", "surrogatepass"), moment(one.get("created")))


def _thread(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {
        "number": int(one["number"]),
        "pull": "pull_request" in one,
        "title": str(one["title"]),
        "body": str(one.get("body") or ""),
        "created": one.get("created_at"),
    }


def _comment(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    thread = str(one.get("issue_url") or one.get("pull_request_url") or "")
    return {
        "id": int(one["id"]),
        "thread": thread.rpartition("/")[2],
        "pull": "/pull/" in str(one.get("html_url") or ""),
        "commit": str(one.get("commit_id") or "")[:12],
        "body": str(one.get("body") or ""),
        "created": one.get("created_at") or one.get("submitted_at"),
    }


def _number(one: Any) -> int:  # noqa: ANN401  JSON
    return int(one["number"])


def _release(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    names = [str(asset["name"]) for asset in one.get("assets") or ()]
    body = "\n".join([str(one.get("body") or ""), *names])
    return {"tag": str(one["tag_name"]), "title": str(one.get("name") or ""), "body": body, "created": one.get("created_at")}


def _gist(one: Any) -> dict[str, Any]:  # noqa: ANN401  JSON
    return {"id": str(one["id"]), "title": str(one.get("description") or ""), "created": one.get("created_at")}


def _files(answer: Any) -> list[tuple[str, str, bool]]:  # noqa: ANN401  JSON
    files = (file for file in answer["files"].values() if file)
    return [(str(file["filename"]), str(file.get("content") or ""), bool(file.get("truncated"))) for file in files]
