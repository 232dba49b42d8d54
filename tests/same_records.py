"""What is in a record, to compare two of them, whenever and in however many appends they were written."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from dragoman.record import Record, tables
from dragoman.record.standing.ask import Known, pairs
from dragoman.record.standing.lines import Standing, standings

COLUMNS = {
    tables.report: ("id", "digest", "text", "title", "url", "published", "dated_by", "original_id"),
    tables.reading: ("report_id", "reader", "model", "lexicon", "body"),
    tables.telling: ("origin", "event_id", "key", "kind", "day", "quote", "start", "end", "source"),
    tables.copy: ("report_id", "of_id", "likeness"),
    tables.original: ("id", "size", "body"),
}
Contents = tuple[list[tuple[object, ...]], ...]


def contents(where: Path) -> tuple[Contents, list[Standing]]:
    """Reports, readings, tellings, copies and originals, and the standing of all pairs that these come to."""
    record = Record(where)
    with record.asking() as connection:
        found = tuple(
            sorted((tuple(row) for row in connection.execute(select(*(table.c[name] for name in names)))), key=repr)
            for table, names in COLUMNS.items()
        )
        standing = standings(connection, pairs(connection, Known("2100-01-01")))
    record.close()
    return found, standing
