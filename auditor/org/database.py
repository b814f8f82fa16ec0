"""A connection to the database, its tables brought up to date: SQLite in a private file, or PostgreSQL by URL."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from filelock import FileLock
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from auditor.errors import ConfigurationError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MIGRATIONS: Final = Path(__file__).parent / "migrations"
_LOCK: Final = 0x61756469746F72
"""The name of the advisory lock under which one process at a time brings a PostgreSQL database up to date."""
_WAIT: Final = 60
READING: Final = "auditor_reading"
"""The option of a connection that only reads."""

_PRAGMAS: Final = ("journal_mode=wal", "synchronous=normal", "foreign_keys=on")


def data_folder() -> Path:
    """Return where the database and the key are kept by default: below XDG_DATA_HOME or ~/.local/share."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base and Path(base).is_absolute() else Path.home() / ".local" / "share") / "auditor"


def default_url() -> str:
    """Return the URL of the database that is used where none is named."""
    return f"sqlite:///{data_folder() / 'organisation.db'}"


def connect(url: str) -> sa.Engine:
    """Return an engine for a database whose tables are up to date.

    Raises:
        ConfigurationError: the URL is none, or its driver is not installed.
        OutputError: the database cannot be reached or written.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        msg = "The address of the database is none."
        raise ConfigurationError(msg, hint="Use sqlite:///FILE or postgresql://USER@HOST/NAME.") from None
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    shown = parsed.render_as_string(hide_password=True)
    try:
        return _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _server(parsed)
    except (ModuleNotFoundError, NoSuchModuleError):
        msg = f"There is no driver for the database {shown}."
        raise ConfigurationError(msg, hint="For PostgreSQL install auditor[postgres].") from None
    except (SQLAlchemyError, OSError) as error:
        raise failed(shown, error) from None


def failed(shown: str, error: Exception) -> OutputError:
    """Put an error of the database into one sentence without values."""
    cause = getattr(error, "orig", None) or error
    first = next(iter(str(cause).strip().splitlines()), "")[:200].rstrip(".")
    return OutputError(f"The database {shown} cannot be used: {first}.", hint="Check that it runs and may be written to.")


def _sqlite(url: sa.URL) -> sa.Engine:
    path = Path(url.database) if url.database else None
    if path is None or url.database == ":memory:":
        msg = "The database has no file."
        raise ConfigurationError(msg, hint="Use sqlite:///FILE.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "rb", closefd=True):  # noqa: PTH123  the mode is given to os.open
        pass
    engine = sa.create_engine(url, connect_args={"timeout": _WAIT})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    with _closed_on_failure(engine), FileLock(path.with_name(f"{path.name}.lock"), mode=0o600):
        _upgrade(engine)
    return engine


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401  what the driver hands over
    connection.isolation_level = None  # transactions begin where we say so
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    """Take the right to write at once, except for reading: two runs then wait for each other instead of failing half way."""
    connection.exec_driver_sql("BEGIN" if connection.get_execution_options().get(READING) else "BEGIN IMMEDIATE")


def _server(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(url, pool_pre_ping=True)
    with _closed_on_failure(engine), engine.connect() as connection, _alone(connection):
        _upgrade(engine)
    return engine


@contextlib.contextmanager
def _closed_on_failure(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


@contextlib.contextmanager
def _alone(connection: sa.Connection) -> Iterator[None]:
    connection.execute(sa.select(sa.func.pg_advisory_lock(_LOCK)))
    try:
        yield
    finally:
        connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK)))
        connection.rollback()


def _upgrade(engine: sa.Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError:
            msg = "The database was made by a later version of auditor."
            raise ConfigurationError(msg, hint="Use that version, or another database.") from None
