from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.detection import ruleset
from auditor.detection.plugins import Plugins
from auditor.detection.scanner import Scanner, ScanOptions
from auditor.errors import ConfigurationError
from auditor.model.blob import Blob
from auditor.model.levels import Confidence

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = """
import re
from detect_secrets.plugins.base import RegexBasedDetector


class Ticket(RegexBasedDetector):
    secret_type = "Ticket of our gateway"
    denylist = [re.compile(r"TKT-[0-9A-F]{12}")]
"""


def test_an_organisations_plugin_is_a_rule_on_its_own_lines(tmp_path: Path) -> None:
    file = tmp_path / "ticket.py"
    file.write_text(PLUGIN)
    rules = ruleset.load(plugins=[file], own=False)
    scanner = Scanner(rules, ScanOptions(key=b"k", plugins=(file,)))
    value = "TKT-" + "0A1B2C3D4E5F"
    data = f"first\nuse {value} here\n".encode()
    ((match, secret),) = scanner.scan(Blob("oid", len(data), data))
    assert (match.rule_id, match.line, match.confidence) == ("organisation-plugin", 2, Confidence.MEDIUM)
    assert secret.reveal() == value.encode()
    assert match.notes == ("plugin: Ticket of our gateway",)


LINE = "password = 'Vq7¦xT2¦mZ9wLp' at 203.0.113.9".replace("¦", "")


def test_the_librarys_plugins_give_a_second_opinion_on_the_lines_of_generic_candidates_only() -> None:
    scanner = Scanner(ruleset.load(), ScanOptions(key=b"k"))
    data = f"{LINE}\nno candidate is beside 203.0.113.8\n".encode()
    found = [
        (match.rule_id, match.line, match.confidence, secret.reveal())
        for match, secret in scanner.scan(Blob("oid", len(data), data))
    ]
    assert ("generic-password", 1, Confidence.HIGH, LINE[12:24].encode()) in found
    assert [row for row in found if row[0] == "detect-secrets-plugin"] == [
        ("detect-secrets-plugin", 1, Confidence.LOW, b"203.0.113.9")
    ]


def test_a_line_longer_than_plugins_can_bear_is_not_shown_to_them() -> None:
    scanner = Scanner(ruleset.load(), ScanOptions(key=b"k"))
    data = (LINE + " " * 2500 + "\n").encode()
    assert "detect-secrets-plugin" not in {match.rule_id for match, _ in scanner.scan(Blob("oid", len(data), data))}


@pytest.mark.parametrize("text", ["raise ValueError", "x = 1", None])
def test_a_file_without_a_plugin_is_a_clear_error(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "broken.py"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigurationError, match="plugin"):
        Plugins([file])
