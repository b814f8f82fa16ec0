"""DIS-04: a service's security.txt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, not_applicable, passed
from auditor.openness.reading import kinds
from auditor.openness.reading.files import line_of, read
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext


_FIELD = re.compile(r"^(?P<name>Contact|Expires|Policy):\s*(?P<value>\S+)", re.IGNORECASE | re.MULTILINE)
_FILE = re.compile(r"(?:^|/)(?:\.well-known/)?security\.txt$")


@check(
    id="DIS-04",
    title="security.txt is complete and current",
    question="Does the security.txt that the service serves name a contact and a date in the future?",
    why="Finders look there first; after its date the file counts as void.",
    remediation="Redirect /.well-known/security.txt to the body's own file, or keep Contact and Expires current.",
    effort=Effort.MINUTES,
    who="developer",
    grade=Grade.INFO,
    sources=(by.cite(by.GDS_DISCLOSURE, "security.txt"), by.cite(by.SECURITY_TXT, "2.5")),
)
def security_txt(context: CheckContext) -> Answer:
    """Read the file of the tip, where it is one."""
    path = next((path for path in sorted(context.view.tree) if _FILE.search(path) and not kinds.test(path)), "")
    if not path:
        return not_applicable("no security.txt in the tree; a running service may redirect to one")
    text = read(context, path) or ""
    fields = {match["name"].lower(): match["value"] for match in _FIELD.finditer(text)}
    missing = [Evidence(f"lacks {name.capitalize()}", path=path) for name in ("contact", "expires") if name not in fields]
    if missing:
        return failed(*missing)
    expires = fields["expires"][:10]
    if expires < context.today.isoformat():
        return failed(Evidence(f"expired on {expires}", path=path, line=line_of(text, fields["expires"])))
    return passed(Evidence(f"names a contact, valid until {expires}", path=path))
