"""Every sentence of ours on the pages of a portfolio, in one place; what a single report says is in `auditor.reports.words`."""

from __future__ import annotations

from typing import Final

from auditor.model.organisation import ScanState, Visibility
from auditor.model.verdict import Decision
from auditor.reports.words import DECISION, count

PORTFOLIO: Final = "Portfolio"
NAVIGATION: Final = "Pages of this site"
PAGE: Final = {
    "index": "Overview",
    "repositories": "Repositories",
    "secrets": "Keys and credentials",
    "checks": "Checks",
    "groups": "Teams and topics",
}
BACK: Final = "All repositories of {}"
BACK_LABEL: Final = "Back"

NO_REPORT: Final = "Not looked at"
STATE: Final = {**{decision.value: text for decision, text in DECISION.items()}, "none": NO_REPORT}
SCAN_STATE: Final = {
    ScanState.SCANNED: "Looked at in this run",
    ScanState.UNCHANGED: "Nothing moved since its report",
    ScanState.FAILED: "Could not be looked at",
    ScanState.PENDING: "Not reached in this run",
}
VISIBILITY: Final = {
    Visibility.PUBLIC: "Public",
    Visibility.INTERNAL: "Internal",
    Visibility.PRIVATE: "Private",
    Visibility.UNKNOWN: "Not known",
}
FLAG: Final = {
    "waiting": "On the way to ready",
    "public": "Public, and would not pass today",
    "secrets": "Keys not replaced",
    "ending": "An answer ended or ends within 30 days",
    "due": "Answers missing",
    "unowned": "No owner named",
    "dormant": "No commit in twelve months",
    "neglected": "No owner named, or no commit in twelve months",
    "gaps": "Something was not looked at",
    "failed": "Could not be looked at in this run",
    "changed": "Changed since the run before",
    "better": "Better than in the run before",
    "worse": "Worse than in the run before",
}
FILTER_FIELD: Final = {
    "verdict": "Verdict",
    "flag": "Condition",
    "visibility": "Who can read it",
    "team": "Team",
    "unit": "Business unit",
    "topic": "Topic",
}
ARCHIVED: Final = "Archived"
FORK: Final = "Fork"

SPLIT: Final = "Where they stand"
TREND: Final = "How that changed"
TREND_LEAD: Final = "One column for each run, the newest on the right."
TREND_LEFT_OUT: Final = "The trend is left out of this edition, because earlier runs counted private repositories too."
CHANGES: Final = "What changed since the run before"
CHANGES_LEAD: Final = "The worse first. What is open are blockers, and what must be fixed or answered for."
NEAREST: Final = "Nearest to ready"
NEAREST_LEAD: Final = "By an estimate of the work: the first of a kind in full, each further one a quarter of it."
SECRETS: Final = "Keys and credentials that nobody has replaced"
SECRETS_LEAD: Final = "The gravest first, then the oldest. Whoever had a copy has them, open or closed."
SHARED: Final = "The same secret in several repositories"
SHARED_LEAD: Final = "Linked by a keyed hash. Replacing it means to change it in every one of them."
PUBLIC: Final = "Public today, and would not pass"
ENDING: Final = "Exceptions and answers that ended, or end within 30 days"
DUE: Final = "Answers that are missing"
DUE_LEAD: Final = "What only a person can say, by question."
UNOWNED: Final = "Without an owner, or dormant"
GAPS: Final = "What was not looked at"
GAPS_LEAD: Final = "“Could not look” is never “clean”."
INCOMPLETE: Final = "part of the history is missing"
INVISIBLE: Final = "What the token may not see"
CHECKS: Final = "Checks, by percentage"
CHECKS_LEAD: Final = (
    "The share that passed or was attested, of the repositories to which the check applies. Not checked counts as not passed."
)
GROUPS: Final = {"team": "By team", "unit": "By business unit", "topic": "By topic"}
REPOSITORIES: Final = "Every repository"
REPOSITORIES_LEAD: Final = "Nearest to ready first."
DATA: Final = "The same as data"
DATA_LEAD: Final = "For a spreadsheet or a program; the shape of the JSON file is in {} beside it."
FIRST_RUN: Final = "This is the first run: there is nothing to compare with."
NO_RUN: Final = "No earlier run is known."
NONE: Final = "None."
NO_GROUPS: Final = "No team, business unit or topic is known of these repositories."
NOT_APART: Final = "Selected by: {}."
FILTER: Final = "Filter the repositories"
SORT: Final = "Sort by"
ALL_ROWS: Final = "Show all {:,}"
PUBLIC_EDITION: Final = (
    "This edition is made for everybody: only public repositories are in it, and no count, name or file of others. "
    "Secrets of history are counted; where they stand is in the full edition."
)
ADVICE: Final = "This page is evidence, not legal advice. What was not looked at is listed, and nothing here says that it is clean."

