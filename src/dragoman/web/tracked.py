"""Tracked: toward whom steps were read, and on which days something changed."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from dragoman.reading.names import contested
from dragoman.reading.names.tables import regimes
from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.web.naming import why

STOPS = 400  # of the slider


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


def days(connection: Connection, toward: str) -> list[str]:
    """The days on which a step toward one was read, in order; thinned out where there are very many."""
    step = tables.step.c
    asked = select(step.day).where(step.toward == toward, step.superseded_at.is_(None), step.day != "")
    found = list(connection.scalars(asked.group_by(step.day).order_by(step.day)))
    every = -(-len(found) // STOPS)
    return found if every <= 1 else [*found[:-1:every], found[-1]]
