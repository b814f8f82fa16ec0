"""HIS-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


ELF = b"\x7fELF" + bytes(40)


def test_text_and_pictures_pass(ask: Ask) -> None:
    assert ask("HIS-05", {"a.py": "x", "logo.png": b"\x89PNG" + bytes(99), "notes.so": "no program at all"}).outcome is Outcome.PASS


@pytest.mark.parametrize("path", ["bin/tool.so", "app/lib.jar", "app/setup.exe"])
def test_a_program_fails(ask: Ask, path: str) -> None:
    start = {"jar": b"PK\x03\x04", "exe": b"MZ"}.get(path[-3:], b"\x7fELF")
    answer = ask("HIS-05", {path: start + bytes(40)})
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, path)


def test_a_program_without_extension_is_told_by_its_mode_and_first_bytes(ask: Ask) -> None:
    assert ask("HIS-05", {"bin/tool": ELF}, executable=["bin/tool"]).outcome is Outcome.FAIL
    assert ask("HIS-05", {"bin/tool": "#!/bin/sh\n"}, executable=["bin/tool"]).outcome is Outcome.PASS


def test_a_large_archive_fails_and_wrapper_and_test_data_do_not(ask: Ask) -> None:
    assert ask("HIS-05", {"data.zip": bytes(1_000_001)}).outcome is Outcome.FAIL
    files = {"gradle/wrapper/gradle-wrapper.jar": b"PK\x03\x04" + bytes(40), "tests/fixtures/a.so": ELF}
    answer = ask("HIS-05", files)
    assert (answer.outcome, len(answer.evidence)) == (Outcome.PASS, 3)
