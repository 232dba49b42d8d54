"""The front: what came in, what changed in standing, what needs review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.record import tables
from dragoman.record.standing.lines import Turn
from dragoman.web.standings import Group, grouped, lines
from dragoman.web.tracked import Tracked, tracked
from dragoman.web.turns import contested_steps, gathered, latest_turns
from dragoman.web.when import today

CAME = 6  # reports
TURNED = 8  # changes
LOOKED_AT = 5  # whose standing is summed up


@dataclass(frozen=True, slots=True)
class Came:
    """What came in, and how much waits for a person."""

    reports: int
    latest: Sequence[Any]
    unsure: int


@dataclass(frozen=True, slots=True)
class Front:
    """How those stand whose recognition is contested."""

    leads: Sequence[tuple[Tracked, list[Group]]]
    more: int
    turned: Sequence[tuple[Turn, ...]]


def front(connection: Connection) -> Front:
    """Reckon the standing of those that the overview shows."""
    found = [one for one in tracked(connection) if one.disputed]
    known = [(one, grouped(lines(connection, one.id, today(), None))) for one in found[:LOOKED_AT]]
    leads = [(one, groups) for one, groups in known if any(group.weighty for group in groups)]
    turned = gathered(latest_turns(connection, contested_steps(connection, found), 3 * TURNED))[:TURNED]
    return Front(leads, len(found) - len(leads), turned)


def came_in(connection: Connection) -> Came:
    """Look up what came in."""
    report = tables.report.c
    number = connection.scalar(select(func.count()).select_from(tables.report)) or 0
    came = connection.execute(
        select(
            report.id,
            report.title,
            report.outlet,
            report.published,
            report.added_at,
            func.substr(report.text, 1, 160).label("text"),
        )
        .order_by(report.added_at.desc(), report.id.desc())
        .limit(CAME)
    ).all()
    unsure = select(tables.telling.c.num).where(tables.unsure(tables.telling))
    counted = connection.scalar(select(func.count()).select_from(unsure.limit(1001).subquery())) or 0
    return Came(number, came, counted)
