"""Makes one small file of each format around a text."""

from __future__ import annotations

import base64
import bz2
import email.message
import gzip
import io
import json
import lzma
import marshal
import plistlib
import sqlite3
import struct
import tarfile
import zipfile
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
ODF = 'xmlns:text="t" xmlns:table="b" xmlns:office="o"'
_TYPES = "[Content_Types].xml"


def zipped(files: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def _runs(text: str, tag: str) -> str:
    third = len(text) // 3
    pieces = (text[:third], text[third : 2 * third], text[2 * third :])
    return "".join(f"<{tag[0]}:r><{tag}>{piece}</{tag}></{tag[0]}:r>" for piece in pieces)


def docx(text: str) -> bytes:
    return zipped(
        {
            _TYPES: "<Types/>",
            "word/document.xml": f"<w:document {W}><w:body><w:p>{_runs(text, 'w:t')}</w:p></w:body></w:document>",
        }
    )


def docx_comment(text: str) -> bytes:
    comment = f"<w:comments {W}><w:comment><w:p>{_runs(text, 'w:t')}</w:p></w:comment></w:comments>"
    return zipped({_TYPES: "<Types/>", "word/comments.xml": comment})


def docx_label(text: str) -> bytes:
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="x" pid="2" name="MSIP_Label_1_Name"><vt:lpwstr>{text}</vt:lpwstr></property></Properties>'
    )
    return zipped({_TYPES: "<Types/>", "docProps/custom.xml": custom})


def pptx(text: str) -> bytes:
    slide = f"<a:x {A}><a:p>{_runs(text, 'a:t')}</a:p></a:x>"
    return zipped({_TYPES: "<Types/>", "ppt/notesSlides/notesSlide1.xml": slide})


def xlsx(text: str) -> bytes:
    sheet = (
        f'<worksheet {S}><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>Date of birth</t></is></c></row>'
        '<row r="2"><c r="B2" t="s"><v>0</v></c></row></sheetData></worksheet>'
    )
    return zipped(
        {
            _TYPES: "<Types/>",
            "xl/worksheets/sheet1.xml": sheet,
            "xl/workbook.xml": f'<workbook {S}><sheets><sheet name="Staff"/></sheets></workbook>',
            "xl/sharedStrings.xml": f"<sst {S}><si><r><t>{text[:5]}</t></r><r><t>{text[5:]}</t></r></si></sst>",
        }
    )


def odt(text: str) -> bytes:
    content = f"<o {ODF}><text:p>{text[:5]}<text:span>{text[5:]}</text:span></text:p></o>"
    return _opendocument("text", content)


def ods(text: str) -> bytes:
    row = f"<table:table-row><table:table-cell><text:p>{text}</text:p></table:table-cell></table:table-row>"
    return _opendocument("spreadsheet", f'<o {ODF}><table:table table:name="Staff">{row}</table:table></o>')


def _opendocument(kind: str, content: str) -> bytes:
    mime = f"application/vnd.oasis.opendocument.{kind}"
    return zipped({"mimetype": mime, "META-INF/manifest.xml": "<m/>", "content.xml": content})


def pdf(text: str) -> bytes:
    """A page whose content stream is compressed and cuts the text with kerning."""
    stream = zlib.compress(f"BT /F1 12 Tf 20 100 Td [({text[:7]}) -3 ({text[7:]})] TJ ET".encode())
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 900 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    return pdf_of(objects)


def pdf_of(objects: list[bytes]) -> bytes:
    """Number the objects from 1, the first being the catalogue."""
    out = b"%PDF-1.5\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def notebook(text: str) -> bytes:
    output = {"output_type": "stream", "text": [f"{text}\n"]}
    return json.dumps({"cells": [{"cell_type": "code", "source": [], "outputs": [output]}], "nbformat": 4}).encode()


def sqlite(text: str) -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE staff (name, note)")
        database.execute("INSERT INTO staff VALUES (?, ?)", ("someone", text))
        database.commit()
        return database.serialize()


def pyc(text: str) -> bytes:
    code = compile(f"TOKEN = {text!r}", "settings.py", "exec")
    return b"\xa7\r\r\n" + bytes(12) + marshal.dumps(code)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(text: str, kind: str = "zTXt") -> bytes:
    body = b"Comment\x00" + (b"\x00" + zlib.compress(text.encode()) if kind == "zTXt" else text.encode())
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = png_chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(kind.encode(), body) + pixels + png_chunk(b"IEND", b"")


def tiff_block(text: str) -> bytes:
    """EXIF with the author as Windows writes it: UTF-16."""
    value = text.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<2sHIHHHIII", b"II", 42, 8, 1, 0x9C9D, 1, len(value), 26, 0) + value


def jpeg(text: str) -> bytes:
    body = b"Exif\x00\x00" + tiff_block(text)
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xda\x00\x02\xff\xd9"


