"""The view that an audit hands over answers every check as plain git does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from identify.vendor.licenses import LICENSES

from auditor.config import Settings
from auditor.model.check import Outcome
from auditor.openness.registry import CHECKS
from auditor.sources.target import open_target

if TYPE_CHECKING:
    from pathlib import Path

    from auditor.openness.answer import Answer
    from tests.openness.checks.conftest import AskAll, MakeContext

pytest.importorskip("auditor.sources.view", reason="the sources room has no view yet")

FILES: dict[str, str | bytes] = {
    "README.md": (
        "# Thing\n\nThis service counts things for people who like numbers. It is used every day by the whole department.\n\n## "
        "Support\n"
    ),
    "LICENCE": dict(LICENSES)["MIT"].replace("<year> <copyright holders>", "2026 Crown Copyright (Example)"),
    "CODEOWNERS": "* @example/team\n",
    "SECURITY.md": "Report in private to security@example.gov.uk within 2 days.\n",
    ".gitignore": ".env\n",
    ".env.example": "KEY=\n",
    ".github/workflows/a.yml": "on: pull_request_target\njobs:\n  a:\n    runs-on: self-hosted\n    steps:\n    - uses: x/y@v1\n",
    "package.json": '{"dependencies": {"a": "1"}}',
    "package-lock.json": '{"packages": {"node_modules/a": {"version": "1", "license": "GPL-3.0"}}}',
    "config/credentials.yml.enc": "x",
    "app/a.py": "# Proprietary and confidential\nimport os\nkey = os.environ['KEY']\n",
    "bin/tool.so": b"\x7fELF" + bytes(20),
    "vendor/lib/a.js": "x()",
    "name with ü and space.md": "x",
}


def through_an_audit(folder: Path, make_context: MakeContext) -> dict[str, Answer]:
    with open_target(folder, Settings()) as source:
        facts = []
        for share in source.shares(1):
            for _ in share.items():
                pass
            facts.append(share.facts())
        source.trace(facts, ())
        given = make_context(source.view())
        return {name: check.run(given) for name, check in CHECKS.items()}


def test_every_check_answers_the_same(tmp_path: Path, ask_all: AskAll, make_context: MakeContext) -> None:
    plain = ask_all(FILES)
    audited = through_an_audit(tmp_path, make_context)
    assert {name: answer.outcome for name, answer in audited.items()} == {name: answer.outcome for name, answer in plain.items()}
    assert {name: answer.evidence for name, answer in audited.items()} == {name: answer.evidence for name, answer in plain.items()}
    assert audited["LIC-02"].outcome is Outcome.PASS
    assert audited["SUP-08"].outcome is Outcome.FAIL
