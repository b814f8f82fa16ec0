"""Commits and tags: read compactly in the workers, joined into a graph in the parent."""

from __future__ import annotations

import re
from bisect import insort
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from auditor.model.levels import Exposure
from auditor.model.view import CommitInfo
from auditor.sources.refs import exposure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from auditor.sources.refs import Refs

_COMMIT: Final = re.compile(
    rb"tree ([0-9a-f]+)\n((?:parent [0-9a-f]+\n)*)author ([^\n]*)\ncommitter ([^\n]*)\n((?:[^\n]+\n)*)\n?([^\n]{0,400})"
)
_TAG: Final = re.compile(rb"object ([0-9a-f]+)\ntype (\w+)\n(?:tag [^\n]*\n)?(?:tagger ([^\n]*)\n)?")
_PERSON: Final = re.compile(rb"(.*?) ?<(.*)>")
_TIME: Final = re.compile(rb" ?(-?\d+)? ?([+-]\d{4})?")
_PEOPLE: Final = 1 << 14
_FEW: Final = 20
"""Where more than one in so many commits is new, all are sorted anew."""
_EPOCH: Final = datetime.fromtimestamp(0, UTC)
_ENCODING: Final = re.compile(rb"^encoding ([\w.:-]{1,40})$", re.MULTILINE)

_LEVELS: Final = tuple(Exposure)
ORDER: Final = (Exposure.BRANCH_OR_TAG, Exposure.PULL_REQUEST_REF, Exposure.OTHER_REF)


_SIGNED: Final = re.compile(
    rb"^(?:gpgsig(?:-sha256)?)? ?-----BEGIN (PGP SIGNATURE|SSH SIGNATURE|SIGNED MESSAGE)-----\r?\n"
    rb"(?:.*\n){1,400}? ?-----END \1-----",
    re.MULTILINE,
)
_DRAWN: Final = re.compile(rb"^ ?=?[A-Za-z0-9+/]{4,76}={0,2}\r?$", re.MULTILINE)


class RawCommit(NamedTuple):
    """What is kept of a commit: bytes, decoded only when somebody asks."""

    oid: bytes
    tree: bytes
    parents: bytes
    author: bytes
    committer: bytes
    signed: bool
    encoding: bytes
    subject: bytes


class RawTag(NamedTuple):
    """What is kept of an annotated tag."""

    oid: bytes
    target: bytes
    kind: bytes
    tagger: bytes


def parse_commit(oid: bytes, data: bytes) -> RawCommit | None:
    """Read a raw commit object; None when it is not one that git would write."""
    match = _COMMIT.match(data)
    if match is None:
        return None
    tree, parents, author, committer, rest, subject = match.groups()
    signed, encoding = False, b""
    if rest:
        signed = rest.startswith(b"gpgsig") or b"\ngpgsig" in rest
        if found := _ENCODING.search(rest):
            encoding = found[1]
    return RawCommit(oid, tree, parents, author, committer, signed, encoding, subject)


def parse_tag(oid: bytes, data: bytes) -> RawTag | None:
    """Read a raw tag object."""
    match = _TAG.match(data)
    return RawTag(oid, match[1], match[2], match[3] or b"") if match else None


def unsigned(data: bytes) -> bytes:
    """Return a commit or tag with blanks for the base64 of a signature: what is random looks like a password now and then."""
    if b"SIGNATURE-----" not in data and b"SIGNED MESSAGE-----" not in data:
        return data
    return _SIGNED.sub(lambda block: _DRAWN.sub(lambda line: b" " * len(line[0]), block[0]), data)


def person(line: bytes, encoding: bytes = b"") -> tuple[str, str, datetime]:
    """Return name, address and time of an author or committer line; a broken time becomes the start of the epoch."""
    end = line.rfind(b">") + 1
    who = _who(line[:end], encoding) if end else None
    if who is None:
        return decode(line, encoding), "", _EPOCH
    time = _TIME.match(line, end)
    return *who, moment(time[1] or b"0", time[2] or b"+0000") if time else _EPOCH


@lru_cache(maxsize=_PEOPLE)
def _who(written: bytes, encoding: bytes) -> tuple[str, str] | None:
    """Return name and address; few people write many commits."""
    match = _PERSON.match(written)
    return (decode(match[1], encoding), decode(match[2], encoding)) if match else None


def decode(raw: bytes, encoding: bytes = b"") -> str:
    """Decode as the commit says, as UTF-8 otherwise."""
    try:
        return raw.decode(encoding.decode() if encoding else "utf-8")
    except (UnicodeDecodeError, LookupError, ValueError):
        return raw.decode("utf-8", "replace")


def moment(seconds: bytes, zone: bytes) -> datetime:
    """Return a git time; one that no calendar holds becomes the start of the epoch."""
    try:
        return datetime.fromtimestamp(int(seconds), _offset(zone))
    except (ValueError, OverflowError, OSError):
        return _EPOCH


