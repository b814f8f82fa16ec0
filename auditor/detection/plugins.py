"""detect-secrets plugins as a rule family: its own and an organisation's, on candidate lines only.

On whole files they take minutes; here the library's own plugins see a line only where a generic rule of ours found a candidate
(a second opinion on the rest of that line, of low confidence), an organisation's also where an expression of theirs ended.
An organisation's plugin is Python code: it is run only when its file was named on the command line, never because a scanned
repository names it. The library's global settings are not touched: plugins are called one by one, without its filters.
"""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Final

from auditor.errors import ConfigurationError
from auditor.model.levels import Confidence, Grade, Severity
from auditor.model.rule import Category, Provider, Remediation, Rule, Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BUILT_IN: Final = "detect-secrets-plugin"
OWN: Final = "organisation-plugin"
LONGEST_LINE: Final = 2000
_MEMORY: Final = 50_000
_PROVIDER: Final = Provider("detect-secrets", "detect-secrets", "https://github.com/Yelp/detect-secrets")
_REMEDY: Final = Remediation(
    "Find out whether the value opens anything; if it does, replace it and keep the new one outside the repository.",
    steps=("Look at the value in its place", "Replace it where it is accepted", "Remove it from the history"),
)


def rules(files: Sequence[Path]) -> list[Rule]:
    """Return the rules that stand for the plugins: the library's always, an organisation's when a file of it is named."""
    found = [_rule(BUILT_IN, "Match of a detect-secrets plugin", Confidence.LOW, 5)]
    if files:
        found.append(_rule(OWN, "Match of the organisation's own detect-secrets plugin", Confidence.MEDIUM, 45))
    return found


def _rule(rule_id: str, title: str, confidence: Confidence, specificity: int) -> Rule:
    return Rule(
        id=rule_id,
        title=title,
        category=Category.SECRET,
        severity=Severity.MEDIUM,
        confidence=confidence,
        description="A plugin of detect-secrets takes this value for a secret.",
        provider=_PROVIDER,
        grade=Grade.MUST,
        specificity=specificity,
        remediation=_REMEDY,
        references=("https://github.com/Yelp/detect-secrets",),
        status=Status.EXPERIMENTAL,
        source="detect-secrets",
    )


class Plugins:
    """The plugins of one worker, loaded once; answers are remembered by line."""

    def __init__(self, files: Sequence[Path]) -> None:
        """Load the library's plugins and the organisation's.

        Raises:
            ConfigurationError: a plugin file cannot be loaded or holds no plugin.
        """
        self._own = [plugin for file in files for plugin in _load(file)]
        self._all: list[tuple[str, Any]] | None = None
        self._known: dict[bytes, tuple[tuple[str, str, bytes], ...]] = {}

    def expressions(self) -> list[str]:
        """Return the expressions of the organisation's plugins, which tell the lines that they want to see."""
        return [expression.pattern for plugin in self._own for expression in getattr(plugin, "denylist", ())]

    def analyse(self, line: bytes) -> tuple[tuple[str, str, bytes], ...]:
        """Return rule id, the plugin's name for the kind, and the value of everything that plugins find in a line."""
        known = self._known.get(line)
        if known is None:
            known = tuple(self._found(line.decode("utf-8", "replace")))
            if len(self._known) > _MEMORY:
                self._known.clear()
            self._known[line] = known
        return known

    def _found(self, line: str) -> list[tuple[str, str, bytes]]:
        found: dict[bytes, tuple[str, str, bytes]] = {}
        for rule_id, plugin in self._everyone():
            for secret in plugin.analyze_line(filename="content", line=line, line_number=1):
                value = (secret.secret_value or "").encode("utf-8")
                if value and (value not in found or rule_id == OWN):
                    found[value] = (rule_id, str(secret.type), value)
        return list(found.values())

    def _everyone(self) -> list[tuple[str, Any]]:
        if self._all is None:
            from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class  # noqa: PLC0415  dear to import

            library: dict[str, Any] = get_mapping_from_secret_type_to_class()
            self._all = [(BUILT_IN, kind()) for kind in library.values()] + [(OWN, plugin) for plugin in self._own]
        return self._all


def _load(file: Path) -> list[Any]:
    from detect_secrets.plugins.base import BasePlugin  # noqa: PLC0415  dear to import

    name = f"auditor_plugin_{abs(hash(str(file.resolve())))}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None or not file.is_file():
        msg = f"The detect-secrets plugin {file} is not a Python file."
        raise ConfigurationError(msg, hint="Name a .py file that defines a subclass of BasePlugin.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
        kinds = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, BasePlugin)]
        made = [kind() for kind in kinds if kind.__module__ == name]
    except Exception as error:
        msg = f"The detect-secrets plugin {file} cannot be loaded: {type(error).__name__}."
        raise ConfigurationError(msg, hint="Try it with detect-secrets itself first.") from error
    if not made:
        msg = f"The file {file} defines no detect-secrets plugin."
        raise ConfigurationError(msg, hint="Name a .py file that defines a subclass of BasePlugin.")
    return made
