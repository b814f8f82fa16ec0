"""Text inside text: encodings that hide a secret from a reader and from a pattern, found in the same pass as the rules.

A decoder is an anchor for the pass and a function that, at a place where the anchor ended, yields what can be read there.
Everything is bounded: what is not plainly text after a few bytes is dropped before it costs anything.
"""

from __future__ import annotations

import base64
import binascii
import functools
import html
import quopri
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MAX_PIECE: Final = 1 << 20
_B64: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
_HEX: Final = b"0123456789abcdefABCDEF"
_WRAP: Final = re.compile(
    rb"(?:[ \t]*(?:\\n|\\r\\n|\r?\n)[ \t>#*]{0,40}|[\"'][ \t]*[+,\\.]?[ \t]*\r?\n?[ \t]*[\"'])([A-Za-z0-9+/_-]{4,}={0,2})"
)
_CHANGED: Final = {sign: re.compile(rb"\r?\n" + re.escape(sign) + rb"([A-Za-z0-9+/_-]{4,}={0,2})") for sign in (b"+", b"-")}
"""How text in a patch goes on, by the sign that begins each of its lines."""
_RUN: Final = re.compile(rb"[A-Za-z0-9+/_-]+={0,2}")
_BEFORE: Final = re.compile(
    rb"(?:^|[^A-Za-z0-9+/_-])([A-Za-z0-9+/_-]{40,100})"
    rb"(?:[ \t]*(?:\\n|\\r\\n|\r?\n)[ \t>#*]{0,40}|[\"'][ \t]*[+,\\.]?[ \t]*\r?\n?[ \t]*[\"'])$"
)
_HEXES: Final = "0-9A-Fa-f"
_PERCENT_RUN: Final = re.compile(rb"(?:%[0-9A-Fa-f]{2})+")
_STRAY_PERCENT: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_HEX_RUN: Final = re.compile(rb"(?:[0-9A-Fa-f]{2})+")
_SHORTEST: Final = 12
_PROBE: Final = 64
_LINE: Final = 4096
_PREFIX: Final = 80
_NOISE_SHARE: Final = 0.1
_PRINTABLE: Final = bytes((9, 10, 13, *range(32, 127)))
_ESCAPE: Final = re.compile(
    rb"\\x([0-9A-Fa-f]{2})|\\[uU](?:00){1,3}([0-9A-Fa-f]{2})|\\u\{0{0,4}([0-9A-Fa-f]{2})\}|\\([0-3][0-7]{2})"
)
_JOIN: Final = re.compile(
    rb"[\"'][ \t]{0,8}(?:(?:[+.&\\]|\.\.|<<)[ \t]{0,4}[\\_]?\r?\n?[ \t]{0,40}(?:(?:[+.&]|<<)[ \t]{0,4})?"
    rb"|\r?\n[ \t]{0,40}(?:[+.&]|<<)[ \t]{0,4})[rbuf]?[\"']"
    # Side by side, without a sign: what a value follows is the next name of a list.
    rb"|[\"'][ \t]{0,12}\r?\n?[ \t]{0,44}[rbuf]?[\"'](?![^\"'\r\n]{0,200}[\"'][ \t]{0,20}[:=])"
    rb"|\\\r?\n[ \t]{0,40}"
)
_GZIP: Final = b"\x1f\x8b\x08"
_KEY: Final = re.compile(rb"(?m)^[ \t]*[\"']?([\w.-]{1,80})[\"']?:[ \t]*[\"']?([A-Za-z0-9+/]{4,}={0,2})[\"']?,?[ \t]*\r?$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the outer content and what it reads."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True)
class Decoder:
    """One encoding: its name in a finding's way in, its anchors for the pass, and its function."""

    name: str
    anchors: tuple[str, ...]
    pieces: Callable[[bytes, int], Iterator[Piece]]


def readable(data: bytes) -> bytes | None:
    """Return the bytes when they are text, UTF-16 turned into UTF-8; None when they are not."""
    head = data[:_PROBE]
    if head[1::2].count(0) > len(head) // 3 and not head[::2].count(0):
        data = data[: len(data) & ~1].decode("utf-16-le", "replace").encode("utf-8", "replace")
        head = data[:_PROBE]
    if not head or len(head.translate(None, _PRINTABLE)) > _NOISE_SHARE * len(head):
        return None
    return data