def webp(text: str) -> bytes:
    body = tiff_block(text)
    chunk = b"EXIF" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def eml(text: str) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "someone@example.org"
    message["Subject"] = "papers"
    message.set_content("see the attachment")
    message.add_attachment(zipped({"note.txt": text}), maintype="application", subtype="zip", filename="papers.zip")
    return message.as_bytes()


def mbox(text: str) -> bytes:
    one = b"From someone@example.org Mon Jan  5 10:00:00 2026\n"
    return one + b"Subject: first\n\nhello\n\n" + one + eml(text)


def har(text: str) -> bytes:
    body = base64.b64encode(gzip.compress(text.encode())).decode()
    content = {"mimeType": "text/plain", "text": body, "encoding": "base64"}
    return json.dumps({"log": {"version": "1.2", "entries": [{"response": {"content": content}}]}}).encode()


def vcr_ruby(text: str) -> bytes:
    body = base64.b64encode(gzip.compress(text.encode())).decode()
    return f"---\nhttp_interactions:\n- response:\n    body:\n      base64_string: {body}\n".encode()


def vcr_python(text: str) -> bytes:
    body = base64.encodebytes(gzip.compress(text.encode())).decode().replace("\n", "\n        ").rstrip()
    return f"interactions:\n- response:\n    body:\n      string: !!binary |\n        {body}\n    x: 1\n".encode()


def patch(text: str) -> bytes:
    packed = zlib.compress(text.encode())
    lines = []
    for start in range(0, len(packed), 52):
        piece = packed[start : start + 52]
        mark = chr(ord("A") + len(piece) - 1) if len(piece) <= 26 else chr(ord("a") + len(piece) - 27)
        lines.append(mark.encode() + base64.b85encode(piece, pad=True))
    head = b"diff --git a/key.bin b/key.bin\nnew file mode 100644\nGIT binary patch\n"
    return head + b"literal %d\n" % len(text) + b"\n".join(lines) + b"\n\nliteral 0\nHcmV?d00001\n"


def program(text: str) -> bytes:
    return b"MZ\x90\x00" + bytes(60) + b"\x0e\x1f\xba\x07" + text.encode("utf-16-le") + b"\x00\x00\xcc\xcc"


def program_with_zip(text: str) -> bytes:
    return b"MZ\x90\x00" + bytes(60) + zipped({"a.txt": text})


def sheet_header(text: str) -> bytes:
    header = f"<headerFooter><oddHeader>&amp;L&amp;14{text[:4]}&amp;&quot;Arial,Bold&quot;&amp;C{text}</oddHeader></headerFooter>"
    return zipped({_TYPES: "<Types/>", "xl/worksheets/sheet1.xml": f"<worksheet {S}>{header}</worksheet>"})


def property_list(text: str) -> bytes:
    return plistlib.dumps({"é": f"é {text}", "inner": gzip.compress(text.encode())}, fmt=plistlib.FMT_BINARY)


def ar(text: str) -> bytes:
    content = gzip.compress(text.encode())
    return b"!<arch>\n" + b"%-16s%-12d%-6d%-6d%-8s%-10d`\n" % (b"data.gz/", 0, 0, 0, b"100644", len(content)) + content


def ds_store(text: str) -> bytes:
    return b"\x00\x00\x00\x01Bud1" + bytes(300) + text.encode("utf-16-be")


def nested(text: str) -> bytes:
    return zipped({"outer.tgz": gzip.compress(tarred({"inner.jar": zipped({"app.properties": text})}))})


FORMATS: Mapping[str, Callable[[str], bytes]] = {
    "zip": lambda text: zipped({"a/b.txt": text}),
    "zip after a program": lambda text: b"#!/usr/bin/env python\n" + zipped({"b.txt": text}),
    "zip lzma": lambda text: zipped({"a/b.txt": text}, zipfile.ZIP_LZMA),
    "tar": lambda text: tarred({"a.txt": text.encode()}),
    "tar.gz": lambda text: gzip.compress(tarred({"a.txt": text.encode()})),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip of two": lambda text: gzip.compress(text[:9].encode()) + gzip.compress(text[9:].encode()),
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "lzma": lambda text: lzma.compress(text.encode(), lzma.FORMAT_ALONE),
    "nested": nested,
    "docx": docx,
    "docx comment": docx_comment,
    "docx label": docx_label,
    "pptx": pptx,
    "xlsx": xlsx,
    "odt": odt,
    "ods": ods,
    "pdf": pdf,
    "notebook": notebook,
    "sqlite": sqlite,
    "pyc": pyc,
    "png": png,
    "png plain": lambda text: png(text, "tEXt"),
    "jpeg": jpeg,
    "webp": webp,
    "tiff": tiff_block,
    "eml": eml,
    "mbox": mbox,
    "har": har,
    "vcr of Ruby": vcr_ruby,
    "vcr of Python": vcr_python,
    "patch": patch,
    "ar": ar,
    "program": program,
    "program with a zip behind": program_with_zip,
    "xlsx header": sheet_header,
    "property list": property_list,
    "ds_store": ds_store,
}
