"""Whether words in capitals are the marking of a document, or only words: where they stand, and what stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.detection.validation import Answer, Verdict, validator, verdict_of
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from auditor.detection.validation import Context

_DRESSING: Final = re.compile(
    rb"^[\s#*/;|>_=<!%.\-\xe2\x80\x93\x94\"'(){}\[\]]*|[\s#*/;|>_=<!%.:\-\xe2\x80\x93\x94\"'(){}\[\]\\]*$"
)
_TAGS: Final = re.compile(rb"</?[A-Za-z][^<>]{0,200}>|\\[a-z]{1,20}\{|\{\\[a-z]{1,12} |&nbsp;|\\par\b")
_LABEL: Final = re.compile(
    rb"(?i)^(?:(?:protective|security|document|government|gsc|handling|data)?[ _-]{0,2}"
    rb"(?:classification|marking|protective marking|security classification|handling)s?"
    rb"|classified(?: as)?|header|footer|title|subject)"
    rb"[ \t]{0,4}[:=\-][ \t\"']{0,4}$"
)
_QUALIFIER: Final = re.compile(
    rb"^[\s\-\x80-\x94\xe2/:,(\[]{1,8}(?:HANDLING|RECIPIENTS ONLY|HMG USE ONLY|[A-Z]{2,12} USE ONLY"
    rb"|EMBARGOED|PERSONAL(?: DATA)?|LEGAL"
    rb"|LOCSEN|COMMERCIAL|MARKET SENSITIVE|HR(?:/MANAGEMENT)?|LPP|UK EYES ONLY|FIVE EYES ONLY|EYES ONLY"
    rb"|STRAP|UK/US|REL |NOFORN|CANUKUS"
    rb"|AUKUS|POLICY|MANAGEMENT|STAFF|INVESTIGATIONS|APPOINTMENTS|HONOURS|ATOMIC|SI\b|TK\b|ORCON)"
)
_CODE: Final = re.compile(
    rb"[;{}]\s*$|=>|==|\(\)|\breturn\b|\b(?:enum|const|case|public|static|def|val|var|let)\b|\",\s*$|',\s*$|\w\("
)
_LIST_NEIGHBOUR: Final = re.compile(
    rb"(?i)(?:^|[\s\"'>|*,-])(?:official|unclassified|restricted|confidential|protect"
    rb"|official[- ]sensitive|top secret|secret)(?:[\s\"'<|,.;]|$)"
)
_LISTED_AFTER: Final = re.compile(rb"(?m)(?:[{(\[]|^[ \t]+(?:[A-Z][A-Z0-9_]*,[ \t]*)+)\r?\n[^\n]*\Z")
"""A line that opens a list, or goes on with one of names in capitals, and the line after it so far."""
_IN_A_KEY: Final = re.compile(rb"(?i)<[\w:.-]{0,40}(?:secret|key|token|passw)[\w:.-]{0,20}>[ \t]*\Z")
_NEAR: Final = 200


def _bare(line: bytes) -> bytes:
    """Return a line without comment signs, mark-up and other dressing."""
    return _DRESSING.sub(b"", _TAGS.sub(b"", line))


def stands_alone(value: bytes, context: Context) -> bool:
    """Tell whether nothing else stands on the line but dressing, a label such as `Classification:` or a page number."""
    line = context.line
    place = line.find(value)
    before = _TAGS.sub(b"", line[:place])
    label = _DRESSING.sub(b"", before + b"x")[:-1]
    after = _bare(line[place + len(value) :])
    page = re.fullmatch(rb"(?i)(?:page )?\d{0,3}(?: ?(?:of|/) ?\d{1,3})?", after)
    return page is not None and (not label or _LABEL.match(label.strip(b"\"'") if label else b"") is not None)


def is_qualified(context: Context) -> bool:
    """Tell whether a handling instruction, descriptor or caveat follows."""
    return _QUALIFIER.match(context.after) is not None


def is_listed(value: bytes, context: Context) -> bool:
    """Tell whether other tiers stand on neighbouring lines: a list of options or guidance, not the marking of this document."""
    line = context.line
    near = context.before[-_NEAR:] + b"\n" + context.after[:_NEAR]
    others = {found.strip().lower().strip(b"\"'>|*,.;-< \t") for found in _LIST_NEIGHBOUR.findall(near.replace(line, b""))}
    mine = value.lower()
    return len({other for other in others if other and other not in mine and mine not in other}) > 0


def is_value(context: Context) -> bool:
    """Tell whether it is one of the names of an enumeration, or the text of a key in XML."""
    return bool(_LISTED_AFTER.search(context.before) or _IN_A_KEY.search(context.before))


@validator("document-marking")
def document_marking(value: bytes, context: Context) -> Answer:
    """Accept a tier that stands alone on its line, as a header does, or is followed by what only a marking is followed by."""
    if _CODE.search(context.line) or is_listed(value, context) or is_value(context):
        return verdict_of(fits=False)
    if is_qualified(context):
        return Answer(Verdict.VALID, "with a handling instruction, descriptor or caveat")
    return verdict_of(stands_alone(value, context), "stands alone on its line, as a header or footer does")


@validator("marking-in-prose")
def marking_in_prose(value: bytes, context: Context) -> Answer:
    """Accept the capitals anywhere; high where they mark the document, low in code, in lists of tiers and in running text."""
    if _CODE.search(context.line) or is_listed(value, context) or is_value(context):
        return Answer(Verdict.UNKNOWN, "in code or beside other tiers: perhaps only a word for one", confidence=Confidence.LOW)
    if is_qualified(context) or stands_alone(value, context):
        return Answer(Verdict.VALID, "stands where the marking of a document stands")
    return Answer(Verdict.UNKNOWN, "in running text", confidence=Confidence.LOW)