def _base64(data: bytes, end: int) -> Iterator[Piece]:
    start = _run_start(data, end, _B64)
    start = _first_line(data, start)
    wrap = _WRAP
    if data[start : start + 1] in _CHANGED and data[max(0, start - 1) : start] in {b"", b"\n"}:
        wrap, start = _CHANGED[data[start : start + 1]], start + 1
    found = _RUN.match(data, start)
    if found is None or len(found[0]) < _SHORTEST or not _promising(found[0][:_PROBE]):
        return
    parts = [found[0].rstrip(b"=")]
    stop = found.end()
    while (more := wrap.match(data, stop)) and stop - start < MAX_PIECE:
        parts.append(more[1].rstrip(b"="))
        stop = more.end()
    text = _plain(b"".join(parts))
    if text is not None and (text := readable(text)):
        yield Piece(start, stop, _prefix(data, start) + text)


def _first_line(data: bytes, start: int) -> int:
    """Go back over the lines before, as long as they are full lines of the same encoding."""
    for _ in range(2000):
        found = _BEFORE.search(data, max(0, start - 160), start)
        if found is None:
            break
        start = found.start(1)
    return start


@functools.lru_cache(maxsize=1 << 16)
def _promising(head: bytes) -> bool:
    """Tell whether a run may be text in base64: words, paths and hashes are long runs too, and come back again and again."""
    if head.isalpha() or head.isdigit() or head.islower() or head.isupper():
        return False
    return _plain(head[: len(head) & ~3]) is not None


def _plain(run: bytes) -> bytes | None:
    run = run[: len(run) - 1] if len(run) % 4 == 1 else run
    try:
        decoded = base64.b64decode(run.translate(_STANDARD) + b"=" * (-len(run) % 4))
    except (binascii.Error, ValueError):
        return None
    if decoded.startswith(_GZIP):
        return _unpacked(decoded)
    return decoded if readable(decoded[:_PROBE]) else None


