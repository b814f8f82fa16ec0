"""`auditor explain ID`: why a rule or a check exists, what it could cost, and how to put it right."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from auditor.model.check import CheckInfo
    from auditor.model.finding import Finding
    from auditor.model.rule import Rule

_PLACES = 20
"""So many places of a finding are listed."""

HISTORY = (
    "If it was ever committed:",
    "  1. Replace it first. Once it was in a repository that others could read, assume that it was copied.",
    "  2. Record it: auditor rotated FINGERPRINT --on DATE --role ROLE --evidence TEXT. It may then stay in history.",
    "  3. Rewriting history is optional, and never instead of 1: git filter-repo --replace-text FILE on a fresh clone, then",
    "     every clone and fork is made anew, and the forge is asked to purge its caches and pull request refs.",
)


def explain(
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule id, a check id, or a fingerprint (with --report).")],
    report: Annotated[Path | None, typer.Option(help="A JSON report, to explain one of its findings.")] = None,
) -> None:
    """Say what a rule, a check or a finding is about, how to revoke or mend it, and where that is published."""
    from auditor.cli.lookup import anything_named, rule_named
    from auditor.errors import UsageError
    from auditor.model.rule import Rule

    if name.startswith(("val-", "loc-")):
        if report is None:
            msg = f"To explain the finding {name}, name the JSON report that holds it."
            raise UsageError(msg, hint=f"auditor explain {name} --report report.json")
        from auditor.reports.read import read_report

        found = next((f for f in read_report(report.read_text(encoding="utf-8")).findings if f.fingerprint == name), None)
        if found is None:
            msg = f"The report {report} has no finding {name}."
            raise UsageError(msg, hint="Use a report of the same repository.")
        typer.echo(describe_finding(found) + "\n\n" + describe_rule(rule_named(found.rule_id)))
        return
    thing = anything_named(name)
    typer.echo(describe_rule(thing) if isinstance(thing, Rule) else describe_check(thing))


def describe_rule(rule: Rule) -> str:
    """Return a rule in words."""
    facts = f"{rule.category} of {rule.provider.name}; severity {rule.severity}, confidence {rule.confidence}, {rule.grade}"
    lines = [f"{rule.id}: {rule.title}", facts, "", rule.description, "", f"What to do: {rule.remediation.summary}"]
    lines += [f"  {number}. {step}" for number, step in enumerate(rule.remediation.steps, 1)]
    lines += [f"Where: {rule.remediation.revoke_url}"] if rule.remediation.revoke_url else []
    lines += [f"Who usually does it: {rule.remediation.owner_hint}"] if rule.remediation.owner_hint else []
    if rule.category.value in {"secret", "credential", "private_key"}:
        lines += ["", *HISTORY]
    lines += ["", "Published in:", *(f"  {reference}" for reference in rule.references)]
    return "\n".join(lines)


def describe_check(info: CheckInfo) -> str:
    """Return a check in words."""
    sources = [" ".join(part for part in (s.document, s.section, s.date, s.url) if part) for s in info.sources]
    return "\n".join(
        [
            f"{info.id}: {info.title}",
            f"{info.grade}; decided by: {info.method}; group {info.group}",
            "",
            info.question,
            f"Why it matters: {info.why}",
            f"What to do: {info.remediation}",
            f"Effort: {info.effort}; usually done by: {info.who}",
            "",
            "Published in:",
            *(f"  {source}" for source in sources),
        ]
    )


def describe_finding(finding: Finding) -> str:
    """Return a finding in words: what, where, since when."""
    lines = [f"{finding.fingerprint}: {finding.title} {finding.masked}".rstrip(), f"{finding.severity}, {finding.confidence}"]
    for place in finding.locations[:_PLACES]:
        where = f"{place.path or place.container}:{place.line}" if place.line else place.path or place.container
        lines.append(f"  {where}  {place.exposure or ''}  {(place.commit or 'uncommitted')[:12]}")
    lines += [f"  and {len(finding.locations) - _PLACES} more places"] if len(finding.locations) > _PLACES else []
    lines += [f"Why it was flagged: {note}" for note in finding.notes]
    return "\n".join(lines)
