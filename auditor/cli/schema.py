"""`auditor schema`: the published shapes of what it writes and reads, for editors and for programs."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import Annotated

import typer


class Name(StrEnum):
    """The published schemas."""

    REPORT = "report"
    CONFIG = "config"
    RULES = "rules"
    OPENNESS = "openness"
    POLICY = "policy"
    PORTFOLIO = "portfolio"


def schema(name: Annotated[Name, typer.Argument(help="Which one.")] = Name.REPORT) -> None:
    """Print the JSON Schema of the JSON report, the settings file, a rule file, openness.yml, a policy pack or a portfolio."""
    from importlib.resources import files

    from auditor.resources import rules_root
    from auditor.settings_file import schema as config_schema

    if name is Name.CONFIG:
        typer.echo(json.dumps(config_schema(), indent=2))
    elif name in {Name.REPORT, Name.PORTFOLIO}:
        room = "auditor.reports" if name is Name.REPORT else "auditor.reports.portfolio"
        typer.echo((files(room) / "schema.json").read_text(encoding="utf-8"))
    else:
        file = {Name.RULES: "schema.json", Name.OPENNESS: "openness.schema.json", Name.POLICY: "policy.schema.json"}[name]
        typer.echo((rules_root() / file).read_text(encoding="utf-8"))
