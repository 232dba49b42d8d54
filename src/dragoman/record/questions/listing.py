"""Events: lists of them by a filter, in pages; a timeline; how many there are; all of them for an export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.record import tables
from dragoman.record.asked import at_once, in_parts
from dragoman.record.questions.answers import EventLine, EventPage, Total
from dragoman.record.questions.conditions import Asked, asked
from dragoman.record.questions.filters import EventFilter, cursor, paged, place_of
from dragoman.record.questions.leading import statement
from dragoman.record.questions.lines import lines
from dragoman.record.store import Record

PAGE = 50
EXPORTED = 500  # events taken at once for an export


def events(
    record: Record,
    given: EventFilter | None = None,
    *,
    limit: int = PAGE,
    after: str | None = None,
    newest: bool = True,
) -> EventPage:
    """A page of events.

    Parameters
    ----------
    record
        Where to look.
    given
        Which events; all of them without it.
    limit
        How many, 1 to 1000.
    after
        The `next` of the page before.
    newest
        Latest day first, events without a day last; the other way around when False.

    Raises
    ------
    BadInput
        When the filter, the limit or the cursor cannot be; the message is one line.
    """
    paged(limit)
    place = place_of(after)
    with record.asking() as connection:
        question = asked(connection, given or EventFilter())
        return _page(connection, question, limit, place, newest)


def timeline(
    record: Record,
    one: str,
    other: str,
    given: EventFilter | None = None,
    *,
    limit: int = PAGE,
    after: str | None = None,
) -> EventPage:
    """A page of what went on between two, the earliest first; parameters and errors as those of `events`."""
    both = EventFilter(
        **{name: getattr(given, name) for name in EventFilter.__struct_fields__ if given is not None}
        | {"parties": (one, other, *(given.parties if given else ()))}
    )
    return events(record, both, limit=limit, after=after, newest=False)


def count(record: Record, given: EventFilter | None = None, *, most: int = 10_000) -> Total:
    """How many events there are, counted up to `most`."""
    with record.asking() as connection:
        found = statement(connection, asked(connection, given or EventFilter())).order_by(None)
        rows = found.limit(most + 1).subquery()
        number = connection.scalar(select(func.count()).select_from(rows)) or 0
    return Total(number=min(number, most), exact=number <= most)


def every(connection: Connection, given: EventFilter | None = None) -> Iterator[EventLine]:
    """All events of a filter, the earliest first, out of one state of the record."""
    question = asked(connection, given or EventFilter())
    place: tuple[str, int] | None = None
    while True:
        page = _page(connection, question, EXPORTED, place, newest=False)
        yield from page.events
        if page.next is None:
            return
        place = place_of(page.next)


def first_page(connection: Connection, given: EventFilter, limit: int, most: int) -> tuple[EventPage, Sequence[int]]:
    """The first page of events, and the numbers of the tellings by which up to `most` events are found."""
    question = asked(connection, given)
    found = at_once(connection, statement(connection, question).limit(most))
    return _shown(connection, question, found[: limit + 1], limit), [num for _, num in found]


def _page(
    connection: Connection, question: Asked, limit: int, place: tuple[str, int] | None, newest: bool
) -> EventPage:
    found = connection.execute(statement(connection, question, newest=newest, after=place).limit(limit + 1)).all()
    return _shown(connection, question, found, limit)


def _shown(connection: Connection, question: Asked, found: Sequence[Sequence[Any]], limit: int) -> EventPage:
    more = cursor(*found[limit - 1]) if len(found) > limit else None
    nums = [num for _, num in found[:limit]]
    telling = tables.telling
    rows = {row.num: row for row in in_parts(connection, select(telling), telling.c.num, nums)}
    shown = [rows[num] for num in nums]
    current = question.current(telling)
    return EventPage(events=tuple(lines(connection, shown, current)), next=more)
