"""Formats of the past, on files that an office suite wrote (`samples/`) and on headers made by hand."""

from __future__ import annotations

import io
import lzma
import marshal
import py_compile
import struct
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from auditor.model.blob import Blob
from auditor.model.coverage import Skipped
from auditor.sources.containers import HEAD, Limits, expand, may_contain
from auditor.sources.containers.legacy import slide_texts, word_text

if TYPE_CHECKING:
    from collections.abc import Mapping

SAMPLES: Final = Path(__file__).parent / "samples"


def members(data: bytes) -> Mapping[str, str]:
    """Return what a file holds, by the last step of the way in; nothing may stay closed."""
    assert may_contain(data[:HEAD], len(data))
    items = list(expand(Blob("oid", len(data), data, path="the/file"), Limits()))
    assert not [item for item in items if isinstance(item, Skipped)]
    return {item.container[-1]: item.data.decode("utf-8", "replace") for item in items if isinstance(item, Blob)}


def sample(name: str) -> bytes:
    content = (SAMPLES / name).read_bytes()
    return lzma.decompress(content) if name.endswith(".xz") else content


def test_a_word_file_reads_as_people_read_it() -> None:
    found = members(sample("handover.doc"))
    text = found["WordDocument (text)"]
    assert "Secret word: Word-In-A-Run, with a \u201cquotation\u201d \u2013 and a dash." in text
    assert "Door\t4711" in text
    assert {"Foot-Note", "Header-Of-The-Page", "Side-Comment"} <= {line.strip() for line in text.splitlines()}
    assert "https://example.org/Address-Of-A-Link" in text


def test_a_label_in_the_properties_of_an_old_file_keeps_its_name() -> None:
    assert "MSIP_Label_1_Name: Label-In-Properties" in members(sample("handover.doc"))["DocumentSummaryInformation (text)"]
    assert "MSIP_Label_1_Name: Label-In-Properties" in members(sample("handover.rtf"))["properties and notes"]


def test_an_old_spreadsheet_keeps_its_table() -> None:
    found = members(sample("staff.xls"))["Workbook (Staff)"]
    assert found.startswith("Name,Door\nAnn,4711\nCell-Text,")
    assert "comment 3:1,Side-Comment" in found


def test_an_old_presentation_gives_slides_and_notes() -> None:
    found = members(sample("slides.ppt.xz"))["PowerPoint Document (text)"].splitlines()
    assert {"Slide-Text \u201cquoted\u201d", "pw1", "Speaker-Note"} <= set(found)


def test_damage_in_an_old_file_leaves_its_streams() -> None:
    content = sample("staff.xls")
    start = content.index(b"Name")
    broken = content[: start - 40] + b"\xff" * 40 + content[start:]
    items = list(expand(Blob("oid", len(broken), broken), Limits()))
    assert any(b"Cell-Text" in item.data for item in items if isinstance(item, Blob))


def test_a_piece_table_that_does_not_fit_is_said() -> None:
    with pytest.raises(ValueError, match="piece table"):
        word_text(b"\xec\xa5" + bytes(0x200), b"\x07")
    with pytest.raises(ValueError, match="piece table"):
        word_text(b"\xec\xa5" + bytes(0x1A0) + struct.pack("<II", 0, 9) + bytes(64), b"\x02\xff\x00\x00\x00abcd")


def test_slides_that_claim_to_hold_more_than_they_do_end() -> None:
    nested = struct.pack("<HHI", 0xF, 0x3E8, 0xFFFFFFFF) * 2000
    assert list(slide_texts(nested + struct.pack("<HHI", 0, 0x0FA8, 4) + b"text")) == ["text"]


