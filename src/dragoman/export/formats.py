"""Formats: what a record can be exported as."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

import msgspec
from sqlalchemy import Connection, select

from dragoman.domain import BadInput
from dragoman.export import ftm, gdelt, geojson, graph, icews, parquet, plover
from dragoman.export.column import Cell, row, write
from dragoman.record import tables
from dragoman.record.questions.filters import EventFilter
from dragoman.record.questions.flat import COLUMNS, flat
from dragoman.record.questions.listing import every
from dragoman.record.review.sheet import EXTRA
from dragoman.record.store import Record
from dragoman.whole import whole

Writer = Callable[[Connection, EventFilter, Path], int]


def _text(writes: Callable[[TextIO, Connection, EventFilter], int]) -> Writer:
    def run(connection: Connection, given: EventFilter, path: Path) -> int:
        with path.open("w", encoding="utf-8", errors="replace", newline="") as into:
            return writes(into, connection, given)

    return run


def _csv(into: TextIO, connection: Connection, given: EventFilter) -> int:
    return write(into, COLUMNS, (flat(line).values() for line in every(connection, given)))


def _sheet(into: TextIO, connection: Connection, given: EventFilter) -> int:
    rows = ([None, None, *flat(line).values()] for line in every(connection, given))
    return write(into, (*EXTRA, *COLUMNS), rows)


def _jsonl(into: TextIO, connection: Connection, given: EventFilter) -> int:
    number = 0
    for line in every(connection, given):
        number += 1
        into.write(msgspec.json.encode(line).decode() + "\n")
    return number


def _plover(into: TextIO, connection: Connection, given: EventFilter) -> int:
    return write(into, plover.COLUMNS, (row(plover.COLUMNS, line) for line in every(connection, given)), tabs=True)


def _icews(into: TextIO, connection: Connection, given: EventFilter) -> int:
    rows = (row(icews.COLUMNS, one) for line in every(connection, given) for one in icews.dyads(line))
    return write(into, icews.COLUMNS, rows, tabs=True)


def _decisions(into: TextIO, connection: Connection, given: EventFilter) -> int:
    return write(into, DECISIONS, _decided(connection))


DECISIONS = ("id", "at", "by", "action", "origin", "field", "value", "note", "undoes")


def _decided(connection: Connection) -> Iterator[list[Cell]]:
    columns = tables.decision.c
    for found in connection.execute(select(*(columns[name] for name in DECISIONS)).order_by(columns.id)):
        yield list(found)


FORMATS: dict[str, Writer] = {
    "csv": _text(_csv),
    "sheet": _text(_sheet),
    "jsonl": _text(_jsonl),
    "parquet": lambda connection, given, path: parquet.write(path, every(connection, given)),
    "plover": _text(_plover),
    "icews": _text(_icews),
    "gdelt": _text(
        lambda into, connection, given: write(into, (), gdelt.events(connection, given), tabs=True, head=False)
    ),
    "gdelt-mentions": _text(
        lambda into, connection, given: write(into, (), gdelt.mentions(connection, given), tabs=True, head=False)
    ),
    "ftm": _text(lambda into, connection, given: ftm.write(into, every(connection, given))),
    "graphml": lambda connection, given, path: graph.write(path, every(connection, given), gexf=False),
    "gexf": lambda connection, given, path: graph.write(path, every(connection, given), gexf=True),
    "geojson": _text(lambda into, connection, given: geojson.write(into, every(connection, given))),
    "decisions": _text(_decisions),
}


def export(record: Record, form: str, output: Path, given: EventFilter | None = None) -> int:
    """Write the events of a record to a file, whole or not at all.

    Parameters
    ----------
    record
        The record.
    form
        A key of `FORMATS`.
    output
        The file; it is replaced.
    given
        Which events; all without.

    Returns
    -------
    int
        How many rows, entities, edges or features were written.

    Raises
    ------
    BadInput
        When there is no such format, what it needs is not installed, or the file cannot be written.
    """
    if form not in FORMATS:
        raise BadInput(f"{form!r}: is no format; there are {', '.join(FORMATS)}")
    with whole(output) as made, record.asking() as connection:
        return FORMATS[form](connection, given or EventFilter(), made)
