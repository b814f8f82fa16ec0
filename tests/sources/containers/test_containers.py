from __future__ import annotations

import gzip
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from auditor.model.blob import Blob
from auditor.model.coverage import Skipped
from auditor.sources.containers import HEAD, Limits, clean_name, expand, may_contain
from auditor.sources.containers.adapter import ADAPTERS
from auditor.sources.containers.tables import rows_of
from tests.sources.containers.builders import FORMATS, pdf, tarred, zipped

TOKEN = "ghp_" + "A1b2C3d4E5f6G7h8I9j0" + "K1l2M3n4O5p6q7R8"


def opened(data: bytes, limits: Limits | None = None) -> list[Blob | Skipped]:
    return list(expand(Blob("oid", len(data), data, path="the/file"), limits or Limits()))


def skipped(data: bytes, limits: Limits | None = None) -> list[str]:
    return [item.reason for item in opened(data, limits) if isinstance(item, Skipped)]


@pytest.mark.parametrize("name", FORMATS)
def test_what_each_format_hides_is_found(name: str) -> None:
    data = FORMATS[name](TOKEN)
    assert may_contain(data[:HEAD], len(data))
    items = opened(data)
    assert any(TOKEN.encode() in item.data for item in items if isinstance(item, Blob))
    assert not [item for item in items if isinstance(item, Skipped)]
    assert all(item.container and item.oid == "oid" and item.path == "the/file" for item in items)


def test_the_way_in_is_named_step_by_step() -> None:
    found = [item.container for item in opened(FORMATS["nested"](TOKEN)) if isinstance(item, Blob) and item.data == TOKEN.encode()]
    assert found == [("outer.tgz", "content", "inner.jar", "app.properties")]


@pytest.mark.parametrize(
    "head",
    [b"", b"{", b"import os\n", b'{"name": "x"}', b"From here to there\n", b"\x7fELF", b"version: 2\n", b"MZ", b"\x00" * 300],
)
def test_ordinary_content_is_no_container(head: bytes) -> None:
    assert not opened(head)


def test_a_table_in_a_notebook_is_read_as_rows() -> None:
    html = "<TABLE><thead><tr><th></th><th>Name</th></tr></thead><tr><th>0</th><td>Ag<b>nes</b> &amp; Bo</td></tr>beside</TABLE>"
    output = {"output_type": "execute_result", "data": {"text/html": [html]}}
    book = json.dumps({"cells": [{"cell_type": "code", "outputs": [output]}], "nbformat": 4})
    rows = [item.data for item in opened(book.encode()) if isinstance(item, Blob) and item.container[-1].endswith("(table)")]
    assert rows == [b"\tName\n0\tAgnes & Bo\n"]


@given(st.text())
def test_rows_are_made_of_any_text(text: str) -> None:
    assert ("<table" in text.lower()) or rows_of(text) == ""
    assert isinstance(rows_of(f"<table>{text}"), str)


def test_codes_of_a_sheets_header_do_not_stick_to_its_words() -> None:
    text = b"\n".join(item.data for item in opened(FORMATS["xlsx header"]("OFFICIAL")) if isinstance(item, Blob))
    assert text.split() == [b"<Types/>", b"OFFI", b"OFFICIAL"]


@pytest.mark.parametrize("head", [b"# v2 git bundle\n", b"PACK\x00\x00\x00\x02", b"7z\xbc\xaf\x27\x1c"])
def test_what_is_known_and_not_opened_is_said(head: bytes) -> None:
    (reason,) = skipped(head + bytes(50))
    assert reason.startswith("unsupported format")


def test_a_stored_tar_inside_is_not_given_twice() -> None:
    names = [item.container for item in opened(gzip.compress(tarred({"a.txt": b"text"})))]
    assert ("content",) not in names
    assert ("content", "a.txt") in names


def test_a_bound_on_depth_is_reported() -> None:
    data = b"the middle"
    for _ in range(9):
        data = gzip.compress(data)
    assert skipped(data) == ["nested too deep"]


def test_a_bound_on_members_is_reported() -> None:
    data = zipped({f"{number}.txt": "x" for number in range(30)})
    assert skipped(data, Limits(members=20)) == ["more members than the bound allows"]
    assert skipped(data, Limits(members=2)) == ["more members than the bound allows"]


def test_a_bound_on_bytes_keeps_what_came_before() -> None:
    items = opened(zipped({"a": "first", "b": "y" * 5000, "c": "z"}), Limits(bytes=1000))
    assert next(item.container for item in items if isinstance(item, Blob)) == ("a",)
    assert "more content than the bound allows" in [item.reason for item in items if isinstance(item, Skipped)]


