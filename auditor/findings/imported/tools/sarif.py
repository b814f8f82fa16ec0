"""SARIF 2.1.0 of any tool: keys and credentials where the tool or its rule says so, everything else as advice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from auditor.findings.imported import record
from auditor.findings.imported.record import Imported
from auditor.findings.imported.registry import reader
from auditor.model.levels import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRETS: Final = re.compile(
    r"(?i)gitleaks|betterleaks|trufflehog|kingfisher|detect-secrets|ggshield|secret|credential|noseyparker|leak"
)
_LEVELS: Final = {"error": Severity.HIGH, "warning": Severity.MEDIUM, "note": Severity.LOW, "none": Severity.INFO}


def _entries(document: Any) -> list[Any] | None:  # noqa: ANN401  any JSON value
    if not isinstance(document, dict) or not isinstance(document.get("runs"), list):
        return None
    if record.text(document.get("version", "2.1.0")) != "2.1.0" and "sarif" not in record.text(document.get("$schema")):
        return None
    return [(known, result) for known in map(_run, document["runs"]) for result in known.results]


@dataclass(frozen=True, slots=True)
class _Run:
    """The tool of a run, its rules by id, and the results."""

    tool: str
    rules: dict[str, dict[str, Any]]
    results: list[Any]


def _run(run: Any) -> _Run:  # noqa: ANN401  any JSON value
    driver = record.mapping(record.mapping(record.mapping(run).get("tool")).get("driver"))
    rules = {record.text(rule.get("id")): rule for rule in record.sequence(driver.get("rules")) if isinstance(rule, dict)}
    return _Run(record.name(driver.get("name")), rules, record.sequence(record.mapping(run).get("results")))


@reader("sarif", _entries)
def sarif(entry: Any) -> Iterator[Imported]:  # noqa: ANN401  any JSON value
    """Read one result, at each of its places. Its message is not read: it may quote the value."""
    run, result = entry[0], record.mapping(entry[1])
    if record.sequence(result.get("suppressions")) or result.get("kind", "fail") in {"pass", "notApplicable", "informational"}:
        return
    rule_id = record.text(result.get("ruleId")) or record.text(record.mapping(result.get("rule")).get("id"))
    rule = record.mapping(run.rules.get(rule_id))
    tags = " ".join(record.text(tag) for tag in record.sequence(record.mapping(rule.get("properties")).get("tags")))
    is_secret = any(_SECRETS.search(text) for text in (run.tool, rule_id, tags))
    default = record.mapping(rule.get("defaultConfiguration")).get("level", "warning")
    severity = _LEVELS.get(record.text(result.get("level", default)), Severity.MEDIUM)
    for place in record.sequence(result.get("locations")):
        physical = record.mapping(record.mapping(place).get("physicalLocation"))
        region = record.mapping(physical.get("region"))
        yield Imported(
            run.tool,
            record.name(rule_id),
            record.path(unquote(record.text(record.mapping(physical.get("artifactLocation")).get("uri")))),
            line=record.number(region.get("startLine")),
            end_line=record.number(region.get("endLine")),
            column=record.number(region.get("startColumn")),
            commit=_commit(result, record.mapping(place)),
            secret=record.secret(record.mapping(region.get("snippet")).get("text")) if is_secret else None,
            confidence=Confidence.MEDIUM,
            severity=Severity.HIGH if is_secret else severity,
            is_secret=is_secret,
        )


def _commit(result: dict[str, Any], place: dict[str, Any]) -> str | None:
    """Find the commit where the tools that look at history write it."""
    fingerprints = record.mapping(result.get("partialFingerprints"))
    history = record.mapping(record.mapping(place.get("properties")).get("git_metadata"))
    return record.commit(fingerprints.get("commitSha")) or record.commit(record.mapping(history.get("commit")).get("id"))
