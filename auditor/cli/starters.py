"""The files with which a repository begins to be open: what each says, and whether the repository has one already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from auditor.errors import UsageError
from auditor.openness import writing

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_HAS_LICENCE: Final = re.compile(r"(?:licen[cs]es?|copying|unlicense)(?:[.-].*)?\Z", re.IGNORECASE)
_PINNED: Final = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}\Z")
_SECURITY: Final = ("SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md")
_CHECKOUT: Final = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"

SETTINGS: Final = """\
# What this repository asks of auditor. `auditor schema config` lists the settings.
policy: {policy}
"""
SECURITY: Final = """\
# Reporting a vulnerability

Please tell us about a weakness in private first: {contact}

Do not open a public issue for it. Say what you found, where, and how it can be repeated. We will tell you that we got your report,
what we think of it, and when it is mended.
"""
WORKFLOW: Final = """\
name: auditor

on:
  push:
  pull_request:

permissions: {{}}

jobs:
  look:
    runs-on: ubuntu-latest
    permissions:
      contents: read # to check the code out
    steps:
      - uses: {checkout}
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: {action}
"""
PRE_COMMIT: Final = """\
repos:
  - repo: local
    hooks:
      - id: auditor
        name: auditor (what is staged)
        entry: auditor hook pre-commit
        language: system
        stages: [pre-commit]
        pass_filenames: false
        always_run: true
"""


def settings(policy: str) -> str:
    """Return `.auditor.yml`."""
    return SETTINGS.format(policy=policy)


def openness(**facts: str) -> str:
    """Return `openness.yml`, with what is known about the repository."""
    return writing.repository("", **facts)


def security(contact: str) -> str:
    """Return `SECURITY.md`."""
    return SECURITY.format(contact=contact)


def workflow(action: str) -> str:
    """Return the workflow that looks at every change."""
    return WORKFLOW.format(checkout=_CHECKOUT, action=action)


def pinned(action: str) -> str:
    """Return the name of an action at a full commit, or nothing.

    Raises:
        UsageError: it is something else.
    """
    if action and not _PINNED.match(action):
        msg = "--action does not name an action at a full commit."
        raise UsageError(msg, hint="Write OWNER/NAME@COMMIT with 40 hexadecimal digits: a tag can be moved.")
    return action


def licence(name: str, holder: str, day: date) -> str:
    """Return the text of a licence by its SPDX id; empty where its text is not at hand, or a needed holder is not known."""
    from identify.vendor.licenses import LICENSES

    text: str = dict(LICENSES).get(re.sub(r"-(?:only|or-later)\Z", "", name), "")
    if "[fullname]" in text and not holder:
        return ""
    text = text.replace("[year]", str(day.year)).replace("[fullname]", holder).strip("\n")
    return f"{text}\n" if text else ""


def has_licence(root: Path) -> bool:
    """Tell whether there is a licence file at the root, or a folder of them."""
    return any(_HAS_LICENCE.match(path.name) for path in root.iterdir())


def has_security(root: Path) -> bool:
    """Tell whether it says where to report a weakness."""
    return any((root / name).exists() for name in _SECURITY)


def has_settings(root: Path) -> bool:
    """Tell whether there are settings in one of the two places; both together would be an error."""
    project = root / "pyproject.toml"
    in_project = project.is_file() and b"[tool.auditor" in project.read_bytes()
    return in_project or (root / ".auditor.yml").exists()