def test_names_are_only_names() -> None:
    found = [item.container[0] for item in opened(zipped({"../../etc/passwd": "x", "new\nline\x1b[31m": "y"}))]
    assert found == ["../../etc/passwd", "new\\nline\\x1b[31m"]
    assert len(clean_name("n" * 5000)) == 200


@pytest.mark.parametrize("name", ["zip", "gzip", "bzip2", "xz", "pdf", "sqlite", "nested", "docx"])
def test_a_file_cut_in_two_is_opaque(name: str) -> None:
    data = FORMATS[name](TOKEN * 20)
    assert skipped(data[: len(data) // 2])


def test_a_broken_pdf_still_gives_its_streams() -> None:
    data = FORMATS["pdf"](TOKEN).replace(b"/Catalog", b"/Nothing").replace(b"trailer", b"")
    items = opened(data)
    assert any(TOKEN.encode() in item.data for item in items if isinstance(item, Blob))
    assert skipped(data)


def test_what_a_later_revision_of_a_pdf_took_away_is_found() -> None:
    first = pdf(TOKEN)
    later = first + b"4 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n"
    previous = first.rindex(b"xref\n0")
    later += b"xref\n4 1\n%010d 00000 n \n" % len(first)
    later += b"trailer<</Size 6/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previous, later.rindex(b"xref\n4"))
    found = [item.container for item in opened(later) if isinstance(item, Blob) and TOKEN.encode() in item.data]
    assert found == [("revision 1, page 1",)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "unsupported format (7z)"),
        (b"Rar!\x1a\x07\x01\x00", "unsupported format (rar)"),
        (b"PAR1\x15\x04", "broken (parquet)"),
        (b"\x00GITCRYPT\x00" + b"x" * 30, "encrypted (git-crypt)"),
        (b"age-encryption.org/v1\n-> X25519", "encrypted (age)"),
        (b"-----BEGIN PGP MESSAGE-----\n\nhQ", "encrypted (pgp)"),
    ],
)
def test_what_stays_closed_is_said_with_its_reason(data: bytes, reason: str) -> None:
    assert skipped(data) == [reason]


def test_encrypted_members_are_said() -> None:
    data = bytearray(zipped({"a.txt": "x", "b.txt": "y"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    items = opened(bytes(data))
    assert [item.container for item in items if isinstance(item, Skipped)] == [("a.txt",)]
    assert skipped(bytes(data)) == ["encrypted"]


def test_encrypted_documents_are_said() -> None:
    manifest = "<m:manifest><m:encryption-data/></m:manifest>"
    mime = "application/vnd.oasis.opendocument.text"
    data = zipped({"mimetype": mime, "content.xml": b"\x01\x02", "META-INF/manifest.xml": manifest})
    assert skipped(data) == ["encrypted"]


def test_a_spreadsheet_keeps_its_table() -> None:
    sheets = [item for item in opened(FORMATS["xlsx"]("Jane, Doe")) if "sheet1" in item.container[0]]
    assert [item.container for item in sheets] == [("xl/worksheets/sheet1.xml (Staff)",)]
    assert [item.data for item in sheets if isinstance(item, Blob)] == [b'Name,Date of birth\n,"Jane, Doe"\n']


def test_pictures_say_where_they_were_taken() -> None:
    image, out = Image.new("RGB", (4, 4)), io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 30.0)})
    image.save(out, "JPEG", exif=exif)
    texts = [item.data for item in opened(out.getvalue()) if isinstance(item, Blob)]
    assert b"GPSLatitude: 51.500000\nGPSLongitude: -0.125000" in texts[0]


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(sorted({start for _, found in ADAPTERS.items() for start in found.starts})), rest=st.binary(max_size=400)
)
def test_nothing_raises_whatever_follows_a_magic(start: bytes, rest: bytes) -> None:
    for data in (start + rest, b"12" + start + rest, bytes(257) + start + rest):
        for item in opened(data):
            assert item.container or isinstance(item, Skipped)


@settings(max_examples=100, deadline=None)
@given(name=st.sampled_from(sorted(FORMATS)), at=st.floats(0, 1), junk=st.binary(max_size=8), cut=st.booleans())
def test_damage_anywhere_raises_nothing(name: str, at: float, junk: bytes, cut: bool) -> None:  # noqa: FBT001  hypothesis passes it by name
    data = FORMATS[name](TOKEN)
    offset = int(at * len(data))
    opened(data[:offset] + junk + (b"" if cut else data[offset + len(junk) :]))


def test_a_tar_that_ends_early_gives_what_it_has() -> None:
    items = opened(tarred({"a.txt": b"whole", "b.txt": b"y" * 2000})[:2100])
    assert ("a.txt",) in [item.container for item in items if isinstance(item, Blob)]
    assert "broken (tar)" in [item.reason for item in items if isinstance(item, Skipped)]
