"""Narrower indexes, no keys within the index itself, and bytes that are deflated already are not compressed again."""

from alembic import op
from sqlalchemy import text

from dragoman.record.tables import party, step, telling

revision = "0005"
down_revision = "0004"
NARROWER = {
    telling: ("telling_modality", "telling_polarity", "telling_place", "telling_outlet"),
    party: ("party_entity",),
    step: ("step_toward", "step_holder"),
}


def upgrade() -> None:
    """Drop what is not needed, and make the indexes anew; on SQLite the keys of a table stay with it."""
    connection = op.get_bind()
    op.execute("DROP INDEX IF EXISTS ix_band_report_id")
    if connection.dialect.name == "postgresql":
        for key in ("party_num", "step_num", "band_report_id"):
            op.execute(f"ALTER TABLE {key.split('_')[0]} DROP CONSTRAINT IF EXISTS {key}_fkey")
        for ledger in ("reading", "original"):
            op.execute(f"ALTER TABLE {ledger} ALTER body SET STORAGE EXTERNAL")
    for table, names in NARROWER.items():
        for index in table.indexes:
            if index.name in names:
                connection.execute(text(f"DROP INDEX IF EXISTS {index.name}"))
                index.create(connection)
