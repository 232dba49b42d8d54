"""Beside: those of whom a standing does not speak, because a report tells of them under another name.

A report of an embassy in Kabul tells of Afghanistan, whoever rules there; that the Taliban are meant would be a guess.
So the two are kept apart, and who asks for one is told of the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from dragoman.reading.names.tables import regimes
from dragoman.record import tables
from dragoman.record.standing.ask import Known


def beside(connection: Connection, known: Known, toward: Sequence[str]) -> dict[str, int]:
    """How many there are of whom a stance or contact is told toward those beside: what a regime claims, who claims it.

    Parameters
    ----------
    known
        By which days.
    toward
        Ids of those who are asked for; they are left out.
    """
    claims = {one.id: one.claims for one in regimes().values()}
    others = {claims[one] for one in toward if one in claims}
    others |= {id for id, claimed in claims.items() if claimed in toward}
    step = tables.step.c
    asked = (
        select(step.toward, func.count(step.holder.distinct()))
        .where(step.toward.in_(sorted(others.difference(toward))), step.day <= known.as_of, *known.conditions(step))
        .group_by(step.toward)
        .order_by(step.toward)
    )
    return {row[0]: row[1] for row in connection.execute(asked)}
