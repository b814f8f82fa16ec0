"""A small service of a made-up council, ready to be opened: whatever is planted in it is the only thing in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from identify.vendor.licenses import LICENSES

from auditor.audit import audit
from auditor.config import Settings
from auditor.openness import writing
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from auditor.model.report import AuditReport

NOW: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
UNTIL: Final = date(2027, 5, 1)
SIGNED: Final = writing.Signature("technical lead", NOW.date())
BOOK: Final = "openness.yml"
ANSWERED: Final = "Answer what only people can answer"
_NONE: Final = frozenset({"CLS-03"})
"""Questions after something that should not be there: the answer of a project that has none of it."""
_CHECKOUT: Final = "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8  # v5.0.0"
_SETUP: Final = "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c  # v6.0.0"

README: Final = """# Council tax reduction calculator

Works out how much less council tax a household pays. Council staff and other councils use it inside their own services.

Status: beta, maintained by the revenues team of Example Council.

## Install

    pip install .

## Run

    python -m reduction 1400 2

## Test

    python -m unittest

## Contributing

See [CONTRIBUTING.md](CONTRIBUTING.md). Report weaknesses as [SECURITY.md](SECURITY.md) says.

## Licence

The code is under the [MIT licence](LICENCE), Crown copyright.
"""
_MODULE: Final = '''"""The reduction of a household."""

from decimal import Decimal

SHARE_OF_INCOME = Decimal("0.20")
"""How much of the income above the allowance counts, as the published scheme of 2024 says."""


def reduction(bill: Decimal, income: Decimal, allowance: Decimal) -> Decimal:
    """Return what a household does not have to pay of its bill."""
    above = max(income - allowance, Decimal(0))
    return max(bill - above * SHARE_OF_INCOME, Decimal(0))
'''
_TEST: Final = """import unittest
from decimal import Decimal

from reduction import reduction


class Reduction(unittest.TestCase):
    def test_without_income_nothing_is_paid(self):
        self.assertEqual(reduction(Decimal(1400), Decimal(0), Decimal(900)), Decimal(1400))
"""
_CI: Final = f"""name: Tests
on:
  pull_request:
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: {_CHECKOUT}
        with:
          persist-credentials: false
      - uses: {_SETUP}
        with:
          python-version: "3.12"
      - run: pip install auditor && auditor scan
      - run: python -m unittest
"""
FILES: Final[Mapping[str, str]] = {
    "README.md": README,
    "LICENCE": dict(LICENSES)["MIT"].replace("<year> <copyright holders>", "2024 Crown Copyright (Example Council)"),
    "SECURITY.md": "# Security\n\nWrite to security@example.gov.uk. We answer within two working days and mend within 90 days.\n",
    "CONTRIBUTING.md": "# Contributing\n\nContributions are welcome: open an issue or a pull request. We answer within a week.\n",
    "CODE_OF_CONDUCT.md": "# Code of conduct\n\nBe kind. Report to conduct@example.gov.uk.\n",
    "CHANGELOG.md": "# Changes\n\n## 1.0.0\n\nFirst release.\n",
    "pyproject.toml": '[project]\nname = "council-tax-reduction"\nversion = "1.0.0"\nlicense = "MIT"\ndependencies = []\n',
    "reduction.py": _MODULE,
    "tests/test_reduction.py": _TEST,
    ".gitignore": ".env\n*.pem\n*.key\n*.tfstate\n*.tfvars\n__pycache__/\n",
    ".github/CODEOWNERS": "* @example-council/revenues\n",
    ".github/dependabot.yml": (
        'version: 2\nupdates:\n  - package-ecosystem: pip\n    directory: "/"\n    schedule: {interval: weekly}\n'
    ),
    ".github/workflows/ci.yml": _CI,
    ".pre-commit-config.yaml": (
        "repos:\n  - repo: https://github.com/Yelp/detect-secrets\n    rev: v1.5.0\n    hooks:\n      - id: detect-secrets\n"
    ),
}


def council(path: Path) -> GitRepo:
    """Build the service with some history, and with every question that a person has to answer answered."""
    repo = GitRepo.create(path)
    repo.git("config", "remote.origin.url", "https://github.com/example-council/council-tax-reduction.git")
    repo.commit({name: FILES[name] for name in ("README.md", "LICENCE", "reduction.py")}, "Work out a reduction\n\nSo far by hand.")
    repo.commit(dict(FILES), "Add what other people need to work with it\n\nThey asked how to run it.")
    repo.commit({BOOK: answered(look(repo.path))}, ANSWERED, author="A Lead <a.lead@example.org>")
    return repo


def look(path: Path) -> AuditReport:
    """Audit a repository on the day on which all this happens, in this process."""
    return audit(path, Settings(workers=1, cache=False), now=NOW)


def answered(report: AuditReport, text: str = "") -> str:
    """Write openness.yml with an answer to every question that the report asks; what blocks is not a question."""
    text = writing.repository(text, organisation="Example Council", intended="open")
    text = writing.history(text, "keep-and-rotate", "The history was reviewed.", SIGNED)
    for due in report.verdict.full_history.attestations_due:
        if due.id.count("-") == 1 and due.id[:3].isupper():
            answer = "none" if due.id in _NONE else "confirmed"
            text = writing.attest(text, due.id, answer, "Looked at, and it is so.", SIGNED, expires=UNTIL)
    return text
