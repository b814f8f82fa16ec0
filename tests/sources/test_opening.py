"""Opening files that others wrote."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from auditor.sources import opening

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("known", [True, False], ids=["a system that can refuse links", "a system that cannot"])
def test_a_link_is_never_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, known: bool) -> None:
    if not known:
        monkeypatch.setattr(opening, "_NO_FOLLOW", None)
    (tmp_path / "file").write_text("text")
    (tmp_path / "link").symlink_to("file")
    descriptor = opening.open_unfollowed(bytes(tmp_path / "file"))
    assert os.read(descriptor, 9) == b"text"
    os.close(descriptor)
    with pytest.raises(OSError, match=r"link|symbolic"):
        opening.open_unfollowed(bytes(tmp_path / "link"))


def test_separators_of_another_system_become_those_of_git(monkeypatch: pytest.MonkeyPatch) -> None:
    assert opening.portable(b"refs/heads/a\\b") == b"refs/heads/a\\b"
    monkeypatch.setattr(os, "sep", "\\")
    assert opening.portable(b"refs\\heads\\a") == b"refs/heads/a"