def _unpacked(data: bytes) -> bytes | None:
    """Return what is compressed here, as far as it goes: Helm keeps its releases so, and recorded answers are."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, MAX_PIECE)
    except zlib.error:
        return None


_STANDARD: Final = bytes.maketrans(b"-_", b"+/")


def _run_start(data: bytes, stop: int, alphabet: bytes) -> int:
    reach = 256
    while True:
        low = max(0, stop - reach)
        kept = len(data[low:stop].rstrip(alphabet))
        if kept or low == 0 or reach >= MAX_PIECE:
            return low + kept
        reach *= 8


def _prefix(data: bytes, start: int) -> bytes:
    """Return what stands before on the same line: the name of the value."""
    low = max(data.rfind(b"\n", max(0, start - _PREFIX), start) + 1, start - _PREFIX, 0)
    return data[low:start]


def _hex(data: bytes, end: int) -> Iterator[Piece]:
    start = _run_start(data, end, _HEX)
    found = _HEX_RUN.match(data, start)
    if found is None or len(found[0]) % 2 or readable(binascii.unhexlify(found[0][:_PROBE])) is None:
        return
    text = readable(binascii.unhexlify(found[0]))
    if text is not None:
        yield Piece(start, found.end(), _prefix(data, start) + text)


def _line(data: bytes, end: int) -> tuple[int, int]:
    start = max(data.rfind(b"\n", max(0, end - _LINE), end) + 1, end - _LINE, 0)
    stop = data.find(b"\n", end, end + _LINE)
    return start, stop if stop >= 0 else min(len(data), end + _LINE)


def _escapes(data: bytes, end: int) -> Iterator[Piece]:
    start, stop = _line(data, end)
    text = _ESCAPE.sub(_character, data[start:stop])
    yield Piece(start, stop, text)


def _character(found: re.Match[bytes]) -> bytes:
    code = int(found[4], 8) if found[4] else int(found[1] or found[2] or found[3], 16)
    return bytes((code,))


def _percent(data: bytes, end: int) -> Iterator[Piece]:
    low, high = _line(data, end)
    start = max(data.rfind(blank, low, end) + 1 for blank in (b" ", b"\t", b'"', b"'", b"\n"))
    start = max(start, low)
    stops = [place for blank in (b" ", b"\t", b'"', b"'") if (place := data.find(blank, end, high)) >= 0]
    stop = min(stops, default=high)
    # The anchor stops where a run begins: one that is longer than what is looked at goes on to its end.
    run = _PERCENT_RUN.match(data, end, end + MAX_PIECE)
    stop = max(stop, run.end()) if run else stop
    text = data[start:stop]
    yield Piece(start, stop, _unquoted(text) if len(text) <= 2 * _LINE else unquoted(text))


def unquoted(text: bytes) -> bytes:
    """Decode what is percent-encoded as urllib does, by a codec in C that differs in its sign alone: six times as fast."""
    return binascii.a2b_qp(_STRAY_PERCENT.sub(b"%25", text).replace(b"=", b"=3D").replace(b"%", b"="))


# What a drawing keeps of itself in a line of many kilobytes comes back in the next version of the drawing.
_unquoted = functools.lru_cache(maxsize=512)(unquoted)


def _entities(data: bytes, end: int) -> Iterator[Piece]:
    start, stop = _line(data, end)
    yield Piece(start, stop, html.unescape(data[start:stop].decode("latin-1")).encode("utf-8"))


def _quoted_printable(data: bytes, end: int) -> Iterator[Piece]:
    start, stop = end, min(len(data), end + 65_536)
    yield Piece(start, stop, quopri.decodestring(data[start:stop]))


def _quoted_printable_line(data: bytes, end: int) -> Iterator[Piece]:
    start, stop = _line(data, end)
    # A line that ends with the sign itself goes on in the next one.
    while data[start:stop].rstrip().endswith(b"=") and stop + 1 < len(data) and stop - start < _LINE:
        _, stop = _line(data, stop + 1)
    yield Piece(start, stop, quopri.decodestring(data[start:stop]))


def _joined(data: bytes, end: int) -> Iterator[Piece]:
    start, stop = _line(data, end)
    first = data.rfind(b"\n", max(0, start - _LINE), max(0, start - 1)) + 1 if start else 0
    first = max(first, start - _LINE)
    for _ in range(64):
        # The literals may go on for many lines: follow while lines end in the middle of an expression.
        more = data[start:stop].rstrip()
        if not more.endswith((b"+", b"\\", b".", b"&", b'"', b"'", b"<<", b"_")) or stop >= len(data):
            break
        start, stop = stop + 1, _line(data, stop + 1)[1]
        if not more.endswith(b"\\") and not data[start:stop].lstrip().startswith((b'"', b"'", b"+", b".", b"&", b"<<")):
            stop = start - 1
            break
    text = _JOIN.sub(b"", data[first:stop])
    if text != data[first:stop]:
        yield Piece(first, stop, text)


def _kubernetes(data: bytes, end: int) -> Iterator[Piece]:
    begin, stop = max(0, end - 8192), min(len(data), end + 65_536)
    begin = max(begin, data.rfind(b"\n---", begin, end))
    fence = data.find(b"\n---", end, stop)
    for found in _KEY.finditer(data, begin, fence if fence >= 0 else stop):
        text = _plain(found[2].rstrip(b"="))
        if text and len(found[2]) % 4 == 0 and (text := readable(text)):
            yield Piece(found.start(2), found.end(2), found[1] + b': "' + text.rstrip(b"\r\n") + b'"')


_NAMES: Final = r"(?:passw|pwd|secret|token|api.?key|credential)[\w.-]{0,20}"

_WORDS: Final = (
    "password", "passwd", "secret", "token", "api_key", "apikey", "api-key", "private", "access_key", "credential", "connection",
    "username", "https://", "-----BEGIN", "postgres", "mongodb", "export ", "auth", "bearer", "client_", "official",
)  # fmt: skip
_LEAST_LETTERS: Final = 4
_PACKED: Final = "H4sIA"
"""How gzip begins in base64."""


def telling(prefixes: Iterable[str]) -> list[str]:
    """Return the words to look for inside an encoding: names of secrets, and the published beginnings of tokens."""
    words = [form for word in _WORDS for form in (word, word.capitalize(), word.upper())]
    return sorted({*words, *(prefix for prefix in prefixes if len(prefix) >= _LEAST_LETTERS and prefix.isascii())})


def in_base64(word: str, codec: str = "utf-8") -> set[str]:
    """Return how a word reads in base64 at each of the three places where it may begin, without the characters it shares."""
    raw = word.encode(codec)
    forms = set()
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + raw).decode().rstrip("=")
        first = (shift * 8 + 5) // 6
        last = (shift + len(raw)) * 8 // 6
        forms.add(text[first:last])
    return {form for form in forms if len(form) >= _LEAST_LETTERS}


def anchors(decoder: Decoder, prefixes: Iterable[str]) -> tuple[str, ...]:
    """Return the anchors of a decoder for a set of rules."""
    words = telling(prefixes)
    if decoder.pieces is _base64:
        once = {form for word in words for form in in_base64(word)}
        nested = {form for word in words for inner in in_base64(word) for form in in_base64(inner)}
        # PowerShell encodes its commands as UTF-16.
        wide = {form for word in _WORDS for case in (word, word.capitalize()) for form in in_base64(case, "utf-16-le")}
        # A word may stand across the end of a line.
        forms = {form for word in _WORDS for case in (word, word.capitalize(), word.upper()) for form in in_base64(case)}
        split = {f"{form[:at]}{end}{form[at:]}" for form in forms for at in range(1, len(form)) for end in ("\\n", "\\r\\n")}
        packed = {_PACKED, *in_base64(_PACKED)}
        command = r"(?i)-e(?:nc|ncodedcommand)[ \t]{1,4}[\"']?[a-z0-9+/]{12}"
        return (*(re.escape(form) for form in sorted(once | nested | wide | packed)), *sorted(split), command)
    if decoder.pieces is _hex:
        return tuple(f"(?i){word.encode().hex()}" for word in words)
    return decoder.anchors


DECODERS: Final = (
    Decoder("base64", (), _base64),
    Decoder("hex", (), _hex),
    Decoder(
        "escapes",
        (
            r"(?:\\x[0-9a-fA-F]{2}){4}",
            r"(?:\\u00[2-7][0-9a-fA-F]){4}",
            r"(?:\\[0-3][0-7]{2}){4}",
            r"(?:\\U000000[2-7][0-9a-fA-F]){4}",
            r"(?:\\u\{[2-7][0-9a-fA-F]\}){4}",
            rf"(?i){_NAMES}\\u00(?:3d|22|27|3a)",
        ),
        _escapes,
    ),
    Decoder(
        "percent",
        (
            rf"(?i){_NAMES}(?:%22)?%3[ad]",
            r"%3[Aa]%2[Ff]%2[Ff]",
            # Only where a run of them begins: not behind another one. Two forms, since the backend is slow at both in one.
            (
                rf"(?:(?:^|[^{_HEXES}])[{_HEXES}]?|(?:^|[^%])[{_HEXES}]{{2}}|%[0189A-Fa-f][{_HEXES}])"
                rf"%[2-7][{_HEXES}]%[2-7][{_HEXES}]%[2-7][{_HEXES}]%[2-7][{_HEXES}]"
            ),
            rf"(?:%25[2-7][{_HEXES}]){{4}}",
            r"[A-Za-z0-9]%(?:5[fF]|2[dD])[A-Za-z0-9]",
            r"://[^\s/@%]{1,60}:[^\s/@]{0,60}%40",
        ),
        _percent,
    ),
    Decoder(
        "entities",
        (
            r"(?:&#x?[0-9a-fA-F]{2,4};){4}",
            r"[A-Za-z0-9]&(?:#95|#x5[fF]|lowbar|#45|#x2[dD]);[A-Za-z0-9]",
            rf"(?i){_NAMES}(?:&quot;|&#34;|&#39;|&#x27;|&apos;|&#x22;|&#61;|&#x3d;)",
        ),
        _entities,
    ),
    Decoder("quoted-printable", (r"(?i)content-transfer-encoding:[ ]?quoted-printable",), _quoted_printable),
    Decoder("quoted-printable", (rf"(?i){_NAMES}=3d",), _quoted_printable_line),
    Decoder(
        "joined text",
        (
            r"""["'][ ]?[+.&][ ]?["'][^"']{3}""",
            r"""["'][ \t]{0,2}(?:[+.&\\]|\.\.|<<)[ \t]{0,2}_?\r?\n[ \t]{0,40}["']""",
            r"""[A-Za-z0-9_]{4}(?:""|'')[A-Za-z0-9_]{4}""",
            r"""[A-Za-z0-9_]{6}["']\r?\n[ \t]{1,40}["'][A-Za-z0-9_]{3}""",
            r"""[A-Za-z0-9_]{6}\\\r?\n[ \t]{0,40}[A-Za-z0-9_]{3}""",
            (
                rf"""(?i){_NAMES}["'\]]{{0,2}}[ \t]{{0,8}}[:=(]{{1,2}}[^"'\n]{{0,20}}"""
                rf"""["'][^"'\n]{{0,80}}["'][ \t]{{0,4}}\\?\r?\n[ \t]{{1,40}}["']"""
            ),
        ),
        _joined,
    ),
    Decoder("base64", (r"""kind["']?:[ ]{0,2}["']?Secret\b""",), _kubernetes),
)
