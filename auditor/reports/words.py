"""Every sentence of ours that a report shows, in one place: plain English, in the style of GOV.UK.

What comes from rules, checks and people (titles, reasons, remedies, statements) comes with the model and is not here.
"""

from __future__ import annotations

from typing import Final

from auditor.model.check import Method, Outcome
from auditor.model.coverage import GapKind
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.rule import Category
from auditor.model.verdict import Decision

HEADLINE: Final = {
    Decision.READY: "Ready to be opened",
    Decision.READY_WHEN_ATTESTED: "Ready when the open points are answered",
    Decision.KEEP_CLOSED: "Stays closed, for a recorded reason",
    Decision.NOT_YET: "Not ready to be opened yet",
    Decision.CANNOT_TELL: "Cannot tell",
    Decision.NOT_APPLICABLE: "Does not apply",
}
"""The verdict at a glance."""

DECISION: Final = {
    Decision.READY: "Ready",
    Decision.READY_WHEN_ATTESTED: "Ready when answered",
    Decision.KEEP_CLOSED: "Stays closed",
    Decision.NOT_YET: "Not yet",
    Decision.CANNOT_TELL: "Cannot tell",
    Decision.NOT_APPLICABLE: "Does not apply",
}
"""The same as a label."""

ROUTE: Final = {"full_history": "With its full history", "fresh_history": "As a new repository of the current files"}
ROUTE_MEANS: Final = {
    "full_history": "Publish the repository as it is, with every commit, branch, tag and other ref.",
    "fresh_history": "Publish only the current files, as the first commit of a new repository.",
}
INTENDED: Final = "the way that openness.yml intends"
NO_HISTORY: Final = "A plain folder has no history to publish."

OUTCOME: Final = {
    Outcome.PASS: "Passed",
    Outcome.FAIL: "Failed",
    Outcome.ATTESTED: "Attested",
    Outcome.NOT_APPLICABLE: "Does not apply",
    Outcome.NOT_CHECKED: "Not checked",
    Outcome.ERROR: "Could not be checked",
}
METHOD: Final = {
    Method.OFFLINE: "decided from the repository",
    Method.API: "needs the forge to be asked",
    Method.HUMAN: "only a person can say",
    Method.CANDIDATES: "a person judges what the tool found",
}
SEVERITY: Final = {
    Severity.CRITICAL: "Critical",
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.LOW: "Low",
    Severity.INFO: "Information",
}
SEVERITY_ORDER: Final = tuple(reversed(Severity))
CONFIDENCE: Final = {Confidence.HIGH: "High", Confidence.MEDIUM: "Medium", Confidence.LOW: "Low"}
GRADE: Final = {Grade.BLOCKER: "Blocker", Grade.MUST: "Must", Grade.SHOULD: "Should", Grade.INFO: "Information"}
EFFORT: Final = {Effort.MINUTES: "minutes", Effort.HOURS: "hours", Effort.DAYS: "days"}
CATEGORY: Final = {
    Category.SECRET: "Secret",
    Category.CREDENTIAL: "Credential",
    Category.PRIVATE_KEY: "Private key",
    Category.RISKY_FILE: "Risky file",
    Category.CONFIGURATION: "Configuration",
    Category.PERSONAL_DATA: "Personal data",
    Category.MARKING: "Protective marking",
    Category.CLOSED_CODE: "Code that may stay closed",
}
EXPOSURE: Final = {
    Exposure.HEAD: "In the current files",
    Exposure.BRANCH_OR_TAG: "In history",
    Exposure.FORGE: "Beside the code, on the forge",
    Exposure.PULL_REQUEST_REF: "In a pull request ref",
    Exposure.OTHER_REF: "In another ref",
    Exposure.LOCAL_ONLY: "Only in this copy",
    Exposure.UNCOMMITTED: "Not committed",
}
EXPOSURE_MEANS: Final = {
    Exposure.HEAD: "Anyone who opens the repository will see this.",
    Exposure.BRANCH_OR_TAG: "Anyone who clones the repository will find this in its history.",
    Exposure.FORGE: "In an issue, a comment, a release, the wiki or a log, which become public with the repository.",
    Exposure.PULL_REQUEST_REF: "Only in a pull request ref, which GitHub publishes.",
    Exposure.OTHER_REF: "Only in a ref beside branches and tags, such as notes; a mirror publishes it.",
    Exposure.LOCAL_ONLY: "Only here, gone after a fresh clone.",
    Exposure.UNCOMMITTED: "Only in this working folder, in no commit.",
}
GAP: Final = {GapKind.HISTORY: "Missing from this copy", GapKind.OPAQUE: "Closed to the tool, a person has to look"}
STATE: Final = {
    "valid": "Valid",
    "expired": "Expired",
    "stale": "Out of date: what it covers has changed",
    "contradicted": "Contradicted by what was found",
}
GROUP: Final = {
    "secrets": "Keys and credentials",
    "configuration": "Configuration and infrastructure",
    "personal_data": "Personal data",
    "markings": "Protective markings",
    "closed_code": "Code that may stay closed",
    "licence": "Licence and copyright",
    "third_party": "Code and assets of others",
    "history": "History",
    "documents": "Documents",
    "documentation": "Documents",
    "ownership": "Ownership",
    "disclosure": "Reporting of vulnerabilities",
    "metadata": "Metadata",
    "service": "Service",
    "supply_chain": "Supply chain",
    "protection": "Continuous protection",
    "architecture": "Handling of secrets",
}

