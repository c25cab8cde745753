"""Runs migrations over the connection that connectors.migrate gives, in its transaction."""

from __future__ import annotations

from alembic import context

from connectors.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transactional_ddl=True,  # SQLite can, and a migration that fails half way is taken back as a whole
    render_as_batch=True,
)
context.run_migrations()
