"""The front: what came in, what changed in standing, what needs review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from dragoman.record import tables
from dragoman.record.standing.lines import Turn
from dragoman.web.standings import Group, grouped, lines
from dragoman.web.tracked import Tracked
from dragoman.web.turns import contested, gathered, latest_turns
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


def front(connection: Connection, known: Sequence[Tracked]) -> Front:
    """Reckon the standing of those of the tracked that the overview shows."""
    found = [one for one in known if one.disputed]
    steps = contested(connection, found)
    leads = []
    for one in found[:LOOKED_AT]:
        groups = grouped(lines(connection, {key: of for key, of in steps.items() if key[1] == one.id}, today()))
        if any(group.weighty for group in groups):
            leads.append((one, groups))
    turned = gathered(latest_turns(connection, steps, 3 * TURNED))[:TURNED]
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
