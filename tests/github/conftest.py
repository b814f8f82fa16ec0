"""The GitHub on this machine, and a client that never really waits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest

from auditor.github.access import Access
from auditor.github.client import Client
from tests.github.server import TOKEN, GitHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.github.limits import Patience
    from auditor.github.memory import Memory


@pytest.fixture
def github() -> Iterator[GitHub]:
    """Give a server; at the end, an answer of it that is not as GitHub publishes it fails the test."""
    with GitHub() as made:
        yield made
    assert made.wrong == []


class Clock:
    """Time that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


class MakeClient(Protocol):
    """Make a client of the server; anonymous where the token is empty."""

    def __call__(
        self, *, token: str = TOKEN, memory: Memory | None = None, patience: Patience | None = None, timeout: float = 20
    ) -> Client: ...


@pytest.fixture
def client_of(github: GitHub, clock: Clock) -> Iterator[MakeClient]:
    made: list[Client] = []

    def make(*, token: str = TOKEN, memory: Memory | None = None, patience: Patience | None = None, timeout: float = 20) -> Client:
        access = Access(github.url, token)
        made.append(Client(access, memory=memory, patience=patience, timeout=timeout, clock=clock, sleep=clock.sleep))
        return made[-1]

    yield make
    for client in made:
        client.__exit__(None, None, None)
