"""Bombs and broken files of each format end within 10 seconds, under 500 MB in all processes together."""

from __future__ import annotations

import bz2
import gzip
import lzma
import plistlib
import sqlite3
import struct
import threading
import time
import zlib
from typing import TYPE_CHECKING, Self

import psutil
import pytest

from auditor.model.blob import Blob
from auditor.model.coverage import Skipped
from auditor.sources.containers import Limits, expand
from tests.sources.containers.builders import FORMATS, S, W, pdf_of, png_chunk, tarred, zipped

if TYPE_CHECKING:
    from collections.abc import Callable

MEGABYTE = 1024 * 1024


def zeros(compress: Callable[[bytes], bytes]) -> bytes:
    return compress(bytes(150 * MEGABYTE))


def overlapping_zip() -> bytes:
    """Every entry of the directory points to the same deflated megabytes."""
    kernel = zipped({"a": bytes(8 * MEGABYTE)})
    start = kernel.index(b"PK\x01\x02")
    entry = kernel[start : kernel.index(b"PK\x05\x06")]
    count = 5000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, start, 0)
    return kernel[:start] + entry * count + end


def nested_zip() -> bytes:
    """Ten copies at each of nine levels."""
    data = zipped({"zeros": bytes(MEGABYTE)})
    for _ in range(9):
        data = zipped({f"{number}.zip": data for number in range(10)})
    return data


def many_entries() -> bytes:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
    count = 900_000
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entry) * count, 4, 0)
    return b"PK\x03\x04" + entry * count + end


def billion_laughs() -> bytes:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 20))
    return zipped({"[Content_Types].xml": "<T/>", "word/document.xml": f"<!DOCTYPE x [{entities}]><x>&a19;</x>"})


def deep_xml() -> bytes:
    return zipped({"[Content_Types].xml": "<T/>", "word/document.xml": f"<w:t {W}>" + "<w:t>" * 1_000_000})


def repeated_strings() -> bytes:
    """One long shared string in very many cells."""
    cells = '<c t="s"><v>0</v></c>' * 16_000
    sheet = f"<worksheet {S}><sheetData>" + f"<row>{cells}</row>" * 20 + "</sheetData></worksheet>"
    shared = f"<sst {S}><si><t>{'x' * MEGABYTE}</t></si></sst>"
    return zipped({"[Content_Types].xml": "<T/>", "xl/sharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet})


def pdf_loop() -> bytes:
    """Pages that are their own parents, a form that draws itself."""
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A 4 0 R>>>>/Length 8>>\nstream\n/A Do /A Do\nendstream"
    )
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R 2 0 R]/Count 99/Parent 2 0 R>>",
            b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</A 4 0 R>>>>>>",
            form,
        ]
    )


def pdf_bomb() -> bytes:
    once = zlib.compress(bytes(60 * MEGABYTE), 9)
    stream = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(once), once)
    kids = b" ".join(b"3 0 R" for _ in range(2000))
    return pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[%s]/Count 2000>>" % kids, b"<</Type/Page/Contents 4 0 R>>", stream]
    )


def pdf_slow() -> bytes:
    """Thousands of pages, each with a long text to lay out."""
    text = zlib.compress(b"BT /F1 12 Tf " + b"1 0 0 1 3 4 Tm [(a) -3 (b)] TJ " * 20_000 + b"ET")
    stream = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(text), text)
    kids = b" ".join(b"3 0 R" for _ in range(2000))
    font = b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 2000>>" % kids,
            b"<</Type/Page%s/Contents 4 0 R>>" % font,
            stream,
        ]
    )


