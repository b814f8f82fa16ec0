"""Whatever an anchor matches, the databases find, whatever stands before it.

A backend that loses matches says nothing: Vectorscan 5.4.12 does not find some expressions a few bytes into a content.
"""

from __future__ import annotations

import random
import re
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest
import re2

from auditor.detection import matcher, pattern
from auditor.detection.matcher import FIRST, compile_matcher
from auditor.detection.pattern import Atom, Group, Repeat
from auditor.detection.ruleset import load
from auditor.detection.scanner import matcher_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from auditor.detection.pattern import Node
    from auditor.detection.versions import Look

_BEFORE: Final = (b"", b"\n", b"x", b"a" * 17, b"k=v;" * 10 + b"\n", b"a" * 70 + b" ", b"# x\n" * 50)
_SAMPLES: Final = 3
_LONG: Final = 200


@cache
def _characters(text: str, *, ignore_case: bool) -> bytes:
    one = re.compile((f"(?i){text}" if ignore_case else text).encode("latin-1"), re.DOTALL)
    every = bytes(byte for byte in range(256) if one.fullmatch(bytes([byte])))
    return bytes(byte for byte in every if 32 <= byte < 127) or every


def _drawn(node: Node, draw: random.Random, *, ignore_case: bool = False) -> bytes:
    """Draw what an expression matches; where it begins or ends is not looked at."""
    if isinstance(node, Atom):
        return bytes([draw.choice(_characters(node.text, ignore_case=ignore_case))]) if node.width else b""
    if isinstance(node, Repeat):
        most = node.least + 3 if node.most is None else min(node.most, node.least + _LONG)
        times = draw.choice((node.least, most, draw.randint(node.least, most)))
        return b"".join(_drawn(node.node, draw, ignore_case=ignore_case) for _ in range(times))
    assert isinstance(node, Group)
    ignore_case = ignore_case or re.match(r"\(\?[msU]*i[imsU]*:", node.opening) is not None
    made = []
    for part in draw.choice(node.alternatives):
        if isinstance(part, Atom) and part.text.startswith("(?"):
            ignore_case = ignore_case or "i" in part.text
        else:
            made.append(_drawn(part, draw, ignore_case=ignore_case))
    return b"".join(made)


def _contents(expression: str, draw: random.Random) -> Iterator[bytes]:
    """Yield contents that an expression matches, as another engine says."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    judge = re2.compile(f"(?m){expression}".encode("latin-1"), options)
    tree = pattern.parse(expression)
    for _ in range(_SAMPLES):
        some = _drawn(tree, draw)
        for before in draw.sample(_BEFORE, 3):
            content = before + some + b"\n"
            if judge.search(content) and not (expression.startswith(r"\A") and len(content) > FIRST):
                yield content


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterable[tuple[int, str, str]]:
    """All anchors as the matcher is given them: owner, expression, rule."""
    kept: list[tuple[int, str, str]] = []

    def listen(anchors: Iterable[tuple[int, str, str]], cache_dir: Path | None, *, exact_from: int) -> matcher.Matcher:
        kept.extend(anchors)
        return compile_matcher(kept, cache_dir, exact_from=exact_from)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("auditor.detection.scanner.compile_matcher", listen)
        matcher_for(load(), tmp_path_factory.mktemp("cache"))
    return kept


def test_what_anchors_match_is_found_wherever_it_stands(given: list[tuple[int, str, str]]) -> None:
    draw = random.Random(20261128)  # noqa: S311  drawn the same at every run
    of_rules = [(owner, expression, name) for owner, expression, name in given if not expression.isalnum()]
    found_by = compile_matcher(given, None, exact_from=len(given))
    tried, lost = 0, []
    for owner, expression, name in of_rules:
        for content in _contents(expression, draw):
            tried += 1
            if owner not in found_by.scan(content):
                lost.append((name, expression, content))
    assert tried > 5 * len(of_rules)
    assert not lost


def test_the_backend_that_is_installed_has_no_known_flaw() -> None:
    assert matcher.flaw() == ""


def test_a_backend_that_misses_what_it_should_find_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def finds_nothing(_database: object) -> Look:
        return lambda _data, _found: None

    monkeypatch.setattr(matcher, "_looker", finds_nothing)
    assert "misses some matches" in matcher.flaw()
