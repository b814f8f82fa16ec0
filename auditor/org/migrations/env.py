"""What Alembic runs: the steps, in the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from auditor.org.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
