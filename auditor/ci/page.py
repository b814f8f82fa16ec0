"""What a change adds, in markdown, for the summary and the comment; and what its author should do now, in that order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.ci.changes import only_passing
from auditor.model.check import Outcome
from auditor.model.rule import Category
from auditor.reports import facts, words
from auditor.reports.markdown import MARKER, code, text
from auditor.reports.public import hidden

if TYPE_CHECKING:
    from auditor.ci.changes import Additions, Wish
    from auditor.ci.commits import Range
    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport

_MOST_ROWS: Final = 50
_LIMIT: Final = 60_000
_TO_REVOKE: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY})
RESOLVED: Final = f"{MARKER}\n\nWhat was found here before is resolved: the commits of this pull request add nothing now.\n"


def page(report: AuditReport, added: Additions, found: Range, *, public: bool, note: str = "") -> str:
    """Write the whole page.

    Args:
        report: the audit of the range, made safe for its readers.
        added: what the change adds.
        found: the range.
        public: leave out what would lead strangers to values that still work.
        note: one more sentence, such as where the full report is.
    """
    blocks = [f"## {headline(added)}", looked_at(report, found)]
    if added.failing:
        blocks += [_table(added.failing, public=public), *_now(added.failing, found, public=public)]
    blocks += _wishes(added.wishes, public=public)
    blocks += _settings(added)
    blocks += ["### The repository as it stands", *_standing(report, added), *([note] if note else [])]
    return _fitted(blocks)


def comment(body: str) -> str:
    """Return the page as a comment that is found again."""
    return f"{MARKER}\n\n{body}"


def headline(added: Additions) -> str:
    """Say in one line what the change adds."""
    if not added.failing:
        return "This change adds nothing that blocks"
    return (
        f"This change adds {words.count(len(added.failing), 'finding')} that {'needs' if len(added.failing) == 1 else 'need'} work"
    )


def looked_at(report: AuditReport, found: Range) -> str:
    """Say what was looked at, also when it was nothing."""
    coverage = report.coverage
    return (
        f"Looked at {words.count(found.count, 'commit')}, {words.count(coverage.blobs, 'object')}, "
        f"from {found.base[:12]} to {found.head[:12]}."
    )


def _table(findings: tuple[Finding, ...], *, public: bool) -> str:
    rows = ["| Severity | What | Where | Rule |", "|---|---|---|---|"]
    for finding in findings[:_MOST_ROWS]:
        place = finding.first
        where = words.HIDDEN_PLACES if public and hidden(finding) else code(facts.place(place))
        if not (public and hidden(finding)) and place.commit:
            where += f" in {code(place.commit[:12])}"
        if only_passing(finding):
            where += " (an earlier commit of this change holds it, the last one does not)"
        what = text(finding.title) + (f" {code(finding.masked)}" if finding.masked and not (public and hidden(finding)) else "")
        rows.append(f"| {words.SEVERITY[finding.severity]} | {what} | {where} | {code(finding.rule_id)} |")
    if len(findings) > _MOST_ROWS:
        rows.append(f"| | {words.more(len(findings) - _MOST_ROWS)} | | |")
    return "\n".join(rows)


def _now(findings: tuple[Finding, ...], found: Range, *, public: bool) -> list[str]:
    """Say what to do, revoking first: everybody who can read the branch has the value already."""
    steps: list[str] = []
    if any(finding.category in _TO_REVOKE for finding in findings):
        steps.append(
            "**Revoke or replace each key and password at whoever issued it.** It was pushed, so others may have it already."
        )
    start = found.fork[:12]
    steps.append(
        "Take it out of the branch, which is not merged yet. If the last commit brought it: "
        "`git commit --amend` after editing the file. If an earlier one did: "
        f"`git rebase -i {start}`, mark that commit `edit`, change the file, `git commit --amend`, `git rebase --continue`. "
        "Removing it in a further commit leaves it in the history."
    )
    steps.append("`git push --force-with-lease`")
    fingerprint = next((f.fingerprint for f in findings if not (public and hidden(f))), "FINGERPRINT")
    steps.append(
        f"If it is a false alarm, record it with a reason: `auditor accept {fingerprint} --reason false-positive`, and commit "
        "openness.yml. A high or critical one counts once that entry is on the target branch."
    )
    return ["### What to do now", "\n".join(f"{number}. {step}" for number, step in enumerate(steps, 1))]


def _wishes(wishes: tuple[Wish, ...], *, public: bool) -> list[str]:
    if not wishes:
        return []
    lines = []
    for wish in wishes[:_MOST_ROWS]:
        where = words.HIDDEN_PLACES if public and hidden(wish.finding) else code(facts.place(wish.finding.first))
        state = "counts, if the owner of that file agrees" if wish.holds else "does not count before it is merged"
        lines.append(
            f"- {text(wish.finding.title)} ({words.SEVERITY[wish.finding.severity].lower()}), {where}: "
            f"{text(wish.suppression.reason)} [{code(wish.suppression.source)}]. It {state}."
        )
    if len(wishes) > _MOST_ROWS:
        lines.append(f"- {words.more(len(wishes) - _MOST_ROWS)}")
    return ["### For the reviewer: this change asks to set aside", "\n".join(lines)]


def _settings(added: Additions) -> list[str]:
    lines = [f"- {code(path)} is changed here; it takes effect after the merge." for path in added.touched]
    lines += [f"- {text(problem)}" for problem in added.problems]
    return ["### For the reviewer: how the repository is judged", "\n".join(lines)] if lines else []


def _standing(report: AuditReport, added: Additions) -> list[str]:
    counts = facts.outcomes(report.checks)
    failed = [check for check in report.checks if check.outcome is Outcome.FAIL]
    lines = [
        "- Checks: " + ", ".join(f"{number} {words.OUTCOME[outcome].lower()}" for outcome, number in counts.items() if number),
        f"- Values that the base held already: {len(added.known)}; set aside by the base: {len(added.settled)}.",
    ]
    if failed:
        lines.append("- Open: " + ", ".join(code(check.check_id) for check in failed[:_MOST_ROWS]))
    lines += [
        f"- {words.NOT_LOOKED_AT}: {group.count:,} {text(group.what)}, {text(group.reason)}"
        for group in report.coverage.groups[:10]
    ]
    lines += [f"- {text(warning)}" for warning in report.warnings]
    end = "Whether the repository is ready to be opened is judged by the scan of its whole history."
    return ["\n".join(lines), end]


def _fitted(blocks: list[str]) -> str:
    kept: list[str] = []
    used = 0
    for block in blocks:
        used += len(block.encode("utf-8", "backslashreplace")) + 2
        if used > _LIMIT:
            kept.append("This is shortened to fit; the rest is in the full report.")
            break
        kept.append(block)
    return "\n\n".join(kept) + "\n"
