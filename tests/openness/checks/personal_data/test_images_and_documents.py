"""PII-13."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


def test_pictures_that_show_or_tell_a_place_fail(ask: Ask) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    answer = ask("PII-13", {"a.jpg": out.getvalue(), "docs/Screenshot 1.png": b"x", "plan.pdf": b"%PDF"})
    assert [e.path for e in answer.evidence] == ["a.jpg", "docs/Screenshot 1.png", "plan.pdf"]
    assert answer.evidence[0].text == "the picture says where it was taken"


def test_icons_and_plain_pictures_pass(ask: Ask) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG")
    assert (
        ask("PII-13", {"a.jpg": out.getvalue(), "icon.png": b"x", "b.jpg": b"Exif broken", "screenshot.svg": "x"}).outcome
        is Outcome.PASS
    )
