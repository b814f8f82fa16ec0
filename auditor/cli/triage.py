"""`auditor triage`: one finding after the other; what is answered goes into openness.yml, the rest waits for the next time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from auditor.cli.answers import Name, Repo, Yes

if TYPE_CHECKING:
    from datetime import date

    from auditor.cli.places import Place
    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport
    from auditor.openness.writing import Signature

_REASONS: Final = {"f": "false-positive", "t": "test-data", "p": "public-by-design"}
_KEYS: Final = "[r]eal, [f]alse alarm, [t]est data, [p]ublic by design, [l]ater, [q]uit"


def triage(  # noqa: PLR0913  a command line has the options it has
    *,
    role: Annotated[str, typer.Option(help="Who says so, as a role: 'technical lead'.")],
    report: Annotated[Path | None, typer.Option(help="A JSON report of this repository, instead of a scan.")] = None,
    until: Annotated[str, typer.Option(metavar="DATE", help="When answers expire.", show_default="as the policy says")] = "",
    everything: Annotated[bool, typer.Option("--all", help="Also what the verdict does not weigh.")] = False,
    name: Name = "",
    repo: Repo = Path(),
    yes: Yes = False,
) -> None:
    """Walk through the findings that nobody has answered for yet, worst first, and record the answers in openness.yml."""
    from auditor.cli import answers, places
    from auditor.cli.proposal import Draft, propose
    from auditor.openness.dates import add_months

    place, by = places.locate(repo), answers.signature(role, name)
    policy = places.policy_of(place)
    end = answers.until(until) if until else add_months(answers.today(), policy.attestation_months)
    waiting = _waiting(_report(place, report), place, everything=everything)
    if not waiting:
        typer.echo("No finding waits for an answer.")
        return
    text = places.edited(place.book, lambda old: _walk(waiting, old, place, by, end))
    propose([Draft(place.book, text)], place.root, yes=yes)


def _report(place: Place, stored: Path | None) -> AuditReport:
    from auditor.audit import audit
    from auditor.cli.options import Flags, settings_from
    from auditor.cli.stored import stored_report

    return stored_report(stored) if stored else audit(place.root, settings_from(Flags())[0])


def _waiting(report: AuditReport, place: Place, *, everything: bool) -> list[Finding]:
    """Return the findings without an answer, also where the answer is newer than the report."""
    from auditor.cli import answers, places
    from auditor.model.levels import Confidence, Grade
    from auditor.openness.book import parse_book
    from auditor.openness.grading import is_cleared, is_rotated

    done: set[str] = set()
    if place.book.is_file():
        book = parse_book(places.content(place.book), place.book.name)
        done = {e.fingerprint for e in book.accepted if e.expires >= answers.today()} | {e.fingerprint for e in book.rotated}
    found = [f for f in report.findings if f.fingerprint not in done and not is_cleared(f) and not is_rotated(f)]
    if not everything:
        found = [f for f in found if f.grade is not Grade.INFO and f.confidence is not Confidence.LOW]
    return sorted(found, key=lambda f: (-f.grade.rank, -f.severity.rank))


def _walk(waiting: list[Finding], text: str, place: Place, by: Signature, end: date) -> str:
    """Ask about each finding, and return the file with the answers."""
    from auditor.cli.surroundings import Surroundings
    from auditor.openness import writing

    with Surroundings(place.root) as source:
        for number, finding in enumerate(waiting, 1):
            _show(finding, source.around(finding), f"{number} of {len(waiting)}")
            if (key := _key()) == "q":
                break
            if key in _REASONS:
                text = writing.accept(text, finding.fingerprint, _REASONS[key], by, expires=end, commit=place.commit)
            elif key == "r":
                _real(finding)
    return text


def _show(finding: Finding, lines: tuple[str, ...], where: str) -> None:
    from auditor.reports.safe_text import safe

    first = finding.first
    spot = f"{first.path or first.container}{f':{first.line}' if first.line else ''}"
    more = f" and {len(finding.locations) - 1} more places" if len(finding.locations) > 1 else ""
    typer.echo(f"\n{where}  {safe(f'{finding.title}  {finding.masked}')}  ({finding.grade}, {finding.fingerprint})")
    typer.echo(safe(f"  {spot}{more}; {first.exposure or 'uncommitted'}, {(first.commit or 'no commit')[:12]}"))
    typer.echo("\n".join(lines) if lines else "  (no lines to show)")


def _key() -> str:
    """Return the key that was chosen; the end of the input, and an interruption, is quit."""
    try:
        while True:
            key = str(typer.prompt(_KEYS, default="l")).strip().lower()[:1]
            if key in {*_REASONS, "r", "l", "q"}:
                return key
    except typer.Abort:
        return "q"


def _real(finding: Finding) -> None:
    """Say what to do: a real finding is not answered for but mended, so it comes again until it is."""
    from auditor.openness.grading import rotates

    typer.echo(f"  {finding.remediation.summary}")
    if rotates(finding):
        typer.echo(f"  Once it is replaced: auditor rotated {finding.fingerprint} --on DATE --role ROLE --evidence TEXT")
