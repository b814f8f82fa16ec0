"""Closed, ordered scales. Members are declared from least to most; `rank` compares them."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A scale whose order of declaration is its order of weight."""

    rank: int
    """Position on the scale, 0 for the least."""

    def __init__(self, _: str) -> None:
        """Count the members once, as they are declared: histories ask for ranks a hundred thousand times."""
        self.rank = len(type(self).__members__)


class Severity(Level):
    """Impact if the finding is real."""

    INFO = "info"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Confidence(Level):
    """How surely a match is real."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Grade(Level):
    """What a finding or a failed check does to the verdict; a policy pack may change it."""

    INFO = "info"
    SHOULD = "should"
    MUST = "must"
    BLOCKER = "blocker"


class Effort(Level):
    """How long the remedy usually takes one person."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class Exposure(Level):
    """Who would see it: from the place that stays private to the place that everybody reads first."""

    UNCOMMITTED = "uncommitted"
    LOCAL_ONLY = "local_only"
    OTHER_REF = "other_ref"
    PULL_REQUEST_REF = "pull_request_ref"
    FORGE = "forge"
    BRANCH_OR_TAG = "branch_or_tag"
    HEAD = "head"
