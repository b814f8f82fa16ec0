"""DOC-01: a README that says what this is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading.files import document, line_of, plural
from auditor.openness.reading.prose import sentences_of
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_FEWEST_WORDS = 20
_TEMPLATE = re.compile(
    r"this README would normally document whatever steps|This template should help get you started|"
    r"bootstrapped with \[Create React App\]|lorem ipsum|describe your project here|<project[- ]name>|"
    r"Getting started with (?:your )?GitLab\b|"
    r"\[?(?:insert|add|describe|your) (?:a |the )?(?:short )?(?:project|repo(?:sitory)?|app(?:lication)?|service)"
    r"(?: name| title| description)? here\b",
    re.IGNORECASE,
)


@check(
    id="DOC-01",
    title="A README says what this is",
    question="Is there a README of its own that says what the project is?",
    why=(
        "A README is what everybody reads first: it decides whether someone outside understands, uses or reports a fault in the "
        "code."
    ),
    remediation="Write a README: what it is, who it is for, its status, how to install, run and test it, and who looks after it.",
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_README, "what a user expects of a README"),
        by.cite(by.GDS_SOURCE_CODE, "Publish open source code"),
        by.cite(by.NHS_CHECKLIST, "you're clear about who owns the code (mandatory)"),
    ),
)
def readme(context: CheckContext) -> Answer:
    """Count the words of its own prose, and look for the marks of an unfilled template."""
    found = document(context, "readme", folders=("", ".github", "docs"))
    if found is None or found.inherited:
        return failed("no README at the root, in .github or in docs")
    template = _TEMPLATE.search(found.text)
    words = sentences_of(found.text).split()
    if len(words) < _FEWEST_WORDS:
        return failed(Evidence(f"only {plural(len(words), 'word')} beside headings, code and badges", path=found.path))
    if template:
        line = line_of(found.text, template[0])
        return failed(Evidence("still holds the words of a template", path=found.path, line=line))
    return passed(Evidence(plural(len(words), "word"), path=found.path))
