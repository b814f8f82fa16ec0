"""Every implicit way of turning a found value into text gives the mask."""

from __future__ import annotations

import copy
import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.secret import Secret, length_class, mask


@given(st.binary(min_size=4))
def test_no_implicit_way_out(value: bytes) -> None:
    secret = Secret(value, "ghp_**** (long)")
    for shown in (str(secret), repr(secret), f"{secret}", f"{secret:>40}", f"{secret}"):
        assert "ghp_****" in shown
    assert pickle.loads(pickle.dumps(secret)).reveal() == b""  # noqa: S301  our own bytes
    assert copy.deepcopy(secret).reveal() == b""
    assert secret.reveal() == value


def test_it_cannot_be_iterated_or_dumped() -> None:
    with pytest.raises(TypeError):
        list(Secret(b"abc"))
    with pytest.raises(TypeError):
        json.dumps(Secret(b"abc"))


@given(st.text(min_size=1, max_size=200), st.booleans())
def test_a_mask_says_the_length_class_at_most(value: str, show: bool) -> None:  # noqa: FBT001  drawn by hypothesis
    shown = mask(value, show_length=show)
    assert shown == (f"**** ({length_class(len(value))})" if show else "****")


def test_the_public_prefix_is_shown() -> None:
    assert mask("x" * 40, public_prefix="ghp_") == "ghp_**** (long)"
