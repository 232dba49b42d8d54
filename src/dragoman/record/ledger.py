"""The ledger: rows are appended, never changed, and every append is sealed in a chain of hashes.

A seal says when, by whom and with what a run of rows was written, and holds a hash over them and over the seal before
it (a linear hash chain: Haber & Stornetta 1991, "How to time-stamp a digital document"); who changes a row behind the
record's back breaks the chain from there on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Table, func, select

from dragoman import lexicon
from dragoman.record import tables

MANY = 100  # rows
BINARY = {
    "BIGINT": "int8",
    "INTEGER": "int4",
    "FLOAT": "float8",
    "BOOLEAN": "bool",
    "BYTEA": "bytea",
}  # others are text
FIRST = "0" * 64  # what the first seal is chained to


def append(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], at: str, by: str) -> list[int]:
    """Append rows to a table of the ledger, within a transaction of `Record.writing`.

    Parameters
    ----------
    rows
        What goes into each column; ids are numbered here where a table numbers its rows.
    at, by
        When (ISO 8601, UTC) and who.

    Returns
    -------
    list of int
        The numbers of the rows, in order; empty where the table does not number them.
    """
    if not rows:
        return []
    last = connection.execute(
        select(tables.seal.c.id, tables.seal.c.hash).order_by(tables.seal.c.id.desc()).limit(1)
    ).first()
    number, before = (last.id + 1, last.hash) if last else (1, FIRST)
    key = table.c.get("id")
    first = 0
    if key is not None and key.type.python_type is int:
        first = (connection.scalar(select(func.max(key))) or 0) + 1
    blank = dict.fromkeys(column.name for column in table.c)
    written = [{**blank, **row, "seal": number} for row in rows]
    for place, row in enumerate(written if first else ()):
        row["id"] = first + place
    keys = [column.name for column in table.primary_key]
    made = {
        "id": number,
        "at": at,
        "by": by,
        "maker": maker(),
        "into": str(table.name),
        "rows": len(written),
        "digest": _digest(table, sorted(written, key=itemgetter(*keys))),
    }
    connection.execute(tables.seal.insert(), [made | {"hash": _hash(before, made)}])
    _insert(connection, table, written)
    return [row["id"] for row in written] if first else []


def _insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; many of them by COPY on PostgreSQL."""
    if connection.dialect.name != "postgresql" or len(rows) < MANY:
        connection.execute(table.insert(), rows)
        return
    quoted = connection.dialect.identifier_preparer.quote
    names = [column.name for column in table.c]
    cursor: Any = connection.connection.cursor()
    into = f"COPY {quoted(table.name)} ({', '.join(map(quoted, names))}) FROM STDIN (FORMAT binary)"
    with cursor.copy(into) as copy:
        copy.set_types([BINARY.get(column.type.compile(connection.dialect), "text") for column in table.c])
        for row in rows:
            copy.write_row([row[name] for name in names])


def maker() -> str:
    """What writes: versions of Dragoman and of its lexicon."""
    return f"dragoman {version('dragoman')}, lexicon {lexicon.digest()}"


def broken(connection: Connection) -> Iterator[str]:
    """Walk the chain.

    Yields
    ------
    str
        For every seal that does not hold, in one line what is wrong with it.
    """
    held = {table.name: _held(connection, table) for table in tables.LEDGER if table is not tables.seal}
    ahead: dict[str, tuple[int, list[Mapping[str, Any]]] | None] = {
        name: next(one, None) for name, one in held.items()
    }
    before, expected = FIRST, 1
    for seal in connection.execute(select(tables.seal).order_by(tables.seal.c.id)).mappings():
        if seal["id"] != expected:
            yield f"seal {expected}: is missing"
        expected = seal["id"] + 1
        made = {name: seal[name] for name in ("id", "at", "by", "maker", "into", "rows", "digest")}
        if _hash(before, made) != seal["hash"]:
            yield f"seal {seal['id']}: was changed, or one before it was"
        before = seal["hash"]
        table = tables.metadata.tables[seal["into"]]
        run = ahead[table.name]
        rows: list[Mapping[str, Any]] = []
        if run is not None and run[0] == seal["id"]:
            rows = run[1]
            ahead[table.name] = next(held[table.name], None)
        if len(rows) != seal["rows"]:
            yield f"seal {seal['id']}: {seal['rows']} rows were written to {table.name}, {len(rows)} are there"
        elif _digest(table, rows) != seal["digest"]:
            yield f"seal {seal['id']}: a row of {table.name} was changed ({seal['at']}, by {seal['by']})"
    for name, left in ahead.items():
        if left is not None:
            yield f"{name}: rows without a seal of theirs, from seal {left[0]} on"


def _held(connection: Connection, table: Table) -> Iterator[tuple[int, list[Mapping[str, Any]]]]:
    """The rows of each seal, in the order of their key."""
    asked = select(table).order_by(table.c.seal, *table.primary_key)
    streamed: Iterable[Row[Any]] = connection.execute(asked, execution_options={"yield_per": 500})
    for seal, rows in groupby(streamed, key=lambda row: row.seal):
        yield seal, [dict(row._mapping) for row in rows]


def _digest(table: Table, rows: Iterable[Mapping[str, Any]]) -> str:
    whole = hashlib.sha256()
    names = [column.name for column in table.c]
    for row in rows:
        whole.update(msgspec.json.encode([row[name] for name in names]) + b"\n")
    return whole.hexdigest()


def _hash(before: str, seal: Mapping[str, Any]) -> str:
    return hashlib.sha256(before.encode() + msgspec.json.encode(list(seal.values()))).hexdigest()
