"""Office documents (Office Open XML and OpenDocument): the text as a reader sees it, taken out of the parts of a zip.

Text is joined over runs, because a word processor cuts a password into three of them. Parts that hold no text of their own
(relations, connections, settings) stay XML: they hold addresses and passwords as attributes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from auditor.sources.containers.budget import Closed, Member, Reason
from auditor.sources.containers.sheets import OdsTarget, SharedStrings, SheetNames, SheetTarget
from auditor.sources.containers.xmltext import FlowTarget, PropertyTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from auditor.sources.containers.budget import Budget
    from auditor.sources.containers.xmltext import Target

_FEED: Final = 64 * 1024
_FLOW: Final = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments\w*)\.xml"
    r"|ppt/(slides|notesSlides|notesMasters|slideLayouts|slideMasters|handoutMasters|comments|diagrams)/[^/]+\.xml"
    r"|xl/(comments\d*|threadedComments/[^/]+|drawings/[^/]+|comments/[^/]+)\.xml"
    r"|(word|xl|ppt)/diagrams/[^/]+\.xml|(styles|content)\.xml"
)
_PROPERTIES: Final = re.compile(r"docProps/\w+\.xml|meta\.xml|docMetadata/LabelInfo\.xml|customXml/item\d+\.xml")
_SHEET: Final = re.compile(r"xl/worksheets/[^/]+\.xml")
_SPREADSHEET: Final = b"opendocument.spreadsheet"
SHARED: Final = "xl/sharedStrings.xml"
WORKBOOK: Final = "xl/workbook.xml"
MANIFEST: Final = "META-INF/manifest.xml"
FIRST: Final = (SHARED, WORKBOOK, MANIFEST, "mimetype")
_SEALED: Final = frozenset({"content.xml", "styles.xml", "meta.xml", "settings.xml"})


def is_office(names: Mapping[str, object]) -> bool:
    """Tell an office document from another archive."""
    return "[Content_Types].xml" in names or ("mimetype" in names and MANIFEST in names)


class Document:
    """Turns the parts of one document into text; spreadsheets need what earlier parts said."""

    def __init__(self, budget: Budget) -> None:
        """Begin a document whose text counts against this budget."""
        self._budget = budget
        self._strings = SharedStrings()
        self._sheets = SheetNames()
        self._spreadsheet = False
        self._encrypted = False

    def part(self, name: str, data: bytes) -> Iterator[Member | Closed]:
        """Yield the text of a part; a part that is not well-formed stays as it is, and is reported."""
        if name == "mimetype":
            self._spreadsheet = _SPREADSHEET in data
        elif name == MANIFEST:
            self._encrypted = b"encryption-data" in data
        if self._encrypted and name in _SEALED:
            yield Closed(name, Reason.ENCRYPTED.value)
            return
        target = self._target(name)
        if target is None:
            yield Member(name, data)
            return
        try:
            self._parse(data, target)
        except (ParseError, DefusedXmlException, ValueError):
            yield Member(name, data)
            yield Closed(name, f"{Reason.BROKEN.value} (XML)")
            return
        yield from self._written(name, target)

    def _written(self, name: str, target: Target) -> Iterator[Member]:
        """Yield what the target gathered."""
        sheet = self._sheets.title(name)
        text = target.text().encode("utf-8", "surrogatepass")
        if text.strip():
            yield Member(f"{name} ({sheet})" if sheet else name, text)

    def _target(self, name: str) -> Target | None:
        """Choose how to read a part by its name, which the format fixes."""
        choices: tuple[tuple[bool, Callable[[], Target]], ...] = (
            (name == SHARED, lambda: self._strings),
            (name == WORKBOOK, lambda: self._sheets),
            (name == "content.xml" and self._spreadsheet, lambda: OdsTarget(self._budget)),
            (_SHEET.fullmatch(name) is not None, lambda: SheetTarget(self._strings, self._budget)),
            (_FLOW.fullmatch(name) is not None, FlowTarget),
            (_PROPERTIES.fullmatch(name) is not None, PropertyTarget),
        )
        return next((make() for fits, make in choices if fits), None)

    def _parse(self, data: bytes, target: Target) -> None:
        """Feed the parser in steps, so that the clock is looked at; no tree is built."""
        parser = DefusedXMLParser(target=target, forbid_dtd=True)
        for start in range(0, len(data), _FEED):
            parser.feed(data[start : start + _FEED])
            self._budget.check()
        parser.close()
