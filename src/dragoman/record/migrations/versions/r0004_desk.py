"""Indexes of what the desk asks on many pages: tellings in doubt, and reports in the order in which they came."""

from alembic import op
from sqlalchemy.schema import CreateIndex

from dragoman.record.tables import report, telling

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make them where they are not there yet."""
    for index in (*telling.indexes, *report.indexes):
        if index.name in ("telling_unsure", "report_added"):
            op.execute(CreateIndex(index, if_not_exists=True))
