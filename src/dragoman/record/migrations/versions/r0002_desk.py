"""The desk: users, keys and sessions."""

from alembic import op

from dragoman.web.tables import metadata

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    metadata.create_all(op.get_bind())