@lru_cache(maxsize=1024)
def _offset(zone: bytes) -> timezone:
    minutes = int(zone[1:3]) * 60 + int(zone[3:5])
    return timezone(timedelta(minutes=-minutes if zone[:1] == b"-" else minutes)) if minutes else UTC


def seconds_of(line: bytes) -> int:
    """Return the time of a person line as a number."""
    try:
        return int(line.rsplit(b" ", 2)[-2])
    except (ValueError, IndexError):
        return 0


def authored(raw: RawCommit) -> datetime:
    """Return when the commit was authored."""
    parts = raw.author.rsplit(b" ", 2)
    return moment(parts[-2], parts[-1]) if len(parts) > 2 else _EPOCH  # noqa: PLR2004


def info(raw: RawCommit) -> CommitInfo:
    """Return the facts of a commit for the checks."""
    oid, _, parents, author, committer, signed, encoding, subject = raw
    name, email, when = person(author, encoding)
    committed = (name, email) if committer == author else _who(committer[: committer.rfind(b">") + 1], encoding)
    committer_name, committer_email = committed or (decode(committer, encoding), "")
    before, said = tuple(parents.decode().split()[1::2]), decode(subject, encoding)
    # By place: this is done for every commit, and passing names takes as long as a part of it.
    return CommitInfo(oid.decode(), before, name, email, committer_name, committer_email, when, said, signed)


@dataclass(slots=True)
class Graph:
    """Every commit by author date, oldest first, with the rank of its exposure; and where refs and tags lead.

    `parents` are the numbers of those that are here; `whole` says that all of them are.
    """

    commits: list[RawCommit]
    index: dict[bytes, int] = field(default_factory=dict)
    ranks: list[int] = field(default_factory=list)
    parents: list[list[int]] = field(default_factory=list)
    whole: bool = True
    peeled: dict[bytes, bytes] = field(default_factory=dict)
    seen_from: dict[bytes, Exposure] = field(default_factory=dict)
    """Objects that a ref or tag leads to which are no commits (tags, and blobs or trees that were tagged)."""

    _infos: list[CommitInfo] | None = None

    def exposure(self, number: int) -> Exposure:
        """Return how exposed a commit is."""
        return _LEVELS[self.ranks[number]]

    def infos(self) -> list[CommitInfo]:
        """Return the facts of every commit, made once."""
        if self._infos is None:
            self._infos = [info(raw) for raw in self.commits]
        return self._infos


def build(commits: Iterable[RawCommit], tags: Iterable[RawTag], refs: Refs, *, ordered: Sequence[RawCommit] = ()) -> Graph:
    """Order the commits and walk from the refs, the most exposed first, so that each commit gets its best exposure.

    Those that are `ordered` already stay in their order, and the others are put between them.
    """
    unique = {raw.oid: raw for raw in commits}
    for raw in ordered if unique else ():
        unique.pop(raw.oid, None)
    graph = Graph([*ordered])
    if len(unique) * _FEW > len(ordered):
        graph.commits = sorted([*ordered, *unique.values()], key=_by_date)
    else:
        for raw in unique.values():
            insort(graph.commits, raw, key=_by_date)
    graph.index = index = {raw.oid: number for number, raw in enumerate(graph.commits)}
    written = [raw.parents.split()[1::2] for raw in graph.commits]
    graph.parents = [[index[oid] for oid in oids if oid in index] for oids in written]
    graph.whole = sum(map(len, written)) == sum(map(len, graph.parents))
    graph.ranks = [Exposure.LOCAL_ONLY.rank] * len(graph.commits)
    annotated = {tag.oid: tag for tag in tags}
    starts: dict[Exposure, set[bytes]] = {level: set() for level in Exposure}
    if refs.head is not None:
        starts[Exposure.BRANCH_OR_TAG].add(refs.head)
    for name, oid in refs.names.items():
        starts[exposure(name)].add(oid)
    for level in (*ORDER, Exposure.LOCAL_ONLY):
        peeled = {oid: _peel(graph, annotated, oid, level) for oid in starts[level]}
        graph.peeled = peeled | graph.peeled
        if level is not Exposure.LOCAL_ONLY:
            _walk(graph, peeled.values(), level.rank)
    return graph


def _by_date(raw: RawCommit) -> tuple[int, bytes]:
    return seconds_of(raw.author), raw.oid


def _peel(graph: Graph, annotated: dict[bytes, RawTag], oid: bytes, level: Exposure) -> bytes:
    for _ in range(20):
        if oid in graph.index:
            return oid
        graph.seen_from.setdefault(oid, level)
        if oid not in annotated:
            return oid
        oid = annotated[oid].target
    return oid


def _walk(graph: Graph, starts: Iterable[bytes], rank: int) -> None:
    """Rank what the starts reach and nothing better does."""
    index, ranks, parents, unseen = graph.index, graph.ranks, graph.parents, Exposure.LOCAL_ONLY.rank
    stack = [index[oid] for oid in starts if oid in index]
    while stack:
        number = stack.pop()
        if ranks[number] == unseen:
            ranks[number] = rank
            stack += parents[number]
