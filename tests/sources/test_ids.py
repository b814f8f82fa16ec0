"""Many ids in little room answer as a set of them would."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.sources import ids as module
from auditor.sources.ids import Ids, Joined


def _some(digits: int) -> st.SearchStrategy[set[bytes]]:
    return st.sets(st.binary(min_size=digits // 2, max_size=digits // 2).map(lambda raw: raw.hex().encode()), max_size=40)


@pytest.mark.parametrize("many", [0, 10_000], ids=["where they lie", "from a set"])
@pytest.mark.parametrize("digits", [40, 64])
@given(data=st.data())
def test_ids_are_those_that_were_packed(data: st.DataObject, digits: int, many: int) -> None:
    known, others = data.draw(_some(digits)), data.draw(_some(digits))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_MANY", many)
        packed = Ids(Ids.of(known, digits).packed, digits)
        assert set(packed) == known
        assert len(packed) == len(known)
        assert {oid for oid in known | others if oid in packed} == known
        joined = Joined([packed], others - known)
        assert {oid for oid in known | others if oid in joined} == known | others == set(joined)


@pytest.mark.parametrize("many", [0, 10_000], ids=["where they lie", "from a set"])
def test_what_is_no_id_is_none_of_them(many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MANY", many)
    packed = Ids.of([b"ab" * 20], 40)
    assert b"ab" * 20 in packed
    for other in (b"ab" * 32, b"ab" * 19, b"zz" * 20, b"", "ab" * 20, None):
        assert other not in packed
