"""Stores of both kinds, and a small organisation of real repositories."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from auditor.config import Settings, cache_folder
from auditor.org.clones import Clones
from auditor.org.store import Store
from auditor.org.work import Job
from tests.org.samples import NOW
from tests.postgres import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """What every task of a run shares: results are kept for this test alone, clones in its folder."""
    return Job(
        settings=Settings(workers=1, cache_dir=cache_folder(Settings())),
        fixed=frozenset(),
        basis="basis",
        clones=Clones(tmp_path / "clones"),
        link_key=b"k" * 32,
        key_id="first",
        timeout=60,
        now=NOW,
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with running() as url:
        yield url


@pytest.fixture
def postgres(server: str) -> str:
    """The URL of an empty database."""
    name = f"t{uuid.uuid4().hex}"
    engine = sa.create_engine(f"{server.replace('postgresql', 'postgresql+psycopg')}/postgres", isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"create database {name}"))
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'kept' / 'organisation.db'}"
    return str(request.getfixturevalue("postgres"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url) as opened:
        yield opened
