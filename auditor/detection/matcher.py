"""The only module that knows the pattern engines: hyperscan finds the places of all rules in one pass, RE2 confirms in a window.

Where RE2 has no wheel (musl, old macOS) the standard library confirms: the windows are bounded, so that no expression can run away.
A compiled database is kept in the cache under a header; whatever does not fit it is compiled again.
"""

from __future__ import annotations

import hashlib
import platform
import re
from bisect import bisect_left
from importlib import metadata
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

import hyperscan

from auditor.detection import pattern
from auditor.detection.derived import kept
from auditor.detection.pattern import relax
from auditor.detection.ruleset import write_cache
from auditor.detection.telling import telling
from auditor.detection.versions import REACH, Versions
from auditor.errors import ConfigurationError

try:
    import re2
except ImportError:  # pragma: no cover  no wheel for musl and old macOS
    re2 = None

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from auditor.detection.versions import Ends, Look

MERGE: Final = 64
"""Ends of one rule that stand closer than this become one place."""

FIRST: Final = 1024
"""Expressions that are tied to the beginning see so many bytes."""

_NEAR, _FIRST, _ALWAYS, _CALLED = _KINDS = range(4)
_HEADER: Final = b"auditor database 1\n"


_MISSED: Final = (r"(?:mattermost|\bmm)[\w.-]{0,60}/hooks/[a-z0-9]{20}", b"x" * 40 + b" mm/hooks/" + b"a1" * 10)
"""An expression and a text that it matches, which Vectorscan 5.4.12 does not find: https://github.com/VectorCamp/vectorscan/issues/358"""

_ERRORS: Final = (re.error, UnicodeEncodeError) if re2 is None else (re.error, UnicodeEncodeError, re2.error)


class Found(Protocol):
    """What both regular expression engines return."""

    def span(self, group: int = 0, /) -> tuple[int, int]:
        """Return where a group matched; (-1, -1) where it did not."""
        ...


class Expression:
    """A confirming expression over bytes."""

    __slots__ = ("_compiled", "groups")

    def __init__(self, pattern: str, *, ignore_case: bool = False, relaxed: str = "") -> None:
        """Compile; `^` and `$` are ends of lines.

        Args:
            pattern: the expression.
            ignore_case: whether small and capital letters are the same.
            relaxed: what `relax` made of it, where that is known.

        Raises:
            ConfigurationError: RE2 does not accept the expression.
        """
        flags = "(?im)" if ignore_case else "(?m)"
        try:
            source = (flags + (relaxed or relax(pattern))).encode("latin-1")
            self._compiled = re.compile(source) if re2 is None else re2.compile(source, _options())
        except _ERRORS as error:
            reason = error.args[0] if error.args else ""
            text = reason.decode("latin-1") if isinstance(reason, bytes) else str(reason)
            msg = f"RE2 does not accept the expression {pattern[:120]!r}: {text[:120]}."
            raise ConfigurationError(msg, hint="Look-around, back references and repeats above 1,000 are not supported.") from error
        self.groups: Mapping[str, int] = {
            name.decode() if isinstance(name, bytes) else name: number for name, number in self._compiled.groupindex.items()
        }

    def finditer(self, window: bytes) -> Iterator[Found]:
        """Yield the matches in a window."""
        found: Iterator[Found] = self._compiled.finditer(window)
        return found

    def search(self, window: bytes) -> Found | None:
        """Return the first match in a window."""
        found: Found | None = self._compiled.search(window)
        return found


def _options() -> object:
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.log_errors = False
    return options


class Looks(NamedTuple):
    """What looks for the anchors: of bounded width; tied to the first bytes; of any width, always or where some part is there."""

    near: Look
    first: Look
    always: Look
    called: Look


