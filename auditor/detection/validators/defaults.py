"""What a variable is when nobody sets it: the default of a password or key, in shells, compose files, templates and code."""

from __future__ import annotations

from auditor.detection.judge_names import is_key_word, words
from auditor.detection.validation import INVALID, Answer, Context, validator
from auditor.detection.validators.values import named_value


@validator("default-value")
def default_value(value: bytes, context: Context) -> Answer:
    """Judge it as what stands behind such a name, where a word of it is one for a secret: `passive` and `bypass` have none."""
    name = context.groups.get("name", b"").decode("utf-8", "replace")
    return named_value(value, context) if any(map(is_key_word, words(name))) else INVALID