BLOCKS: Final = "What blocks it"
TO_CLEAR: Final = "What to fix or answer"
ATTEST: Final = "What a person must answer"
CAUTIONS: Final = "What to keep in mind"
GOOD: Final = "What is already good"
CHECKS: Final = "Every check"
FINDINGS: Final = "What was found"
LOOKED_AT: Final = "What was looked at"
NOT_LOOKED_AT: Final = "What was not looked at"
WARNINGS: Final = "Warnings"

NOTHING_BLOCKS: Final = "Nothing blocks it."
NOTHING_TO_ANSWER: Final = "No answer is outstanding."
NOTHING_GOOD: Final = "No check has passed yet."
ALL_NAMED_ABOVE: Final = "All of it is named above."
NOTHING_FOUND: Final = "Nothing was found."
ALL_LOOKED_AT: Final = "Nothing was left out."
NO_POSITION: Final = "no single place"

STILL_THERE: Final = "still there"
LESS_THAN_A_DAY: Final = "less than a day"
HIDDEN_PLACES: Final = "in history; the places are in the full report, which is not public"
WHERE: Final = "Where"
WHY: Final = "Why it matters"
RULE: Final = "Which rule says so"
TO_DO: Final = "What to do"
RUN: Final = "Command"
TAKES: Final = "Effort"
IN_BOTH: Final = {True: "Blocks both ways of publishing", False: "Due before either way of publishing"}
IN_ONE: Final = {
    "full_history": {True: "Blocks only publishing the full history", False: "Due only before publishing the full history"},
    "fresh_history": {True: "Blocks only publishing the current files", False: "Due only before publishing the current files"},
}
"""What an entry does to the ways of publishing, by whether it is a blocker: a must is due, and blocks nothing by itself."""

REPORT: Final = "Readiness report"
SKIP: Final = "Skip to the report"
CONTENTS: Final = "On this page"
WAYS: Final = "Three ways to open it"
WAYS_LEAD: Final = (
    "The guidance knows these ways for code that was closed, in this order. The figures are those of this repository."
)
STAYS: Final = "Stays"
GOES: Final = "Goes"
FIRST: Final = "To do first"
CONVERSATION: Final = "For the conversation"
CONVERSATION_LEAD: Final = (
    "For a colleague who is against opening: the usual objections, what this audit saw, and what the published guidance says."
)
SEEN_HERE: Final = "In this repository"
GUIDANCE_SAYS: Final = "What the guidance says"
PICTURES: Final = "The picture"
TIMELINE: Final = "When each finding came and went"
TIMELINE_LEAD: Final = "Each bar runs from the first commit that held it to the commit that took it away, or to today."
BY_PLACE: Final = "What would become public, by place"
BY_GROUP: Final = "Checks by group"
TABLE: Final = "Table: {}"
AS_TABLE: Final = "The same as a table"
PROOF: Final = "What was looked at, and what was not"
SOURCES: Final = "Sources"
ATTESTED_SO_FAR: Final = "What people have answered so far"
REMEDIES: Final = "How to fix each kind"
ONCE_PUBLIC: Final = "Once something has been public, assume that it was copied. Replace it, rather than only removing it."
NEVER_CHECKED: Final = "“Not checked” is never a pass: nobody has looked yet."
MASKED: Final = "Values are never shown: only the public beginning of a format and how long the value is."
GROUPED: Final = "One secret is one finding, with every place where it stands."
ADVICE: Final = "This report is evidence, not legal advice. It says what was seen; what was not looked at is listed above."
BRIEF_ADVICE: Final = (
    "This is evidence, not legal advice. The full report holds every finding, its source and what was not looked at."
)
RANGE: Final = "{} to {}"
SINCE: Final = "since {}"
ACCESSIBILITY: Final = (
    "This page is made to meet WCAG 2.2 at level AA. If your organisation publishes it, cover it in your accessibility statement."
)
SEARCH: Final = "Search"
FILTER: Final = "Filter what was found"
CLEAR: Final = "Show all"
ANY: Final = "Any"
DOWNLOAD: Final = "Download the data (JSON)"
DATA_LEAD: Final = "The data behind this page is inside it, as JSON in the shape that auditor schema prints."
COPY: Final = "Link"
COPIED: Final = "Link copied"
SHOWING: Final = "Showing {shown} of {all}"
SEE: Final = "Details"
FIELD: Final = {
    "category": "Kind",
    "severity": "Severity",
    "confidence": "Confidence",
    "exposure": "Who would see it",
    "value": "Value",
    "first": "First commit",
    "lasted": "Exposed for",
    "why": "Why it was flagged",
    "fix": "How to fix it",
    "places": "Places",
    "fingerprint": "Fingerprint",
    "rule": "Rule",
    "suppressed": "Set aside",
    "rotated": "Replaced on",
    "test": "In test code",
}
WARNING: Final = "Warning"
BY_FORM: Final = "It has the form of: {}."
COMMIT: Final = "Commit"
POLICY: Final = "policy"
UNTIL: Final = "until"
OWNER_HINT: Final = "Usually done by {}."
CHECK_FIELD: Final = {
    "question": "Question",
    "reason": "Reason",
    "evidence": "Evidence",
    "attested": "Answered by",
    "weight": "Weight",
}
ANSWER_COLUMNS: Final = ("Check", "Answer", "Statement", "By", "On", "Until", "State")
GAP_COLUMNS: Final = ("What", "Reason", "Meaning", "How many")
TIMELINE_COLUMNS: Final = ("Finding", "Place", "First commit", "Until", "Exposed for")
PLACE_COLUMNS: Final = ("Place", *(SEVERITY[severity] for severity in SEVERITY_ORDER), "All")
GROUP_COLUMNS: Final = ("Group", *OUTCOME.values())
PROOF_FIELD: Final = {
    "name": "Repository",
    "kind": "Kind",
    "address": "Address",
    "branch": "Branch",
    "commit": "Commit",
    "first": "First commit",
    "last": "Last commit",
    "authors": "Authors",
    "history": "History",
    "tool": "Made by",
    "rules": "Rules",
    "policy": "Policy",
    "openness": "Openness",
    "setting": "Setting {}",
}
KIND: Final = {
    "repository": "A repository",
    "bare": "A repository without working files",
    "folder": "A folder",
    "file": "A file",
}
NOT_KNOWN: Final = "not known"
NONE: Final = "none"
HISTORY_IS: Final = {True: "complete", False: "not complete"}
BRIEF: Final = "Brief for opening this repository"
BRIEF_NEXT: Final = "What is left"
BRIEF_OBJECTIONS: Final = "If somebody objects"

