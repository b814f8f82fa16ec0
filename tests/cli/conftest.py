"""A small real repository with a planted key, and the command line in this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest
from typer.testing import CliRunner, Result

from auditor.audit import audit
from auditor.cli.app import app
from auditor.config import Settings
from tests.gitrepo import GitRepo

if TYPE_CHECKING:
    from auditor.model.finding import Finding
    from auditor.model.report import AuditReport

KEY = "tX9fJ2mQ7vLb4Rk8Zc1W¦hN6yGp3DsUa5Eo0KiT2V".replace("¦", "")
OTHER = "tR4vZ8mQw1XcB7nL0pKj¦H3gFdS6aYuE9iOx2kW5q".replace("¦", "")


class Run(Protocol):
    """Runs the command line on the repository; errors are raised through."""

    def __call__(self, *arguments: str, answers: str = "", code: int = 0) -> Result: ...


@dataclass(frozen=True)
class Ground:
    """The repository, and how to look at it."""

    repo: GitRepo

    def scan(self) -> AuditReport:
        return audit(self.repo.path, Settings(workers=1))

    def aws(self) -> list[Finding]:
        return [f for f in self.scan().findings if "aws" in f.rule_id]

    def book(self) -> str:
        return (self.repo.path / "openness.yml").read_text(encoding="utf-8")


@pytest.fixture
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    repo = GitRepo.create(tmp_path_factory.mktemp("service"))
    repo.commit(
        {
            "deploy.sh": f"#!/bin/sh\nexport AWS_SECRET_ACCESS_KEY={KEY}\nrun\n",
            "other.sh": f"export AWS_SECRET_ACCESS_KEY={OTHER}\n",
        },
        "Deploy",
    )
    return Ground(repo)


@pytest.fixture
def run(ground: Ground) -> Run:
    def call(*arguments: str, answers: str = "", code: int = 0) -> Result:
        where = [] if "--repo" in arguments else ["--repo", str(ground.repo.path)]
        result = CliRunner().invoke(app, [*arguments, *where], input=answers, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return call
