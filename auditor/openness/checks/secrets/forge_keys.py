"""SEC-13: deploy keys, hooks and stored secrets were reviewed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.forge import NOT_ASKED, Hidden
from auditor.model.levels import Effort, Grade
from auditor.openness.answer import failed, not_checked, passed
from auditor.openness.authorities import CMS_CHECKLIST, SCORECARD, cite
from auditor.openness.reading.files import shortened
from auditor.openness.reading.forge import told
from auditor.openness.reading.workflows import workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


@check(
    id="SEC-13",
    title="Deploy keys, hooks and stored secrets were reviewed",
    question="Are the deploy keys, hooks and stored secrets of the repository known and needed?",
    why="A public repository invites pull requests; what can write or holds rights has to be known before that.",
    remediation="List them in the settings, remove what nobody uses, and limit the others to reading.",
    effort=Effort.HOURS,
    who="repository administrator",
    grade=Grade.SHOULD,
    method=Method.API,
    sources=(cite(SCORECARD, "Webhooks"), CMS_CHECKLIST),
)
def forge_keys(context: CheckContext) -> Answer:
    """What can write, what is sent unprotected and what nobody uses fails; whatever else there is, is listed."""
    facts = told(context)
    parts = (facts.deploy_keys, facts.hooks, facts.stored_secrets, facts.dependabot_secrets)
    if all(part == NOT_ASKED for part in parts):
        return not_checked("Keys, hooks and stored secrets are read from the forge, which was not asked.")
    unseen = [str(part) for part in parts if isinstance(part, Hidden)]
    wrong, fine = list[str](), list[str]()
    for key in () if isinstance(facts.deploy_keys, Hidden) else facts.deploy_keys:
        (fine if key.read_only else wrong).append(f"deploy key “{key.title}” can {'only read' if key.read_only else 'write'}")
    for hook in () if isinstance(facts.hooks, Hidden) else facts.hooks:
        weak = [] if hook.verifies_tls else ["without checking its certificate"]
        weak += [] if hook.signed else ["without a signature"]
        told_of = f"hook to {hook.host or 'an address'}, on {', '.join(hook.events[:5])}"
        (wrong if weak and hook.active else fine).append(f"{told_of}{': ' if weak else ''}{' and '.join(weak)}")
    for name in () if isinstance(facts.stored_secrets, Hidden) else facts.stored_secrets:
        used = any(name in workflow.text or "secrets: inherit" in workflow.text for workflow in workflows(context))
        (fine if used else wrong).append(f"stored secret {name}{'' if used else ' is used by no workflow'}")
    fine += [] if isinstance(facts.dependabot_secrets, Hidden) else [f"Dependabot's {name}" for name in facts.dependabot_secrets]
    if wrong:
        return failed(*shortened([Evidence(text) for text in wrong], 20))
    seen = shortened([Evidence(text) for text in fine], 20)
    if unseen:
        return not_checked(f"The forge was asked for keys, hooks and stored secrets: {'; '.join(dict.fromkeys(unseen))}.", *seen)
    return passed(*seen) if seen else passed("no deploy keys, hooks or stored secrets")
