"""A policy pack: grades, expected licences, required attestations and review periods as data, each line with its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from auditor.model.check import Source
    from auditor.model.levels import Grade


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One decision of an organisation: what it applies to, its value, and the document that says so."""

    subject: str
    value: str
    source: Source


@dataclass(frozen=True, slots=True)
class Policy:
    """An organisation's pack, its ancestors already merged in.

    `check_grades` and `rule_grades` override grades by check id and rule id; `licences` are SPDX ids accepted for code,
    `expected_licences` those that its guidance names; `required_attestations` are check ids that a person must answer;
    `second_person` says whether an attestation needs somebody other than the author of the finding.
    """

    id: str
    title: str
    check_grades: Mapping[str, Grade] = field(default_factory=dict)
    rule_grades: Mapping[str, Grade] = field(default_factory=dict)
    licences: tuple[str, ...] = ()
    expected_licences: tuple[str, ...] = ()
    required_attestations: tuple[str, ...] = ()
    attestation_months: int = 6
    attestation_months_most: int = 12
    second_person: bool = False
    lines: tuple[PolicyLine, ...] = ()
