"""Lines: rows of tellings as lines of events, with their parts, names and what all their tellings amount to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, func, select

from dragoman.record import tables
from dragoman.record.asked import in_parts_at_once
from dragoman.record.questions.answers import EventLine, Part
from dragoman.record.questions.conditions import Condition
from dragoman.record.questions.wording import sentence

Rows = Sequence[Row[Any]]


class _Taker(NamedTuple):
    """A part in a telling, as `tables.party` has it."""

    num: int
    role: str
    place: int
    who: str | None
    entity: str | None
    office: str | None


Parts = dict[int, dict[str, list[_Taker]]]
_place = attrgetter("place")


def lines(connection: Connection, rows: Rows, current: Condition) -> list[EventLine]:
    """The lines of rows of tellings, in their order.

    Parameters
    ----------
    rows
        All columns of tellings.
    current
        Which tellings count to an event, as a condition on the table of tellings.
    """
    parts = _parts(connection, [row.num for row in rows])
    called = names(connection, _ids(parts))
    sums = _sums(connection, sorted({row.event_id for row in rows}), current)
    return [_line(row, parts.get(row.num, {}), called, sums) for row in rows]


def _line(row: Row[Any], parts: Mapping[str, list[_Taker]], called: Mapping[str, str], sums: Any) -> EventLine:
    sides = {
        role: tuple(
            Part(
                who=one.who,
                who_name=called.get(one.who, one.who) if one.who else None,
                entity=one.entity,
                name=called.get(one.entity, one.entity) if one.entity else None,
                office=one.office,
            )
            for one in parts.get(role, ())
        )
        for role in ("actor", "target", "about")
    }
    tellings, sources, differ = sums.get(row.event_id, (1, 1, ()))
    return EventLine(
        id=row.event_id,
        telling=row.origin,
        kind=row.kind,
        type=row.type,
        modality=row.modality,
        polarity=row.polarity,
        day=row.day,
        day_to=row.day_to,
        dated=row.dated,
        place=row.place,
        country=row.country,
        actors=sides["actor"],
        targets=sides["target"],
        about=sides["about"],
        sentence=sentence(row.kind, row.modality, row.polarity, sides["actor"], sides["target"], sides["about"]),
        said_by=row.said_by,
        claim=row.claim,
        sure=row.sure,
        verdict=row.verdict,
        outlet=row.outlet,
        published=row.published,
        report=row.report_id,
        quote=row.quote,
        start=row.start,
        end=row.end,
        rule=row.rule,
        added_at=row.added_at,
        tellings=tellings,
        sources=sources,
        differ=differ,
    )


def _parts(connection: Connection, nums: Sequence[int]) -> Parts:
    asked = select(*(tables.party.c[name] for name in _Taker._fields))
    found: Parts = defaultdict(lambda: defaultdict(list))
    for one in sorted(starmap(_Taker, in_parts_at_once(connection, asked, tables.party.c.num, nums)), key=_place):
        found[one.num][one.role].append(one)
    return found


def _ids(parts: Parts) -> set[str]:
    rows = [row for roles in parts.values() for ones in roles.values() for row in ones]
    return {one for row in rows for one in (row.who, row.entity) if one}


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The names of entities."""
    columns = tables.entity.c
    return dict(in_parts_at_once(connection, select(columns.id, columns.name), columns.id, sorted(ids)))


def _sums(
    connection: Connection, events: Sequence[str], current: Condition
) -> dict[str, tuple[int, int, tuple[str, ...]]]:
    """How many tellings and independent sources each event has, and in what the tellings differ."""
    columns = tables.telling.c
    differing = ("kind", "day", "place", "polarity", "modality")
    asked = (
        select(
            columns.event_id,
            func.count(),
            func.count(columns.source.distinct()),
            *(func.count(columns[name].distinct()) for name in differing),
        )
        .where(current, columns.verdict.is_(None) | (columns.verdict != "reject"))
        .group_by(columns.event_id)
    )
    found: dict[str, tuple[int, int, tuple[str, ...]]] = {}
    for event, tellings, sources, *distinct in in_parts_at_once(connection, asked, columns.event_id, events):
        differ = tuple(name for name, many in zip(differing, distinct, strict=True) if many > 1)
        found[event] = (tellings, sources, differ)
    return found
