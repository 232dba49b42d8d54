"""Asking for standing: the steps of the record as pairs, as of a day in the world and a day of knowledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, select, union_all

from dragoman.record import tables
from dragoman.record.standing.contacts import LOW, Conditions, Contacts, spells
from dragoman.record.standing.pair import Pair, Row, pair
from dragoman.record.steps import step_entries

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

    def conditions(self, step: Any) -> Iterator[ColumnElement[bool]]:
        """As conditions on the columns of `tables.step`, but for the day in the world."""
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
    return following(condensed(connection, known, toward=toward, holders=holders))


def following(found: Steps) -> list[Pair]:
    """What follows from the steps of each pair, where it is anything to say."""
    made = (pair(holder, other, rows) for (holder, other), rows in sorted(found.items()))
    return [one for one in made if one.told]


def condensed(
    connection: Connection, known: Known, *, toward: Collection[str] = (), holders: Collection[str] = ()
) -> Steps:
    """The steps of each pair, with only the first and the last of those contacts that are alike (`Contacts`)."""
    stand = _stand(connection)
    found = _weighty(connection, known, stand, _between(toward, holders))
    breaches = {(*key, row.day) for key, rows in found.items() for row in rows if row.way == "severs"}
    if not toward and not holders:
        toward = list(connection.scalars(select(step.toward).distinct()))
    ever = replace(known, as_of="")  # the spells say up to which day
    for one in toward or holders:
        of = Contacts(one, toward=bool(toward), known=ever.conditions, stand=stand)
        others = (holders if toward else ()) or of.others(connection, current=known.read_by is None)
        own = 1 if toward else 0
        cut = ((breach[1 - own], breach[2]) for breach in breaches if breach[own] == one)
        for other, row in of.first_and_last(connection, spells(set(others) - {one}, cut, known.as_of)):
            found[(other, one) if toward else (one, other)].append(row)
    return found


def _between(toward: Collection[str], holders: Collection[str]) -> Iterator[ColumnElement[bool]]:
    if toward:
        yield step.toward.in_(list(toward))
    if holders:
        yield step.holder.in_(list(holders))


def _stand(connection: Connection) -> Conditions:
    """That no reviewer rejected the telling of a step; nothing to ask for where none was rejected."""
    return _all if connection.scalar(_rejected().limit(1)) is None else _unless_rejected


def _all(_: Any) -> tuple[ColumnElement[bool], ...]:
    return ()


def _unless_rejected(step: Any) -> tuple[ColumnElement[bool], ...]:
    return (step.num.not_in(_rejected()),)


def _rejected() -> Select[Any]:
    columns = tables.telling.c
    return select(columns.num).where(columns.verdict == "reject")


def _weighty(connection: Connection, known: Known, stand: Conditions, between: Iterable[ColumnElement[bool]]) -> Steps:
    """All steps but contacts that were or are to be: each sort by itself, so that it is found in the index."""
    shared = [step.day <= known.as_of, *known.conditions(step), *stand(step), *between]
    contact = (step.axis == "representation") & step.level.in_(LOW)
    high = [level for level in step_entries().levels if level not in LOW]
    sorts = (
        step.axis.in_(("recognition", "sanctions")),
        (step.axis == "representation") & step.level.in_(high),
        contact & step.way.in_(("down", "severs", "restores")),
        contact & (step.way == "up") & (step.held == "denied"),
    )
    columns = (
        *(step.holder, step.toward, step.num, step.axis, step.level),
        *(step.way, step.held, step.implied, step.claim, step.day),
    )
    asked = union_all(*(select(*columns).where(*shared, one) for one in sorts))
    found: Steps = defaultdict(list)
    days: dict[str, int] = {}
    for holder, other, num, axis, level, way, held, implied, claim, day in connection.execute(asked).all():
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