COLUMN: Final = {
    "repository": "Repository",
    "verdict": "Verdict",
    "blockers": "Blockers",
    "due": "To fix or answer",
    "secrets": "Keys not replaced",
    "visibility": "Who can read it",
    "teams": "Team",
    "unit": "Business unit",
    "topics": "Topics",
    "last": "Last commit",
    "nearest": "What is left",
    "secret": "What",
    "value": "Value",
    "severity": "Severity",
    "exposure": "Who would see it",
    "since": "First commit",
    "age": "Age",
    "places": "Places",
    "repositories": "Repositories",
    "replaced": "Said to be replaced in",
    "kind": "What",
    "about": "About",
    "role": "By",
    "until": "Until",
    "question": "Question",
    "missing": "Missing in",
    "why": "Why",
    "reason": "Reason",
    "count": "How many",
    "what": "What",
    "permission": "Permission that is missing",
    "check": "Check",
    "group": "Group",
    "share": "Share that holds",
    "name": "Name",
    "ready": "Ready",
    "attest": "Ready when answered",
    "closed": "Stays closed",
    "not_yet": "Not yet",
    "cannot": "Cannot tell or not looked at",
    "before": "Before",
    "now": "Now",
    "open_before": "Open before",
    "open_now": "Open now",
    "secrets_before": "Keys before",
    "secrets_now": "Keys now",
    "part": "Part of all",
}
TREND_COLUMNS: Final = ("Run", "All", *(STATE[decision.value] for decision in Decision if decision is not Decision.NOT_APPLICABLE))
SPLIT_COLUMNS: Final = ("Verdict", "How many", "Part of all")
DEADLINE: Final = {"attestation": "Attestation", "accepted": "Accepted finding", "exception": "Exception"}
ENDED: Final = "ended"
APPEARED: Final = "New in the list: {}"
GONE: Final = "No longer in the list: {}"
WHOLE_ORGANISATION: Final = "the organisation"
NOT_DATED: Final = "not known"


def headline(ready: int, total: int) -> str:
    """Say the whole portfolio in one line."""
    return f"{ready:,} of {count(total, 'repository', 'repositories')} {'is' if ready == 1 else 'are'} ready to be opened"


def sentence(answers: int, closed: int, not_yet: int, unknown: int, holding: int) -> str:
    """Say what stands between the others and opening: with those that are ready, they are all."""
    parts = []
    if answers:
        parts.append(f"{answers:,} more {'needs' if answers == 1 else 'need'} only people's answers")
    if closed:
        parts.append(f"{closed:,} {'stays' if closed == 1 else 'stay'} closed for recorded reasons")
    if not_yet:
        parts.append(f"{not_yet:,} {'is' if not_yet == 1 else 'are'} not ready yet")
    if unknown:
        parts.append(f"{unknown:,} could not be judged")
    text = "; ".join(parts)
    who = count(holding, "repository holds", "repositories hold")
    keys = f"{who} keys or credentials that nobody has replaced" if holding else ""
    return " ".join(f"{part[:1].upper()}{part[1:]}." for part in (text, keys) if part)


def percent(part: int, whole: int) -> str:
    """Write a share; what does not apply anywhere has none. Only all of it is written as 100%, and only nothing as 0%."""
    if not whole:
        return "-"
    if 0 < part < whole:
        return f"{min(max(round(100 * part / whole), 1), 99)}%"
    return "100%" if part else "0%"


def all_of(number: int) -> str:
    """Name the link to the whole list."""
    return f"See all {number:,}"


def in_csv(number: int, name: str) -> str:
    """Say where the rest of a list is."""
    return f"and {number:,} more, in {name}"


def moved(better: int, worse: int, keys_before: int | None, keys: int) -> str:
    """Count the verdicts that changed, and the keys that nobody has replaced."""
    said = f"{count(better, 'verdict')} better, {worse:,} worse."
    return said if keys_before is None else f"{said} Keys not replaced: {keys:,}, and {keys_before:,} in the run before."
