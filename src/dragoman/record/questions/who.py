"""Who is meant: a name that somebody typed, as the polity, regime, organization or person of the record."""

from __future__ import annotations

from dataclasses import dataclass

from anyascii import anyascii
from sqlalchemy import Connection, select

from dragoman.domain import BadInput
from dragoman.reading.names import resolve, suggestions
from dragoman.record import tables

NEAR = 5  # persons named where several are meant
MANY = 200  # persons whose names are looked through


@dataclass(frozen=True, slots=True)
class Who:
    """An id, or for a person the ids of all spellings."""

    ids: tuple[str, ...]
    person: bool


def who(connection: Connection, name: str) -> Who:
    """Whoever is meant by a name or an id.

    Polities, regimes and organizations go by any name, demonym, code or capital that the lexicon has; others by the
    name that reports gave them.

    Raises
    ------
    BadInput
        When nobody or several are meant; the message names who is near.
    """
    columns = tables.entity.c
    known = resolve(name)
    if known is not None:
        kind = connection.scalar(select(columns.kind).where(columns.id == known))
        if kind != "place":
            return Who((known,), False)
    wanted = " ".join(name.split())
    exact = connection.execute(
        select(columns.id, columns.kind).where((columns.id == wanted) | (columns.name == wanted)).limit(1)
    ).first()
    if exact is not None and exact.kind != "person":
        return Who((exact.id,), False)
    found = persons(connection, wanted)
    if len(found) == 1:
        ids = next(iter(found.values()))
        return Who(ids, True)
    if found:
        some = ", ".join(sorted(found)[:NEAR])
        raise BadInput(f"{name!r}: several persons are meant: {some}{' …' if len(found) > NEAR else ''}")
    near = suggestions(name)
    raise BadInput(f"{name!r}: nobody of that name is known" + (f"; near are {', '.join(near)}" if near else ""))


def persons(connection: Connection, name: str) -> dict[str, tuple[str, ...]]:
    """The persons of an id or name, or whose names hold all its words, each with the ids of their spellings.

    One spelling can be found for two polities (a country and the regime that claims it): that is one person here.
    """
    columns = tables.person.c
    heads = set(connection.scalars(select(columns.same_as).where((columns.id == name) | (columns.name == name))))
    if not heads:
        words = anyascii(name).lower().replace("%", " ").replace("_", " ").replace("\\", " ").split()
        if not words:
            return {}
        asked = select(columns.same_as).where(*(columns.id.like(f"%{word}%") for word in words))
        heads = set(connection.scalars(asked.limit(MANY)))
    asked_all = select(columns.same_as, columns.id).where(columns.same_as.in_(sorted(heads)))
    groups: list[set[str]] = []
    for head, one in connection.execute(asked_all):
        touched = [group for group in groups if head in group or one in group]
        groups = [group for group in groups if group not in touched]
        groups.append({head, one}.union(*touched))
    return {max(group & heads, key=lambda one: (len(one), one)): tuple(sorted(group)) for group in groups}
