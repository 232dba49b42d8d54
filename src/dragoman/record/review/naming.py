"""Naming: a reviewer's word that two spellings are of two persons, or of one."""

from __future__ import annotations

from sqlalchemy import select

from dragoman.domain import BadInput
from dragoman.record import tables
from dragoman.record.gathering import keys_of_persons, merge
from dragoman.record.ledger import append
from dragoman.record.review.reviewing import Reviewer
from dragoman.record.spellings import regather
from dragoman.record.store import now


def settle_names(reviewer: Reviewer, one: str, other: str, *, same: bool, reason: str | None = None) -> int:
    """Keep that two spellings are of one person or of two, and gather persons and events anew.

    Parameters
    ----------
    reviewer
        Who says so.
    one, other
        Ids of persons, as `dragoman people` lists them.
    same
        Whether they are one; of several words on a pair the latest holds.

    Returns
    -------
    int
        Spellings that now stand for, or under, another.

    Raises
    ------
    BadInput
        When the record has no such person, or no polity for which both act.
    """
    columns = tables.person.c
    with reviewer.record.writing() as connection:
        at = now()
        polities = [set(connection.scalars(select(columns.polity).where(columns.id == id))) for id in (one, other)]
        for id, its in zip((one, other), polities, strict=True):
            if not its:
                raise BadInput(f"{id!r}: the record has no such person (dragoman people lists them)")
        shared = sorted(polities[0] & polities[1])
        if one == other or not shared:
            raise BadInput(f"{one} and {other}: only spellings that act for one polity can be told apart or joined")
        word = {"at": at, "by": reviewer.by, "one": one, "other": other, "same": same}
        said = reason or ("a reviewer says they are one" if same else "a reviewer tells them apart")
        append(connection, tables.sameness, [word | {"reason": said}], at, reviewer.by)
        moved = {(id, polity) for polity in shared for id in regather(connection, polity, at)}
        merge(connection, keys_of_persons(connection, moved), at, reviewer.by)
    return len(moved)
