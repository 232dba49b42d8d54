"""Asking for standing: the steps of the record as pairs, as of a day in the world and a day of knowledge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, String, and_, cast, func, literal, select

from dragoman.record import tables
from dragoman.record.standing.pair import Pair, Row, pair

step = tables.step.c
Steps = dict[tuple[str, str], list[Row]]
LOW = ("contact", "visits")  # levels that are reached over and over again
LAST = "9999-12-31"
_MOMENT = step.day + literal("|") + cast(step.num, String)
MOST = (func.min(_MOMENT), func.max(_MOMENT), func.count())


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
    found = condensed(connection, known, toward=toward, holders=holders)
    made = (pair(holder, other, rows) for (holder, other), rows in sorted(found.items()))
    return [one for one in made if one.told]


def condensed(
    connection: Connection, known: Known, *, toward: Collection[str] = (), holders: Collection[str] = ()
) -> Steps:
    """The steps of each pair, with only the first and the last of those contacts that are alike.

    Contacts are most of all that is told; what follows from a pair's steps is the same (but for which of the contacts
    are named), as long as nothing took the pair down between them: where relations were severed, it is the first and
    the last before and after each breach.
    """
    asked = [*known.conditions(), *_between(toward, holders)]
    low = (step.axis == "representation") & step.level.in_(LOW) & (step.way == "up") & (step.held == "held")
    found = _rows(connection, [*asked, ~low])
    severed = {key for key, rows in found.items() if any(row.way == "severs" for row in rows)}
    alike = (step.holder, step.toward, step.level, step.implied, step.claim)
    whole = select(*alike, *MOST).where(*asked, low, _stands()).group_by(*alike)
    for row in connection.execute(whole).all():
        if (row[0], row[1]) not in severed:
            found[row[0], row[1]] += _first_and_last(*row[2:])
    if severed:
        spell = _spells(asked)
        within = (step.holder == spell.c.holder, step.toward == spell.c.toward)
        between = (step.day > spell.c.begins, step.day <= spell.c.ends)
        parts = (*alike, spell.c.ends)
        cut = select(*alike, *MOST).select_from(spell).join(tables.step, and_(*within, *between))
        for row in connection.execute(cut.where(*asked, low, _stands()).group_by(*parts)).all():
            found[row[0], row[1]] += _first_and_last(*row[2:])
    return found


def _spells(asked: Sequence[ColumnElement[bool]]) -> CTE:
    """The spells of each pair whose relations were severed: up to each breach, and after the last one."""
    breach = (
        select(step.holder, step.toward, step.day)
        .where(*asked, step.axis == "representation", step.way == "severs")
        .distinct()
        .cte("breach")
    )
    of = (breach.c.holder, breach.c.toward)
    before = func.lag(breach.c.day, 1, "").over(partition_by=of, order_by=breach.c.day)
    up_to = select(*of, before.label("begins"), breach.c.day.label("ends"))
    after = select(*of, func.max(breach.c.day), literal(LAST)).group_by(*of)
    return up_to.union_all(after).cte("spell")


def _first_and_last(level: str, implied: bool, claim: bool, first: str, last: str, times: int) -> Iterator[Row]:
    """The first of contacts that are alike, and the last, which stands for all others."""
    for moment, stands_for in ((first, 1), (last, times - 1))[: 1 if times == 1 else 2]:
        day, num = moment.split("|")
        at = date.fromisoformat(day).toordinal()
        yield Row(int(num), "representation", level, "up", "held", bool(implied), bool(claim), day, at, stands_for)


def _between(toward: Collection[str], holders: Collection[str]) -> Iterator[ColumnElement[bool]]:
    if toward:
        yield step.toward.in_(list(toward))
    if holders:
        yield step.holder.in_(list(holders))


def _stands() -> ColumnElement[bool]:
    """That no reviewer rejected the telling of a step."""
    columns = tables.telling.c
    return step.num.not_in(select(columns.num).where(columns.verdict == "reject"))


def _rows(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> Steps:
    asked = select(
        *(step.holder, step.toward, step.num, step.axis, step.level),
        *(step.way, step.held, step.implied, step.claim, step.day),
    ).where(*conditions, _stands())
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
