from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from auditor.model.blob import Origin
from auditor.model.finding import Match, Span
from auditor.model.levels import Confidence, Exposure, Severity
from auditor.model.provenance import Place
from auditor.model.rule import Category, PathCondition, Provider, Rule

if TYPE_CHECKING:
    from auditor.model.levels import Grade

START = datetime(2024, 1, 1, tzinfo=UTC)


def rule(  # noqa: PLR0913  the fields that these tests vary
    rule_id: str = "acme-key",
    *,
    specificity: int = 50,
    include: tuple[str, ...] = (),
    exclude: tuple[str, ...] = (),
    severity: Severity = Severity.HIGH,
    grade: Grade | None = None,
    category: Category = Category.SECRET,
) -> Rule:
    made = Rule(
        id=rule_id,
        title=f"Title of {rule_id}",
        category=category,
        severity=severity,
        confidence=Confidence.HIGH,
        provider=Provider("acme", "Acme"),
        specificity=specificity,
        paths=PathCondition(include, exclude),
    )
    return made if grade is None else replace(made, grade=grade)


def match(rule_id: str = "acme-key", oid: str = "a" * 40, key: bytes = b"k", **changes: object) -> Match:
    values: dict[str, object] = {
        "rule_id": rule_id,
        "oid": oid,
        "origin": Origin.BLOB,
        "span": Span(0, 4),
        "masked": "**** (medium)",
        "key": key,
        "severity": Severity.HIGH,
        "confidence": Confidence.HIGH,
        "line": 3,
        "column": 7,
    }
    return Match(**{**values, **changes})  # type: ignore[arg-type]  # one dictionary of defaults for tests


def place(path: str | None = "src/app.py", *, day: int = 0, exposure: Exposure = Exposure.HEAD, gone: int | None = None) -> Place:
    return Place(
        path,
        f"{day:040x}",
        START + timedelta(days=day),
        exposure,
        None if gone is None else START + timedelta(days=gone),
    )
