"""Conditions: a filter as conditions of SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Connection, FromClause, exists, func, literal, select
from sqlalchemy.sql import operators
from sqlalchemy.sql.expression import UnaryExpression

from dragoman.reading.names import capital_of, catalogue, resolve
from dragoman.record import tables
from dragoman.record.questions.filters import LONGEST, EventFilter, checked
from dragoman.record.questions.text import matches, pieces
from dragoman.record.questions.who import Who, who

Condition = ColumnElement[bool]
SIDES = ("actor", "target")
UNSURE = ("sure", "verdict", "superseded_at")  # by which few tellings stand in the index of those in doubt
PARTY = tables.party.alias("takes")  # made once: an alias has many columns


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who must take part, in one of these roles."""

    who: Who
    roles: tuple[str, ...]

    def of(self, party: FromClause) -> Condition:
        """That a row of the parties is theirs."""
        column = party.c.entity if self.who.person else party.c.who
        theirs = column == self.who.ids[0] if len(self.who.ids) == 1 else column.in_(self.who.ids)
        return theirs & tables.another(party) if self.who.person else theirs


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter whose names are resolved, for one kind of database."""

    given: EventFilter
    parts: tuple[Part, ...]
    country: str | None
    place: str | None
    text: str | None
    sqlite: bool

    def bare(self, column: Any) -> Any:
        """A column that SQLite is to use no index of: another one leads."""
        return UnaryExpression(column, operator=operators.custom_op("+"), type_=column.type) if self.sqlite else column

    def current(self, telling: FromClause) -> Condition:
        """That a telling stands, or stood at the moment that is asked for."""
        ended: ColumnElement[str] = self.bare(telling.c.superseded_at)
        added: ColumnElement[str] = self.bare(telling.c.added_at)
        known = self.given.known
        if known is None:
            return ended.is_(None)
        return (added < known) & (ended.is_(None) | (ended >= known))

    def days(self, row: FromClause, column: Any = None) -> list[Condition]:
        """That the first day of a row is not past the range, nor so long before it that it cannot reach it."""
        day = row.c.day if column is None else column
        found: list[Condition] = []
        if self.given.until:
            found.append(day <= self.given.until)
        if self.given.since:
            found.append(day >= _before(self.given.since))
        return found

    def told(self, telling: FromClause, lead: str | None) -> list[Condition]:
        """What a telling's own row must answer to; `lead` is the column whose index is to be used."""
        given = self.given

        def col(name: str) -> Any:
            column = telling.c[name]
            return column if name == lead or (lead == "unsure" and name in UNSURE) else self.bare(column)

        def lower(name: str) -> Any:
            lowered = func.lower(telling.c[name])
            return lowered if name == lead else self.bare(lowered)

        day = self.bare(telling.c.day) if lead in (None, "text") else telling.c.day
        current = col("superseded_at").is_(None) if lead == "unsure" else self.current(telling)
        found = [current, *self.days(telling, day)]
        if given.since:
            found.append(self.bare(telling.c.day_to) >= given.since)
        for name, values in (("kind", given.kinds), ("type", given.types), ("modality", given.modalities)):
            if values:
                found.append(col(name) == values[0] if len(values) == 1 else col(name).in_(values))
        if given.polarity:
            found.append(col("polarity") == given.polarity)
        if lead in tables.USUAL:
            found.append(tables.unusual(telling, lead))
        if self.country:
            found.append(col("country") == self.country)
        if self.place:
            found.append(lower("place") == func.lower(self.place))
        if given.outlet:
            found.append(lower("outlet") == func.lower(given.outlet))
        if given.attributed is not None:
            found.append(col("claim").is_(given.attributed))
        if given.sure is not None:
            found.append(col("sure").is_(given.sure))
        verdict = col("verdict")
        if given.verdict is None:
            found.append(verdict.is_(None) | (verdict != "reject"))
        else:
            found.append(verdict.is_(None) if given.verdict == "none" else verdict == given.verdict)
        return found

    def takes(self, row: FromClause, part: Part) -> Condition:
        """That somebody takes part in what a row of tellings or parties is of.

        Who, day and number are looked up together: where rows come in the order of their days, so do the places in
        the index, and it holds all that is asked.
        """
        same = (PARTY.c.day == row.c.day, PARTY.c.num == row.c.num, self.bare(PARTY.c.role).in_(part.roles))
        return exists(select(literal(1)).where(part.of(PARTY), *same))

    def bared(self, part: Part, party: FromClause) -> Condition:
        """That a row of the parties is somebody's, found by its telling and not by who it is."""
        column: ColumnElement[str] = self.bare(party.c.entity if part.who.person else party.c.who)
        return column == part.who.ids[0] if len(part.who.ids) == 1 else column.in_(part.who.ids)

    def all(self, telling: FromClause, lead: Lead, *, led: FromClause | None, hits: CTE | None) -> list[Condition]:
        """Everything that a telling must answer to.

        Parameters
        ----------
        telling
            Of which telling.
        lead
            What the question follows first.
        led
            The rows by which this telling was found where it was by the lead, which need not be asked again.
        hits
            All tellings that hold the text, where it was searched for once.
        """
        found = self.told(telling, lead.column if led is not None else None)
        rest = [part for part in self.parts if led is None or part is not lead.part]
        by = telling if led is None else led
        found += [self.takes(by, part) for part in rest]
        if hits is not None:
            num = self.bare(telling.c.num) if led is None else by.c.num
            found.append(num.in_(select(hits.c.num)))
        elif self.text is not None:
            found.append(matches(telling, self.text, self.sqlite))
        return found


@dataclass(frozen=True, slots=True)
class Lead:
    """A condition that can lead: of a column of the tellings, of somebody's parts, or of the text.

    ``ordered``: it is of one value, whose index is in the order of days.
    """

    column: str | None
    part: Part | None = None
    kind: str | None = None
    ordered: bool = True


def asked(connection: Connection, given: EventFilter) -> Asked:
    """The filter, checked, with its names resolved.

    Raises
    ------
    BadInput
        When it cannot be answered as it stands.
    """
    given = checked(given)
    parts = [
        Part(who(connection, name), roles)
        for name, roles in (
            (given.actor, ("actor",)),
            (given.target, ("target",)),
            *((name, SIDES) for name in given.parties),
        )
        if name is not None
    ]
    country = _country(given.place) if given.place else None
    return Asked(
        given=given,
        parts=tuple(parts),
        country=country,
        place=given.place if not country else None,
        text=pieces(given.text) if given.text is not None else None,
        sqlite=connection.dialect.name == "sqlite",
    )


def _country(name: str) -> str | None:
    """The country of that name; None for a capital, which is a place of its own."""
    known = resolve(name)
    if known is None or catalogue()[known].kind != "polity":
        return None
    capital = capital_of(name) is not None and name.lower() != catalogue()[known].name.lower()
    return None if capital else known


def _before(since: str) -> str:
    try:
        return (date.fromisoformat(since) - timedelta(days=LONGEST)).isoformat()
    except OverflowError:
        return "0001-01-01"
