"""Asking for standing: the steps of the record as pairs, as of a day in the world and a day of knowledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from dragoman.record import tables
from dragoman.record.standing.pair import Pair, Row, pair

step = tables.step.c
Steps = dict[tuple[str, str], list[Row]]


@dataclass(frozen=True, slots=True)
class Known:
    """By which days a step must be known (ISO days, each included).

    Attributes
    ----------
    as_of
        The day in the world.
    read_by
        The day by which the record had read it: later readings are left out, superseded ones come back.
    published_by
        The day by which a report of it was published.
    """

    as_of: str
    read_by: str | None = None
    published_by: str | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """As conditions on `tables.step`."""
        yield step.day <= self.as_of
        if self.read_by is None:
            yield step.superseded_at.is_(None)
        else:
            end = (date.fromisoformat(self.read_by) + timedelta(1)).isoformat()  # moments sort as text
            yield step.added_at < end
            yield step.superseded_at.is_(None) | (step.superseded_at >= end)
        if self.published_by is not None:
            yield step.published < (date.fromisoformat(self.published_by) + timedelta(1)).isoformat()


def pairs(
    connection: Connection, known: Known, *, toward: Collection[str] = (), holders: Collection[str] = ()
) -> list[Pair]:
    """The pairs of which the record has anything to say, in order of the holder's id.

    Parameters
    ----------
    known
        By which days.
    toward, holders
        Ids of those who are treated, and of those who treat them; all where none is given.
    """
    found = steps(connection, known, toward=toward, holders=holders)
    made = (pair(holder, other, rows) for (holder, other), rows in sorted(found.items()))
    return [one for one in made if one.told]


def steps(
    connection: Connection, known: Known, *, toward: Collection[str] = (), holders: Collection[str] = ()
) -> Steps:
    """The steps of each pair (holder, toward)."""
    rejected = select(tables.telling.c.num).where(tables.telling.c.verdict == "reject")
    asked = select(
        step.holder,
        step.toward,
        step.num,
        step.axis,
        step.level,
        step.way,
        step.held,
        step.implied,
        step.claim,
        step.day,
    ).where(*known.conditions(), step.num.not_in(rejected))
    if toward:
        asked = asked.where(step.toward.in_(list(toward)))
    if holders:
        asked = asked.where(step.holder.in_(list(holders)))
    found: Steps = defaultdict(list)
    days: dict[str, int] = {}
    for holder, other, num, axis, level, way, held, implied, claim, day in connection.execute(asked):
        at = days.get(day)
        if at is None:
            at = days[day] = date.fromisoformat(day).toordinal()
        found[holder, other].append(Row(num, axis, level, way, held, bool(implied), bool(claim), day, at))
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a telling where it is evidence."""

    event: str
    said_by: str | None
    claim: bool
    outlet: str | None
    published: str | None
    quote: str


def told(connection: Connection, nums: Collection[int]) -> dict[int, Told]:
    """The tellings that pairs rest on, by number."""
    from dragoman.record.asked import in_parts

    columns = tables.telling.c
    asked: Any = select(
        columns.num,
        columns.event_id,
        columns.said_by,
        columns.claim,
        columns.outlet,
        columns.published,
        columns.quote,
    )
    return {row[0]: Told(*row[1:]) for row in in_parts(connection, asked, columns.num, sorted(nums))}
