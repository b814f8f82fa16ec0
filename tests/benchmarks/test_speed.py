from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.measure import Usage, measured, pss_of
from benchmarks.speed import PLANTED, TOOLS, Series, copied, faults_of, table
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from pathlib import Path

AUDITOR = TOOLS[0]
RIVAL = TOOLS[1]
WHOLE = Usage(1.0, 1.0, 1, 0)


def series(tool: str, *walls: float) -> Series:
    return Series(tool, [Usage(wall, 2 * wall, int(wall * 1e6), 0) for wall in walls])


def report(blobs: int, *names: str) -> str:
    return json.dumps({"coverage": {"blobs": blobs}, "findings": list(names)})


def test_medians_and_largest_peak() -> None:
    some = series("auditor", 4.0, 1.0, 2.0)
    assert (some.wall, some.cpu, some.peak) == (2.0, 4.0, 4_000_000)


def test_ratio_is_how_many_times_as_long_as_auditor() -> None:
    text = table({"r": [series("auditor", 2.0), series("kingfisher", 5.0)]}, 1)
    assert "| r | auditor | 2.0 | 4.0 | 2 | 1.00 | yes |" in text
    assert "| r | kingfisher | 5.0 | 10.0 | 5 | 2.50 | yes |" in text


def test_a_fault_stands_in_the_table() -> None:
    broken = series("auditor", 2.0)
    broken.faults += ["ended with 2", "ended with 2"]
    assert "| ended with 2 |" in table({"r": [broken]}, 1)


@pytest.mark.parametrize(
    ("usage", "told", "faults"),
    [
        (WHOLE, report(7, *PLANTED), []),
        (WHOLE, report(6, *PLANTED), ["counted 6 blobs of 7"]),
        (WHOLE, report(7, PLANTED[0]), [f"did not report {PLANTED[1]}"]),
        (Usage(1.0, 1.0, 1, 2), report(7, *PLANTED), ["ended with 2"]),
    ],
)
def test_what_shows_that_a_scan_was_not_whole(usage: Usage, told: str, faults: list[str]) -> None:
    assert faults_of(AUDITOR, usage, told, 7) == faults


def test_rivals_need_no_count_of_blobs() -> None:
    assert faults_of(RIVAL, WHOLE, " ".join(PLANTED), 7) == []


def test_the_copy_is_planted_and_the_mirror_is_not(tmp_path: Path) -> None:
    repo = GitRepo.create(tmp_path / "mirror")
    repo.commit({"a.txt": "a\n"}, "One")
    git_dir = tmp_path / "mirror" / ".git"
    before = repo.git("rev-parse", "HEAD")
    assert copied(git_dir, tmp_path / "copy.git") == 1 + len(PLANTED)
    assert repo.git("rev-parse", "HEAD") == before


def test_a_command_and_its_children_are_measured(tmp_path: Path) -> None:
    child = "import time; x = bytearray(30_000_000); time.sleep(0.5)"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}]); print('done'); sys.exit(3)"
    usage = measured([sys.executable, "-c", code], output=tmp_path / "out", folder=tmp_path)
    assert usage.code == 3
    assert usage.wall >= 0.5
    assert usage.cpu > 0
    assert usage.peak > 30_000_000
    assert (tmp_path / "out").read_text() == "done\n"


def test_a_process_that_is_gone_holds_no_memory() -> None:
    assert pss_of("") == 0
    assert pss_of("Rss:  9 kB\nPss:  4 kB\nPss_Dirty:  1 kB\n") == 4096
