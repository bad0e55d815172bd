"""Runs the migrations on the connection that `Database.migrate` opened, inside its one transaction."""

from __future__ import annotations

from alembic import context

from central.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
