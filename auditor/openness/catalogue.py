"""The page that lists every check, made from the registry: `python -m auditor.openness.catalogue > docs/checks.md`."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING

from auditor.model.check import Method
from auditor.openness.registry import CHECKS

if TYPE_CHECKING:
    from auditor.model.check import CheckInfo, Source

_HOW = {
    Method.OFFLINE: "from the repository",
    Method.API: "needs the forge",
    Method.HUMAN: "a person answers",
    Method.CANDIDATES: "the tool lists, a person decides",
}
_HEAD = """# The checks

This page is made from the checks themselves; `auditor explain ID` shows the same in full. The grade is that of the default: a
policy pack may change it. *Blocker*: not ready while it fails. *Must*: fixed, or answered for by a person. *Should*: advice.
*Info*: for your knowledge.

What needs the forge is said to be not checked, with where to look; what only a person can say is asked for in `openness.yml`.
Neither ever counts as passed.
"""


def markdown() -> str:
    """Return the page."""
    infos = sorted((check.info for _, check in CHECKS.items()), key=lambda info: (info.group, info.id))
    parts = [_HEAD, f"{len(infos)} checks in {len({info.group for info in infos})} groups.\n"]
    for group, members in groupby(infos, key=lambda info: info.group):
        parts.append(f"## {group.replace('_', ' ').capitalize()}\n")
        parts.append("| id | question | grade | how | source |\n|---|---|---|---|---|")
        parts += [_row(info) for info in members]
        parts.append("")
    return "\n".join(parts)


def _row(info: CheckInfo) -> str:
    sources = "<br>".join(_source(source) for source in info.sources)
    return f"| {info.id} | {_cell(info.question)} | {info.grade.value} | {_HOW[info.method]} | {sources} |"


def _source(source: Source) -> str:
    name = f"[{_cell(source.document)}]({source.url})" if source.url else _cell(source.document)
    rest = [part for part in (source.section, source.date) if part]
    return name + (f" ({_cell('; '.join(rest))})" if rest else "")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    sys.stdout.write(markdown())
