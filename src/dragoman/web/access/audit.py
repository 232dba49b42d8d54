"""The audit: what was done through the desk, by whom and from where, in the record's ledger and its chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from dragoman.record import tables
from dragoman.record.ledger import append
from dragoman.record.store import now

SHOWN = 200  # characters of what was done


def note(connection: Connection, by: str, address: str, act: str, what: str) -> None:
    """Write a row, on the connection that does what it tells of: both are kept or neither."""
    at = now()
    append(
        connection, tables.audit, [{"at": at, "by": by, "address": address, "act": act, "what": what[:SHOWN]}], at, by
    )


def entries(connection: Connection, most: int = 200) -> Sequence[Row[Any]]:
    """The newest rows, the latest first."""
    return connection.execute(select(tables.audit).order_by(tables.audit.c.id.desc()).limit(most)).all()
