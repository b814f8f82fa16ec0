"""CLS-05."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.openness_file import OpennessFile
from tests.openness.verdict_cases import exception

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_closed_path_in_files_or_history_fails(ask: Ask) -> None:
    book = OpennessFile(intended="part", exceptions=(exception("fraud/**"),))
    assert ask("CLS-05", {"fraud/a.py": "x"}, book=book).outcome is Outcome.FAIL
    answer = ask("CLS-05", {"b.py": "x"}, earlier=[{"fraud/a.py": "x"}], book=book)
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "fraud/a.py")
    assert answer.evidence[0].commit


def test_a_clean_one_passes_and_without_exceptions_it_does_not_apply(ask: Ask) -> None:
    book = OpennessFile(intended="part", exceptions=(exception("fraud/**"),))
    assert ask("CLS-05", {"b.py": "x"}, book=book).outcome is Outcome.PASS
    assert ask("CLS-05", {"b.py": "x"}).outcome is Outcome.NOT_APPLICABLE
    assert ask("CLS-05", {"fraud/a.py": "x"}, book=replace(book, intended="closed")).outcome is Outcome.NOT_APPLICABLE
