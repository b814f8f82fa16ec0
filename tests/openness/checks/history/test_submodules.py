"""HIS-04."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from tests.openness.checks.conftest import Ask


ENTRY = '[submodule "lib"]\n\tpath = lib\n\turl = {}\n'


@pytest.mark.parametrize("url", ["https://github.com/example/lib.git", "../lib.git"])
def test_an_address_that_needs_no_account_passes(ask: Ask, url: str) -> None:
    answer = ask("HIS-04", {".gitmodules": ENTRY.format(url)})
    assert (answer.outcome, answer.evidence[0].line) == (Outcome.PASS, 3)


@pytest.mark.parametrize(
    "url",
    [
        "git@github.com:example/lib.git", "ssh://git@github.com/example/lib", "https://git.corp.¦internal/lib", "https://gitlab/lib",
        "/srv/git/lib", "http://10.1.2.3/lib", "", "https://git.dept.gsi.gov.uk/lib",
    ],
)  # fmt: skip
def test_a_key_an_internal_host_or_a_local_path_fails(ask: Ask, url: str) -> None:
    assert ask("HIS-04", {".gitmodules": ENTRY.format(url.replace("¦", ""))}).outcome is Outcome.FAIL


def test_without_submodules_the_question_does_not_arise(ask: Ask) -> None:
    assert ask("HIS-04", {"a": "b"}).outcome is Outcome.NOT_APPLICABLE
