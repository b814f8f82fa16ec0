"""HIS-03."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_plain_messages_pass(ask: Ask) -> None:
    answer = ask("HIS-03", {"a": "b"}, messages=["Count the things that nobody counted"])
    assert (answer.outcome, answer.evidence[0].count) == (Outcome.PASS, 1)


def test_rude_ones_are_listed_by_commit_without_repeating_them(ask: Ask) -> None:
    answer = ask("HIS-03", {"a": "b"}, messages=["Fix this boll" + "ocks"])
    assert answer.outcome is Outcome.NOT_CHECKED
    assert answer.evidence[0].commit
    assert "boll" not in answer.evidence[0].text


def test_each_rude_one_is_told_by_its_own_commit(ask: Ask) -> None:
    messages = [
        "Compute the İstanbul total",
        "WT" + "F is this",
        "Show café times",
        "An id" + "iotic fix",
        "Remove id" + "iots",
        "End",
    ]
    trees = [{"a": str(number)} for number in range(6)]
    answer = ask("HIS-03", trees[-1], earlier=trees[:-1], messages=messages)
    assert len({item.commit for item in answer.evidence}) == len(answer.evidence) == 2
