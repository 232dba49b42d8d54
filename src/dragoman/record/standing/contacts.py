"""Contacts: of the very many that are alike, the first and the last, found in the index without going through all.

Contacts and visits are most of all that is told.  What follows from a pair's steps is the same, but for which of the
contacts are named, when only the first and the last of those that are alike are known, as long as nothing took the
pair down between them: where relations were severed, it is the first and the last before and after each breach.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from itertools import islice, pairwise
from typing import Any

import msgspec
from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Connection,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB

from dragoman.record import tables
from dragoman.record.standing.pair import Row
from dragoman.record.steps import step_entries

LOW = ("contact", "visits")  # levels that are reached over and over again
HELD = ("held", "expected", "asked")
SORT = {"level": String(), "held": String(), "implied": Boolean(), "claim": Boolean()}
TOGETHER = 2000  # spells that are asked about at once
Conditions = Callable[[Any], Iterable[ColumnElement[bool]]]


class Contacts:
    """The contacts of one polity.

    Parameters
    ----------
    one
        Its id.
    toward
        Whether the others' contacts toward it are meant; its own toward the others where False.
    known, stand
        What makes a step count (on its columns): when it was known, and that nobody rejected it.
    """

    def __init__(self, one: str, *, toward: bool, known: Conditions, stand: Conditions) -> None:
        self.one = one
        self.known, self.stand = known, stand
        self._sorts = _sorts()
        self.own, self.other = ("toward", "holder") if toward else ("holder", "toward")

    def others(self, connection: Connection, *, current: bool) -> set[str]:
        """With whom there are any; `current` where no superseded step counts."""
        leaps = partial(_leaps, self.own, self.other)
        held = {
            (level, held): {one for one in connection.scalars(leaps(level, held), {"one": self.one}) if one}
            for level in LOW
            for held in HELD
        }
        found = {one for ones in held.values() for one in ones}
        if current:
            self._sorts = [one for one in self._sorts if held[one[0], one[1]]]  # the others need not be asked for
            return found
        step = tables.step.c
        low = (step.level.in_(LOW), step.held.in_(HELD), step.superseded_at.is_not(None))
        superseded = select(step[self.other]).where(*_up(step, self.own), *low).distinct()
        return found | set(connection.scalars(superseded, {"one": self.one}))

    def first_and_last(
        self, connection: Connection, spells: Iterable[tuple[str, str, str]]
    ) -> Iterator[tuple[str, Row]]:
        """Of each of the others the first and the last contact of every sort in each spell.

        Parameters
        ----------
        spells
            (the other, the day before the spell, its last day).
        """
        sqlite = connection.dialect.name == "sqlite"
        asked = _first_and_last(self.own, self.other, self.known, self.stand, sqlite)
        sorts = msgspec.json.encode(self._sorts).decode()
        waiting = iter(spells)
        while part := list(islice(waiting, TOGETHER)):
            given = {"one": self.one, "spell": msgspec.json.encode(part).decode(), "sort": sorts}
            for other, level, held, implied, claim, first, last, times in connection.execute(asked, given).all():
                for moment, stands_for in ((first, 1), (last, times - 1))[: 1 if times == 1 else 2]:
                    day, num = moment.split("|")
                    at = date.fromisoformat(day).toordinal()
                    sort = ("representation", level, "up", held, bool(implied), bool(claim))
                    yield other, Row(int(num), *sort, day, at, stands_for)


def _up(step: Any, own: str) -> tuple[ColumnElement[bool], ...]:
    return step[own] == bindparam("one", type_=String()), step.axis == "representation", step.way == "up"


@lru_cache
def _leaps(own: str, other: str, level: str, held: str) -> Any:
    """Each other once, by leaps from one to the next in the index (a loose index scan)."""
    step = tables.step.c
    alike = (*_up(step, own), step.level == level, step.held == held, step.superseded_at.is_(None))
    least = func.min(step[other])
    leap = select(least.label("other")).where(*alike).cte("leap", recursive=True)
    following = select(least).where(*alike, step[other] > leap.c.other).scalar_subquery()
    leap = leap.union_all(select(following).where(leap.c.other.is_not(None)))
    return select(leap.c.other)


@lru_cache
def _first_and_last(own: str, other: str, known: Conditions, stand: Conditions, sqlite: bool) -> Any:
    """The question, made once; who, the spells and the sorts are given when it is asked."""
    spell = _table("spell", {"other": String(), "begins": String(), "ends": String()}, sqlite=sqlite)
    sort = _table("sort", SORT, sqlite=sqlite)
    step = tables.step.alias().c

    def alike(spell: CTE, sort: CTE) -> tuple[ColumnElement[bool], ...]:
        return (
            *_up(step, own),
            *(step[name] == sort.c[name] for name in SORT),
            step[other] == spell.c.other,
            step.day > spell.c.begins,
            step.day <= spell.c.ends,
            *known(step),
            *stand(step),
        )

    moment = step.day + literal("|") + cast(step.num, String)
    first = select(moment).where(*alike(spell, sort)).order_by(step.day, step.num).limit(1)
    begun = select(*spell.c, *sort.c, first.scalar_subquery().correlate(spell, sort).label("first"))
    there = begun.select_from(spell.join(sort, true())).cte("there").prefix_with("MATERIALIZED")
    same = alike(there, there)  # only of those of which there is a first one is more asked
    last = select(moment).where(*same).order_by(step.day.desc(), step.num.desc()).limit(1)
    times = select(func.count()).where(*same)
    more = (one.scalar_subquery().correlate(there) for one in (last, times))
    return select(there.c.other, *(there.c[name] for name in SORT), there.c.first, *more).where(
        there.c.first.is_not(None)
    )


def _sorts() -> list[tuple[Any, ...]]:
    """Level, how it is held, whether it is implied and claimed: as the lexicon's steps can be."""
    rules = [rule for rules in step_entries().steps.values() for rule in rules if rule.axis == "representation"]
    low = sorted({(level, rule.implied) for rule in rules for level in (rule.level, *rule.words.values())})
    return [
        (level, held, implied, claim)
        for level, implied in low
        if level in LOW
        for held in HELD
        for claim in (False, True)
    ]


def _table(name: str, columns: Mapping[str, Any], *, sqlite: bool) -> CTE:
    """Rows as a table: one JSON array, so that the statement is the same however many there are."""
    given = bindparam(name, type_=String())
    parts: list[Any]
    if sqlite:
        row = func.json_each(given).table_valued("value").c.value
        parts = [type_coerce(func.json_extract(row, f"$[{at}]"), of) for at, of in enumerate(columns.values())]
    else:
        item: Any = func.jsonb_array_elements(cast(given, JSONB)).column_valued(f"{name}_row")
        parts = [cast(item.op("->>")(at), of) for at, of in enumerate(columns.values())]
    return (
        select(*(part.label(one) for part, one in zip(parts, columns, strict=True)))
        .cte(name)
        .prefix_with("MATERIALIZED")
    )


def spells(others: Collection[str], breaches: Iterable[tuple[str, str]], last: str) -> Iterator[tuple[str, str, str]]:
    """The spells of each: up to each breach (who, day), and after the last one up to a day."""
    days: dict[str, set[str]] = {}
    for other, day in breaches:
        days.setdefault(other, set()).add(day)
    for other in sorted(others):
        for begins, ends in pairwise(["", *sorted(day for day in days.get(other, ()) if day < last), last]):
            yield other, begins, ends
