"""Turns: the days on which the standing of two became another."""

from __future__ import annotations

from sqlalchemy import Connection

from dragoman.record.standing.ask import Known, steps
from dragoman.record.standing.changes import changes
from dragoman.record.standing.lines import Turn, turns

EVER = "0001-01-01"
MOST = 60  # the latest that are shown


def turns_between(connection: Connection, one: str, other: str, on: str, known: str | None) -> list[Turn]:
    """The changes between two by a day, in order."""
    found = steps(connection, Known(on, known), toward=[one, other], holders=[one, other])
    return turns(connection, changes(found, EVER)[-MOST:])


def turns_toward(connection: Connection, toward: str, since: str, on: str) -> list[Turn]:
    """The changes toward one between two days, in order."""
    return turns(connection, changes(steps(connection, Known(on), toward=[toward]), since)[-MOST:])
