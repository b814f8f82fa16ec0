from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.reach import RUNS, run, table
from benchmarks.reach_corpus import build

if TYPE_CHECKING:
    from pathlib import Path


def test_auditor_reaches_every_place(tmp_path: Path) -> None:
    corpus = build(tmp_path / "repo")
    reached = run(RUNS[0], corpus, None)
    assert reached is not None
    every = {(group, place) for group, places in corpus.tokens.items() for place in places}
    assert every - reached.places == set()
    assert f"{len(every)} of {len(every)}" in table(corpus, [reached])
