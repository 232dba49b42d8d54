"""Copying: Arrow tables into a record's tables, by COPY on PostgreSQL and by prepared statements on SQLite."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv
from sqlalchemy import Connection, Table, func, select

from dragoman.cluster.columns import ROWS
from dragoman.record import tables

AS_CSV = csv.WriteOptions(include_header=False, quoting_style="all_valid")  # what is not quoted is NULL


class Ready(NamedTuple):
    """Rows as the database takes them: CSV, or columns of values."""

    table: Table
    columns: Sequence[str]
    rows: Any


class Numbers:
    """The next number of each table that counts its rows."""

    def __init__(self, connection: Connection) -> None:
        numbered = {one: one.c.num for one in (tables.telling, tables.claim, tables.finding)}
        numbered[tables.reading] = tables.reading.c.id
        self.next = {one: (connection.scalar(select(func.max(key))) or 0) + 1 for one, key in numbered.items()}

    def take(self, table: Table, many: int) -> pa.Array:
        """So many numbers."""
        first = self.pass_over(table, many)
        return pa.array(range(first, first + many), pa.int64())

    def pass_over(self, table: Table, many: int) -> int:
        """The first of so many numbers."""
        first = self.next[table]
        self.next[table] += many
        return first


def ready(dialect: str, table: Table, given: pa.Table) -> Ready:
    """Make the rows of an Arrow table, whose columns are named as those of the record's table, ready for it."""
    if dialect != "postgresql":
        return Ready(table, given.column_names, [column.to_pylist() for column in given.columns])
    target = io.BytesIO()
    csv.write_csv(given, target, AS_CSV)
    return Ready(table, given.column_names, target.getbuffer())


def insert(connection: Connection, given: Ready) -> None:
    """Insert rows that are ready."""
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in given.columns)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        with cursor.copy(f"COPY {quoted(given.table.name)} ({names}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(given.rows)
        return
    marks = ", ".join("?" for _ in given.columns)
    into = f"INSERT INTO {quoted(given.table.name)} ({names}) VALUES ({marks})"
    cursor.executemany(into, zip(*given.rows, strict=True))


def telling_rows(
    dialect: str, part: pa.Table, readings: pa.Array, numbers: Numbers, at: str, standing: pa.Table, sources: pa.Table
) -> Ready:
    """The rows of the tellings of new readings, numbered.

    Parameters
    ----------
    part
        Readings, as `dragoman.cluster.columns.batch` makes them.
    readings
        Their numbers in the ledger.
    numbers
        Of the rows.
    at
        When they are added.
    standing
        Which of their tellings (``origin``) stand in an event that another began (``event_id``).
    sources
        For which of their reports (``report``) another stands (``source``).
    """
    reports = part.column("report_id").combine_chunks()
    source = _looked_up(reports, sources.column("report"), sources.column("source"))
    tellings, parents = _flat(part, "tellings")
    event = _looked_up(tellings.column("origin"), standing.column("origin"), standing.column("event_id"))
    whose = {"reading_id": readings.take(parents), "report_id": reports.take(parents)}
    more = {"num": numbers.take(tables.telling, len(parents)), "event_id": event, "source": source.take(parents)}
    return ready(dialect, tables.telling, _with(tellings, whose | more | {"added_at": _repeated(at, len(parents))}))


def apart_rows(
    dialect: str, part: pa.Table, readings: pa.Array, numbers: Numbers, at: str, sources: pa.Table
) -> Iterator[Ready]:
    """The other rows of the index for new readings, with the numbers that `telling_rows` gives to their tellings."""
    reports = part.column("report_id").combine_chunks()
    many = pc.list_value_length(part.column("row_telling").combine_chunks())
    before = pc.subtract(pc.cumulative_sum(many), many)
    begins = pc.add(pc.cast(before, pa.int64()), numbers.pass_over(tables.telling, pc.sum(many).as_py() or 0))
    for name, table in (("parties", tables.party), ("steps", tables.step)):
        rows, parents = _flat(part, name)
        num = {"num": pc.add(rows.column("num"), begins.take(parents))}
        dated = {"added_at": _repeated(at, len(parents))} if table is tables.step else {}
        yield ready(dialect, table, _with(rows, num | dated))
    for name, table in (("claims", tables.claim), ("findings", tables.finding)):
        rows, parents = _flat(part, name)
        whose = {"reading_id": readings.take(parents), "report_id": reports.take(parents)}
        yield ready(dialect, table, _with(rows, whose | {"num": numbers.take(table, len(parents))}))
    lists = part.column("bands").combine_chunks()
    of = reports.take(pc.list_parent_indices(lists))
    bands = pa.table({"band": pc.list_flatten(lists), "report_id": of})
    # SQLite keeps the key while they come in; PostgreSQL sorts them all when it makes it.
    yield ready(dialect, tables.band, bands.sort_by("band") if dialect == "sqlite" else bands)
    source = _looked_up(reports, sources.column("report"), sources.column("source"))
    yield ready(dialect, tables.syndication, pa.table({"report_id": reports, "source": source}))


def _flat(part: pa.Table, name: str) -> tuple[pa.Table, pa.Array]:
    """The rows of all readings under one another, and for each which reading it is of."""
    lists = part.column(f"row_{ROWS[name]}").combine_chunks()
    return pa.Table.from_struct_array(pc.list_flatten(lists)), pc.list_parent_indices(lists)


def _looked_up(own: pa.Array, keys: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.Array:
    """The value of each key; the key itself where it has none."""
    found = values.take(pc.index_in(own, value_set=keys))
    whole = pc.coalesce(found, own)
    return whole.combine_chunks() if isinstance(whole, pa.ChunkedArray) else whole


def _repeated(value: str, many: int) -> pa.Array:
    return pa.repeat(pa.scalar(value), many)


def _with(rows: pa.Table, more: dict[str, Any]) -> pa.Table:
    """The rows with these columns put in, in place of those of the same name."""
    kept = {name: rows.column(name) for name in rows.column_names if name not in more}
    return pa.table(kept | more)