def sqlite_bomb() -> bytes:
    """A generated column that makes a megabyte out of nothing in each of many rows."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (a, b AS (printf('%.*c', 1000000, 'x')))")
    database.executemany("INSERT INTO t (a) VALUES (?)", ((n,) for n in range(300)))
    database.commit()
    data = database.serialize()
    database.close()
    return data


def sqlite_garbage() -> bytes:
    data = bytearray(FORMATS["sqlite"]("x" * 9000))
    for offset in range(100, len(data), 7):
        data[offset] = offset * 31 % 256
    return bytes(data)


def png_bomb() -> bytes:
    text = b"k\x00\x00" + zlib.compress(bytes(100 * MEGABYTE))
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"zTXt", text) * 50


def deep_json() -> bytes:
    return b'{"cells": ' + b"[" * 5_000_000 + b'"nbformat"'


def wide_json() -> bytes:
    return b'{"nbformat": 4, "cells": [' + b"[]," * 10_000_000 + b"{}]}"


def deep_yaml() -> bytes:
    return b"http_interactions:\n- " + b"[" * 2_000_000 + b"\n" + b"x: !binary |\n" * 200_000


def deep_mail() -> bytes:
    parts = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(20_000))
    return b"From: a@example.org\n" + parts + b"Content-Transfer-Encoding: base64\n\nYWFh\n"


def xz_dictionary() -> bytes:
    return lzma.compress(b"x" * 1000, filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 128 * MEGABYTE}])


def tar_of_holes() -> bytes:
    data = bytearray(tarred({"a": b"x"}))
    data[124:136] = b"77777777777\x00"
    data[148:156] = b"        "
    data[148:156] = b"%06o\x00 " % sum(data[:512])
    return bytes(data)


def unfolding_property_list() -> bytes:
    value: list[object] = ["x" * 50]
    for _ in range(60):
        value = [value, value]
    return plistlib.dumps(value, fmt=plistlib.FMT_BINARY)


BOMBS: dict[str, Callable[[], bytes]] = {
    "zip": lambda: zipped({"zeros": bytes(150 * MEGABYTE)}),
    "zip bzip2": lambda: zipped({"zeros": bytes(150 * MEGABYTE)}, method=12),
    "zip overlapping": overlapping_zip,
    "zip nested": nested_zip,
    "zip of many entries": many_entries,
    "gzip": lambda: zeros(gzip.compress),
    "gzip of gzip": lambda: gzip.compress(zeros(gzip.compress)),
    "gzip of many members": lambda: gzip.compress(b"") * 200_000,
    "bzip2": lambda: zeros(bz2.compress),
    "xz": lambda: zeros(lambda data: lzma.compress(data, preset=0)),
    "xz dictionary": xz_dictionary,
    "tar holes": tar_of_holes,
    "xml entities": billion_laughs,
    "xml depth": deep_xml,
    "xlsx strings": repeated_strings,
    "pdf loop": pdf_loop,
    "pdf bomb": pdf_bomb,
    "pdf slow": pdf_slow,
    "json depth": deep_json,
    "json width": wide_json,
    "yaml depth": deep_yaml,
    "sqlite bomb": sqlite_bomb,
    "sqlite garbage": sqlite_garbage,
    "png": png_bomb,
    "mail depth": deep_mail,
    "property list": unfolding_property_list,
}


class Meter:
    """Samples the memory of this process and its children, less what it had before.

    Pages that several share count once where the system tells: a child that has just been forked has all of its parent's.
    """

    def __init__(self) -> None:
        self._me = psutil.Process()
        self._stop = threading.Event()
        self.peak = 0
        self._before = self._now()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _now(self) -> int:
        total = 0
        for process in (self._me, *self._me.children(recursive=True)):
            try:
                memory = process.memory_full_info()
                total += getattr(memory, "pss", 0) or memory.rss
            except psutil.Error:
                continue
        return total

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            self.peak = max(self.peak, self._now() - self._before)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_soon_and_small(name: str) -> None:
    blob = Blob("oid", 0, BOMBS[name]())
    blob = Blob("oid", len(blob.data), blob.data)
    started = time.monotonic()
    count = skipped = 0
    with Meter() as meter:
        for item in expand(blob, Limits(seconds=4)):
            count += 1
            skipped += isinstance(item, Skipped)
    assert time.monotonic() - started < 10
    assert meter.peak < 450 * MEGABYTE
    assert count <= 20_500
    if name not in {"sqlite garbage", "pdf loop", "pdf bomb", "yaml depth"}:
        assert skipped, "a bound that is hit is said"
