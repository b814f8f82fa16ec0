"""ARC-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


EYAML = {"hiera/common.yaml": "key: ENC[PKCS7,abc]\n"}


@pytest.mark.parametrize(
    "files",
    [
        EYAML,
        {"secrets.enc.yaml": "key: ENC[AES256_GCM,data:abc]\n"},
        {"vault.yml": "$ANSIBLE_VAULT;1.1;AES256\n"},
        {".gitattributes": "secrets/** filter=git-crypt diff=git-crypt\n"},
    ],
)
def test_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("ARC-02", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [
        {**EYAML, "keys/private_key.pkcs7.pem": "x"},
        {"config/credentials.yml.enc": "x", "config/master.key": "x"},
    ],
)
def test_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("ARC-02", files).outcome is Outcome.FAIL


def test_is_not_asked(ask: Ask) -> None:
    assert ask("ARC-02", {"a.py": ""}).outcome is Outcome.NOT_APPLICABLE


def test_a_key_that_was_deleted_still_opens_everything(ask: Ask) -> None:
    answer = ask("ARC-02", {"config/credentials.yml.enc": "x"}, earlier=[{"config/master.key": "x"}])
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, "config/master.key")
    assert answer.evidence[0].commit


def test_what_is_encrypted_is_shown(ask: Ask) -> None:
    answer = ask("ARC-02", EYAML)
    assert (answer.evidence[0].path, answer.evidence[0].count) == ("hiera/common.yaml", 1)
