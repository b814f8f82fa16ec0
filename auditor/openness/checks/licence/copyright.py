"""LIC-04: who holds the copyright, and since when."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading.files import document, plural
from auditor.openness.reading.licences import full_licences, licence_files
from auditor.openness.reading.survey import COPYRIGHT, survey
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_PLACEHOLDER = re.compile(
    r"<\s*(?:year|copyright holders?|owner|name)[^>]*>|\[\s*(?:yyyy|year|name of copyright owner|fullname|name)[^\]]*\]|"
    r"\{\{?\s*(?:year|organi[sz]ation)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_NOT_AN_OWNER = re.compile(
    r"^(?:notices?|holders?|owners?|laws?|licen[cs]es?|and|or|in|is|of|the (?:copyright|above|following|work)|protection|"
    r"statement|interest|disclaimer)\b",
    re.IGNORECASE,
)
_WAIVED = {"CC0-1.0", "Unlicense", "WTFPL", "0BSD"}
_EARLIEST = 1970
_MOST = 200


@check(
    id="LIC-04",
    title="The copyright owner is stated",
    question="Does a copyright line name the owner and a plausible year?",
    why=(
        "A licence is worth what its giver owns. For work of civil servants that is the Crown, for an arm's length body the body "
        "itself."
    ),
    remediation="Write a line such as `Copyright (c) 2026 Crown Copyright (Name of the body)` into the licence file.",
    effort=Effort.MINUTES,
    who="technical lead",
    grade=Grade.MUST,
    sources=(
        by.cite(by.GDS_LICENSING, "Copyright notice"),
        by.HOME_OFFICE_LICENSING,
        by.cite(by.OPEN_SOFTWARE_LICENCES, "Commissioned works"),
    ),
)
def copyright_stated(context: CheckContext) -> Answer:
    """Look for a copyright line in the licence file, NOTICE, README, then in the headers of the code."""
    if not licence_files(context):
        return not_applicable("there is no licence file (LIC-01)")
    if full_licences(context) and set(full_licences(context)) <= _WAIVED:
        return not_applicable(f"{', '.join(full_licences(context))} waives copyright")
    odd: list[Evidence] = []
    texts_by_path = {file.path: file.text for file in licence_files(context)}
    for stem in ("notice", "copyright", "authors", "readme"):
        more = document(context, stem)
        if more is not None and not more.inherited:
            texts_by_path.setdefault(more.path, more.text)
    for path, text in texts_by_path.items():
        for match in islice(COPYRIGHT.finditer(text), _MOST):
            said = _judge(match, text, context.today.year)
            evidence = Evidence(said or f"“{match[0].strip()[:100]}”", path=path, line=text.count("\n", 0, match.start()) + 1)
            if said == "":
                return passed(evidence)
            if said:
                odd.append(evidence)
    seen = survey(context)
    if seen.copyrights:
        place = seen.copyrights[0]
        more_text = f"“{place.text[:100]}”, and so in {plural(seen.with_copyright, 'source file')}"
        return passed(Evidence(more_text, path=place.path, line=place.line))
    return failed(*odd[:3]) if odd else failed(Evidence("no copyright line names an owner", path=licence_files(context)[0].path))


def _judge(match: re.Match[str], text: str, this_year: int) -> str | None:
    """Return None for what is no copyright line, "" for a good one, otherwise what is wrong with it."""
    owner = match["owner"].strip(" .,:*_-|")
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
    if _PLACEHOLDER.search(line):
        return "the copyright line still holds the placeholder of the template"
    years = [int(year) for year in re.findall(r"\d{4}", match["years"] or "") or re.findall(r"\b(?:19|20)\d\d\b", owner)]
    crown = "crown" in line.lower()
    if (not years and not crown) or _NOT_AN_OWNER.match(owner):
        return None
    if not crown and not _WORD.search(owner):
        return None
    if any(not _EARLIEST <= year <= this_year + 1 for year in years):
        return f"the copyright line names the year {max(years)}"
    return ""
