"""Turns: the days on which the standing of two became another."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from dragoman.record.standing.ask import Known, steps
from dragoman.record.standing.changes import Change, changes
from dragoman.record.standing.lines import Turn, turns
from dragoman.web.tracked import days, tracked
from dragoman.web.when import today

EVER = "0001-01-01"
MOST = 60  # the latest that are shown
BACK = (1, 10, 2000)  # years that are gone back, until there are enough changes
FOLLOWED = 8  # toward whom, where nobody is named


def turns_between(connection: Connection, one: str, other: str, on: str, known: str | None) -> list[Turn]:
    """The changes between two by a day, in order."""
    found = steps(connection, Known(on, known), toward=[one, other], holders=[one, other])
    return turns(connection, changes(found, EVER)[-MOST:])


def latest_turns(connection: Connection, toward: list[str] | None = None, most: int = MOST) -> list[Turn]:
    """The newest changes toward these, or toward those whose standing is contested; the latest first.

    They are looked for in the year up to the last step toward each, and further back where there are too few.
    """
    followed = toward or [one.id for one in tracked(connection) if one.disputed][:FOLLOWED]
    found: list[Change] = []
    for one in followed:
        found += _latest(connection, one, most)
    newest = sorted(found, key=lambda one: (one.day, one.toward, one.holder), reverse=True)[:most]
    return turns(connection, newest)


def _latest(connection: Connection, toward: str, most: int) -> list[Change]:
    stops = [day for day in days(connection, toward) if day <= today()]
    taken = steps(connection, Known(today()), toward=[toward]) if stops else {}
    found: list[Change] = []
    for years in BACK if stops else ():
        since = f"{max(int(stops[-1][:4]) - years, 1):04}{stops[-1][4:]}"
        found = changes(taken, since)
        if len(found) >= most or since < stops[0]:
            break
    return found


def gathered(found: Iterable[Turn]) -> list[tuple[Turn, ...]]:
    """Changes that one sentence tells of several holders, together; in order of the first of each."""
    groups: dict[tuple[str, ...], list[Turn]] = {}
    for one in found:
        told = one.evidence[0].event if one.evidence else one.holder
        groups.setdefault((one.day, one.toward, one.what, one.before, one.after, told), []).append(one)
    return [tuple(sorted(ones, key=lambda one: one.holder_name)) for ones in groups.values()]