def test_rich_text_reads_as_people_read_it() -> None:
    found = members(sample("handover.rtf"))
    assert "Secret word: Word-In-A-Run, with a \u201cquotation\u201d \u2013 and a dash." in found["text"]
    assert "Door\t4711" in found["text"]
    assert {"Handover note", "Header-Of-The-Page", "Reviewer"} <= set(found["properties and notes"].splitlines())
    assert "https://example.org/Address-Of-A-Link" in found["properties and notes"]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (rb"{\rtf1\ansi pass{\b wo}{\i rd}\par next}", "password\nnext"),
        (rb"{\rtf1\ansi\ansicpg1251 \'cf\'f0}", "\u041f\u0440"),
        (rb"{\rtf1\ansi\uc1 caf\u233?!}", "caf\u00e9!"),
        (rb"{\rtf1\ansi\uc2 x\u8364\'80\'80y}", "x\u20acy"),
        (rb"{\rtf1\ansi a\{b\}\\c\~d\_e}", "a{b}\\c d-e"),
        (b"{\\rtf1\\ansi one\r\n two}", "one two"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\bkmkstart here}body}", "body"),
        (rb"{\rtf1 kept}}} after", "kept"),
        (rb"{\rtf1 x\u-10179?y}", "x\ufffdy"),
    ],
)
def test_control_words_of_rich_text(source: bytes, shown: str) -> None:
    assert members(source)["text"] == shown


def test_what_rich_text_embeds_is_opened() -> None:
    document = sample("handover.doc").hex().encode()
    source = rb"{\rtf1 see{\object{\*\objdata 0105000002000000" + b"\n" + document + rb"}{\result picture}}}"
    found = members(source)
    assert "Secret word: Word-In-A-Run" in found["WordDocument (text)"]
    assert found["text"] == "seepicture"
    assert members(rb"{\rtf1{\pict\bin5 ab{}c}}")["embedded 1"] == "ab{}c"


def old_tar(files: Mapping[str, bytes]) -> bytes:
    """Write headers as Unix V7 did: name, mode, owner, size, time and checksum, and nothing after them."""
    out = io.BytesIO()
    for name, content in files.items():
        header = bytearray(tarfile.BLOCKSIZE)
        for at, field in ((0, name.encode()), (100, b"000644 \x00"), (108, b"000000 \x00"), (116, b"000000 \x00")):
            header[at : at + len(field)] = field
        header[124:136] = b"%011o " % len(content)
        header[136:148] = b"%011o " % 0
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\x00 " % sum(header)
        out.write(header)
        out.write(content + bytes(-len(content) % tarfile.BLOCKSIZE))
    out.write(bytes(2 * tarfile.BLOCKSIZE))
    return out.getvalue()


def test_a_tar_without_its_mark_is_opened() -> None:
    found = members(old_tar({"etc/note.txt": b"the note", "b.txt": b"y" * 700}))
    assert found["note.txt" if "note.txt" in found else "etc/note.txt"] == "the note"
    assert found["b.txt"] == "y" * 700


@pytest.mark.parametrize("at", [3, 101, 150, 156, 300])
def test_a_header_whose_checksum_does_not_fit_is_no_tar(at: int) -> None:
    content = bytearray(old_tar({"note.txt": b"text"}))
    content[at] ^= 0x11
    assert not list(expand(Blob("oid", len(content), bytes(content)), Limits()))


def test_compiled_python_gives_constants_names_and_where_it_came_from(tmp_path: Path) -> None:
    source = tmp_path / "settings_of_service.py"
    source.write_text(
        'def connect(user_argument):\n    local_name = "constant é"\n    return user_argument.attribute_name, local_name\n'
    )
    compiled = py_compile.compile(
        str(source), str(tmp_path / "out.pyc"), dfile="/home/builder/settings_of_service.py", doraise=True
    )
    assert compiled
    words = [word.strip("'") for word in members(Path(compiled).read_bytes())["constants"].splitlines()]
    wanted = {"constant é", "user_argument", "local_name", "attribute_name", "connect", "/home/builder/settings_of_service.py"}
    assert wanted <= set(words)


@pytest.mark.parametrize("header", [8, 12, 16])
def test_compiled_python_of_every_header_is_read(header: int) -> None:
    code = compile("NAME_OF_CONSTANT = 'the constant'", "a_file.py", "exec")
    words = members(b"\xa7\r\r\n" + bytes(header - 4) + marshal.dumps(code))["constants"].splitlines()
    assert {"'NAME_OF_CONSTANT'", "'the constant'", "'a_file.py'"} <= set(words)
