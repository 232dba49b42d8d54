"""Facets: what the events that were found could be narrowed to, with how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, select

from dragoman.domain import Value
from dragoman.record import tables
from dragoman.record.asked import at_once, in_parts_at_once
from dragoman.record.questions.answers import EventPage
from dragoman.record.questions.conditions import asked
from dragoman.record.questions.filters import EventFilter
from dragoman.record.questions.leading import statement
from dragoman.record.questions.lines import names
from dragoman.record.questions.listing import first_page

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


def found(connection: Connection, given: EventFilter, limit: int) -> tuple[EventPage, Facets]:
    """The first page of the events that fit, and their facets.

    Raises
    ------
    BadInput
        When the filter cannot be answered.
    """
    page, nums = first_page(connection, given, limit, MOST + 1)
    return page, _counted(connection, nums)


def facets(connection: Connection, given: EventFilter) -> Facets:
    """Count among the latest events that fit.

    Raises
    ------
    BadInput
        When the filter cannot be answered.
    """
    asking = statement(connection, asked(connection, given)).limit(MOST + 1)
    return _counted(connection, [num for _, num in at_once(connection, asking)])


def _counted(connection: Connection, nums: Sequence[int]) -> Facets:
    columns, party = tables.telling.c, tables.party.c
    asking: Select[Any] = select(columns.kind, columns.modality, columns.polarity, columns.outlet, columns.claim)
    latest = nums[:MOST]
    counted = list(in_parts_at_once(connection, asking, columns.num, latest))
    kinds, modalities, polarities, outlets, claims = zip(*counted, strict=True) if counted else ((),) * 5
    who: Counter[str] = Counter()
    taking = select(party.who, func.count(party.num.distinct())).where(party.who.is_not(None)).group_by(party.who)
    for one, number in in_parts_at_once(connection, taking, party.num, latest):
        who[one] += number
    called = names(connection, {one for one, _ in _most(who)})
    said = Counter("claim" if claim else "report" for claim in claims)
    made = (
        Facet("who", "Who", _values(who, called)),
        Facet("kind", "Kind", _values(Counter(kinds), {})),
        Facet("modality", "Whether it happened", _values(Counter(modalities), {})),
        Facet("polarity", "Affirmed or denied", _values(Counter(polarities), {})),
        Facet("said", "On whose word", _values(said, {"claim": "somebody’s word", "report": "the report’s own"})),
        Facet("outlet", "Outlet", _values(Counter(outlet for outlet in outlets if outlet), {})),
    )
    return Facets(len(latest), len(nums) > MOST, made)


def _values(counted: Counter[str], called: dict[str, str]) -> tuple[tuple[str, str, int], ...]:
    return tuple((one, called.get(one, one), number) for one, number in _most(counted))


def _most(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:SHOWN]
