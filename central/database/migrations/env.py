"""Runs the migrations on the connection that `Database.migrate` opened, inside its one transaction."""

from __future__ import annotations

from alembic import context

from central.database.fact_tables import feed_moment

context.configure(connection=context.config.attributes["connection"], target_metadata=feed_moment.metadata)
with context.begin_transaction():
    context.run_migrations()
