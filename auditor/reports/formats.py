"""The registry of report formats: a renderer takes an `AuditReport` and options, and returns text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import UsageError
from auditor.registry import Registry

if TYPE_CHECKING:
    from auditor.model.report import AuditReport


@dataclass(frozen=True, slots=True)
class Options:
    """What a renderer may be told; each takes what concerns it and leaves the rest.

    `width` and `color` are of the terminal, `summary` asks for its ten lines. `history` lets SARIF carry findings that HEAD
    does not hold. `public` is for what everybody can read at once: findings of history are counted, their places left out.
    `limit` bounds the size in bytes where a platform does (0 = the format's own bound); `link` is where the full report is.
    """

    width: int = 100
    color: bool = False
    summary: bool = False
    history: bool = False
    public: bool = False
    limit: int = 0
    link: str = ""


Renderer = Callable[["AuditReport", Options], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A way of writing a report: its name, the usual file ending, what it is for, and the function that renders it."""

    name: str
    extension: str
    purpose: str
    renderer: Renderer


_HOMES: Final = {
    "terminal": "terminal",
    "json": "json_report",
    "sarif": "sarif",
    "csv": "csv_report",
    "markdown": "markdown",
    "comment": "markdown",
    "annotations": "annotations",
    "gitlab-secrets": "gitlab",
    "gitlab-codequality": "gitlab",
}
FORMATS: Registry[Format] = Registry("auditor.reports", _HOMES)


def report_format(name: str, *, extension: str, purpose: str) -> Callable[[Renderer], Renderer]:
    """Register the decorated function as the renderer of a format."""

    def register(renderer: Renderer) -> Renderer:
        FORMATS.add(name, Format(name, extension, purpose, renderer))
        return renderer

    return register


def render(name: str, report: AuditReport, **options: Any) -> str:  # noqa: ANN401  the fields of Options, which its constructor checks
    """Return the report in one format.

    Raises:
        UsageError: there is no such format.
    """
    if name not in FORMATS:
        msg = f"There is no report format {name!r}."
        raise UsageError(msg, hint=f"Choose one of {', '.join(FORMATS)}.")
    return FORMATS[name].renderer(report, Options(**options))
