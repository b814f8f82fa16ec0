"""What a variable is when nobody sets it: the default of a password or key, in shells, compose files, templates and code."""

from __future__ import annotations

from auditor.detection.judge_names import is_key_word, words
from auditor.detection.validation import INVALID, Answer, Context, validator
from auditor.detection.validators.values import password, secret


@validator("default-value")
def default_value(value: bytes, context: Context) -> Answer:
    """Judge it by what the name of the variable says: a password, which somebody chose, or a key, which a machine drew."""
    name = context.groups.get("name", b"").decode("utf-8", "replace")
    if not any(map(is_key_word, words(name))):
        return INVALID
    return password(value, context) if "pass" in name.lower() or "pwd" in name.lower() else secret(value, context)
