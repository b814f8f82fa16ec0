"""When to ask again: GitHub's two limits say how long to wait, failures are repeated a few times, and everything has an end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LIMITED: Final = frozenset({403, 429})
_SERVER: Final = 500
_SECONDARY: Final = 60.0
"""GitHub's own advice where a secondary limit comes without a time: wait a minute."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a failed question is repeated, and how many seconds are waited: for one question and for all together."""

    attempts: int = 4
    one: float = 65.0
    all: float = 130.0


_IN_A_ROW: Final = 3
_REST: Final = 60.0
"""Questions that got no answer in a row, and the seconds in which none is asked after that: an outage is not asked through."""

OVERNIGHT: Final = Patience(attempts=6, one=3700.0, all=48 * 3600.0)
"""For many repositories: a limit of requests ends within the hour, and is waited out."""


class Waiting:
    """Decides whether a question is asked again, and waits before that."""

    def __init__(
        self,
        patience: Patience,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        hear: Callable[[str, float], None] = lambda _reason, _seconds: None,
    ) -> None:
        """Begin without having waited; `hear` is told of limits, with the seconds that they cost."""
        self._patience, self._clock, self._sleep, self._hear = patience, clock, sleep, hear
        self.waited = 0.0
        self._lost = 0
        self._rest_until = 0.0

    @property
    def resting(self) -> bool:
        """Tell whether nothing is to be asked for now: nobody answers."""
        return self._clock() < self._rest_until

    def heard(self, *, answer: bool) -> None:
        """Note whether a question got an answer in the end, be it a refusal."""
        self._lost = 0 if answer else self._lost + 1
        self._rest_until = self._clock() + _REST if self._lost >= _IN_A_ROW else 0.0

    def again(self, attempt: int, status: int, headers: Mapping[str, Any], message: str, *, broken: bool) -> bool:
        """Wait, and say True; or say False where it would be too long, too often, or without hope.

        Args:
            attempt: how often it was asked, 1 after the first.
            status: of the answer, 0 where there is none.
            headers: of the answer, names in lower case.
            message: of the answer, in lower case.
            broken: the answer did not arrive whole.
        """
        if attempt >= self._patience.attempts:
            return False
        limit = self.limit(status, headers, message)
        if limit:
            seconds = self._until_allowed(headers, attempt)
        elif (broken or status >= _SERVER) and self._lost < _IN_A_ROW:
            seconds = float(2 ** (attempt - 1))
        else:
            return False
        if seconds > self._patience.one or self.waited + seconds > self._patience.all:
            return False
        if limit:
            self._hear(limit, seconds)
        self.waited += seconds
        self._sleep(seconds)
        return True

    @staticmethod
    def limit(status: int, headers: Mapping[str, Any], message: str) -> str:
        """Name the limit that an answer speaks of, empty where it speaks of none."""
        if status not in _LIMITED:
            return ""
        if str(headers.get("x-ratelimit-remaining", "")) == "0":
            return "the limit of requests is reached"
        if status != 403 or "retry-after" in headers or "secondary rate limit" in message or "abuse" in message:  # noqa: PLR2004  429 is nothing else
            return "GitHub's limit for many requests in a short time is reached"
        return "the limit of requests is reached" if "rate limit" in message else ""

    def _until_allowed(self, headers: Mapping[str, Any], attempt: int) -> float:
        after, reset = str(headers.get("retry-after", "")), str(headers.get("x-ratelimit-reset", ""))
        if after.isdecimal():
            return float(after)
        if str(headers.get("x-ratelimit-remaining", "")) == "0" and reset.isdecimal():
            return max(float(reset) - self._clock(), 0.0) + 1.0
        return _SECONDARY * float(2 ** (attempt - 1))
