"""The mark of a load in bulk that is not finished; indexes of what few tellings have, without the others."""

from alembic import op

from dragoman.record.tables import metadata, telling

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table, and the indexes anew."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for index in telling.indexes:
        if index.name in ("telling_verdict", "telling_country"):
            index.drop(connection)
            index.create(connection)
