"""What a finding weighs: the rule's grade, what the policy makes of it, and where it stands.

Applying it twice changes nothing, so that audit and verdict may both do it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from auditor.model.levels import Grade, Severity
from auditor.model.rule import Category
from auditor.openness.registry import CHECKS
from auditor.openness.subjects import check_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from auditor.model.finding import Finding
    from auditor.model.policy import Policy

_ISSUED: Final = frozenset({Category.SECRET, Category.PRIVATE_KEY})
_OF_ANY_ISSUER: Final = frozenset({"json-web-token", "registry-auth"})
"""Formats that anybody fills: nobody says who issued it, and samples of them are as common as live ones."""
_DATA_OF_PEOPLE: Final = frozenset({"PII-10"})
ROTATES: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY, Category.RISKY_FILE})
"""What is replaced when it leaked; a date of birth or a marking cannot be."""
OPENNESS_FILE: Final = "openness.yml"
_TESTS_HOLD_DUMMIES: Final = frozenset({Category.PERSONAL_DATA, Category.CREDENTIAL, Category.PRIVATE_KEY, Category.RISKY_FILE})


def is_generic(finding: Finding) -> bool:
    """Tell whether the rule knows only the shape of a secret, not who issued it."""
    return finding.category not in _ISSUED or finding.rule_id in _OF_ANY_ISSUER or finding.rule_id.startswith("generic-")


def is_cleared(finding: Finding) -> bool:
    """Tell whether the finding's suppression is strong enough for its weight.

    A mark beside the value, or another tool's baseline, is written by whoever writes the code: it does not clear a high or
    critical finding of a known provider. Such a finding needs an entry of openness.yml.
    """
    if finding.suppression is None:
        return False
    if finding.suppression.source.endswith(OPENNESS_FILE):
        return True
    return is_generic(finding) or finding.severity.rank < Severity.HIGH.rank


def rotates(finding: Finding) -> bool:
    """Tell whether it can be replaced: a key can, the people in a database dump cannot."""
    return finding.category in ROTATES and check_for(finding) not in _DATA_OF_PEOPLE


def is_rotated(finding: Finding) -> bool:
    """Tell whether it was replaced, and is of a kind that can be."""
    return finding.rotated is not None and rotates(finding)


def grade_of(finding: Finding, policy: Policy) -> Grade:
    """Return what a finding does to the verdict before anybody answered for it.

    In test code, made-up people, passwords and keys are the rule and real ones the exception: a person has to say which,
    so a blocker becomes a must there. A token in the format of a known provider weighs the same everywhere.
    """
    grade = policy.rule_grades.get(finding.rule_id) or _as_its_check(finding, policy)
    if grade is Grade.BLOCKER and finding.in_test_code and (finding.category in _TESTS_HOLD_DUMMIES or is_generic(finding)):
        grade = Grade.MUST
    if finding.severity is Severity.INFO:
        grade = Grade.INFO
    return grade


def _as_its_check(finding: Finding, policy: Policy) -> Grade:
    """Follow the policy where it makes the finding's check weigh more or less than the catalogue does."""
    check_id = check_for(finding)
    wanted = policy.check_grades.get(check_id)
    if wanted is None or check_id not in CHECKS:
        return finding.grade
    usual = CHECKS[check_id].info.grade
    if wanted is usual:
        return finding.grade
    choose = min if wanted.rank < usual.rank else max
    return choose(finding.grade, wanted, key=lambda grade: grade.rank)


def graded(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """Return the findings with the grade that the policy gives them."""
    return tuple(replace(finding, grade=grade_of(finding, policy)) for finding in findings)
