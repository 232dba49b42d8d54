"""Turns: the days on which the standing of two became another."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import Connection

from dragoman.record.standing.ask import Known, steps
from dragoman.record.standing.changes import changes
from dragoman.record.standing.lines import Turn, turns
from dragoman.web.tracked import days, tracked
from dragoman.web.when import today

EVER = "0001-01-01"
MOST = 60  # the latest that are shown
RECENT = timedelta(days=366)
FOLLOWED = 8  # toward whom, where nobody is named


def turns_between(connection: Connection, one: str, other: str, on: str, known: str | None) -> list[Turn]:
    """The changes between two by a day, in order."""
    found = steps(connection, Known(on, known), toward=[one, other], holders=[one, other])
    return turns(connection, changes(found, EVER)[-MOST:])


def latest_turns(connection: Connection, toward: list[str] | None = None, most: int = MOST) -> list[Turn]:
    """The newest changes toward these, or toward those whose standing is contested; the latest first.

    They are looked for in the year up to the last step toward each.
    """
    followed = toward or [one.id for one in tracked(connection) if one.disputed][:FOLLOWED]
    found = []
    for one in followed:
        stops = [day for day in days(connection, one) if day <= today()]
        if stops:
            since = max(date.fromisoformat(stops[-1]) - RECENT, date.min).isoformat()
            found += changes(steps(connection, Known(today()), toward=[one]), since)
    newest = sorted(found, key=lambda one: (one.day, one.toward, one.holder), reverse=True)[:most]
    return turns(connection, newest)


def gathered(found: Iterable[Turn]) -> list[tuple[Turn, ...]]:
    """Changes that one sentence tells of several holders, together; in order of the first of each."""
    groups: dict[tuple[str, ...], list[Turn]] = {}
    for one in found:
        told = one.evidence[0].event if one.evidence else one.holder
        groups.setdefault((one.day, one.toward, one.what, one.before, one.after, told), []).append(one)
    return [tuple(sorted(ones, key=lambda one: one.holder_name)) for ones in groups.values()]
