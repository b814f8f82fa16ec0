from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from auditor.errors import OutputError
from auditor.findings.reveal import discard, open_private, write_values
from auditor.model.secret import Secret

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_is_private_and_new(tmp_path: Path) -> None:
    path = tmp_path / "values.jsonl"
    count = write_values(open_private(path), [("val-1", "acme-key", Secret(b"s3cret")), ("val-2", "x", Secret(b"\xff"))])
    assert count == 2
    assert path.stat().st_mode & 0o777 == 0o600
    rows = [json.loads(line) for line in path.read_text().splitlines()]
    assert rows[0] == {"fingerprint": "val-1", "rule_id": "acme-key", "secret": "s3cret"}
    with pytest.raises(OutputError, match="exists already"):
        open_private(path)
    discard(path)
    assert not path.exists()


def test_it_is_refused_inside_a_repository_and_through_links(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / "sub").mkdir()
    with pytest.raises(OutputError, match="inside a git repository"):
        open_private(tmp_path / "repo" / "sub" / "values")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        open_private(tmp_path / "link")


def test_a_full_disk_is_one_sentence() -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    with pytest.raises(OutputError, match="could not be written"):
        write_values(descriptor, [("f", "r", Secret(b"x" * 100_000))])
