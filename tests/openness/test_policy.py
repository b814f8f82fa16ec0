"""Policy packs: each shipped one loads and cites, organisations extend them, and mistakes are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.errors import ConfigurationError
from auditor.model.levels import Grade
from auditor.openness.policy import available, differences, load, parse_pack
from auditor.openness.registry import CHECKS
from auditor.resources import rules_root

if TYPE_CHECKING:
    from pathlib import Path

OWN = """\
schema: 1
id: my-agency
title: My agency
extends: gds
lines:
  - {subject: expected_licences, value: [Apache-2.0], source: {document: Our handbook, section: "3"}}
  - {subject: DIS-01, value: should, source: {document: Our handbook, section: "4"}}
  - {subject: internal-host, value: info, source: {document: Our handbook, section: "5"}}
"""


def test_the_shipped_packs() -> None:
    packs = {policy.id: policy for policy in available()}
    assert {"gds", "moj", "nhs-england", "defra", "home-office", "generic"} <= set(packs)
    for policy in packs.values():
        assert policy.lines
        assert all(line.source.document and line.source.url.startswith("https://") for line in policy.lines)
        assert set(policy.check_grades) <= set(CHECKS)
        assert set(policy.required_attestations) <= set(CHECKS)
    assert packs["defra"].expected_licences == ("OGL-UK-3.0",)
    assert not packs["gds"].second_person
    assert packs["nhs-england"].second_person
    assert packs["gds"].attestation_months_most == 12


def test_an_organisation_extends_a_pack(tmp_path: Path) -> None:
    file = tmp_path / "own.yml"
    file.write_text(OWN)
    policy = load("my-agency", [file])
    assert policy.expected_licences == ("Apache-2.0",)
    assert policy.check_grades["DIS-01"] is Grade.SHOULD
    assert policy.check_grades["DOC-01"] is Grade.MUST
    assert policy.rule_grades == {"internal-host": Grade.INFO}
    changed = {d.subject: (d.left, d.right) for d in differences(load("gds"), policy)}
    assert changed == {
        "expected_licences": ("MIT", "Apache-2.0"),
        "DIS-01": ("must", "should"),
        "internal-host": ("", "info"),
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OWN.replace("id: my-agency", "id: gds"), "which a shipped pack has"),
        (OWN.replace("value: should", "value: [x]"), "the value of DIS-01 does not fit it"),
        (OWN.replace("value: [Apache-2.0]", "value: must"), "It takes a list"),
        (OWN.replace('source: {document: Our handbook, section: "4"}', "source: handbook"), "'handbook' is not among the sources"),
        (OWN.replace(', source: {document: Our handbook, section: "5"}', ""), "lacks source"),
        (OWN.replace("extends: gds", "extends: gsd"), "Did you mean 'gds'?"),
        (OWN.replace("extends: gds", "extends: my-agency"), "in a circle"),
        (OWN.replace("title", "titel"), "Did you mean 'title'?"),
    ],
)
def test_mistakes_in_a_pack_are_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "own.yml"
    file.write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        load("gds" if "id: gds" in text else "my-agency", [file])
    assert words in str(caught.value)


def test_a_missing_file_and_an_unknown_pack_are_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load("gds", [tmp_path / "none.yml"])
    with pytest.raises(ConfigurationError, match="There is no policy pack 'mjo'"):
        load("mjo")


def test_numbers_and_yes_or_no() -> None:
    lines = "\n".join(
        f"  - {{subject: {subject}, value: {value}, source: {{document: D}}}}"
        for subject, value in (("attestation_months", 3), ("second_person", "true"))
    )
    pack = parse_pack(f"schema: 1\nid: x\ntitle: X\nlines:\n{lines}\n".encode(), "x.yml")
    assert [value for _, value, _ in pack.values] == [3, True]


def test_the_shipped_packs_have_the_shape_that_is_asked_of_others() -> None:
    for path in (rules_root() / "policies").glob("*.yml"):
        assert parse_pack(path.read_bytes(), path.name) == parse_pack(path.read_bytes(), path.name, ours=True)
