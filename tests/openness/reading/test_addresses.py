"""Addresses: who could reach them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.openness.reading.addresses import Reach, internal, reach


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://github.com/a/b", Reach.PUBLIC),
        ("git+https://github.com/a/b", Reach.PUBLIC),
        ("git://example.org/a", Reach.PUBLIC),
        ("git@github.com:a/b.git", Reach.NEEDS_KEY),
        ("git+ssh://git@github.com/a/b", Reach.NEEDS_KEY),
        ("git@git.internal:a/b", Reach.INTERNAL),
        ("https://nexus/repository", Reach.INTERNAL),
        ("https://192.168.1.4/x", Reach.INTERNAL),
        ("https://[fd00::1]/x", Reach.INTERNAL),
        ("https://npm.pkg.github.com", Reach.NEEDS_ACCOUNT),
        ("${REGISTRY}/x", Reach.UNKNOWN),
        ("../x", Reach.RELATIVE),
        ("/srv/x", Reach.LOCAL),
        ("C:\\x", Reach.LOCAL),
        ("https://[broken", Reach.UNKNOWN),
    ],
)
def test_each_kind_is_told_by_its_text(address: str, expected: Reach) -> None:
    assert reach(address) is expected


@pytest.mark.parametrize(
    ("host", "expected"), [("build.corp", True), ("mail.dept.gsi.gov.uk", True), ("www.gov.uk", False), ("", False)]
)
def test_internal_hosts(host: str, *, expected: bool) -> None:
    assert internal(host) is expected


@given(st.text(max_size=80))
def test_any_text_gets_an_answer(text: str) -> None:
    assert reach(text) in Reach
