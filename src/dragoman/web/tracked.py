"""Tracked: toward whom steps were read, and on which days something changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dragoman.reading.names import contested
from dragoman.reading.names.tables import regimes
from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.record.standing.ask import Histories
from dragoman.web.naming import why

STOPS = 400  # of the slider
EVER = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Tracked:
    """One toward whom steps were read, by how many holders; `disputed` where its recognition is contested."""

    id: str
    name: str
    holders: int
    steps: int
    why: str | None
    disputed: bool


def tracked(connection: Connection) -> list[Tracked]:
    """All toward whom steps were read, those whose recognition is contested first."""
    step, entity = tables.step.c, tables.entity.c
    asked = (
        select(step.toward, func.count(step.holder.distinct()), func.count())
        .where(step.superseded_at.is_(None))
        .group_by(step.toward)
    )
    counted = {toward: (holders, steps) for toward, holders, steps in connection.execute(asked)}
    named = select(entity.id, entity.name).where(entity.kind.in_(("polity", "regime")))
    disputed = {*contested(), *regimes()}
    made = [
        Tracked(row.id, row.name, *counted[row.id], why(row.id), row.id in disputed)
        for row in in_parts(connection, named, entity.id, sorted(counted))
    ]
    return sorted(made, key=lambda one: (not one.disputed, one.id not in regimes(), -one.holders, one.name))


def stops(of: Histories) -> list[str]:
    """The days on which the standing toward one can have become another, in order; thinned out where they are many."""
    days = {row.day for one in of.values() for rows in (one.stances, one.ranks, one.sanctions) for row in rows}
    if len(days) < STOPS:
        days |= {row.day for one in of.values() for row in one.contacts(EVER)}
    found = sorted(days)
    every = -(-len(found) // STOPS)
    return found if every <= 1 else [*found[:-1:every], found[-1]]