class Matcher:
    """The databases of all anchors; `scan` says where each of them ends."""

    def __init__(self, looks: Looks, owners: Sequence[tuple[int, ...]], exact_from: int) -> None:
        """Take what looks for anchors, who owns each, and the first id never merged."""
        self._versions = Versions(looks.near)
        self._looks = looks
        self._owners = owners
        self._call = len(owners)
        self._exact = [min(ids) >= exact_from for ids in owners]

    def scan(self, data: bytes) -> dict[int, list[int]]:
        """Return for each anchor id a flat list of places: first end, last end, first end, last end, and so on."""
        others: Ends = {}
        self._looks.first(data[:FIRST], others)
        self._looks.always(data, others)
        ends = self._versions.ends(data)
        if self._call in ends:
            self._looks.called(data, others)
            others |= {number: some for number, some in ends.items() if number != self._call}
            ends = others
        elif others:
            ends = ends | others
        return self._by_owner({number: self._places(number, some) for number, some in ends.items()}) if ends else ends

    def silent(self, contents: Sequence[bytes]) -> list[bool]:
        """Tell of several small contents in which nothing ends: they are looked through as one, with a line end between two.

        What ends across two of them counts for the one where it ends, which may be one too many, never one too few.
        """
        ends: Ends = {}
        self._looks.near(b"\n".join(contents), ends)
        starts = list(accumulate((len(content) + 1 for content in contents), initial=0))
        loud = {bisect_left(starts, end) - 1 for some in ends.values() for end in some}
        for number, content in enumerate(contents):
            if number not in loud:
                others: Ends = {}
                self._looks.first(content[:FIRST], others)
                self._looks.always(content, others)
                if others:
                    loud.add(number)
        return [number not in loud for number in range(len(contents))]

    def _places(self, number: int, ends: list[int]) -> list[int]:
        if len(ends) == 1:
            return ends * 2
        if self._exact[number]:
            return [end for end in ends for _ in "ab"]
        places = [ends[0]]
        last = ends[0]
        for end in ends:
            if end - last > MERGE:
                places += (last, end)
            last = end
        places.append(last)
        return places

    def _by_owner(self, places: dict[int, list[int]]) -> dict[int, list[int]]:
        result: dict[int, list[int]] = {}
        for number in sorted(places):
            for owner in self._owners[number]:
                known = result.get(owner)
                result[owner] = places[number] if known is None else _in_order(known + places[number])
        return result


def _in_order(ends: list[int]) -> list[int]:
    pairs = sorted(zip(ends[::2], ends[1::2], strict=True))
    return [end for pair in pairs for end in pair]


def compile_matcher(anchors: Sequence[tuple[int, str, str]], cache_dir: Path | None, *, exact_from: int) -> Matcher:
    """Compile anchors, or load what an earlier run compiled.

    Args:
        anchors: id, expression, and the name of the rule for errors.
        cache_dir: where databases are kept; None keeps nothing.
        exact_from: the first id whose ends are all wanted, however close they stand.

    Raises:
        ConfigurationError: an expression is too large or wrong; the message names its rule.
    """
    # The same expression of several rules is looked for once.
    by_expression: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for number, expression, name in anchors:
        by_expression.setdefault(expression, []).append(number)
        names.setdefault(expression, name)
    owners = [tuple(dict.fromkeys(numbers)) for numbers in by_expression.values()]
    unique = [(number, expression, names[expression]) for number, expression in enumerate(by_expression)]
    kinds = _kinds(unique, cache_dir)
    near, first, always, called = (
        [anchor for anchor, (kind, _) in zip(unique, kinds, strict=True) if kind == wanted] for wanted in _KINDS
    )
    calls = [(len(owners), part, name) for (_, _, name), (_, part) in zip(unique, kinds, strict=True) if part]
    # Thousands of literals and hundreds of expressions are slower together than each for itself.
    of_rules = [anchor for anchor in near if min(owners[anchor[0]]) < exact_from]
    of_decoders = [anchor for anchor in near if min(owners[anchor[0]]) >= exact_from]
    looks = [_looker(database) for database in _databases((of_rules + calls, of_decoders, first, always, called), cache_dir)]
    return Matcher(Looks(_in_turn(looks[:2]), *looks[2:]), owners, exact_from)


def flaw() -> str:
    """Say what is wrong with the backend that is installed; empty where nothing is known to be."""
    expression, text = _MISSED
    found: Ends = {}
    _looker(_build([(0, expression, "")]))(text, found)
    if found:
        return ""
    return (
        f"The pattern engine of this installation (hyperscan {metadata.version('hyperscan')}) misses some matches: "
        "scan with Python 3.11 to 3.13, which get one that does not."
    )


def _in_turn(looks: Sequence[Look]) -> Look:
    def look(data: bytes, found: Ends) -> None:
        for one in looks:
            one(data, found)

    return look


def _kinds(anchors: Sequence[tuple[int, str, str]], cache_dir: Path | None) -> list[tuple[int, str]]:
    """Return the kind of each expression, and its telling part where it is called; kept, since taking apart takes long."""

    def read(plain: Iterable[Any]) -> list[tuple[int, str]]:
        kinds = [(int(kind), str(part)) for kind, part in plain]
        if len(kinds) != len(anchors):
            msg = "kinds of other expressions"
            raise ValueError(msg)
        return kinds

    of = f"{REACH} {FIRST} " + "\0".join(expression for _, expression, _ in anchors)
    return kept("kinds", of, cache_dir, lambda: [_kind(expression) for _, expression, _ in anchors], read)


