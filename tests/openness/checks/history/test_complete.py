"""HIS-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.model.check import Outcome
from auditor.model.coverage import Coverage, GapKind, Skipped

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_a_whole_history_passes_with_its_figures(ask: Ask) -> None:
    answer = ask("HIS-01", {"a": "b"}, earlier=[{"a": "c"}])
    assert answer.outcome is Outcome.PASS
    assert answer.evidence[0].count == 2


def test_refs_that_this_copy_lacks_are_mentioned(ask: Ask) -> None:
    answer = ask("HIS-01", {"a": "b"}, remotes={"origin": "https://github.com/example/example"})
    assert "pull requests are not in this copy" in answer.evidence[1].text


def test_each_gap_is_named(ask: Ask) -> None:
    gaps = (Skipped(GapKind.HISTORY, "commit", "shallow clone"), Skipped(GapKind.OPAQUE, "blob", "encrypted"))
    answer = ask("HIS-01", {"a": "b"}, coverage=Coverage(skipped=gaps))
    assert (answer.outcome, answer.evidence[0].text, len(answer.evidence)) == (Outcome.FAIL, "commit: shallow clone", 1)
