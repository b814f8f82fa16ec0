"""SUP-01."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from auditor.model.check import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.openness.checks.conftest import Ask


PACKAGE = '{"dependencies": {"left-pad": "^1.0.0"}}'


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": PACKAGE, "yarn.lock": ""},
        {"packages/a/package.json": PACKAGE, "package-lock.json": "{}"},
        {"requirements.txt": "flask==3.0.0 --hash=sha256:0\n-r other.txt\n"},
        {"requirements.in": "flask\n", "requirements.txt": "flask==3.0.0\n"},
        {"go.mod": "module x\nrequire y v1.0.0\n", "go.sum": ""},
    ],
)
def test_a_lock_file_beside_or_above_passes(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-01", files).outcome is Outcome.PASS


@pytest.mark.parametrize(
    "files",
    [{"package.json": PACKAGE}, {"requirements.txt": "flask>=3\n"}, {"a/Gemfile": "gem 'rails'\n", "b/Gemfile.lock": ""}],
)
def test_a_manifest_without_one_fails(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    answer = ask("SUP-01", files)
    assert (answer.outcome, answer.evidence[0].path) == (Outcome.FAIL, next(iter(files)))


@pytest.mark.parametrize(
    "files", [{"package.json": "{}"}, {"tests/package.json": PACKAGE}, {"node_modules/x/package.json": PACKAGE}]
)
def test_without_dependencies_of_its_own_the_question_does_not_arise(ask: Ask, files: Mapping[str, str | bytes]) -> None:
    assert ask("SUP-01", files).outcome is Outcome.NOT_APPLICABLE
