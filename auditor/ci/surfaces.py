"""What a run shows: a line in the log, marks beside lines, outputs, the summary, files, and a comment as an extra.

None but the exit code is relied on: a surface that fails is a warning in the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from auditor.ci import page as pages
from auditor.ci.outputs import write_outputs, write_summary
from auditor.ci.run import only_new
from auditor.errors import ExitCode, OutputError
from auditor.reports import words
from auditor.reports.annotations import command
from auditor.reports.formats import render
from auditor.reports.markdown import text
from auditor.reports.public import for_public, hidden

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from auditor.ci.run import Run
    from auditor.errors import AuditorError
    from auditor.model.report import AuditReport

_ERRORS_KEPT: Final = 9
"""GitHub shows ten of each kind in a step; one is kept for the sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Runner:
    """What the runner offers: files to write to (None where it has none) and whether it understands marks."""

    outputs: Path | None = None
    summary: Path | None = None
    marks: bool = False


def shown(outcome: Run) -> AuditReport:
    """Return the report as its readers may see it."""
    return for_public(outcome.report) if outcome.plan.public else outcome.report


def body(outcome: Run, *, note: str = "") -> str:
    """Write the summary: of the change, or of everything where everything was looked at."""
    report = shown(outcome)
    if outcome.found is None:
        return render("markdown", report, public=outcome.plan.public)
    return pages.page(report, outcome.added, outcome.found, public=outcome.plan.public, note=note)


def comment_body(outcome: Run) -> tuple[str, bool]:
    """Return the comment, and whether it should be written where there is none yet."""
    if outcome.found is None:
        return render("comment", shown(outcome), public=outcome.plan.public), True
    if outcome.new or outcome.added.wishes:
        return pages.comment(body(outcome)), True
    return pages.RESOLVED, False


def log_line(outcome: Run) -> str:
    """Say what was looked at and what came out."""
    found, report = outcome.found, outcome.report
    if found is not None:
        return f"{pages.looked_at(report, found)} {pages.headline(outcome.added)}."
    coverage = report.coverage
    looked = f"Looked at {words.count(coverage.commits, 'commit')}, {words.count(coverage.files, 'file')}, of every ref."
    return f"{looked} {words.HEADLINE[report.verdict.decision]}."


def marks(outcome: Run) -> str:
    """Write the marks beside lines, and one that says what to do first."""
    report = only_new(outcome)
    lines = render("annotations", for_public(report) if outcome.plan.public else report, limit=_ERRORS_KEPT)
    if outcome.code is ExitCode.COULD_NOT_JUDGE:
        gaps = ", ".join(dict.fromkeys(f"{gap.what}: {gap.reason}" for gap in outcome.gaps[:3]))
        return lines + command("error", f"Part of it could not be looked at. {gaps}".strip(), {"title": "Cannot tell"}) + "\n"
    if outcome.new:
        passing = [finding for finding in outcome.new if hidden(finding)]
        extra = (
            f" {words.count(len(passing), 'finding')} of them {'is' if len(passing) == 1 else 'are'} only in earlier commits of "
            "this change, which a merge publishes too."
            if passing
            else ""
        )
        advice = (
            f"{pages.headline(outcome.added)}.{extra} Revoke each key first, then take it out of the commits of the branch; "
            "the commands are in the summary."
        )
        lines += command("error", advice, {"title": "auditor"}) + "\n"
    return lines


def outputs(outcome: Run, files: Mapping[str, Path]) -> dict[str, str]:
    """Return the outputs of the step."""
    return {
        "decision": str(outcome.report.verdict.decision),
        "blockers": str(len(outcome.report.verdict.route.blockers)),
        "new-findings": str(len(outcome.new)),
        **{f"report-{name}": str(path) for name, path in files.items()},
    }


def leave(runner: Runner, summary: str, values: Mapping[str, str]) -> list[str]:
    """Hand outputs and summary to the runner.

    Returns:
        What could not be done, one sentence each.
    """
    problems: list[str] = []
    try:
        if runner.outputs is not None and values:
            write_outputs(runner.outputs, values)
        if runner.summary is not None and not write_summary(runner.summary, summary):
            problems.append("The summary of this step is full, so nothing was added to it.")
    except OutputError as error:
        problems.append(str(error))
    return problems


def failure(message: str) -> str:
    """Write the mark of a run that could not judge."""
    return command("error", f"{message} Nothing was judged.", {"title": "Cannot tell"})


def failure_page(error: AuditorError) -> str:
    """Write the summary of a run that could not judge; the hint holds code, which is shown as such."""
    hint = f"\n\n```text\n{error.hint}\n```" if error.hint else ""
    return f"## Cannot tell\n\n{text(error.message)} Nothing was judged.{hint}\n"


def warning(message: str, *, marks: bool) -> str:
    """Write a warning as the log shows it best."""
    return command("warning", message, {"title": "auditor"}) if marks else f"auditor: {message}"
