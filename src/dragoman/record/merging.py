"""Merging: which tellings are of one event.

The outcome depends on the set of tellings and decisions alone, not on the order in which they came: all tellings that
share a key (act, parties, whether it is done) are taken in order of their day and gathered while their days are near
and their persons do not differ.  An event has the id of its earliest telling.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from dragoman.record.rows import group_of


@dataclass(frozen=True, slots=True)
class Teller:
    """What merging has to know of a telling."""

    num: int
    origin: str
    event_id: str
    kind: str
    day: str
    day_to: str
    persons: frozenset[str]


@dataclass(slots=True)
class Gathered:
    """An event in the making."""

    members: list[tuple[Teller, str]]
    first: date | None
    last: date | None
    persons: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Wish:
    """A reviewer's word on two tellings: that they are of one event, or of two."""

    one: str
    other: str
    together: bool


def gather(tellers: Iterable[Teller], wishes: Sequence[Wish] = ()) -> Iterator[tuple[str, list[tuple[Teller, str]]]]:
    """Gather the tellings of one key into events.

    Yields
    ------
    tuple
        The event's id, and its tellings, each with the reason why it stands there.
    """
    events: list[Gathered] = []
    for one in sorted(tellers, key=lambda one: (one.day or "9999", one.origin)):
        wished = _wished(one, events, wishes)
        if wished is not None:
            wished.members.append((one, "a reviewer put them together"))
            _widen(wished, one)
            continue
        for event in reversed(events):
            reason = None if _parted(one, event, wishes) else _reason(one, event)
            if reason is not None:
                event.members.append((one, reason))
                _widen(event, one)
                break
        else:
            first, last = _bounds(one)
            events.append(Gathered([(one, "")], first, last, set(one.persons)))
    for event in events:
        yield event.members[0][0].origin, event.members


def _reason(one: Teller, event: Gathered) -> str | None:
    first, last = _bounds(one)
    if first is None or last is None or event.first is None or event.last is None:
        return None
    gap = max((first - event.last).days, (event.first - last).days, 0)
    if gap > group_of(one.kind).days:
        return None
    if one.persons and event.persons and not one.persons & event.persons:
        return None
    who = " and persons" if one.persons & event.persons else ""
    when = "the same day" if gap == 0 else "a day apart" if gap == 1 else f"{gap} days apart"
    return f"same act, parties{who}, {when}"


def _wished(one: Teller, events: Sequence[Gathered], wishes: Sequence[Wish]) -> Gathered | None:
    for wish in wishes:
        other = wish.other if wish.one == one.origin else wish.one if wish.other == one.origin else None
        if other is None or not wish.together:
            continue
        for event in events:
            if any(member.origin == other for member, _ in event.members):
                return event
    return None


def _parted(one: Teller, event: Gathered, wishes: Sequence[Wish]) -> bool:
    members = {member.origin for member, _ in event.members}
    return any(
        not wish.together
        and ((wish.one == one.origin and wish.other in members) or (wish.other == one.origin and wish.one in members))
        for wish in wishes
    )


def _widen(event: Gathered, one: Teller) -> None:
    first, last = _bounds(one)
    event.first = min((day for day in (event.first, first) if day), default=None)
    event.last = max((day for day in (event.last, last) if day), default=None)
    event.persons |= one.persons


def _bounds(one: Teller) -> tuple[date | None, date | None]:
    """First and last day; a telling that only names a year or more is near to nothing by its days."""
    try:
        first, last = date.fromisoformat(one.day), date.fromisoformat(one.day_to or one.day)
    except ValueError:
        return None, None
    return (first, last) if (last - first).days < 300 else (None, None)
