"""SEC-07: no environment file with values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Effort, Grade
from auditor.openness.authorities import OPEN_OR_CLOSED, cite
from auditor.openness.mirror import is_secret, mirror
from auditor.openness.registry import check
from auditor.openness.subjects import is_environment_file

if TYPE_CHECKING:
    from auditor.model.finding import Finding
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_TEMPLATE: Final = re.compile(r"example|sample|template|dist$|default|test|ci$")


@check(
    id="SEC-07",
    title="No environment file with values",
    question="Is there a .env file, or one like it, that holds real values?",
    why="Such files hold the keys of a running service by their purpose.",
    remediation="Keep .env.example with placeholders, ignore the others, replace what they held.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.BLOCKER,
    sources=(cite(OPEN_OR_CLOSED, "Keys and credentials"),),
    mirrors_findings=True,
)
def environment_files(context: CheckContext) -> Answer:
    """No environment file with values."""
    return mirror(context, _concerns, "no environment file with secret values", lambda place: _is_environment_file(place.path))


def _concerns(finding: Finding) -> bool:
    return is_secret(finding) or is_environment_file(finding)


def _is_environment_file(path: str | None) -> bool:
    name = (path or "").rpartition("/")[2]
    return (name == ".env" or name.startswith((".env.", ".envrc")) or name.endswith(".env")) and not _TEMPLATE.search(name)
