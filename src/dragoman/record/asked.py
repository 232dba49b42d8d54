"""Asking in parts: statements that name more rows than a database takes in one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

ASKED = 500  # values in one question


def in_parts(
    connection: Connection, asked: Select[Any], column: ColumnElement[Any], among: Sequence[Any]
) -> Iterator[Any]:
    """The rows of a question whose column is among many values."""
    for at in range(0, len(among), ASKED):
        yield from connection.execute(asked.where(column.in_(among[at : at + ASKED]))).all()


def insert_new(connection: Connection, table: Table, given: Sequence[dict[str, Any]]) -> None:
    """Insert those rows of the index whose key is not there yet."""
    if not given:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(given))
