"""Replaying: reviewers' decisions put into the index, when they are made, when a report is read again, and when the
index is made anew.

A telling that was decided on is superseded by one that shows the decision, at the moment of the decision, so that the
record can still be asked as it was known before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from dragoman.domain import Reading
from dragoman.record import tables
from dragoman.record.asked import in_parts, insert_new
from dragoman.record.review.correcting import corrected
from dragoman.record.review.decided import Decided, decided
from dragoman.record.rows import Row, Rows, tell, unbody
from dragoman.record.spellings import file_persons

OWN = ("n", "origin", "event_id", "report_id", "source", "reading_id")


def retell(made: Rows, place: int, reading: Reading, said: Decided) -> None:
    """Put what was decided on a telling into its rows."""
    row = made.tellings[place]
    alone = Rows()
    _tell(alone, reading, row, said)
    made.tellings[place] = alone.tellings[0]
    made.parties = [one for one in made.parties if one["num"] != place] + [
        one | {"num": place} for one in alone.parties
    ]
    made.steps = [one for one in made.steps if one["num"] != place] + [one | {"num": place} for one in alone.steps]
    made.persons += alone.persons
    made.entities += alone.entities


def _tell(made: Rows, reading: Reading, row: Row, said: Decided) -> None:
    event, knowing = corrected(reading.events[row["n"]], reading, said.fields)
    filed = {name: row[name] for name in (*OWN, "added_at") if name in row} | {"verdict": said.verdict}
    tell(made, knowing, event, filed)
    if said.verdict == "reject":
        made.steps.clear()
    own = {one["entity"] for one in made.parties} | {one["who"] for one in made.parties}
    made.entities = [{"id": one.id, "kind": one.kind, "name": one.name} for one in knowing.entities if one.id in own]


def carry(connection: Connection, made: Rows, reading: Reading, before: Sequence[Any], at: str) -> dict[str, Decided]:
    """Put earlier decisions into the rows of a newer reading of the same report.

    What a reviewer accepted or corrected and the newer reading no longer tells stays, as the older one has it.

    Parameters
    ----------
    made
        The rows of the newer reading, whose tellings have taken over the origins of those that they replace.
    before
        The tellings that it supersedes.
    at
        When it was made: later decisions are not looked at.
    """
    said = decided(connection, [row.origin for row in before], at)
    if not said:
        return said
    places = {row["origin"]: place for place, row in enumerate(made.tellings)}
    for origin, one in said.items():
        if origin in places:
            retell(made, places[origin], reading, one)
    lost = [row for row in before if row.origin not in places and row.origin in said and said[row.origin].kept]
    for row in lost:
        older = _reading(connection, row.reading_id)
        filed = {name: getattr(row, name) for name in OWN} | {"added_at": at}
        alone = Rows()
        _tell(alone, older, filed, said[row.origin])
        place = len(made.tellings)
        made.tellings += alone.tellings
        made.parties += [one | {"num": place} for one in alone.parties]
        made.steps += [one | {"num": place} for one in alone.steps]
        made.persons += alone.persons
        made.entities += alone.entities
    return said


def apply(connection: Connection, origins: Collection[str], at: str) -> set[str]:
    """Put decisions of this moment on these tellings into the index; the keys of what must be gathered anew."""
    telling, step = tables.telling, tables.step
    asked = select(telling).where(telling.c.superseded_at.is_(None))
    rows: list[Any] = sorted(in_parts(connection, asked, telling.c.origin, sorted(origins)), key=lambda row: row.num)
    said = decided(connection, [row.origin for row in rows], at)
    number = connection.scalar(select(func.max(telling.c.num))) or 0
    keys: set[str] = set()
    for row in rows:
        connection.execute(update(telling).where(telling.c.num == row.num).values(superseded_at=at))
        connection.execute(update(step).where(step.c.num == row.num).values(superseded_at=at))
        keys.add(row.key)
        own = said.get(row.origin, Decided())
        if not own.kept and _read_later(connection, row, at):
            continue  # only a decision kept it, after a newer reading no longer told it
        filed = {name: getattr(row, name) for name in OWN} | {"added_at": at}
        alone = Rows()
        _tell(alone, _reading(connection, row.reading_id), filed, own)
        number += 1
        store_one(connection, alone, number)
        file_persons(connection, alone.persons, at)
        keys.add(alone.tellings[0]["key"])
    return keys


def store_one(connection: Connection, made: Rows, number: int) -> None:
    """Insert the rows of one telling under its number."""
    connection.execute(tables.telling.insert(), [made.tellings[0] | {"num": number}])
    for table, parts in ((tables.party, made.parties), (tables.step, made.steps)):
        if parts:
            connection.execute(table.insert(), [one | {"num": number} for one in parts])
    insert_new(connection, tables.entity, made.entities)
    if connection.dialect.name == "sqlite":
        quote = made.tellings[0]["quote"]
        connection.exec_driver_sql("INSERT INTO told(rowid, quote) VALUES (?, ?)", (number, quote))


def _read_later(connection: Connection, row: Any, at: str) -> bool:
    columns = tables.reading.c
    later = (columns.report_id == row.report_id) & (columns.id > row.reading_id) & (columns.made_at <= at)
    return connection.scalar(select(columns.id).where(later).limit(1)) is not None


def _reading(connection: Connection, id: int) -> Reading:
    columns = tables.reading.c
    asked = select(columns.body, tables.report.c.text).join(tables.report).where(columns.id == id)
    row = connection.execute(asked).one()
    return unbody(row.body, row.text)
