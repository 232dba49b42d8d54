"""The first schema: the ledger and its index."""

from alembic import op

from dragoman.record.tables import guards, metadata, searchable

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables, the text search and the guards of the ledger."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for statement in (*searchable(connection.dialect.name), *guards(connection.dialect.name)):
        op.execute(statement)
