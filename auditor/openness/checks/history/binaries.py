"""HIS-05: no programs and no content too large to review."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from auditor.model.check import Evidence
from auditor.model.levels import Effort, Grade
from auditor.openness import authorities as by
from auditor.openness.answer import failed, passed
from auditor.openness.reading import kinds
from auditor.openness.registry import check

if TYPE_CHECKING:
    from auditor.openness.answer import Answer
    from auditor.openness.registry import CheckContext

_PROGRAM = re.compile(
    r"\.(?:exe|dll|so|dylib|class|pyc|pyo|o|obj|a|lib|msi|apk|aab|ipa|dmg|deb|rpm|wasm|whl|egg|nupkg|jar|war|ear|node|com|scr)$",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(r"\.(?:zip|tar|tgz|gz|bz2|xz|7z|rar|iso|img)$", re.IGNORECASE)
_WRAPPER = re.compile(r"(?:^|/)(?:gradle|maven)-wrapper\.jar$")
_MAGIC = (
    b"\x7fELF",
    b"MZ",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa",
    b"\0asm",
    b"PK\x03\x04",
    b"!<arch>",
    b"\xed\xab\xee\xdb",
    b"\xd0\xcf\x11\xe0",
)
_PYTHON_CACHE = re.compile(r"\.(?:pyc|pyo)$")
_LARGE_ARCHIVE = 1_000_000
_LARGE = 50_000_000
_MOST = 12


@check(
    id="HIS-05",
    title="No programs and no large binaries in the tree",
    question="Is everything in the tree something that a person can review?",
    why="A compiled program or a large archive cannot be reviewed; it may hold anything, and forges refuse files above 100 MB.",
    remediation=(
        "Build programs in CI and publish them as release files; take dependencies from a package manager; keep large data "
        "elsewhere."
    ),
    effort=Effort.HOURS,
    who="developer",
    grade=Grade.MUST,
    sources=(
        by.cite(by.OSPS, "OSPS-QA-05.01 and OSPS-QA-05.02"),
        by.cite(by.SCORECARD, "Binary-Artifacts"),
        by.cite(by.UKHO_POLICY, "Dependencies: binaries must not be included"),
    ),
)
def reviewable(context: CheckContext) -> Answer:
    """Take candidates by name, mode and size, then confirm programs by their first bytes."""
    tree = context.view.tree
    named = {path for path in tree if _PROGRAM.search(path)}
    bare = {path for path, entry in tree.items() if entry.mode == "100755" and not posixpath.splitext(path)[1] and entry.size > 0}
    programs = []
    for path, start in context.view.read_many(sorted(named | bare), limit=8):
        if start.startswith(_MAGIC) or _PYTHON_CACHE.search(path):
            programs.append(path)
    wrong: list[Evidence] = []
    known: list[Evidence] = []
    for path in sorted(programs):
        evidence = Evidence(f"a compiled program or package ({_size(tree[path].size)})", path=path)
        (known if _WRAPPER.search(path) or kinds.test(path) else wrong).append(evidence)
    for path, entry in sorted(tree.items()):
        if path not in programs and _ARCHIVE.search(path) and entry.size > _LARGE_ARCHIVE and not kinds.test(path):
            wrong.append(Evidence(f"an archive of {_size(entry.size)}", path=path))
        elif path not in programs and entry.size > _LARGE:
            wrong.append(Evidence(f"a file of {_size(entry.size)}", path=path))
    if wrong:
        more = len(wrong) - _MOST
        return failed(*wrong[:_MOST], *([Evidence(f"and {more} more", count=more)] if more > 0 else []))
    known_text = [
        Evidence(f"{e.text}, in test data or the build tool's own wrapper: not counted", path=e.path) for e in known[:_MOST]
    ]
    return passed(Evidence("no programs, large archives or files above 50 MB", count=len(tree)), *known_text)


def _size(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{count / 1_000:,.1f} kB"  # noqa: PLR2004  a tenth of a megabyte
