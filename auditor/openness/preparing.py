"""What checks need of every repository and takes long to load: where others work, it can be loaded meanwhile."""

from __future__ import annotations

from license_expression import get_spdx_licensing

from auditor.openness.reading.licence_text import known_texts
from auditor.openness.registry import CHECKS


def prepare() -> None:
    """Load all checks, and what is made once for them."""
    CHECKS.scan()
    known_texts()
    get_spdx_licensing()
