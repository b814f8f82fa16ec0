"""What all HTML pages share: the template environment, the style and script with their hashes, the embedded data.

Every text that a template prints passes `safe_text` and is escaped: both happen in the environment, not in the templates.
The `html` parameters of the GOV.UK macros would bypass that and are never used.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from auditor.reports import facts, words
from auditor.reports.json_report import document
from auditor.reports.safe_text import encodable, safe_lines, shorten

if TYPE_CHECKING:
    from auditor.model.report import AuditReport

_LONGEST_PATH: Final = 300


def asset(name: str) -> str:
    """Return the text of a file beside this package."""
    return files("auditor.reports").joinpath("assets", name).read_text(encoding="utf-8")


def _visible(value: object) -> object:
    """Make hostile characters of everything that is printed visible; markup of ours stays as it is."""
    return safe_lines(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def environment() -> Environment:
    """Return the one environment of the templates."""
    loader = PrefixLoader(
        {"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"), "reports": PackageLoader("auditor.reports")}
    )
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_visible)
    made.filters.update(
        day=facts.day, iso_day=facts.iso_day, short=lambda text: shorten(str(text), _LONGEST_PATH), web=facts.web_link
    )
    made.globals.update(w=words, facts=facts)
    return made


def policy(style: str, script: str = "") -> str:
    """Return the content security policy that lets exactly this style and this script work, and nothing be loaded."""
    parts = ["default-src 'none'", f"style-src '{_hash(style)}'"]
    if script:
        parts.append(f"script-src '{_hash(script)}'")
    return "; ".join([*parts, "base-uri 'none'", "form-action 'none'"])


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def embedded(report: AuditReport) -> Markup:
    """Return the JSON report for a data block: ASCII, with every character escaped by which a block could be ended."""
    text = json.dumps(document(report), separators=(",", ":"))
    for char in "<>&":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  ASCII JSON without <, > and &, made the line above


def page(template: str, style: str, script: str = "", **context: Any) -> str:  # noqa: ANN401  what the template asks for
    """Render a template as a page that loads nothing."""
    source = environment().get_template(f"reports/{template}")
    # The texts between the tags are ours, and must be byte for byte what was hashed.
    text = source.render(
        style=Markup(style),  # noqa: S704  our own asset
        script=Markup(script),  # noqa: S704  our own asset
        policy=policy(style, script),
        **context,
    )
    return encodable(_tidy(text, style, script))


def _tidy(text: str, *kept: str) -> str:
    """Drop blank lines and spaces at line ends outside the parts that were hashed."""
    marks = {f"\0{number}\0": part for number, part in enumerate(kept) if part}
    for mark, part in marks.items():
        text = text.replace(part, mark, 1)
    text = "\n".join(line.rstrip() for line in text.split("\n") if line.strip()) + "\n"
    for mark, part in marks.items():
        text = text.replace(mark, part, 1)
    return text
