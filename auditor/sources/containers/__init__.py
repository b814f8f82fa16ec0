"""One adapter for each format that holds other content, found by content, bounded in depth, size, ratio and time.

    may_contain(head, size)    is it worth calling expand? cheap enough for every blob of a history
    expand(blob, limits)       the content inside as blobs, and a `Skipped` for whatever stayed closed

`expand` never raises because of what it reads. Readers that may crash or hang run in a helper process (`helper.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from auditor.model.blob import Blob
from auditor.model.coverage import GapKind, Skipped
from auditor.sources.containers import adapter as _adapter
from auditor.sources.containers import helper
from auditor.sources.containers.budget import Budget, CannotOpenError, Closed, Limits, NotThisError, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from auditor.sources.containers.adapter import Adapter

__all__ = ["HEAD", "Limits", "expand", "may_contain"]

HEAD: Final = _adapter.HEAD
"""So many first bytes `may_contain` wants to see."""

_NAME_LENGTH = 200
_LISTED = 200
_quick: Callable[[bytes, int], bool] | None = None


def may_contain(head: bytes, size: int) -> bool:
    """Tell from the first bytes (`HEAD` of them, or more) and the size whether content may be a container."""
    global _quick  # noqa: PLW0603  the look-up table is built at the first call: the adapters import this package
    if _quick is None:
        _quick = _adapter.maker()
    return _quick(head, size)


def expand(blob: Blob, limits: Limits) -> Iterator[Blob | Skipped]:
    """Yield what a blob holds inside, at every depth, and a `Skipped` for each part that stayed closed.

    The blobs keep `oid`, `origin` and `path` of the outer one; `container` is the way in.
    """
    budget = Budget(limits)
    inner = _expand(blob, budget, limits.depth)
    closed = 0
    while True:
        budget.resume()
        item = next(inner, None)
        budget.pause()
        if item is None:
            break
        if isinstance(item, Skipped):
            closed += 1
            if closed > _LISTED:
                continue
        yield item
    if closed > _LISTED:
        yield _skipped(blob, "more closed members than are listed")


def _expand(blob: Blob, budget: Budget, depth: int) -> Iterator[Blob | Skipped]:
    """Open one container, and those inside it."""
    adapter = _adapter.find(blob.data[:HEAD], blob.size)
    if adapter is None:
        return
    if depth <= 0:
        yield _skipped(blob, Reason.DEPTH.value)
        return
    try:
        members = helper.read(adapter.name, blob.data, budget) if adapter.isolated else adapter.open(blob.data, budget)
        for member in members:
            inside = (*blob.container, clean_name(member.name))
            if isinstance(member, Closed):
                yield _skipped(blob, member.reason, inside)
                continue
            yield from _member(Blob(blob.oid, len(member.data), member.data, blob.origin, blob.path, inside), budget, depth)
    except NotThisError:
        return
    except CannotOpenError as closed:
        yield _skipped(blob, str(closed))
    except Exception:  # noqa: BLE001  readers of hostile content raise anything; the file is lost and said so, not the scan
        yield _skipped(blob, f"{Reason.BROKEN.value} ({adapter.name})")


def _member(blob: Blob, budget: Budget, depth: int) -> Iterator[Blob | Skipped]:
    """Yield content found inside and, where it is a container itself, what that holds."""
    inner: Adapter | None = _adapter.find(blob.data[:HEAD], blob.size)
    if inner is None:
        yield blob
        return
    if not inner.covers:
        yield blob
        yield from _expand(blob, budget, depth - 1)
        return
    lost = False
    for item in _expand(blob, budget, depth - 1):
        lost = lost or isinstance(item, Skipped)
        yield item
    if lost:
        yield blob


def _skipped(blob: Blob, reason: str, inside: tuple[str, ...] | None = None) -> Skipped:
    """Say what stayed closed."""
    return Skipped(
        GapKind.OPAQUE,
        "container" if inside is None else "container member",
        reason,
        oid=blob.oid,
        path=blob.path or "",
        container=blob.container if inside is None else inside,
    )


def clean_name(name: str) -> str:
    """Make one step of the way in fit to be shown: one line, no control characters, no endless length."""
    shown = name if name.isprintable() else name.encode("unicode_escape", "backslashreplace").decode("ascii")
    return shown if len(shown) <= _NAME_LENGTH else f"{shown[: _NAME_LENGTH - 1]}…"
