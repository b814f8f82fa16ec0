"""What an answer stands on is found out by watching, through everything that checks share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.openness.observing import Part, WatchedContext

if TYPE_CHECKING:
    from collections.abc import Callable

    from auditor.openness.registry import CheckContext


class View:
    kind = "repository"
    tip = "a" * 40
    commits = ()
    tree: tuple[str, ...] = ()

    def read(self, path: str, *, limit: int) -> bytes:
        return path.encode()[:limit]


class Context:
    view = View()
    today = "today"
    memory: dict[str, object]

    def __init__(self) -> None:
        self.memory = {}

    def once(self, key: str, make: Callable[[], object]) -> object:
        if key not in self.memory:
            self.memory[key] = make()
        return self.memory[key]


def watched() -> WatchedContext:
    return WatchedContext(Context())  # type: ignore[arg-type]  # it has all that is used


@pytest.mark.parametrize(
    ("look", "parts"),
    [
        (lambda c: c.view.kind, {Part.KIND}),
        (lambda c: (c.view.tree, c.view.commits), {Part.TIP, Part.COMMITS}),
        (lambda c: c.text("README.md"), {Part.TIP}),
        (lambda c: c.today, {Part.TODAY}),
        (lambda c: getattr(c.view, "blame_of_a_later_version", None), {Part.OTHER}),
        (lambda _: None, set()),
    ],
)
def test_each_look_is_noted(look: Callable[[CheckContext], object], parts: set[Part]) -> None:
    assert watched().watch(look)[1] == parts


def test_a_check_that_takes_what_another_computed_stands_on_the_same_facts() -> None:
    context = watched()

    def survey(inner: CheckContext) -> object:
        return inner.once("survey", lambda: inner.once("inner", lambda: inner.view.tree))

    assert context.watch(lambda c: (c.view.kind, survey(c)))[1] == {Part.KIND, Part.TIP}
    assert context.watch(survey)[1] == {Part.TIP}
    assert context.watch(lambda c: c.once("inner", lambda: c.today))[1] == {Part.TIP}
    assert context.watch(lambda c: c.view.commits)[1] == {Part.COMMITS}


def test_what_it_says_is_what_the_check_says() -> None:
    assert watched().watch(lambda c: c.text("README.md", limit=4))[0] == "READ"
