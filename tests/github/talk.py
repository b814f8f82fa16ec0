"""A pull request's comments on the GitHub of this machine: listed, written, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.github.server import GitHub, Request


class Talk:
    """The comments of one pull request."""

    def __init__(self, github: GitHub, repository: str, number: int) -> None:
        self.github = github
        self.comments: list[dict[str, Any]] = []
        self.example = github.api.example("/repos/{owner}/{repo}/issues/{issue_number}/comments")[0]
        repo = github.repository(repository)
        repo[f"/issues/{number}/comments"] = self._listed
        for identity in range(1, 300):
            repo[f"/issues/comments/{identity}"] = self._changed

    def add(self, body: str, *, kind: str = "Bot", association: str = "NONE") -> dict[str, Any]:
        user = self.example["user"] | {"login": "x", "type": kind}
        comment: dict[str, Any] = self.example | {
            "id": len(self.comments) + 1,
            "body": body,
            "user": user,
            "author_association": association,
        }
        self.comments.append(comment)
        return comment

    def bodies(self) -> list[str]:
        return [str(comment["body"]) for comment in self.comments]

    def _listed(self, request: Request) -> object:
        return self.add(request.body["body"]) if request.method == "POST" else self.comments

    def _changed(self, request: Request) -> object:
        comment = self.comments[int(request.names["comment_id"]) - 1]
        comment["body"] = request.body["body"]
        return comment
