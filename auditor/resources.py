"""Where the shipped data is: the checkout's `rules/` when it runs from a checkout, the package's otherwise.

An editable install leaves a stale copy of `rules/` in site-packages, so the folder beside the running package comes first.
"""

from __future__ import annotations

from pathlib import Path

from auditor.errors import ConfigurationError

_PACKAGE = Path(__file__).resolve().parent


def rules_root() -> Path:
    """Return the folder that holds the shipped rules and policy packs.

    Raises:
        ConfigurationError: the installation lacks its rules.
    """
    for candidate in (_PACKAGE / "rules", _PACKAGE.parent / "rules"):
        if (candidate / "schema.json").is_file():
            return candidate
    msg = f"The rules that belong to auditor are not installed beside {_PACKAGE}."
    raise ConfigurationError(msg, hint="Install auditor again.")
