"""What checks need of every repository and takes long to load: where others work, it can be loaded meanwhile."""

from __future__ import annotations

from auditor.openness.reading.expressions import licensing
from auditor.openness.reading.licence_text import known_texts
from auditor.openness.registry import CHECKS


def prepare() -> None:
    """Load all checks, and what is made once for them."""
    CHECKS.scan()
    known_texts()
    licensing()
