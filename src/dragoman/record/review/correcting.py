"""Correcting: what a reviewer writes for a field of an event, checked, kept as text, and put into the event.

A decision keeps the value as text that needs nothing else to be understood, so that the index can be made anew from
the ledger alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import get_args

import msgspec
from sqlalchemy import Connection, select

from dragoman.domain import (
    Argument,
    BadInput,
    Entity,
    EntityKind,
    Event,
    Modality,
    Place,
    Polarity,
    Reading,
    Span,
    Time,
    Value,
)
from dragoman.reading.names import capital_of, catalogue, resolve
from dragoman.reading.people import slug
from dragoman.record import tables
from dragoman.record.kinds import types
from dragoman.record.questions.answers import Part
from dragoman.record.questions.filters import among, first_day, last_day
from dragoman.record.questions.flat import written
from dragoman.record.questions.who import who

FIELDS = ("kind", "actors", "targets", "day", "place", "modality", "polarity")
FOR = re.compile(r"\s+for\s+", re.IGNORECASE)
AS = re.compile(r"\s+as\s+", re.IGNORECASE)
NOBODY = ("", "-", "none")


class Party(Value, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Somebody's part as a decision keeps it: with names, so that it stands by itself."""

    id: str
    kind: EntityKind
    name: str
    for_id: str | None = None
    for_kind: EntityKind | None = None
    for_name: str | None = None
    office: str | None = None


def value_of(connection: Connection, field: str, written: str) -> str:
    """What a reviewer wrote for a field, as a decision keeps it.

    ``actors`` and ``targets`` are names apart by semicolons, each with ``for POLITY`` and ``as OFFICE`` where wanted;
    ``day`` is a day, month or year, or two of them apart by a slash; an empty ``place`` is none.

    Raises
    ------
    BadInput
        When the field is none, or the value cannot be; one line that says what can.
    """
    among("field", [field], FIELDS)
    given = " ".join(written.split())
    if field in ("actors", "targets"):
        parts = [] if given.lower() in NOBODY else [one for one in given.split(";") if one.strip()]
        return msgspec.json.encode([_party(connection, one.strip()) for one in parts]).decode()
    if field == "day":
        return _interval(given)
    if field == "place":
        return "" if given.lower() in NOBODY else given
    among(field, [given], {"kind": types(), "modality": get_args(Modality), "polarity": get_args(Polarity)}[field])
    return given


def plain(field: str, value: str) -> str:
    """A kept value as people write it."""
    if field not in ("actors", "targets"):
        return value
    parties = msgspec.json.decode(value, type=list[Party])
    parts = [
        Part(
            who=one.for_id or one.id,
            who_name=one.for_name or one.name,
            entity=one.id,
            name=one.name,
            office=one.office,
        )
        for one in parties
    ]
    return written(parts)


def _party(connection: Connection, said: str) -> Party:
    try:
        entity = _entity(connection, said)
        return Party(id=entity.id, kind=entity.kind, name=entity.name)
    except BadInput:
        name, office = [*AS.split(said, maxsplit=1), ""][:2]
        name, polity = [*FOR.split(name, maxsplit=1), ""][:2]
        if not office and not polity:
            raise
    acts_for = _entity(connection, polity) if polity else None
    try:
        entity = _entity(connection, name)
    except BadInput:
        if acts_for is None or slug(name) == "unnamed":
            raise
        entity = Entity(id=slug(name), kind="person", name=name)  # nobody that was read of before
    return Party(
        id=entity.id,
        kind=entity.kind,
        name=entity.name,
        for_id=acts_for.id if acts_for else None,
        for_kind=acts_for.kind if acts_for else None,
        for_name=acts_for.name if acts_for else None,
        office=office or None,
    )


def _entity(connection: Connection, name: str) -> Entity:
    found = who(connection, name)
    one = found.ids[0]
    columns = tables.entity.c
    wanted = list(found.ids)
    rows = connection.execute(select(columns.id, columns.kind, columns.name).where(columns.id.in_(wanted))).all()
    exact = next((row for row in rows if slug(row.name) == slug(name)), rows[0] if rows else None)
    if exact is not None:
        return Entity(id=exact.id, kind=exact.kind, name=exact.name)
    return catalogue()[one]


def _interval(given: str) -> str:
    first, _, last = given.partition("/")
    start, end = first_day("day", first.strip()), last_day("day", (last or first).strip())
    if not start or not end or start > end:
        raise BadInput(f"day {given!r}: ends before it begins")
    return start if start == end else f"{start}/{end}"


def corrected(event: Event, reading: Reading, fields: Mapping[str, str]) -> tuple[Event, Reading]:
    """The event as reviewers corrected it, and the reading with the entities that it now names."""
    change: dict[str, object] = {}
    entities = {one.id: one for one in reading.entities}
    for field, value in fields.items():
        match field:
            case "actors" | "targets":
                parties = msgspec.json.decode(value, type=list[Party])
                before = getattr(event, field)
                change[field] = tuple(_argument(one, before, event) for one in parties)
                entities |= {one.id: one for party in parties for one in _entities(party) if one.id not in entities}
            case "day":
                change |= {"time": _time(value, event), "said": None}
            case "place":
                change["place"] = _place(value, event)
            case "kind":
                known = types().get(value, (event.type,))
                change |= {"kind": value, "type": event.type if event.type in known else known[0]}
            case _:
                change[field] = value
    made = msgspec.structs.replace(event, **change)
    return made, msgspec.structs.replace(reading, entities=tuple(entities.values()))


def _argument(party: Party, before: Sequence[Argument], event: Event) -> Argument:
    there = next((one for one in before if one.entity == party.id), None)
    at = there or event.evidence[0]
    return Argument(entity=party.id, for_=party.for_id, office=party.office, start=at.start, end=at.end)


def _entities(party: Party) -> list[Entity]:
    found = [Entity(id=party.id, kind=party.kind, name=party.name)]
    if party.for_id and party.for_kind:
        found.append(Entity(id=party.for_id, kind=party.for_kind, name=party.for_name or party.for_id))
    return found


def _time(value: str, event: Event) -> Time:
    first, _, last = value.partition("/")
    start, end = date.fromisoformat(first).isoformat(), date.fromisoformat(last or first).isoformat()
    evidence = event.evidence[0]
    return Time(
        timex=value,
        type="DATE",
        start=start,
        end=end,
        granularity="day" if start == end else "interval",
        anchor="reviewer",
        status="resolved",
        text=event.time.text if event.time else "",
        at=event.time.at if event.time else Span(start=evidence.start, end=evidence.end),
        rule="review",
    )


def _place(value: str, event: Event) -> Place | None:
    if not value:
        return None
    known = catalogue().get(resolve(value) or "")
    capital = capital_of(value)
    country = capital or (
        known.id if known and known.kind == "polity" else known.ids.get("country") if known else None
    )
    is_city = capital is not None or (known is not None and known.kind == "place")
    at = event.place or event.evidence[0]
    return Place(name=value, city=value if is_city else None, country=country, start=at.start, end=at.end)
