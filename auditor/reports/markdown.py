"""Markdown, in two sizes: a step summary (1 MiB) and a pull request comment (65,536 characters).

What comes from the repository is shown as code or escaped: no mention, link, image or markup of a stranger takes effect.
With `public`, findings that only history holds are counted by rule and their places left out: whoever reads a public
summary should not be led to a secret that still works.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from auditor.model.check import Outcome
from auditor.reports import facts, words
from auditor.reports.formats import Options, report_format
from auditor.reports.safe_text import safe, shorten

if TYPE_CHECKING:
    from auditor.model.report import AuditReport
    from auditor.model.verdict import Blocker

MARKER: Final = "<!-- auditor:report -->"
"""By which a comment is found again and updated in place."""
_SUMMARY_LIMIT: Final = 1_000_000
_COMMENT_LIMIT: Final = 65_000
_PUNCTUATION: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>$^=:])")
_MOST_PLACES: Final = 5
_LONGEST: Final = 300
_MOST_ROWS: Final = 50


@report_format("markdown", extension="md", purpose="a step summary or a page of a wiki")
def render_markdown(report: AuditReport, options: Options) -> str:
    """Render the whole report as markdown, within the bound of a step summary."""
    return _fit(_blocks(report, options), options.limit or _SUMMARY_LIMIT, options.link)


@report_format("comment", extension="md", purpose="a comment on a pull or merge request")
def render_comment(report: AuditReport, options: Options) -> str:
    """Render the short form, found again by its hidden marker."""
    blocks = [MARKER, *_blocks(report, options, short=True)]
    return _fit(blocks, options.limit or _COMMENT_LIMIT, options.link)


def text(value: str) -> str:
    """Escape text so that it shows as it is."""
    value = shorten(value, _LONGEST * 2).replace("&", "&amp;").replace("<", "&lt;")
    # The entity and the empty comment keep @names and addresses from becoming mentions and links.
    return _PUNCTUATION.sub(r"\\\1", value).replace("@", "@<!-- -->").replace("//", "/<!-- -->/")


def code(value: str) -> str:
    """Show text as code, in a fence longer than any run of backticks in it; a bar would end a cell of a table."""
    value = shorten(value, _LONGEST).replace("|", "\u00a6")
    fence = "`" * (max((len(run) for run in re.findall(r"`+", value)), default=0) + 1)
    pad = " " if "`" in value or not value.strip() else ""
    return f"{fence}{pad}{value}{pad}{fence}"


def _link(label: str, url: str) -> str:
    return f"[{text(label)}]({url})" if facts.web_link(url) else text(label)


def _fit(blocks: list[str], limit: int, link: str) -> str:
    """Keep whole blocks up to the bound and say what is missing: a cut in the middle could leave a fence or a table open."""
    end = f"The full report: {_link(link, link)}" if link else ""
    short = f"This is shortened to fit. {end}".strip()
    budget = limit - len(short.encode()) - 2
    kept: list[str] = []
    used = 0
    for number, block in enumerate(blocks):
        used += len(block.encode()) + 2
        if used > budget:
            kept.append(short)
            break
        kept.append(block)
        if number == len(blocks) - 1 and end:
            kept.append(end)
    return "\n\n".join(kept) + "\n"


def _blocks(report: AuditReport, options: Options, *, short: bool = False) -> list[str]:
    verdict = report.verdict
    route = verdict.route
    blocks = [f"## {text(report.target.name)}: {words.HEADLINE[verdict.decision]}", text(facts.sentence(report)), _routes(report)]
    blocks += _listed(report, words.heading(verdict.decision), route.blockers, options)
    if not route.blockers:
        blocks.append(words.NOTHING_BLOCKS)
    blocks += _listed(report, words.ATTEST, route.attestations_due, options)
    if not short:
        good = facts.good(report)
        if good:
            blocks += [f"### {words.GOOD}", "\n".join(f"- {text(check.check_id)}: {text(check.info.title)}" for check in good)]
        blocks += _check_table(report)
    blocks += _finding_table(report)
    blocks += [f"### {words.LOOKED_AT}", _coverage(report)]
    return blocks


def _routes(report: AuditReport) -> str:
    rows = ["| Way of publishing | Verdict | |", "|---|---|---|"]
    for name, route in (("full_history", report.verdict.full_history), ("fresh_history", report.verdict.fresh_history)):
        rows.append(f"| {words.ROUTE[name]} | **{words.DECISION[route.decision]}** | {facts.standing(route)} |")
    return "\n".join(rows)


def _listed(report: AuditReport, title: str, blockers: tuple[Blocker, ...], options: Options) -> list[str]:
    if not blockers:
        return []
    blocks = [f"### {title}"]
    for number, blocker in enumerate(facts.worst_first(report, blockers)[: facts.MOST_BLOCKERS], 1):
        hidden = options.public and facts.only_in_history(report, blocker)
        lines = [(words.WHERE, words.HIDDEN_PLACES if hidden else _places(blocker)), (words.WHY, text(blocker.why))]
        if blocker.source:
            lines.append((words.RULE, _link(facts.source_line(blocker.source), blocker.source.url)))
        if blocker.remediation:
            lines.append((words.TO_DO, f"{text(blocker.remediation)} ({words.TAKES.lower()}: {words.EFFORT[blocker.effort]})"))
        if blocker.act and not hidden:
            lines.append((words.RUN, code(blocker.act)))
        items = [f"   - {label}: {value}" for label, value in lines if value]
        blocks.append("\n".join([f"{number}. **{text(blocker.title)}**", *items]))
    if len(blockers) > facts.MOST_BLOCKERS:
        blocks.append(words.more(len(blockers) - facts.MOST_BLOCKERS))
    return blocks


def _places(blocker: Blocker) -> str:
    places = [code(place) for place in blocker.where[:_MOST_PLACES]]
    if len(blocker.where) > _MOST_PLACES:
        places.append(words.more(len(blocker.where) - _MOST_PLACES))
    return ", ".join(places)


def _check_table(report: AuditReport) -> list[str]:
    rows = ["| Check | Outcome | |", "|---|---|---|"]
    for _, checks in facts.by_group(report.checks):
        for check in checks:
            seen = check.reason or (check.evidence[0].text if check.evidence else "")
            detail = code(seen) if seen and check.outcome is not Outcome.PASS else text(seen)
            rows.append(f"| {text(check.check_id)} {text(check.info.title)} | {words.OUTCOME[check.outcome]} | {detail} |")
    return [f"### {words.CHECKS}", "\n".join(rows)] if report.checks else []


def _finding_table(report: AuditReport) -> list[str]:
    found = facts.counted(report.findings)
    counts = Counter((finding.rule_id, facts.worst_exposure(finding)) for finding in found)
    ranked = sorted(counts.items(), key=lambda item: (-(item[0][1].rank if item[0][1] else -1), -item[1], item[0][0]))
    rows = ["| Rule | Who would see it | Findings |", "|---|---|---:|"]
    rows += [
        f"| {code(rule)} | {words.EXPOSURE[exposure] if exposure else ''} | {number} |"
        for (rule, exposure), number in ranked[:_MOST_ROWS]
    ]
    blocks = [f"### {words.FINDINGS}", "\n".join(rows) if found else words.NOTHING_FOUND]
    suppressed = len(report.findings) - len(found)
    return [*blocks, words.suppressed(suppressed)] if suppressed else blocks


def _coverage(report: AuditReport) -> str:
    target, tool = report.target, report.tool
    commit = f"commit {code(target.head[:12])}, " if target.head else ""
    made_by = f"{text(tool.name)} {text(tool.version)}, policy {text(tool.policy_title or tool.policy)}"
    lines = [
        f"- {facts.looked_at(report.coverage)}",
        f"- {commit}{facts.day(report.generated)}, {made_by}",
    ]
    lines += [
        f"- {words.NOT_LOOKED_AT}: {group.count:,} {text(group.what)}, {text(group.reason)} ({words.GAP[group.kind].lower()})"
        for group in report.coverage.groups[:_MOST_ROWS]
    ]
    return "\n".join([*lines, *(f"- {text(safe(warning))}" for warning in report.warnings)])
