"""Facets: what the events that were found could be narrowed to, with how many there are of each."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from dragoman.domain import Value
from dragoman.record import tables
from dragoman.record.questions.conditions import asked
from dragoman.record.questions.filters import EventFilter
from dragoman.record.questions.leading import statement
from dragoman.record.questions.lines import names

MOST = 1000  # events that are counted, the latest first
SHOWN = 8  # values of each facet


class Facet(Value, frozen=True):
    """One thing to narrow by: the field, what it is called, and its values with name and count."""

    field: str
    name: str
    values: tuple[tuple[str, str, int], ...]


class Facets(Value, frozen=True):
    """All facets; `capped` when there are more events than were counted."""

    number: int
    capped: bool
    facets: tuple[Facet, ...]


def facets(connection: Connection, given: EventFilter) -> Facets:
    """Count among the latest events that fit.

    Raises
    ------
    BadInput
        When the filter cannot be answered.
    """
    found = statement(connection, asked(connection, given)).limit(MOST + 1).subquery()
    columns = tables.telling.c
    rows = connection.execute(
        select(columns.num, columns.kind, columns.modality, columns.polarity, columns.outlet, columns.claim).join(
            found, found.c.num == columns.num
        )
    ).all()
    counted = rows[:MOST]
    party = tables.party.c
    who: Counter[str] = Counter()
    for at in range(0, len(counted), 500):
        part = select(party.num, party.who).where(party.num.in_([row.num for row in counted[at : at + 500]]))
        who.update(one for _, one in {(num, one) for num, one in connection.execute(part)} if one)
    called = names(connection, {one for one, _ in who.most_common(SHOWN)})
    said = Counter("claim" if row.claim else "report" for row in counted)
    made = (
        Facet("who", "Who", _values(who, called)),
        Facet("kind", "Kind", _values(Counter(row.kind for row in counted), {})),
        Facet("modality", "Whether it happened", _values(Counter(row.modality for row in counted), {})),
        Facet("polarity", "Affirmed or denied", _values(Counter(row.polarity for row in counted), {})),
        Facet("said", "On whose word", _values(said, {"claim": "somebody’s word", "report": "the report’s own"})),
        Facet("outlet", "Outlet", _values(Counter(row.outlet for row in counted if row.outlet), {})),
    )
    return Facets(len(counted), len(rows) > MOST, made)


def _values(counted: Counter[str], called: dict[str, str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((one, called.get(one, one), number) for one, number in counted.most_common(SHOWN))
