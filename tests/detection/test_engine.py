from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.detection.engine import Engine, EngineOptions
from auditor.model.blob import Blob
from auditor.model.coverage import GapKind, Skipped
from auditor.model.progress import NoProgress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from auditor.detection.ruleset import Ruleset

TOKEN = "ghp_eWxLQucMv7O4MQl5J7¦990mJ0SFKAfo3tZcrB".replace("¦", "").encode()
LINE = "password = 'x%d¦K9zQw%d'\n".replace("¦", "").encode()
ROOT = Path(__file__).parents[2]


@dataclass
class Pieces:
    """A share of ready content; `dies` ends its process, as a crash of a parser would."""

    number: int
    dies: bool = False

    def items(self) -> Iterator[Blob | Skipped]:
        for place in range(20):
            data = LINE % (place, self.number) + (TOKEN if place % 3 == 0 else b"nothing")
            yield Blob(f"{self.number:02}{place:02}", len(data), data)
            if self.dies:
                os._exit(9)
        yield Skipped(GapKind.OPAQUE, "blob", "too large", oid=f"{self.number:02}")

    def facts(self) -> object:
        return self.number


def engine(rules: Ruleset, cache: Path, workers: int) -> Engine:
    return Engine(rules, EngineOptions(key=b"k", cache_dir=cache, workers=workers))


def test_one_worker_and_many_find_the_same(rules: Ruleset, cache: Path) -> None:
    shares = [Pieces(number) for number in range(5)]
    one = engine(rules, cache, 1).scan(shares, NoProgress())
    many = engine(rules, cache, 3).scan(shares, NoProgress())
    assert one.matches == many.matches
    assert one.skipped == many.skipped
    assert (one.blobs, one.bytes) == (many.blobs, many.bytes)
    assert sorted(one.facts, key=str) == sorted(many.facts, key=str)
    assert len(one.matches) > 100


def test_what_is_done_meanwhile_is_done_in_the_end_and_may_fail(rules: Ruleset, cache: Path) -> None:
    done: list[int] = []

    def meanwhile() -> None:
        done.append(threading.active_count())
        msg = "nobody hears of this"
        raise ValueError(msg)

    result = engine(rules, cache, 2).scan([Pieces(0), Pieces(1)], NoProgress(), meanwhile=meanwhile)
    assert len(done) == 1
    assert len(result.matches) > 40
    engine(rules, cache, 1).scan([Pieces(0), Pieces(1)], NoProgress(), meanwhile=meanwhile)
    assert len(done) == 1, "alone, there is nothing to wait for"


def test_a_dead_worker_loses_its_share_and_says_so(rules: Ruleset, cache: Path) -> None:
    shares = [Pieces(0, dies=True), Pieces(1), Pieces(2, dies=True), Pieces(3)]
    result = engine(rules, cache, 2).scan(shares, NoProgress())
    gaps = [item for item in result.skipped if item.kind is GapKind.HISTORY]
    assert [item.reason for item in gaps] == ["a worker died"] * 2
    assert {match.oid[:2] for match in result.matches} == {"01", "03"}


def test_values_are_read_again_by_their_keys(rules: Ruleset, cache: Path) -> None:
    one = engine(rules, cache, 1)
    keys = {match.key for match in one.scan([Pieces(0)], NoProgress()).matches if match.rule_id == "github-pat-classic"}
    assert {secret.reveal() for _, secret in one.values(Pieces(0), keys)} == {TOKEN}


def test_workers_start_without_the_current_folder_on_their_path(tmp_path: Path, cache: Path) -> None:
    for name in ("csv", "json", "pickle", "struct", "signal", "hmac", "yaml", "hyperscan", "multiprocessing"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'a').write({name!r})\n")
    program = tmp_path / "outside" / "main.py"
    program.parent.mkdir()
    program.write_text(
        f"import sys\nsys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests' / 'detection')!r}]\n"
        "from pathlib import Path\nfrom test_engine import Pieces, engine\nfrom auditor.detection import ruleset\n"
        "from auditor.model.progress import NoProgress\n"
        f"if __name__ == '__main__':\n    cache = Path({str(cache)!r})\n"
        "    print(len(engine(ruleset.load(cache_dir=cache), cache, 2).scan([Pieces(0), Pieces(1)], NoProgress()).matches))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, str(program)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 20
    assert not (tmp_path / "ran").exists()
