"""From the JSON report back to an `AuditReport`, for the commands that work on an earlier report."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

import jsonschema

from auditor.errors import ConfigurationError
from auditor.model.check import Attested, CheckInfo, CheckResult, Evidence, Method, Outcome, Source
from auditor.model.coverage import Coverage, GapKind, Skipped
from auditor.model.finding import Finding, Location, Suppression
from auditor.model.levels import Confidence, Effort, Exposure, Grade, Severity
from auditor.model.report import SCHEMA_VERSION, Attestation, AuditReport, Deadline, Target, Tool, Way
from auditor.model.rule import Category, Remediation
from auditor.model.verdict import Blocker, BlockerKind, Decision, Route, Verdict
from auditor.reports.json_report import schema

T = TypeVar("T")


def read_report(text: str, *, name: str = "The file") -> AuditReport:
    """Return the report that the JSON text holds; `name` says in errors where the text comes from.

    Raises:
        ConfigurationError: the text is no JSON, or not of the published shape.
    """
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        msg = f"{name} is not a JSON report of auditor."
        raise ConfigurationError(msg, hint="Make one with: auditor scan PATH --report json=FILE") from None
    version = str(data.get("schema_version", "")) if isinstance(data, dict) else ""
    if version.partition(".")[0] != SCHEMA_VERSION.partition(".")[0]:
        msg = f"{name} is a report of shape {version or 'unknown'!r}; this version reads {SCHEMA_VERSION}."
        raise ConfigurationError(msg, hint="Run auditor scan again to make a report of the current shape.")
    error = jsonschema.exceptions.best_match(_validator().iter_errors(data))
    if error is not None:
        place = "/".join(str(part) for part in error.absolute_path) or "its top level"
        msg = f"{name} does not have the published shape at {place}."
        raise ConfigurationError(msg, hint="Compare it with the output of: auditor schema")
    return _report(data)


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads(schema()), format_checker=jsonschema.FormatChecker())


def _make(made: type[T], data: dict[str, Any], /, **converted: Any) -> T:  # noqa: ANN401  the fields of the type
    """Build a value from those keys that are its fields; a later version may have added others."""
    known = {field.name for field in fields(made)}  # type: ignore[arg-type]
    return made(**{key: item for key, item in {**data, **converted}.items() if key in known})


def _report(data: dict[str, Any]) -> AuditReport:
    target, tool = data["target"], data["tool"]
    return AuditReport(
        target=_make(Target, target, first_commit=_time(target["first_commit"]), last_commit=_time(target["last_commit"])),
        tool=_make(Tool, tool, settings=tuple(tool["settings"].items())),
        generated=datetime.fromisoformat(data["generated"]),
        findings=tuple(_finding(item) for item in data["findings"]),
        checks=tuple(_check(item) for item in data["checks"]),
        coverage=_coverage(data["coverage"]),
        verdict=_verdict(data["verdict"]),
        attestations=tuple(_make(Attestation, item) for item in data["attestations"]),
        warnings=tuple(data["warnings"]),
        ways=tuple(_way(item) for item in data.get("ways", ())),
        deadlines=tuple(_make(Deadline, item, until=_day(item["until"])) for item in data.get("deadlines", ())),
    )


def _way(data: dict[str, Any]) -> Way:
    lists = {key: tuple(data[key]) for key in ("stays", "goes", "to_do")}
    return _make(Way, data, source=_make(Source, data["source"]), **lists)


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _coverage(data: dict[str, Any]) -> Coverage:
    return Coverage(
        refs=data["refs"],
        commits=data["commits"],
        blobs=data["blobs"],
        bytes=data["bytes"],
        files=data["files"],
        skipped=tuple(
            _make(Skipped, item, kind=GapKind(item["kind"]), container=tuple(item["container"])) for item in data["not_looked_at"]
        ),
        notes=tuple(data["notes"]),
    )


def _location(data: dict[str, Any]) -> Location:
    exposure = Exposure(data["exposure"]) if data["exposure"] else None
    return _make(Location, data, authored=_time(data["authored"]), gone=_time(data["gone"]), exposure=exposure)


def _finding(data: dict[str, Any]) -> Finding:
    suppression = data["suppression"]
    remediation = data["remediation"]
    return _make(
        Finding,
        data,
        category=Category(data["category"]),
        severity=Severity(data["severity"]),
        confidence=Confidence(data["confidence"]),
        grade=Grade(data["grade"]),
        exposure=tuple(Exposure(item) for item in data["exposure"]),
        locations=tuple(_location(item) for item in data["locations"]),
        remediation=_make(Remediation, remediation, steps=tuple(remediation["steps"])),
        references=tuple(data["references"]),
        suppression=_make(Suppression, suppression, until=_day(suppression["until"])) if suppression else None,
        rotated=_day(data["rotated"]),
        notes=tuple(data["notes"]),
        first_seen=_time(data["first_seen"]),
        last_seen=_time(data["last_seen"]),
        related=tuple(data["related"]),
    )


def _check(data: dict[str, Any]) -> CheckResult:
    info = CheckInfo(
        id=data["id"],
        title=data["title"],
        question=data["question"],
        why=data["why"],
        remediation=data["remediation"],
        effort=Effort(data["effort"]),
        who=data["who"],
        grade=Grade(data["default_grade"]),
        method=Method(data["method"]),
        sources=tuple(_make(Source, item) for item in data["sources"]),
        group=data["group"],
    )
    attested = data["attested"]
    return CheckResult(
        info=info,
        outcome=Outcome(data["outcome"]),
        evidence=tuple(_make(Evidence, item) for item in data["evidence"]),
        reason=data["reason"],
        grade=Grade(data["grade"]),
        attested=_make(Attested, attested, on=_day(attested["on"]), until=_day(attested["until"])) if attested else None,
    )


def blocker_from(data: dict[str, Any]) -> Blocker:
    """Return a blocker as JSON holds it."""
    return _make(
        Blocker,
        data,
        kind=BlockerKind(data["kind"]),
        grade=Grade(data["grade"]),
        where=tuple(data["where"]),
        source=_make(Source, data["source"]) if data["source"] else None,
        effort=Effort(data["effort"]),
    )


def _route(data: dict[str, Any]) -> Route:
    return Route(
        decision=Decision(data["decision"]),
        blockers=tuple(blocker_from(item) for item in data["blockers"]),
        cautions=tuple(blocker_from(item) for item in data["cautions"]),
        attestations_due=tuple(blocker_from(item) for item in data["attestations_due"]),
    )


def _verdict(data: dict[str, Any]) -> Verdict:
    return Verdict(
        decision=Decision(data["decision"]),
        intended=data["intended"],
        full_history=_route(data["routes"]["full_history"]),
        fresh_history=_route(data["routes"]["fresh_history"]),
        maturity=data["maturity"],
        nearest=data["nearest"],
    )
