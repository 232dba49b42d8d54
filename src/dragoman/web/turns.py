"""Turns: the days on which the standing of two became another."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import Connection

from dragoman.record.standing.ask import Histories, Known, following, histories
from dragoman.record.standing.changes import changes
from dragoman.record.standing.lines import Standing, Turn, standings, turns
from dragoman.web.tracked import Tracked
from dragoman.web.when import today

EVER = "0001-01-01"
MOST = 60  # the latest that are shown
FOLLOWED = 8  # toward whom, where nobody is named


def between(
    connection: Connection, one: str, other: str, on: str, known: str | None
) -> tuple[list[Standing], list[Turn]]:
    """How two treat each other by a day, and the latest changes between them, in order."""
    found = histories(connection, Known(on, known), toward=[one, other], holders=[one, other])
    latest = list(islice(changes(found, EVER, on, latest=True), MOST))[::-1]
    return standings(connection, following(found, on)), turns(connection, latest)


def latest_turns(connection: Connection, found: Histories, most: int = MOST) -> list[Turn]:
    """The newest changes that follow from these steps, the latest first."""
    return turns(connection, list(islice(changes(found, EVER, today(), latest=True), most)))


def contested(connection: Connection, known: Iterable[Tracked]) -> Histories:
    """The steps toward those whose standing is contested, of these."""
    followed = [one.id for one in known if one.disputed][:FOLLOWED]
    return histories(connection, Known(today()), toward=followed) if followed else {}


def gathered(found: Iterable[Turn], *, mutual: bool = False) -> list[tuple[Turn, ...]]:
    """Changes that one sentence tells of several holders, together; in order of the first of each.

    With `mutual`, those of two toward one another are together too.
    """
    groups: dict[tuple[str, ...], list[Turn]] = {}
    for one in found:
        told = one.evidence[0].event if one.evidence else one.holder
        groups.setdefault(("" if mutual else one.toward, one.day, one.what, one.before, one.after, told), []).append(
            one
        )
    return [tuple(sorted(ones, key=lambda one: one.holder_name)) for ones in groups.values()]
