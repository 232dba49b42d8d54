"""Gathering: tellings of the record into its events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, update

from dragoman.record import tables
from dragoman.record.asked import ASKED, in_parts
from dragoman.record.bulk import refuse
from dragoman.record.ledger import append
from dragoman.record.merging import Teller, Wish, by_polity, gather, stretches
from dragoman.record.rows import Row
from dragoman.record.spellings import MACHINE

TOGETHER = 5000  # tellings, more or less, that are gathered together where all are
telling = tables.telling.c
TOLD = ("num", "origin", "key", "kind", "report_id", "day", "day_to", "dated", "country")


def merge(connection: Connection, keys: Iterable[str], at: str, by: str) -> None:
    """Gather the current tellings of each key into events anew; keep why a telling came to stand where it does.

    Parameters
    ----------
    keys
        The keys of tellings that came, went or changed.
    at, by
        When and who: for the rows that say why tellings moved.

    Raises
    ------
    BadInput
        When a load has left the index unfinished.
    """
    refuse(connection)
    wishes = wished(connection)
    bound = _wished_keys(connection, wishes)
    _merge(connection, _current(connection, sorted(bound)), wishes, at, by)
    wanted, wishes = sorted({*keys} - bound), _apart(wishes)
    for place in range(0, len(wanted), ASKED):
        _merge(connection, _current(connection, wanted[place : place + ASKED]), wishes, at, by)


def merge_all(connection: Connection, at: str) -> None:
    """Gather all tellings of the record anew, stretch by stretch.

    A telling that is alone in its stretch, and stands in its own event, has nothing to be gathered with.
    """
    wishes = wished(connection)
    bound = _wished_keys(connection, wishes)
    _merge(connection, _current(connection, sorted(bound)), wishes, at, MACHINE)
    asked = _told().order_by(telling.key, telling.day)
    streamed = connection.execute(asked, execution_options={"yield_per": TOGETHER})
    waiting: list[Any] = []
    for run in stretches(streamed):
        if (len(run) > 1 or run[0].event_id != run[0].origin) and run[0].key not in bound:
            waiting += run
        if len(waiting) >= TOGETHER:
            _merge(connection, waiting, _apart(wishes), at, MACHINE)
            waiting = []
    _merge(connection, waiting, _apart(wishes), at, MACHINE)


def _told() -> Select[Any]:
    return select(telling.event_id, *(telling[name] for name in TOLD)).where(telling.superseded_at.is_(None))


def _current(connection: Connection, keys: Sequence[str]) -> list[Any]:
    return list(in_parts(connection, _told(), telling.key, keys))


def _apart(wishes: Sequence[Wish]) -> list[Wish]:
    """What reviewers want together may have several keys, and is gathered at once; here is what they told apart."""
    return [wish for wish in wishes if not wish.together]


def _merge(connection: Connection, told: Sequence[Any], wishes: Sequence[Wish], at: str, by: str) -> None:
    current = {row.num: row for row in told}
    persons = _persons(connection, sorted(current))
    tellers = [
        Teller(**{name: getattr(row, name) for name in TOLD}, persons=persons.get(row.num, {}))
        for row in current.values()
    ]
    moved: list[Row] = []
    joined: list[Row] = []
    for event_id, members in gather(tellers, wishes):
        for one, reason in members:
            if current[one.num].event_id != event_id:
                moved.append({"moved": one.num, "into": event_id})
                joined.append(standing(one.origin, event_id, reason, at, by))
    if moved:
        moving = update(tables.telling).where(telling.num == bindparam("moved")).values(event_id=bindparam("into"))
        connection.execute(moving, moved)
        append(connection, tables.joined, joined, at, by)


def standing(origin: str, event_id: str, reason: str, at: str, by: str) -> Row:
    """The row that says why a telling stands in an event."""
    why = {"event_id": event_id, "reason": reason or "stands alone now"}
    return {"at": at, "by": by, "origin": origin} | why


def _persons(connection: Connection, nums: Sequence[int]) -> dict[int, dict[str, frozenset[str]]]:
    """The persons of tellings by the polity they act for, each by the spelling that stands for them."""
    columns, persons = tables.party.c, tables.person.c
    polity = func.coalesce(columns.who, "")
    asked = select(columns.num, persons.polity, persons.same_as).join(
        tables.person, (persons.id == columns.entity) & (persons.polity == polity)
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in in_parts(connection, asked, columns.num, nums):
        found[row.num].append((row.polity, row.same_as))
    return {num: by_polity(named) for num, named in found.items()}


def keys_of_persons(connection: Connection, persons: Iterable[tuple[str, str]]) -> set[str]:
    """The keys of current tellings in which these persons (id, polity) have a part."""
    of = defaultdict(set)
    for one, polity in persons:
        of[one].add(polity)
    columns = tables.party.c
    asked = (
        select(columns.entity, columns.who, telling.key)
        .join(tables.telling, telling.num == columns.num)
        .where(telling.superseded_at.is_(None), tables.another(tables.party))
    )
    return {
        row.key for row in in_parts(connection, asked, columns.entity, sorted(of)) if (row.who or "") in of[row.entity]
    }


def wished(connection: Connection) -> list[Wish]:
    """The reviewers' words on what is one event, undone ones left out, the latest last."""
    columns = tables.decision.c
    undone = select(columns.undoes).where(columns.undoes.is_not(None))
    asked = (
        select(columns.origin, columns.value, columns.action)
        .where(columns.action.in_(("merge", "split")), columns.id.not_in(undone))
        .order_by(columns.id)
    )
    return [Wish(row.origin, row.value or "", row.action == "merge") for row in connection.execute(asked)]


def _wished_keys(connection: Connection, wishes: Sequence[Wish]) -> set[str]:
    origins = sorted({origin for wish in wishes if wish.together for origin in (wish.one, wish.other)})
    asked = select(telling.key).where(telling.superseded_at.is_(None))
    return {row.key for row in in_parts(connection, asked, telling.origin, origins)}