def _kind(expression: str) -> tuple[int, str]:
    """Tell whether where an expression ends depends only on the bytes that `Versions` compares, or on the first ones."""
    if expression.isalnum() and len(expression) <= REACH:  # nine of ten: words that decoders look for
        return _NEAR, ""
    try:
        most = pattern.width(pattern.parse(expression))[1]
    except pattern.PatternError:
        return _ALWAYS, ""
    tied = expression.startswith(r"\A")
    if most is not None and r"\z" not in expression and (tied or r"\A" not in expression) and most < (FIRST if tied else REACH + 1):
        return (_FIRST if tied else _NEAR), ""
    part = telling(expression, REACH) or ""
    return (_CALLED if part else _ALWAYS), part


def _looker(database: hyperscan.Database | None) -> Look:
    """Return what notes the ends of each expression of a database in some bytes, in order."""

    def look(data: bytes, found: Ends) -> None:
        def note(number: int, _start: int, end: int, _flags: int, _context: object) -> None:
            ends = found.get(number)
            if ends is None:
                found[number] = [end]
            else:
                ends.append(end)

        if database is not None and data:
            database.scan(data, match_event_handler=note)

    return look


def _databases(parts: Sequence[Sequence[tuple[int, str, str]]], cache_dir: Path | None) -> list[hyperscan.Database | None]:
    """Load databases from the cache, or compile them and put them there; None for no anchors."""
    found = [_known(part, cache_dir) for part in parts]
    missing = [number for number, part in enumerate(parts) if part and found[number] is None]
    if missing:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  seldom needed

        with ThreadPoolExecutor() as several:  # the backend lets other threads run while it compiles
            for number, made in zip(missing, several.map(lambda number: _made(parts[number], cache_dir), missing), strict=True):
                found[number] = made
    return found


def _place(header: bytes, cache_dir: Path) -> Path:
    return cache_dir / f"database-{hashlib.sha256(header).hexdigest()[:32]}.hs"


def _known(anchors: Sequence[tuple[int, str, str]], cache_dir: Path | None) -> hyperscan.Database | None:
    if not anchors or cache_dir is None:
        return None
    header = _header(anchors)
    try:
        return _load(_place(header, cache_dir).read_bytes(), header)
    except (OSError, ValueError, hyperscan.error):
        return None  # absent, cut short, or of another machine


def _made(anchors: Sequence[tuple[int, str, str]], cache_dir: Path | None) -> hyperscan.Database:
    database = _compile(anchors)
    if cache_dir is not None:
        header = _header(anchors)
        write_cache(_place(header, cache_dir), header + hyperscan.dumpb(database))
    return database


def _header(anchors: Sequence[tuple[int, str, str]]) -> bytes:
    digest = hashlib.sha256()
    for number, expression, _ in anchors:
        digest.update(f"{number}\0{expression}\0".encode("utf-8", "surrogateescape"))
    facts = (digest.hexdigest(), metadata.version("hyperscan"), platform.system(), platform.machine())
    return _HEADER + " ".join(facts).encode() + b"\n"


def _load(data: bytes, header: bytes) -> hyperscan.Database:
    if not data.startswith(header):
        msg = "another database"
        raise ValueError(msg)
    database = hyperscan.loadb(data[len(header) :], hyperscan.HS_MODE_BLOCK)
    database.scratch = hyperscan.Scratch(database)
    return database


def _compile(anchors: Sequence[tuple[int, str, str]]) -> hyperscan.Database:
    try:
        return _build(anchors)
    except hyperscan.error as error:
        # The backend does not say which expression it means: try each alone.
        for anchor in anchors:
            check_anchor(anchor)
        msg = f"The rules cannot be compiled together: {error}."
        raise ConfigurationError(msg, hint="Leave out the rule file that was added last.") from error


def check_anchor(anchor: tuple[int, str, str]) -> None:
    """Compile one anchor alone.

    Raises:
        ConfigurationError: the backend does not accept it.
    """
    try:
        _build([anchor])
    except hyperscan.error as error:
        msg = f"The rule {anchor[2]} cannot be compiled: {error}"
        raise ConfigurationError(msg, hint="Shorten its repeats, or give it an anchor that is shorter than its pattern.") from error


def _build(anchors: Sequence[tuple[int, str, str]]) -> hyperscan.Database:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[expression.encode("latin-1") for _, expression, _ in anchors],
        ids=[number for number, _, _ in anchors],
        elements=len(anchors),
        flags=[hyperscan.HS_FLAG_MULTILINE] * len(anchors),
    )
    return database
