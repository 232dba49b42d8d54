"""People: the persons of the record, their spellings and offices, and what they took part in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, tuple_

from dragoman.domain import BadInput
from dragoman.record import tables
from dragoman.record.questions.answers import Held, PersonLine, PersonPage, PersonShown, Spelling
from dragoman.record.questions.filters import EventFilter, paged
from dragoman.record.questions.lines import names
from dragoman.record.questions.listing import PAGE, events
from dragoman.record.questions.who import persons, who
from dragoman.record.store import Record

SPLIT = "|"


def people(record: Record, *, polity: str | None = None, limit: int = PAGE, after: str | None = None) -> PersonPage:
    """A page of persons, by polity and id.

    Parameters
    ----------
    polity
        Only those who act for it: any common name or id.
    limit, after
        How many, 1 to 1000, and the `next` of the page before.

    Raises
    ------
    BadInput
        When the polity is not known, or the limit or cursor cannot be.
    """
    paged(limit)
    columns = tables.person.c
    with record.asking() as connection:
        asked = (
            select(columns.polity, columns.same_as, func.count().label("spellings"))
            .group_by(columns.polity, columns.same_as)
            .order_by(columns.polity, columns.same_as)
            .limit(limit + 1)
        )
        if polity is not None:
            asked = asked.where(columns.polity == who(connection, polity).ids[0])
        if after is not None:
            where, _, one = after.partition(SPLIT)
            asked = asked.where(tuple_(columns.polity, columns.same_as) > tuple_(where, one))
        rows = connection.execute(asked).all()
        shown = rows[:limit]
        called = names(connection, {one for row in shown for one in (row.polity, row.same_as) if one})
        found = tuple(_line(row.same_as, row.polity, row.spellings, called) for row in shown)
    more = f"{shown[-1].polity}{SPLIT}{shown[-1].same_as}" if len(rows) > limit else None
    return PersonPage(persons=found, next=more)


def person(record: Record, name: str, *, limit: int = PAGE, after: str | None = None) -> PersonShown:
    """A person by id or name: spellings with the reason why they are one, offices, and events, latest first.

    Raises
    ------
    BadInput
        When nobody or several are meant.
    """
    with record.asking() as connection:
        found = persons(connection, " ".join(name.split()))
        if len(found) != 1:
            some = f": several are meant: {', '.join(sorted(found)[:5])}" if found else ": no person of that name"
            raise BadInput(f"{name!r}{some}")
        head, ids = next(iter(found.items()))
        spelled = connection.execute(select(tables.person).where(tables.person.c.id.in_(ids))).all()
        called = names(connection, {one for row in spelled for one in (row.polity, row.id) if one} | {head})
        spellings = _spellings(spelled, head)
        offices = _offices(connection, ids)
        line = _line(head, _polity(spelled, offices), len(ids), called)
    page = events(record, EventFilter(parties=(head,)), limit=limit, after=after)
    return PersonShown(line=line, spellings=spellings, offices=offices, events=page)


def _polity(spelled: Sequence[Row[Any]], offices: Sequence[Held]) -> str:
    """For whom a person acts in most events; a person may be known without a polity too."""
    acted: Counter[str] = Counter({row.polity: 0 for row in spelled if row.polity})
    for one in offices:
        if one.polity and one.polity in acted:
            acted[one.polity] += one.times
    return max(acted, key=lambda polity: (acted[polity], polity), default="")


def _line(id: str, polity: str, spellings: int, called: dict[str, str]) -> PersonLine:
    return PersonLine(
        id=id,
        name=called.get(id, id),
        polity=polity or None,
        polity_name=called.get(polity, polity) or None,
        spellings=spellings,
    )


def _spellings(rows: Sequence[Row[Any]], head: str) -> tuple[Spelling, ...]:
    found: dict[str, Spelling] = {}
    for row in sorted(rows, key=lambda row: (row.id != head, row.id, row.reason or "")):
        found[row.id] = Spelling(id=row.id, name=row.name, reason=row.reason)
    return tuple(found.values())


def _offices(connection: Connection, ids: tuple[str, ...]) -> tuple[Held, ...]:
    party, telling = tables.party, tables.telling
    asked = (
        select(party.c.office, party.c.who, party.c.day, telling.c.event_id)
        .join(telling, telling.c.num == party.c.num)
        .where(party.c.entity.in_(ids), tables.another(party))
        .where(party.c.office.is_not(None), telling.c.superseded_at.is_(None))
    )
    held: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(asked):
        held[" ".join(row.office.lower().split()), row.who or ""].append(row)
    called = names(connection, {polity for _, polity in held if polity})
    offices = []
    for (office, polity), rows in held.items():
        days = sorted(row.day for row in rows if row.day) or [""]
        offices.append(
            Held(
                office=office,
                polity=polity or None,
                polity_name=called.get(polity, polity) or None,
                first=days[0],
                last=days[-1],
                times=len({row.event_id for row in rows}),
            )
        )
    return tuple(sorted(offices, key=lambda one: (one.first, one.office)))