MATURITY: Final = (
    "Level 0 of 3: not safe to open",
    "Level 1 of 3: safe to open",
    "Level 2 of 3: good to open",
    "Level 3 of 3: exemplary",
)


def clause(decision: Decision, blockers: int, due: int) -> str:
    """Say what a decision means for one route, as the second half of a sentence."""
    match decision:
        case Decision.READY:
            return "is ready"
        case Decision.READY_WHEN_ATTESTED:
            left = blockers + due
            points = f"{count(left, 'open point')} {'is' if left == 1 else 'are'}" if left else "the open points are"
            return f"is ready when {points} answered"
        case Decision.KEEP_CLOSED:
            return "stays closed, under a recorded exception"
        case Decision.NOT_YET:
            things = f" ({count(blockers, 'thing')} {'blocks' if blockers == 1 else 'block'} it)" if blockers else ""
            return f"is not ready yet{things}"
        case Decision.CANNOT_TELL:
            return "cannot be judged, because part of it could not be looked at"
        case Decision.NOT_APPLICABLE:
            return "does not apply"


def sentence(name: str, full: str, fresh: str, *, folder: bool) -> str:
    """Say the verdict for both routes in one sentence."""
    if folder:
        return f"Published as a new repository, {name} {fresh}; a plain folder has no history to publish."
    if full == fresh:
        return f"Published with its full history or as a new repository of its current files, {name} {full}."
    return f"Published with its full history, {name} {full}; published as a new repository of its current files, it {fresh}."


def count(number: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: `1 commit`, `3,890 commits`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def more(number: int) -> str:
    """Say that a list goes on."""
    return f"and {number:,} more"


def suppressed(number: int) -> str:
    """Say how many findings were set aside, which is not the same as not found."""
    return f"{count(number, 'finding')} set aside with a recorded reason."


def show_more(number: int) -> str:
    """Name the fold that holds the rest of a list."""
    return f"Show {number:,} more"


def beyond(number: int) -> str:
    """Say where the blockers are that the first screen leaves out."""
    return f"and {number:,} more, all listed under “{FINDINGS}” and “{CHECKS}”"


def in_commit(commit: str, since: str, until: str) -> str:
    """Say which commit brought something to a place, and when it came and went; each may be unknown."""
    parts = [f"commit {commit}" if commit else "", f"from {since}" if since else "", f"until {until}" if until else ""]
    return ", ".join(part for part in parts if part)


def and_others(number: int) -> str:
    """Count what is listed beside the blockers, since the heading counts blockers alone."""
    return f"and {number:,} to fix or answer"


def heading(decision: Decision) -> str:
    """Name the list of what stands in the way: nothing blocks where all of it can be answered for."""
    return TO_CLEAR if decision is Decision.READY_WHEN_ATTESTED else BLOCKS


def standing(blockers: int, others: int, due: int) -> str:
    """Count what stands in one route: blockers, what must be fixed or answered for, and answers that only people can give."""
    parts = [count(blockers, "blocker")] if blockers else []
    parts += [f"{others:,} to fix or answer"] if others else []
    parts += [f"{count(due, 'answer')} due"] if due else []
    return ", ".join(parts) or "nothing open"
