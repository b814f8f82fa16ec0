"""SRV-01: a website has its accessibility statement."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import line_of, plural
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PAGES = re.compile(
    r"(?:^|/)(?:views?|templates?|pages|components|layouts?)/.+\.(?:html|htm|html\.erb|haml|slim|njk|nunjucks|jinja2?|j2|twig|hbs|"
    r"ejs|pug|vue|cshtml|jsp|ftl|scala\.html)$"
)
_STATEMENT = re.compile(r"accessibility[-_ ]?statement|/accessibility(?:\b|\.)", re.IGNORECASE)
_NAMED = re.compile(r"accessibility[-_ ]?statement|/accessibility\.(?:html|njk|erb|haml|slim|md|jinja|vue|twig)", re.IGNORECASE)
_FEWEST = 5


@check(
    id="SRV-01",
    title="The website has an accessibility statement",
    question="If a public website is built from this, does it have an accessibility statement?",
    why="The law asks for one on every website and app of a public body.",
    remediation="Publish the statement with the service and link to it from every page; link to it from the README as well.",
    effort=Effort.DAYS,
    who="service owner",
    grade=Grade.SHOULD,
    method=Method.CANDIDATES,
    sources=(by.cite(by.ACCESSIBILITY_LAW, "regulation 8: accessibility statement"),),
)
def accessibility_statement(context: CheckContext) -> Answer:
    """Look for page templates, then for the statement among paths, pages and routes."""
    pages = [
        p
        for p in context.view.tree
        if _PAGES.search(p) and not kinds.test(p) and not kinds.third_party(p) and not p.startswith("docs/")
    ]
    if len(pages) < _FEWEST:
        return not_applicable("no website is built from this, as far as its files show")
    named_ = next((path for path in sorted(context.view.tree) if _NAMED.search(path) and not kinds.test(path)), "")
    if named_:
        return passed(Evidence("accessibility statement", path=named_))
    for path, data in context.view.read_many(sorted(pages)):
        text = data.decode("utf-8", "replace")
        match = _STATEMENT.search(text)
        if match:
            return passed(Evidence("links to a statement", path=path, line=line_of(text, match[0])))
    return ask(
        "A person says where the accessibility statement is.",
        Evidence(f"{plural(len(pages), 'page template')}", path=min(pages), count=len(pages)),
    )
