"""What people type into a file that gets published: nothing in it may be what the file is about."""

from __future__ import annotations

import secrets
from typing import Final

from auditor.cli.lookup import OneBlob
from auditor.config import Settings, cache_folder
from auditor.detection.engine import Engine, EngineOptions
from auditor.detection.ruleset import load
from auditor.errors import UsageError
from auditor.model.blob import Blob, Origin
from auditor.model.levels import Confidence
from auditor.model.progress import NoProgress
from auditor.model.rule import Category

_NEVER: Final = frozenset({Category.SECRET, Category.CREDENTIAL, Category.PRIVATE_KEY, Category.PERSONAL_DATA})


def check_discreet(**texts: str) -> None:
    """Refuse text that our own rules would report; the message does not repeat it.

    Raises:
        UsageError: an option holds a secret or personal data.
    """
    if not any(texts.values()):
        return
    folder = cache_folder(Settings())
    ruleset = load(cache_dir=folder)
    engine = Engine(ruleset, EngineOptions(key=secrets.token_bytes(32), cache_dir=folder))
    for name, text in texts.items():
        data = text.encode("utf-8", "surrogateescape")
        found = engine.scan([OneBlob(Blob(f"text:{name}", len(data), data, Origin.COMMIT))], NoProgress()).matches
        match = next((m for m in found if m.confidence is not Confidence.LOW and ruleset[m.rule_id].category in _NEVER), None)
        if match is not None:
            msg = f"--{name} holds what auditor reports ({match.rule_id}), and openness.yml gets published."
            raise UsageError(msg, hint="Say it without the value: refer to a ticket or a place instead.")
