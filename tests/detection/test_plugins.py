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


@pytest.mark.parametrize("text", ["raise ValueError", "x = 1", None])
def test_a_file_without_a_plugin_is_a_clear_error(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "broken.py"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ConfigurationError, match="plugin"):
        Plugins([file])
