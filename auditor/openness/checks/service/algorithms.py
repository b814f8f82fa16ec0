"""SRV-02: tools that decide or advise are recorded."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import document, line_of, read
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_LIBRARIES = re.compile(
    r"(?:^|[\s\"'{,])(?P<name>scikit-learn|sklearn|tensorflow|torch|pytorch|keras|xgboost|lightgbm|catboost|"
    r"transformers|spacy|prophet|"
    r"openai|anthropic|langchain[\w-]*|llama-index|@?tensorflow/tfjs[\w-]*|caret|tidymodels|mlflow|"
    r"sentence-transformers)[\"'\s=<>~:,@\[]",
    re.IGNORECASE | re.MULTILINE,
)
_RECORD = re.compile(r"algorithmic transparency|\bATRS\b|algorithmic-transparency-records", re.IGNORECASE)
_MANIFESTS = (
    "requirements.txt",
    "requirements.in",
    "pyproject.toml",
    "Pipfile",
    "package.json",
    "environment.yml",
    "DESCRIPTION",
    "Gemfile",
    "setup.py",
)


@check(
    id="SRV-02",
    title="Algorithmic tools are on the public record",
    question="If this code decides or advises on people, is there an Algorithmic Transparency Record for it?",
    why="Central government publishes a record of each algorithmic tool with influence on decisions or in contact with the public.",
    remediation="Publish an ATRS record and link to it from the README, or attest that the tool is out of scope.",
    effort=Effort.DAYS,
    who="service owner",
    grade=Grade.INFO,
    method=Method.HUMAN,
    sources=(by.ATRS,),
)
def algorithmic_record(context: CheckContext) -> Answer:
    """Ask where libraries of machine learning are in the manifests."""
    readme = document(context, "readme")
    match = _RECORD.search(readme.text) if readme else None
    if readme and match:
        return passed(Evidence("refers to the record", path=readme.path, line=line_of(readme.text, match[0])))
    for path in sorted(context.view.tree):
        if posixpath.basename(path) in _MANIFESTS and not kinds.third_party(path) and not kinds.test(path):
            text = read(context, path) or ""
            found = _LIBRARIES.search(text)
            if found:
                seen = Evidence(f"uses {found['name']}", path=path, line=text.count("\n", 0, found.start("name")) + 1)
                return ask("A person says whether the tool is in scope of the ATRS.", seen)
    return not_applicable("no library of machine learning in the manifests")
