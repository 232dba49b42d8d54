"""Copying: Arrow tables into a record's tables, by COPY on PostgreSQL and by prepared statements on SQLite."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv
from sqlalchemy import Connection, Table, func, select

from dragoman.cluster.columns import ROWS
from dragoman.record import tables

AS_CSV = csv.WriteOptions(include_header=False, quoting_style="all_valid")  # what is not quoted is NULL


def copy_in(connection: Connection, table: Table, given: pa.Table) -> None:
    """Insert the rows of an Arrow table, whose columns are named as those of the record's table."""
    if not given.num_rows:
        return
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in given.column_names)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "postgresql":
        target = io.BytesIO()
        csv.write_csv(given, target, AS_CSV)
        with cursor.copy(f"COPY {quoted(table.name)} ({names}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(target.getbuffer())
        return
    marks = ", ".join("?" for _ in given.column_names)
    columns = [column.to_pylist() for column in given.columns]
    cursor.executemany(f"INSERT INTO {quoted(table.name)} ({names}) VALUES ({marks})", zip(*columns, strict=True))


class Filing:
    """The index rows of one batch of readings, numbered as the record wants them.

    Parameters
    ----------
    connection
        Within a transaction of `Record.writing`.
    part
        Readings, as `dragoman.cluster.columns.batch` makes them.
    numbers
        The ids of the readings in the record's ledger, in order.
    at
        When they were added.
    """

    def __init__(self, connection: Connection, part: pa.Table, numbers: Iterable[int], at: str) -> None:
        self.connection = connection
        self.part = part.combine_chunks()
        self.reports = self.part.column("report_id").combine_chunks()
        self.numbers = pa.array(numbers, pa.int64())
        self.at = at

    def file(self) -> int:
        """Insert all rows; how many tellings there were."""
        first = self._next(tables.telling)
        tellings, parents = self._flat("tellings")
        dated = {"added_at": pa.repeat(pa.scalar(self.at), tellings.num_rows)}
        whose = {"reading_id": self.numbers.take(parents), "report_id": self.reports.take(parents)}
        num = {"num": _counted(first, tellings.num_rows)}
        source = {"source": whose["report_id"]}
        copy_in(self.connection, tables.telling, _with(tellings, num | whose | source | dated))
        if self.connection.dialect.name == "sqlite":
            asked = "INSERT INTO told(rowid, quote) SELECT num, quote FROM telling WHERE num >= ?"
            self.connection.exec_driver_sql(asked, (first,))
        begins = self._begins(first)
        for name, table, more in (("parties", tables.party, {}), ("steps", tables.step, dated)):
            rows, parents = self._flat(name)
            num = {"num": pc.add(rows.column("num"), begins.take(parents))}
            added = {"added_at": pa.repeat(pa.scalar(self.at), rows.num_rows)} if more else {}
            copy_in(self.connection, table, _with(rows, num | added))
        for name, table in (("claims", tables.claim), ("findings", tables.finding)):
            rows, parents = self._flat(name)
            num = {"num": _counted(self._next(table), rows.num_rows)}
            whose = {"reading_id": self.numbers.take(parents), "report_id": self.reports.take(parents)}
            copy_in(self.connection, table, _with(rows, num | whose))
        self._bands()
        return int(tellings.num_rows)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Rows of ``entities`` or ``persons``, which many readings share, each once."""
        apart = {tuple(row.values()): row for row in self._flat(name)[0].to_pylist()}
        return list(apart.values())

    def _next(self, table: Table) -> int:
        return int(self.connection.scalar(select(func.max(table.c.num))) or 0) + 1

    def _flat(self, name: str) -> tuple[pa.Table, pa.Array]:
        """The rows of all readings under one another, and for each which reading it is of."""
        lists = self.part.column(f"row_{ROWS[name]}").combine_chunks()
        return pa.Table.from_struct_array(pc.list_flatten(lists)), pc.list_parent_indices(lists)

    def _begins(self, first: int) -> pa.Array:
        """The number of the first telling of each reading."""
        many = pc.list_value_length(self.part.column("row_telling").combine_chunks())
        return pc.add(pc.subtract(pc.cumulative_sum(many), many), pa.scalar(first, pa.int64()))

    def _bands(self) -> None:
        lists = self.part.column("bands").combine_chunks()
        whose = self.reports.take(pc.list_parent_indices(lists))
        made = pa.table({"band": pc.list_flatten(lists), "report_id": whose})
        copy_in(self.connection, tables.band, made.group_by(["band", "report_id"]).aggregate([]))


def _counted(first: int, many: int) -> pa.Array:
    return pa.array(range(first, first + many), pa.int64())


def _with(rows: pa.Table, more: dict[str, Any]) -> pa.Table:
    """The rows with these columns put in, in place of those of the same name."""
    kept = {name: rows.column(name) for name in rows.column_names if name not in more}
    return pa.table(kept | more)
