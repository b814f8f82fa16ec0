"""Several shares that are read as one."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from auditor.model.blob import Blob, Share
    from auditor.model.coverage import Skipped


class Several:
    """Shares one after the other, as one."""

    def __init__(self, shares: Sequence[Share]) -> None:
        """Take the shares in the order in which they are read."""
        self._shares = shares

    def items(self) -> Iterator[Blob | Skipped]:
        """Yield what each of them yields."""
        return chain.from_iterable(share.items() for share in self._shares)

    def facts(self) -> object:
        """Return nothing: this is a second reading."""
        return None
