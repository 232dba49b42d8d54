"""Asking for standing: the steps of the record as pairs, as of a day in the world and a day of knowledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, bindparam, cast, func, select, union_all

from dragoman.record import tables
from dragoman.record.asked import at_once, in_parts_at_once
from dragoman.record.standing.history import Alike, History
from dragoman.record.standing.pair import Pair
from dragoman.record.steps import step_entries

WAYS = ("up", "down", "severs", "restores")
HELD = ("held", "expected", "asked", "denied")
step = tables.step.c
Histories = dict[tuple[str, str], History]


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
    return following(histories(connection, known, toward=toward, holders=holders), known.as_of)


def following(found: Histories, day: str) -> list[Pair]:
    """What follows from the steps of each pair by a day, where it is anything to say."""
    made = (history.pair(*key, day) for key, history in sorted(found.items()))
    return [one for one in made if one.told]


def histories(
    connection: Connection, known: Known, *, toward: Collection[str] = (), holders: Collection[str] = ()
) -> Histories:
    """All steps of each pair (holder, toward), whatever their day; those alike come together from the database.

    Parameters
    ----------
    known
        By which days; that in the world does not matter.
    toward, holders
        As those of `pairs`.
    """
    own, other = ("holder", "toward") if holders and not toward else ("toward", "holder")
    asked = _asked(own, other, [*known.conditions(step), *_stand(connection)], holders if toward else ())
    found: defaultdict[tuple[str, str], list[Alike]] = defaultdict(list)
    for one in toward or holders or connection.scalars(select(step.toward).distinct()).all():
        for who, axis, level, way, held, implied, claim, moments in at_once(connection, asked, {"one": one}):
            alike = Alike(axis, level, way, held, bool(implied), bool(claim), moments)
            found[(who, one) if own == "toward" else (one, who)].append(alike)
    return {key: History(steps) for key, steps in found.items()}


def _asked(own: str, other: str, conditions: Sequence[ColumnElement[bool]], others: Collection[str]) -> Select[Any]:
    """The steps of `one` with all others, or with some of them."""
    conditions = [step[own] == bindparam("one", type_=String()), *conditions]
    if not others:
        return _together(other, conditions)
    # Whatever stands before the other in the index is named, for it to be found there and not gone through to.
    rank = (step.level.in_(step_entries().levels), step.way.in_(WAYS), step.held.in_(HELD))
    sorts = ((step.axis.in_(("recognition", "sanctions")),), (step.axis == "representation", *rank))
    conditions.append(step[other].in_(list(others)))
    return select(union_all(*(_together(other, [*conditions, *sort]) for sort in sorts)).subquery())


def _together(other: str, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    alike = [step[name] for name in (other, *Alike._fields[:-1])]
    moments = func.aggregate_strings(step.day + cast(step.num, String), ",")
    in_index = (step.axis, step.level, step.way, step.held, step[other], step.implied, step.claim)
    return select(*alike, moments).where(*conditions).group_by(*in_index)


def _stand(connection: Connection) -> Iterator[ColumnElement[bool]]:
    """That no reviewer rejected the telling of a step; nothing to ask for where none was rejected."""
    telling = tables.telling.c
    rejected = select(telling.num).where(telling.verdict == "reject")
    if connection.scalar(rejected.limit(1)) is not None:
        yield step.num.not_in(rejected)


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
    found = in_parts_at_once(connection, asked, columns.num, sorted(nums))
    return {num: Told(event, by, bool(claim), *more) for num, event, by, claim, *more in found}
