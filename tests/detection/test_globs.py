"""Which globs match a path: the fast engine that looks at all of them first must not decide otherwise than each for itself."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.detection.globs import Globs, translate
from auditor.detection.ruleset import load

GROUPS = [(rule.id, rule.files) for rule in load((), disabled=frozenset()).rules if rule.files]
OURS = Globs(GROUPS)
SINGLE = [(name, [re.compile(translate(glob), re.IGNORECASE | re.DOTALL) for glob in globs]) for name, globs in GROUPS]
PIECES = re.findall(r"[\w.-]+", " ".join(glob for _, globs in GROUPS for glob in globs))


ODD = st.one_of(st.sampled_from(PIECES), st.sampled_from("/._-xX\nß\u017f É"), st.text(max_size=3))


@given(st.lists(ODD, max_size=8).map("".join))
def test_all_at_once_and_each_alone_agree(path: str) -> None:
    alone = [name for name, globs in SINGLE if any(glob.fullmatch(path) for glob in globs)]
    assert OURS.match(path) == alone


@pytest.mark.parametrize(
    ("glob", "path", "matches"),
    [
        ("**/*.key", "a/b.KEY", True),
        ("**/*.key", "b.key", True),
        ("*.key", "a/b.key", False),
        ("keys/**", "keys/a/b", True),
        ("{a,b}?.txt", "b1.txt", True),
        ("{a,b}?.txt", "b/.txt", False),
        ("*.key", "two\nlines.key", True),
        ("?.key", "é.key", True),
    ],
)
def test_what_a_glob_matches(glob: str, path: str, *, matches: bool) -> None:
    assert Globs([("rule", [glob])]).match(path) == (["rule"] if matches else [])


def test_without_globs_nothing_matches() -> None:
    assert Globs([]).match("any.txt") == []
