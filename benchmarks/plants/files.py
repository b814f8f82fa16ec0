"""Plants in the current files: keys, passwords, people, markings, networks, the property of others."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from typing import Final

from benchmarks.plants.acts import Act
from benchmarks.plants.kinds import (
    CANDIDATE,
    FACT,
    GUESSED,
    MENDED,
    SECRET,
    TOKEN_RULE,
    Plant,
    example,
    hidden,
    setting,
    token,
)
from tests.sources.containers import builders

_HEAD: Final = ("first_name", "surname", "date_of_birth", "postcode")
_FIRST: Final = ("Agnes", "Bola", "Cara", "Dev", "Ewan", "Freya", "Gwen", "Hamza")
_LAST: Final = ("Tremaine", "Okonjo", "Whitlock", "Mistry", "Galbraith", "Lindholm", "Pugh", "Siddiqui")
_CODES: Final = ("LS17 8QT", "BS8 4ND", "NE4 6XJ", "CF24 1PH", "EH12 6RU", "PL4 8TW", "SA1 3QY", "BD7 1DP")
MUST: Final = frozenset({Act.ACCEPTED, Act.ATTESTED, Act.FIX_AND_FRESH, Act.BASELINE})


def _people(kind: str) -> list[tuple[str, ...]]:
    """Return made-up people, others for each kind of file."""
    chance = random.Random(f"people {kind}")  # noqa: S311  nothing depends on its secrecy
    rows = zip(*(chance.sample(values, 6) for values in (_FIRST, _LAST, _CODES)), strict=True)
    born = (f"19{chance.randint(40, 99)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}" for _ in range(6))
    return [_HEAD, *((first, last, day, code) for (first, last, code), day in zip(rows, born, strict=True))]


def _csv() -> str:
    return "".join(f"{','.join(row)}\n" for row in _people("csv"))


def _notebook() -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in _people("notebook"))
    output = {"output_type": "execute_result", "data": {"text/html": [f"<table>{rows}</table>"]}}
    cell = {"cell_type": "code", "source": ["people.head()"], "outputs": [output], "metadata": {}, "execution_count": 1}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def _sqlite() -> bytes:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"CREATE TABLE claimants ({', '.join(_HEAD)})")
        database.executemany("INSERT INTO claimants VALUES (?, ?, ?, ?)", _people("sqlite")[1:])
        database.commit()
        return database.serialize()


def _xlsx() -> bytes:
    rows = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in _people("xlsx"))
    cells = "".join(f"<row>{row}</row>" for row in rows)
    sheet = f"<worksheet {builders.S}><sheetData>{cells}</sheetData></worksheet>"
    return builders.zipped({"[Content_Types].xml": "<Types/>", "xl/worksheets/sheet1.xml": sheet})


def _label() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006"
    name = "MSIP_Label_2096f6a2-d2f7-48be-b329-b73aaa526e5d_Name"
    inside = f'<property fmtid="x" pid="2" name="{name}"><vt:lpwstr>Internal Only</vt:lpwstr></property>'
    properties = f'<Properties xmlns="{space}/custom-properties" xmlns:vt="{space}/docPropsVTypes">{inside}</Properties>'
    return builders.zipped({"[Content_Types].xml": "<Types/>", "docProps/custom.xml": properties})


_DSN: Final = "url: postgres://ledger:Wq8¦zKm3VtYb2@ledger-db:5432/app\n".replace("¦", "")
_PASSWORD: Final = "DB_PASSWORD = 'Hq4!vT¦9zRw2'\n".replace("¦", "")
_KEYS: Final = tuple(
    Plant(f"a key: {name}", TOKEN_RULE, SECRET, path, content, holds=token(name))
    for name, path, content in (
        ("settings", "deploy/live.env", setting("settings")),
        ("base64", "deploy/values.yaml", hidden("base64")),
        ("archive", "deploy/backup.zip", builders.nested(setting("archive"))),
        ("office document", "papers/runbook.docx", builders.docx(setting("office document"))),
        ("pdf", "papers/runbook.pdf", builders.pdf(setting("pdf"))),
        ("notebook output", "analysis/load.ipynb", builders.notebook(setting("notebook output"))),
        ("workflow", ".github/workflows/deploy.yml", f"on: push\nenv:\n  TOKEN: {token('workflow')}\n"),
        ("file name", f"exports/{token('file name')}.txt", "An export.\n"),
        ("test code", "tests/test_live.py", setting("test code")),
    )
)
_SECRETS: Final = (
    Plant("a private key", "private-key-pem", SECRET, "deploy/server.pem", example("private-key-pem")),
    Plant("a password", "generic-password", GUESSED, "settings.py", _PASSWORD),
    Plant("a connection string", "uri-credentials", GUESSED, "deploy/database.conf", _DSN),
    Plant("a .netrc", "netrc-password", GUESSED, "home/.netrc", example("netrc-password")),
    Plant("a Rails master key", "rails-master-key", SECRET, "config/master.key", example("rails-master-key")),
    Plant("a state file", "terraform-state", GUESSED, "infra/terraform.tfstate", example("terraform-state")),
    Plant("access to a cluster", "kubeconfig-with-credentials", GUESSED, "ops/kubeconfig", example("kubeconfig-with-credentials")),
    Plant("an AWS key", "aws-key-pair", SECRET, "deploy/aws.sh", example("aws-key-pair")),
    Plant("a Notify key", "govuk-notify-api-key", SECRET, "notify.py", example("govuk-notify-api-key")),
)
_PEOPLE_PLANTS: Final = (
    Plant("a National Insurance number", "uk-nino", FACT, "claims.yml", example("uk-nino")),
    Plant("an NHS number", "uk-nhs-number", FACT, "referrals.yml", example("uk-nhs-number")),
    Plant("a payment card", "payment-card", FACT, "payments.yml", example("payment-card")),
    Plant("a machine-readable passport", "passport-mrz", FACT, "travel.yml", example("passport-mrz")),
    Plant("people: csv", "person-table", CANDIDATE, "data/people.csv", _csv()),
    Plant("people: notebook output", "person-table", CANDIDATE, "analysis/people.ipynb", _notebook()),
    Plant("people: spreadsheet", "person-table", CANDIDATE, "data/people.xlsx", _xlsx()),
    Plant("people: database", "person-table", CANDIDATE, "data/people.sqlite", _sqlite()),
    Plant("a database dump", "database-dump", MUST, "data/live.sql", example("database-dump")),
    Plant("an account at a bank", "sort-code-account", MUST, "refunds.yml", example("sort-code-account")),
)
_MARKINGS: Final = (
    Plant(
        "a marked document", "uk-marking-official-sensitive", CANDIDATE, "papers/review.docx", builders.docx("OFFICIAL-SENSITIVE")
    ),
    Plant("a marked page", "uk-marking-official-sensitive", CANDIDATE, "papers/review.md", "OFFICIAL-SENSITIVE\n\nReview\n"),
    Plant("a sensitivity label", "sensitivity-label", FACT, "papers/plan.docx", _label()),
    Plant("a caveat", "uk-marking-handling", MUST, "papers/caveat.md", example("uk-marking-handling")),
)
_NETWORK: Final = (
    Plant("an internal host", "internal-host", MUST, "client.py", example("internal-host")),
    Plant("a government network", "uk-government-network-host", MUST, "portal.py", example("uk-government-network-host")),
    Plant("a default administrator", "default-admin-account", MUST, "deploy/admin.yml", example("default-admin-account")),
    Plant("debugging switched on", "debug-switch", MUST, "live_settings.py", example("debug-switch")),
)
_CLOSED: Final = (
    Plant("fraud detection", "fraud-detection-path", CANDIDATE, "app/fraud_check/rules.py", "LIMIT = 3\n"),
    Plant("a limit against fraud", "fraud-threshold", CANDIDATE, "app/limits.py", example("fraud-threshold")),
    Plant("policy that is not announced", "unreleased-policy", CANDIDATE, "rates.py", example("unreleased-policy")),
)
_OTHERS: Final = (
    Plant("a supplier's header", "TPL-05", MENDED, "supplier.py", "# Copyright 2021 Capita plc. Confidential.\nA = 1\n"),
    Plant("vendored code without a licence", "TPL-03", MENDED, "vendor/tables/t.js", "let a = 1;\n", shown="vendor/tables"),
    Plant("a typeface that is sold", "TPL-04", MENDED, "static/helvetica-neue.woff2", b"wOF2" + bytes(60)),
    Plant("a contract", "CFG-10", MENDED, "papers/contracts/call-off.pdf", builders.pdf("Terms of the service")),
)
FILES: Final = (*_KEYS, *_SECRETS, *_PEOPLE_PLANTS, *_MARKINGS, *_NETWORK, *_CLOSED, *_OTHERS)
