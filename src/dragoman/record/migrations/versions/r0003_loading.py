"""The mark of a load in bulk that is not finished."""

from alembic import op

from dragoman.record.tables import metadata

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    metadata.create_all(op.get_bind())
