"""The stream of objects is cut into runs: nothing is lost or taken twice, and where they taper, the last run is a small one."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from auditor.sources.catalogue import Catalogue

SIZES = st.lists(st.integers(0, 1_000_000), max_size=60)


def catalogue(sizes: list[int]) -> Catalogue:
    return Catalogue([b"%d" % number for number in range(len(sizes))], sizes, [b"blob"] * len(sizes))


@given(SIZES, st.integers(1, 20), st.booleans())
def test_runs_are_the_stream(sizes: list[int], parts: int, tapering: bool) -> None:  # noqa: FBT001  drawn
    stream = catalogue(sizes)
    runs = stream.split(parts, tapering=tapering)
    assert [oid for run in runs for oid in run] == stream.oids
    assert len(runs) <= parts
    assert all(runs)


def test_runs_cost_about_the_same_or_less_and_less() -> None:
    stream = catalogue([1000] * 3600)
    assert [len(run) for run in stream.split(4)] == [900, 900, 900, 900]
    tapering = [len(run) for run in stream.split(8, tapering=True)]
    assert tapering == [800, 700, 600, 500, 400, 300, 200, 100]
    assert all(one > other for one, other in pairwise(tapering))
