"""Spellings: persons of the record, gathered anew for a polity when one is spelled as never before."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam, select, tuple_, update

from dragoman.record import tables
from dragoman.record.asked import in_parts, insert_least
from dragoman.record.ledger import append
from dragoman.record.persons import Person, clusters
from dragoman.record.rows import Row

MACHINE = "dragoman"  # who writes what no reviewer decided


def file_persons(connection: Connection, persons: Iterable[Row], at: str) -> set[tuple[str, str]]:
    """File spellings of persons; those (id, polity) that now stand for, or under, another come back."""
    spelled = [row | {"same_as": row["id"], "reason": None} for row in persons]
    keys = {(row["id"], row["polity"]) for row in spelled}
    columns = tables.person.c
    asked = select(columns.id, columns.polity)
    of = tuple_(columns.id, columns.polity)
    fresh = keys - {(row.id, row.polity) for row in in_parts(connection, asked, of, sorted(keys))}
    insert_least(connection, tables.person, spelled, ("name",))
    moved: set[tuple[str, str]] = set()
    for polity in sorted({polity for _, polity in fresh}):
        moved |= {(one, polity) for one in regather(connection, polity, at)}
    return moved


def regather(connection: Connection, polity: str, at: str) -> set[str]:
    """Gather the spellings of one polity's persons, and keep why; those that moved come back.

    Of a reviewer's words on a pair (`tables.sameness`) the latest holds.
    """
    columns = tables.person.c
    asked = select(columns.id, columns.name, columns.same_as, columns.reason).where(columns.polity == polity)
    before = {row.id: row for row in connection.execute(asked)}
    reviewed, told = _words(connection, before)
    found = clusters(
        [Person(row.id, polity, row.name) for row in before.values()],
        frozenset(pair for pair, same in reviewed.items() if not same),
        frozenset(pair for pair, same in reviewed.items() if same),
    )
    stands: dict[str, tuple[str, str | None]] = {head: (head, None) for head in found}
    stands |= {same.other: (head, same.reason) for head, others in found.items() for same in others}
    reasons = [
        {"at": at, "by": MACHINE, "one": head, "other": one, "same": True, "reason": reason}
        for one, (head, reason) in stands.items()
        if reason is not None and frozenset((head, one)) not in told
    ]
    append(connection, tables.sameness, reasons, at, MACHINE)
    moved: list[Row] = [
        {"who": one, "head": head, "why": reason}
        for one, (head, reason) in stands.items()
        if (before[one].same_as, before[one].reason) != (head, reason)
    ]
    if moved:
        moving = update(tables.person).where(columns.id == bindparam("who"), columns.polity == polity)
        connection.execute(moving.values(same_as=bindparam("head"), reason=bindparam("why")), moved)
    return {row["who"] for row in moved}


def _words(connection: Connection, ids: Collection[str]) -> tuple[dict[frozenset[str], bool], set[frozenset[str]]]:
    """What reviewers said last on pairs of these spellings, and all pairs that were ever put together."""
    pairs = tables.sameness.c
    reviewed: dict[frozenset[str], bool] = {}
    told: set[frozenset[str]] = set()
    asked = select(pairs.id, pairs.one, pairs.other, pairs.same, pairs.by)
    for row in sorted(in_parts(connection, asked, pairs.one, sorted(ids))):
        pair = frozenset((str(row.one), str(row.other)))
        if row.by != MACHINE:
            reviewed[pair] = row.same
        if row.same:
            told.add(pair)
    return reviewed, told
