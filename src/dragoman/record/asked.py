"""Asking in parts: statements that name more rows than a database takes in one."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

ASKED = 500  # values in one question


def in_parts(
    connection: Connection, asked: Select[Any], column: ColumnElement[Any], among: Sequence[Any]
) -> Iterator[Any]:
    """The rows of a question whose column is among many values."""
    for at in range(0, len(among), ASKED):
        yield from connection.execute(asked.where(column.in_(among[at : at + ASKED]))).all()


def at_once(connection: Connection, asked: Select[Any], given: Mapping[str, Any] | None = None) -> list[Any]:
    """The rows of a question, out of SQLite in one step.

    Between any two rows SQLite's driver lets other threads have Python and waits for its turn, which is most of the
    time that many rows take where much is asked at once.  Columns are text and numbers; what is true is 1.
    """
    if connection.dialect.name != "sqlite":
        return [tuple(row) for row in connection.execute(asked, given).all()]
    whole = func.json_group_array(func.json_array(*asked.subquery("asked").c))
    found: list[Any] = msgspec.json.decode(connection.scalar(select(whole), given) or "[]")
    return found


def in_parts_at_once(
    connection: Connection, asked: Select[Any], column: ColumnElement[Any], among: Sequence[Any]
) -> Iterator[Any]:
    """As `in_parts`, each part `at_once`."""
    for at in range(0, len(among), ASKED):
        yield from at_once(connection, asked.where(column.in_(among[at : at + ASKED])))


def insert_new(connection: Connection, table: Table, given: Sequence[dict[str, Any]]) -> None:
    """Insert those rows of the index whose key is not there yet."""
    if not given:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(given))


def insert_least(connection: Connection, table: Table, given: Sequence[dict[str, Any]], by: Sequence[str]) -> None:
    """Insert rows of the index; of those that share a key, the one whose columns `by` sort first gives their values.

    So that what many reports say of one entity does not depend on which of them came first.
    """
    if not given:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(table)
    collation = "C" if connection.dialect.name == "postgresql" else "BINARY"
    there, new = (
        functools.reduce(ColumnElement.concat, [columns[name].collate(collation) for name in by])
        for columns in (table.c, insert.excluded)
    )
    setting = {name: insert.excluded[name] for name in by}
    connection.execute(
        insert.on_conflict_do_update(index_elements=list(table.primary_key), set_=setting, where=new < there),
        list(given),
    )
