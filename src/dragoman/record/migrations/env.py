"""Alembic's environment: migrations run on the connection of the record that is being opened."""

from alembic import context

from dragoman.record.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
