"""All that GitHub tells of one repository for the checks, question by question; what is not told is said with the permission."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import UsageError
from auditor.github import access_facts, alert_facts, repository_facts
from auditor.github import permissions as needs
from auditor.github.client import RefusedError
from auditor.model.forge import ForgeFacts, Hidden
from auditor.model.organisation import NotVisible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from auditor.github.client import Client

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}/[\w.-]{1,100}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field of `ForgeFacts` that it fills, its name in words, and the permission that it needs."""

    field: str
    what: str
    permission: str
    ask: Callable[[Client, Mapping[str, Any]], Any]


_FOR_EVERYBODY: Final = frozenset({needs.METADATA, needs.CONTENTS, needs.ACTIONS})
_FOR_ADMINISTRATORS: Final = frozenset({needs.ADMINISTRATION, needs.WEBHOOKS})
_OF_AN_INSTALLATION: Final = "ghs_"
"""How tokens of Apps and of workflows begin: their rights are their own, whatever the role says."""

OF_REPOSITORY: Final = (
    Question("scanning", "secret scanning and push protection", needs.ADMINISTRATION, repository_facts.scanning),
    Question("protection", "protection of the default branch", needs.METADATA, repository_facts.protection),
    Question("private_reporting", "private vulnerability reporting", needs.METADATA, repository_facts.private_reporting),
    Question("updates", "Dependabot alerts and updates being on", needs.ADMINISTRATION, repository_facts.updates),
    Question("secret_alerts", "alerts of secret scanning", needs.ALERTS_ON_SECRETS, alert_facts.secret_alerts),
    Question("generic_alerts", "alerts of secret scanning on generic types", needs.ALERTS_ON_SECRETS, alert_facts.generic_alerts),
    Question("dependency_alerts", "alerts on dependencies", needs.ALERTS_ON_DEPENDENCIES, alert_facts.dependency_alerts),
    Question("code_scanning", "alerts of code scanning", needs.ALERTS_ON_CODE, alert_facts.code_scanning),
    Question("community", "the community profile", needs.METADATA, repository_facts.community),
    Question("owners_errors", "errors in CODEOWNERS", needs.CONTENTS, repository_facts.owners_errors),
    Question("deploy_keys", "deploy keys", needs.ADMINISTRATION, access_facts.deploy_keys),
    Question("hooks", "webhooks", needs.WEBHOOKS, access_facts.hooks),
    Question("stored_secrets", "names of stored secrets", needs.SECRETS, access_facts.stored_secrets),
    Question("dependabot_secrets", "names of Dependabot's secrets", needs.DEPENDABOT_SECRETS, access_facts.dependabot_secrets),
    Question("actions", "what workflows may do", needs.ADMINISTRATION, access_facts.actions),
    Question("runs", "workflow runs and artefacts", needs.ACTIONS, access_facts.runs),
    Question("own_runners", "self-hosted runners", needs.ADMINISTRATION, access_facts.own_runners),
)


class Gatherer:
    """Gathers the facts of repositories; what belongs to their owner is asked once."""

    def __init__(self, client: Client) -> None:
        """Begin with nothing."""
        self._client = client
        self._defaults: dict[str, tuple[tuple[str, str], ...] | Hidden] = {}
        self._second_factor: dict[str, Any] = {}

    def facts(self, full_name: str) -> ForgeFacts:
        """Ask everything about `owner/name`. Failures are part of the answer.

        Raises:
            UsageError: that is not the name of a repository.
        """
        if not _NAME.match(full_name) or full_name.endswith(("/.", "/..")):
            msg = "That is not the name of a repository on GitHub."
            raise UsageError(msg, hint="Write it as OWNER/NAME.")
        page = f"{self._client.access.web}/{full_name}"
        try:
            kept = self._client.get(f"/repos/{full_name}", keep=repository_facts.page)
        except RefusedError as error:
            hidden = error.hidden(needs.METADATA)
            fields = {question.field: hidden for question in OF_REPOSITORY}
            unseen = NotVisible("the repository", full_name, hidden.reason, hidden.permission)
            return ForgeFacts(full_name, page, settings=hidden, **fields, not_visible=(unseen,))
        answers = {question.field: self._answer(question, kept) for question in OF_REPOSITORY}
        owner = kept["full_name"].partition("/")[0]
        answers["defaults"] = self._of_owner(owner)
        if kept["organisation"]:
            answers["second_factor"] = self._members(owner)
        what = {question.field: question.what for question in OF_REPOSITORY}
        what |= {"defaults": "the organisation's default files", "second_factor": "the second factor of members"}
        unseen_fields = [(field, answer) for field, answer in answers.items() if isinstance(answer, Hidden)]
        return ForgeFacts(
            full_name=kept["full_name"],
            page=str(kept["html_url"] or page),
            settings=repository_facts.settings(kept),
            **answers,
            not_visible=tuple(
                NotVisible(what[field], kept["full_name"], hidden.reason, hidden.permission) for field, hidden in unseen_fields
            ),
        )

    def _answer(self, question: Question, kept: Mapping[str, Any]) -> Any:  # noqa: ANN401  the field's own type, or Hidden
        if self._in_vain(question, kept):
            return Hidden("only those who administer the repository are told", question.permission)
        try:
            return question.ask(self._client, kept)
        except RefusedError as error:
            if "upgrade to github" in error.message:
                return Hidden("the plan of the account does not offer it for private repositories")
            if "disabled" in error.message or "not available for archived" in error.message:
                return Hidden("it is switched off")
            return error.hidden(question.permission)

    def _in_vain(self, question: Question, kept: Mapping[str, Any]) -> bool:
        """Tell whether asking would only cost one of the few requests that a token has: it is plain that nothing is told."""
        access, role = self._client.access, kept["permissions"]
        if not (access.token or access.app):
            return question.permission not in _FOR_EVERYBODY
        of_a_person = bool(access.token) and not access.token.startswith(_OF_AN_INSTALLATION)
        return of_a_person and bool(role) and not role.get("admin") and question.permission in _FOR_ADMINISTRATORS

    def _of_owner(self, owner: str) -> tuple[tuple[str, str], ...] | Hidden:
        answer: tuple[tuple[str, str], ...] | Hidden = self._once(self._defaults, owner, repository_facts.default_files)
        return answer

    def _members(self, owner: str) -> Any:  # noqa: ANN401  SecondFactor, or Hidden
        return self._once(self._second_factor, owner, access_facts.second_factor)

    def _once(self, known: dict[str, Any], owner: str, ask: Callable[[Client, str], Any]) -> Any:  # noqa: ANN401  as above
        """Ask about an owner, and again for the next repository only where the answer was lost."""
        if owner in known:
            return known[owner]
        lost = self._client.tally.lost
        answer = ask(self._client, owner)
        if self._client.tally.lost == lost:
            known[owner] = answer
        return answer
