"""ARC-03: workflows log in without stored keys."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import shortened
from auditor.openness.reading.workflows import actions, workflows
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_SHORT = re.compile(
    r"role-to-assume:|workload_identity_provider:|id-token:[ \t]*write|pypa/gh-action-pypi-publish|method:[ \t]*jwt\b"
)
_STORED = re.compile(
    r"(?:aws-access-key-id|AWS_SECRET_ACCESS_KEY|aws-secret-access-key|credentials_json|AZURE_CREDENTIALS|creds|"
    r"GOOGLE_CREDENTIALS)['\"]?\s*[:=]\s*['\"]?\$\{\{\s*secrets\.",
    re.IGNORECASE,
)


@check(
    id="ARC-03",
    title="Workflows log in without stored cloud keys",
    question="Do workflows reach the cloud through OpenID Connect rather than with stored keys?",
    why="A stored key works for whoever gets hold of it, until somebody changes it; an OIDC login is good for one run.",
    remediation=(
        "Set up OpenID Connect between the forge and the cloud account, bound to this repository and branch; delete the stored "
        "keys."
    ),
    effort=Effort.HOURS,
    who="developer, with the platform team",
    grade=Grade.SHOULD,
    sources=(
        by.cite(by.GDS_ACTIONS, "Authenticating with AWS and other external services"),
        by.cite(by.NHS_ACTIONS, "OIDC Integration"),
    ),
)
def workload_identity(context: CheckContext) -> Answer:
    """Look for both ways in workflows and composite actions."""
    stored: list[Evidence] = []
    short: list[Evidence] = []
    for workflow in (*workflows(context), *actions(context)):
        for pattern, into, text in (
            (_STORED, stored, "logs in with a stored key"),
            (_SHORT, short, "logs in through OpenID Connect"),
        ):
            match = pattern.search(workflow.text)
            if match:
                into.append(Evidence(text, path=workflow.path, line=workflow.text.count("\n", 0, match.start()) + 1))
    if stored:
        return failed(*shortened(stored))
    return passed(*shortened(short, 3)) if short else not_applicable("no workflow logs in to a cloud")
