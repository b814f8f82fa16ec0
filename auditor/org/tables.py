"""The tables: what is kept of runs and repositories. No raw value, no key; of a secret its mask, fingerprint and keyed hash."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

_NAMES: Final = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Instant(TypeDecorator[datetime]):
    """A moment in UTC, with its zone also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy calls it so
        """Write UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  SQLAlchemy calls it so
        """Read UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


metadata = MetaData(naming_convention=_NAMES)

_WORD: Final = String(64)
_NAME: Final = String(1024)


def _of_repository(*, primary: bool = False) -> Column[int]:
    return Column("repository_id", ForeignKey("repositories.id", ondelete="CASCADE"), primary_key=primary, nullable=False)


runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", _NAME, nullable=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("version", _WORD, nullable=False),
    Column("policy", _WORD, nullable=False),
    Column("key_id", _WORD, nullable=False),
    Column("selection", JSON, nullable=False),
    Column("not_visible", JSON, nullable=False),
    Column("listed", Integer, nullable=False),
    Index(None, "scope", "started"),
)

repositories = Table(
    "repositories",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", _NAME, nullable=False),
    Column("name", _NAME, nullable=False),
    Column("address", Text, nullable=False),
    Column("visibility", _WORD, nullable=False),
    Column("archived", Boolean, nullable=False),
    Column("fork", Boolean, nullable=False),
    Column("parent", _NAME, nullable=False),
    Column("topics", JSON, nullable=False),
    Column("teams", JSON, nullable=False),
    Column("unit", Text, nullable=False),
    Column("default_branch", Text, nullable=False),
    Column("pushed_at", Instant),
    Column("description", Text, nullable=False),
    Column("web_url", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    UniqueConstraint("scope", "name"),
)

reports = Table(
    "reports",
    metadata,
    _of_repository(primary=True),
    Column("generated", Instant, nullable=False),
    Column("listing", _WORD, nullable=False),
    Column("state", _WORD, nullable=False),
    Column("basis", _WORD, nullable=False),
    Column("key_id", _WORD, nullable=False),
    Column("stale_from", Date),
    Column("summary", JSON, nullable=False),
    Column("document", LargeBinary, nullable=False),
)
"""The newest report of each repository: `document` is its JSON, compressed; `summary` what the portfolio says of it."""

verdicts = Table(
    "verdicts",
    metadata,
    Column("run_id", ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    _of_repository(primary=True),
    Column("at", Instant, nullable=False),
    Column("state", _WORD, nullable=False),
    Column("problem", Text, nullable=False),
    Column("decision", _WORD),
    Column("full_history", _WORD),
    Column("fresh_history", _WORD),
    Column("blockers", Integer, nullable=False),
    Column("open_secrets", Integer, nullable=False),
    Column("seconds", Float, nullable=False),
    Index(None, "repository_id"),
)
"""One row for each repository in each run: the history of verdicts."""

findings = Table(
    "findings",
    metadata,
    _of_repository(primary=True),
    Column("fingerprint", _WORD, primary_key=True),
    Column("rule_id", String(128), nullable=False),
    Column("category", _WORD, nullable=False),
    Column("title", Text, nullable=False),
    Column("severity", _WORD, nullable=False),
    Column("confidence", _WORD, nullable=False),
    Column("exposure", _WORD, nullable=False),
    Column("masked", Text, nullable=False),
    Column("standing", _WORD, nullable=False),
    Column("rotated", Date),
    Column("places", Integer, nullable=False),
    Column("first_seen", Instant),
    Column("recorded", Instant, nullable=False),
    Column("gone", Instant),
    Column("link", _WORD, nullable=False),
    Index(None, "link"),
)
"""`standing` is open, rotated, suppressed or doubtful; `gone` is when a scan no longer found it; `link` is the keyed hash."""

checks = Table(
    "checks",
    metadata,
    _of_repository(primary=True),
    Column("check_id", _WORD, primary_key=True),
    Column("title", Text, nullable=False),
    Column("area", _WORD, nullable=False),
    Column("outcome", _WORD, nullable=False),
    Column("grade", _WORD, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_repository(),
    Column("kind", _WORD, nullable=False),
    Column("subject", _NAME, nullable=False),
    Column("role", Text, nullable=False),
    Column("until", Date, nullable=False),
    Index(None, "repository_id"),
    Index(None, "until"),
)
"""Attestations, accepted findings and exceptions, each with its end."""
