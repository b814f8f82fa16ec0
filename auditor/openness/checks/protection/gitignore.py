"""PRO-07: .gitignore keeps secrets of this stack out."""

from __future__ import annotations

import posixpath
import re
import warnings
from typing import TYPE_CHECKING

from pathspec import GitIgnoreSpec

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import read
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_DOTENV = re.compile(
    r"(?:^|/)(?:\.env\.\w+|\.?env\.(?:example|sample|template|dist)|(?:docker-)?compose(?:\.[\w-]+)?\.ya?ml|\.envrc|\.flaskenv)$"
)
_MANIFESTS = ("package.json", "Pipfile", "pyproject.toml", "requirements.txt", "requirements.in", "Gemfile", "composer.json")
_DOTENV_LIBRARY = re.compile(
    r"\bdotenv\b|\bpython-decouple\b|\bdjango-environ\b|\benviron(?:s|-config)\b|\bforeman\b", re.IGNORECASE
)
_TERRAFORM = ("Terraform", "terraform.tfstate")
_IGNORE = ".gitignore"
_MOST_LINES = 5_000
_LONGEST_LINE = 300


@check(
    id="PRO-07",
    title=".gitignore covers secrets",
    question="Does .gitignore keep out the files in which this stack holds secrets?",
    why="The commonest leak is a local file that was added with everything else. An ignored file has to be added on purpose.",
    remediation=(
        "Add the names that are missing to .gitignore: `.env`, `*.tfstate*`, `config/master.key`, and private keys such as `*.pem`."
    ),
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.SHOULD,
    sources=(by.cite(by.OSPS, "OSPS-BR-07.01"), by.HOME_OFFICE_SECRETS),
)
def secrets_ignored(context: CheckContext) -> Answer:
    """Try the usual names of secret files against the .gitignore of the folder that holds the stack."""
    wanted = _wanted(context)
    if not wanted:
        return not_applicable("no stack whose local files are known to hold secrets")
    rules = {folder: _rules(context, folder) for folder in {"", *(folder for _, folder, _ in wanted)}}
    good: list[Evidence] = []
    missing: list[Evidence] = []
    for stack, folder, name in wanted:
        path = posixpath.join(folder, name)
        ignored = rules[""].match_file(path) or (folder and rules[folder].match_file(name))
        place = _IGNORE if rules[""].match_file(path) else posixpath.join(folder, _IGNORE)
        (good if ignored else missing).append(
            Evidence(f"{path} ({stack}) is {'' if ignored else 'not '}ignored", path=place if place in context.view.tree else None)
        )
    return failed(*missing) if missing else passed(*good)


def _wanted(context: CheckContext) -> list[tuple[str, str, str]]:
    """Return which names must be ignored, and below which folder: stack, folder, name."""
    wanted = []
    tree = context.view.tree
    if ".env" not in tree and _reads_dotenv(context):
        wanted.append(("local settings", "", ".env"))
    if "config/credentials.yml.enc" in tree:
        wanted.append(("Rails credentials", "", "config/master.key"))
    terraform = sorted(
        posixpath.dirname(p) for p in context.view.tree if p.endswith(".tf") and not kinds.test(p) and not kinds.third_party(p)
    )
    if terraform:
        wanted.append((_TERRAFORM[0], terraform[0], _TERRAFORM[1]))
    return wanted


def _reads_dotenv(context: CheckContext) -> bool:
    """Tell whether something in the tip reads a local `.env` file."""
    if any(_DOTENV.search(path) and not kinds.test(path) and not kinds.third_party(path) for path in context.view.tree):
        return True
    texts = (read(context, path) for path in _MANIFESTS)
    return any(text and _DOTENV_LIBRARY.search(text) for text in texts)


def _rules(context: CheckContext, folder: str) -> GitIgnoreSpec:
    """Compile the patterns, those left out that git would not take either."""
    text = read(context, posixpath.join(folder, _IGNORE)) or ""
    lines = [line for line in text.splitlines()[:_MOST_LINES] if len(line) < _LONGEST_LINE]
    return _compiled(lines) or _compiled([line for line in lines if _compiled([line])]) or GitIgnoreSpec([])


def _compiled(lines: list[str]) -> GitIgnoreSpec | None:
    """Compile with the backend that takes any number of patterns; a set such as `[[` only warns."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return GitIgnoreSpec.from_lines(lines, backend="simple")
    except (ValueError, re.error):
        return None
