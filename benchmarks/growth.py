"""How cost grows with the history: synthetic repositories of 1, 2, 4 and 8 times the objects, each scanned from nothing and again.

    python benchmarks/growth.py [--objects 4000] [--runs 3] [--picture docs/growth.svg]

Prints processor seconds of all processes and the peak of memory of the largest one, medians of the runs, and draws them.
A text of words that no rule matches stands in each object, with a synthetic leak in every hundredth, so that all steps have work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

LAUNCH = Path(__file__).resolve().parents[1] / "auditor" / "cli" / "launch.py"
TIMES = (1, 2, 4, 8)
PER_COMMIT = 4
WORDS = ("alpha", "branch", "council", "date", "entry", "form", "grant", "house", "index", "journey", "ledger", "map", "order")
LEAK = "password = 'gK4wz8¦VpHd{number:05d}'\n".replace("¦", "")
MEASURE = """
import json, os, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Point:
    """One size: objects, processor seconds of the first and the second scan, peak memory in MB of the first."""

    objects: int
    first: float
    again: float
    memory: float


def write_history(out: IO[bytes], objects: int) -> None:
    """Write a history for `git fast-import`: blobs in commits of four files, always at the same few hundred paths."""
    chance = random.Random(1)  # noqa: S311  the same words at every run, no secrets
    for mark in range(1, objects + 1):
        lines = [" ".join(chance.choices(WORDS, k=12)) for _ in range(60)]
        text = "\n".join([f"version {mark}", *lines, ""]) + (LEAK.format(number=mark) if mark % 100 == 0 else "")
        data = text.encode()
        out.write(b"blob\nmark :%d\ndata %d\n%s\n" % (mark, len(data), data))
    for commit in range(objects // PER_COMMIT):
        message = b"Change %d" % commit
        out.write(b"commit refs/heads/main\ncommitter A <a@example.org> %d +0000\n" % (1_600_000_000 + commit * 60))
        out.write(b"data %d\n%s\n" % (len(message), message))
        for place in range(PER_COMMIT):
            mark = commit * PER_COMMIT + place + 1
            out.write(b"M 100644 :%d src/%d/file%d.txt\n" % (mark, mark % 20, mark % 300))


def build(folder: Path, objects: int) -> Path:
    """Make a bare repository of so many blobs."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(folder)], check=True)
    with tempfile.TemporaryFile() as stream:
        write_history(stream, objects)
        stream.seek(0)
        subprocess.run(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=stream, check=True)
    subprocess.run(["git", "-C", str(folder), "repack", "-adq"], check=True)
    return folder


def scan(repository: Path, cache: Path) -> tuple[float, float]:
    """Scan once; return processor seconds and the peak of memory in MB of the largest process."""
    command = [sys.executable, "-I", str(LAUNCH), "scan", str(repository), "--quiet", "--format", "json", "--cache-dir", str(cache)]
    environment = os.environ | {"XDG_STATE_HOME": str(cache)}
    done = subprocess.run(
        [sys.executable, "-I", "-c", MEASURE, *command], check=True, capture_output=True, text=True, env=environment
    )
    code, seconds, peak = json.loads(done.stdout)
    if code not in {0, 1}:
        sys.exit(f"the scan of {repository} ended with {code}")
    return seconds, peak / 1024


def measure(folder: Path, objects: int, runs: int) -> Point:
    """Measure one size."""
    repository = build(folder / f"{objects}.git", objects)
    first, again, memory = [], [], []
    for _ in range(runs):
        cache = folder / "cache"
        for old in cache.glob("results-*"):
            old.unlink()
        seconds, peak = scan(repository, cache)
        first.append(seconds)
        memory.append(peak)
        again.append(scan(repository, cache)[0])
    return Point(objects, statistics.median(first), statistics.median(again), statistics.median(memory))


def picture(points: list[Point]) -> str:
    """Draw processor seconds and memory over objects: a static SVG with its figures as text."""
    width, height, left, low = 640, 320, 60, 270
    most, wide = max(p.first for p in points) * 1.6, points[-1].objects * 1.05
    top = max(p.memory for p in points) * 1.1

    def place(objects: float, share: float) -> str:
        return f"{left + objects / wide * (width - 2 * left):.0f},{low - share * (low - 40):.0f}"

    lines = [
        ("#1d70b8", "first scan, seconds", [(p.objects, p.first / most, f"{p.first:.1f}") for p in points]),
        ("#00703c", "second scan, seconds", [(p.objects, p.again / most, f"{p.again:.1f}") for p in points]),
        ("#d4351c", "memory, MB", [(p.objects, p.memory / top, f"{p.memory:.0f}") for p in points]),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
    parts = [
        f'{head} font-family="sans-serif" font-size="12"><title>Cost by number of objects</title>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<path d="M{left},40 V{low} H{width - left}" fill="none" stroke="#505a5f"/>',
    ]
    for number, (colour, name, line) in enumerate(lines):
        spots = [place(objects, share) for objects, share, _ in line]
        parts.append(f'<polyline points="{" ".join(spots)}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{left + 10 + number * 180}" y="24" fill="{colour}">{name}</text>')
        for spot, (_, _, label) in zip(spots, line, strict=True):
            x, y = map(int, spot.split(","))
            parts.append(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>')
            parts.append(f'<text x="{x}" y="{y - 8}" fill="{colour}" text-anchor="middle">{label}</text>')
    for point in points:
        across = place(point.objects, 0).split(",")[0]
        parts.append(f'<text x="{across}" y="{low + 18}" fill="#0b0c0c" text-anchor="middle">{point.objects:,}</text>')
    parts.append(f'<text x="{width // 2}" y="{low + 40}" fill="#0b0c0c" text-anchor="middle">blobs</text></svg>')
    return "\n".join(parts) + "\n"


def main() -> None:
    """Measure, print and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--objects", type=int, default=4000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    points = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scan(build(folder / "warm.git", 100), folder / "cache")  # compiles the rules
        for factor in TIMES:
            points.append(measure(folder, options.objects * factor, options.runs))
            point = points[-1]
            print(f"{point.objects:8,} blobs {point.first:7.1f} s {point.again:7.1f} s again {point.memory:7.0f} MB", flush=True)
    if options.picture:
        options.picture.write_text(picture(points), encoding="utf-8")


if __name__ == "__main__":
    main()
