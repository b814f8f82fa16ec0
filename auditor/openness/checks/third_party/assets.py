"""TPL-04: fonts, crests and data that others own."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence, Method
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import ask, passed
from auditor.openness.reading.files import plural, shortened
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_ASSETS = (
    (
        "the typeface GDS Transport, licensed for GOV.UK services only",
        re.compile(
            r"(?:^|/)(?:light|bold)-[0-9a-f]{10}-v\d\.woff2?$|gds-?transport|(?:^|/)nta[-_].*\.(?:woff2?|ttf|eot|otf)$",
            re.IGNORECASE,
        ),
    ),
    (
        "a typeface that is sold",
        re.compile(
            r"(?:frutiger|helvetica|gotham|proxima|futura|avenir|univers|arial|verdana|calibri|segoe|gill-?sans|"
            r"fs-?me)[^/]*\.(?:woff2?|ttf|otf|eot)$",
            re.IGNORECASE,
        ),
    ),
    (
        "a crest or coat of arms",
        re.compile(
            r"(?:govuk-crest|royal-(?:coat|arms)|coat-of-arms|(?:^|[/_-])crest[._-])[^/]*(?:\.(?:svg|png|jpe?g|gif|webp))?$",
            re.IGNORECASE,
        ),
    ),
    (
        "a logo of a body",
        re.compile(
            r"(?:nhs|govuk|gov-uk|hm-?government|hmrc|moj|dwp|defra)[-_]?(?:logo|logotype)[^/]*\.(?:svg|png|jpe?g|gif)$",
            re.IGNORECASE,
        ),
    ),
    (
        "address data of Royal Mail or Ordnance Survey",
        re.compile(
            r"(?:^|[/_-])(?:paf|addressbase|abp|osmm|mastermap|nlpg|onsud|nspl|onspd)[^/]*\.(?:csv|zip|gz|parquet|sqlite|"
            r"gpkg|shp|txt)$",
            re.IGNORECASE,
        ),
    ),
)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)$", re.IGNORECASE)
_IMAGE = re.compile(r"\.(?:svg|png|jpe?g|gif|webp|woff2?|ttf|otf|eot|csv|zip|gz|parquet|sqlite|gpkg|shp|txt)$", re.IGNORECASE)
_OPEN_FONT = re.compile(r"^(?:ofl|licen[cs]e|copying)", re.IGNORECASE)


@check(
    id="TPL-04",
    title="Fonts, crests and data of others may be published",
    question="Does the repository hold typefaces, crests, logos or address data that others own, and may they be published?",
    why=(
        "The code's licence cannot cover them. Crests and the typeface of GOV.UK are reserved; address data is sold under contract."
    ),
    remediation="Take them out, or say in the README that they are not covered by the licence and on which ground they are here.",
    effort=Effort.HOURS,
    who="technical lead",
    grade=Grade.MUST,
    method=Method.CANDIDATES,
    sources=(
        by.cite(by.OPEN_SOFTWARE_LICENCES, "third party rights"),
        by.cite(by.CLOSED_ASSETS, "fonts and the crown"),
    ),
)
def assets_of_others(context: CheckContext) -> Answer:
    """Tell them by their names; a person decides."""
    found: list[Evidence] = []
    folders = {posixpath.dirname(path) for path in context.view.tree if _OPEN_FONT.match(posixpath.basename(path)) and "/" in path}
    fonts = 0
    for path in sorted(context.view.tree):
        if not _IMAGE.search(path):
            continue
        kind = next((name for name, pattern in _ASSETS if pattern.search(path)), "")
        if kind:
            found.append(Evidence(kind, path=path))
        elif _FONT.search(path):
            fonts += 1
            if posixpath.dirname(path) not in folders:
                found.append(Evidence("a typeface without its licence beside it", path=path))
    if found:
        return ask("A person says on which ground these are published, or takes them out.", *shortened(found))
    return passed(
        Evidence(
            f"{plural(fonts, 'typeface')} with a licence beside it"
            if fonts
            else "no typefaces, crests, logos or address data by name"
        )
    )
