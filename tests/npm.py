"""Files of npm packages that `.ci/install-test-tools` installs; where one is missing a test says so and is skipped, CI fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

MODULES = Path(os.environ.get("AUDITOR_BROWSER_TOOLS", Path(__file__).parent / "browser" / "node_modules"))


def package_file(name: str, *, override: str = "") -> Path:
    """Return a file by its path below node_modules, or the one that the environment variable `override` names."""
    path = Path(os.environ.get(override) or MODULES / name) if override else MODULES / name
    if path.exists():
        return path
    sentence = f"{path} is missing; run .ci/install-test-tools"
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
