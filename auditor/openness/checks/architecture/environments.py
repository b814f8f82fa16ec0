"""ARC-04: each environment has its own secrets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.model.rule import Category
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PRODUCTION = re.compile(r"(?:^|/)(?:prod|production|live)(?:[/.]|$)|[._-](?:prod|production)\.[a-z]+$", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:^|[/._-])(?:dev|development|test|testing|staging|stage|stg|preprod|pre-prod|uat|qa|int|integration|sandbox|demo|"
    r"local)(?:[/._-]|$)",
    re.IGNORECASE,
)
_SECRETS = {Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY}
_SETTINGS = frozenset(
    {"yml", "yaml", "json", "env", "tf", "tfvars", "ini", "properties", "conf", "toml", "rb", "py", "xml", "js", "ts", ""}
)


@check(
    id="ARC-04",
    title="Each environment has its own secrets",
    question="Is no secret shared between production and other environments?",
    why="A test value that also opens production makes every fixture a leak.",
    remediation="Give each environment its own secrets, and change those that were shared.",
    effort=Effort.DAYS,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.OPEN_OR_CLOSED, "Keys and credentials: different keys for different environments"),
        by.cite(by.HOME_OFFICE_SECRETS, "Secrets used in production must be unique"),
    ),
)
def separate_environments(context: CheckContext) -> Answer:
    """A secret with places in production and in other settings is shared; nothing more can be said from here."""
    shared = []
    for finding in context.findings:
        if finding.category not in _SECRETS or finding.suppression:
            continue
        paths = {place.path for place in finding.locations if place.path}
        production = next((path for path in sorted(paths) if _PRODUCTION.search(path) and not _OTHER.search(path)), None)
        other = next((path for path in sorted(paths) if _OTHER.search(path) and not _PRODUCTION.search(path)), None)
        if production and other:
            shared.append(Evidence(f"the same value ({finding.title}) as in {other}", path=production))
    if shared:
        return failed(*shortened(shared))
    settings = [
        p
        for p in context.view.tree
        if kinds.extension(p) in _SETTINGS and _PRODUCTION.search(p) and not kinds.third_party(p) and not kinds.test(p)
    ]
    if not settings:
        return not_applicable("no settings for a production environment in the tree")
    return passed(
        Evidence(
            f"no secret found in both; {plural(len(settings), 'file')} for production", path=min(settings), count=len(settings)
        )
    )
