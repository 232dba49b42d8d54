"""Filters: which events, claims or findings are asked for, and from where on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import get_args

from dragoman.domain import BadInput, Modality, Polarity, Value

DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
CURSOR = re.compile(r"([0-9-]{0,10})\.(\d{1,18})")
VERDICTS = ("accept", "reject", "none")
LONGEST = 31  # days of a span that is still near enough to be found by any of its days
MOST = 1000  # rows of one page


class EventFilter(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which events are asked for; what is not given does not restrict.

    An event is found when one of its tellings answers to all that is given.

    Parameters
    ----------
    actor, target
        Who acts or is acted on: a polity, regime, organization or person by any common name or id.
    parties
        Those who all take part, as actor or target.
    kinds, types, modalities
        Any of them (`Event.kind`, PLOVER's types, `Event.modality`).
    place
        A country by any name, or a place as the text names it.
    since, until
        Days, months or years (``2022-07``); an event is found when its days may fall between them, one that is dated
        by a longer span than a month when it began between them.
    polarity
        ``affirmed`` or ``denied``.
    outlet
        As reports name it.
    attributed
        True: on somebody's word; False: told by the report itself.
    text
        Words, or phrases in double quotes, that the evidence holds; by their stems.
    sure
        False: only those that a person should look at.
    verdict
        ``accept``, ``reject`` or ``none``; without it, rejected ones are left out.
    known
        The record as it was at the end of that day, or at that moment.
    """

    actor: str | None = None
    target: str | None = None
    parties: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    place: str | None = None
    since: str | None = None
    until: str | None = None
    modalities: tuple[str, ...] = ()
    polarity: str | None = None
    outlet: str | None = None
    attributed: bool | None = None
    text: str | None = None
    sure: bool | None = None
    verdict: str | None = None
    known: str | None = None


def checked(asked: EventFilter) -> EventFilter:
    """The filter, with its values in the vocabulary and its dates as days.

    Raises
    ------
    BadInput
        When a value cannot be; the message names it and what is possible.
    """
    from dragoman.record.kinds import types as known_types

    types = known_types()
    among("kind", asked.kinds, types)
    upper = tuple(one.upper() for one in asked.types)
    among("type", upper, sorted({one for kinds in types.values() for one in kinds}))
    among("modality", asked.modalities, get_args(Modality))
    among("polarity", [asked.polarity] if asked.polarity is not None else [], get_args(Polarity))
    among("verdict", [asked.verdict] if asked.verdict is not None else [], VERDICTS)
    since = first_day("since", asked.since)
    until = last_day("until", asked.until)
    if since and until and since > until:
        raise BadInput(f"since {since} is after until {until}")
    changed = {"types": upper, "since": since, "until": until, "known": moment(asked.known)}
    return EventFilter(**{name: getattr(asked, name) for name in EventFilter.__struct_fields__} | changed)


def among(name: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Say in one line which value is none of the known ones."""
    there = tuple(known)
    for one in given:
        if one not in there:
            from rapidfuzz import process

            near = [found for found, _, _ in process.extract(one, there, limit=3, score_cutoff=60)]
            some = near or there[:8]
            raise BadInput(f"{one!r} is no {name}; {'perhaps' if near else 'such are'} {', '.join(some)}")


def first_day(name: str, given: str | None) -> str | None:
    """The first day of a day, month or year."""
    if given is None:
        return None
    _dated(name, given)
    return (given + "-01-01"[len(given) - 4 :])[:10]


def last_day(name: str, given: str | None) -> str | None:
    """The last day of a day, month or year."""
    if given is None:
        return None
    start = _dated(name, given)
    if len(given) == 4:
        return f"{given}-12-31"
    if len(given) == 7:
        return ((start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).isoformat()
    return given


def _dated(name: str, given: str) -> date:
    if not DAY.fullmatch(given):
        raise BadInput(f"{name} {given!r}: is no date such as 2022-07-26, 2022-07 or 2022")
    try:
        return date.fromisoformat((given + "-01-01"[len(given) - 4 :])[:10])
    except ValueError:
        raise BadInput(f"{name} {given!r}: there is no such day") from None


def moment(known: str | None) -> str | None:
    """The moment before which rows must have been added: the day after `known`, or `known` itself if it has a time."""
    if known is None:
        return None
    if re.fullmatch(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", known):
        return known
    last = last_day("known by", known)
    assert last is not None
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last < "9999-12-31" else "9999-12-32"


def paged(limit: int) -> int:
    """The number of rows of a page.

    Raises
    ------
    BadInput
        When it is none between 1 and `MOST`.
    """
    if not 1 <= limit <= MOST:
        raise BadInput(f"a page of {limit}: between 1 and {MOST} can be had at once")
    return limit


def cursor(day: str, num: int) -> str:
    """Where a page ends."""
    return f"{day}.{num}"


def place_of(after: str | None) -> tuple[str, int] | None:
    """Where a page begins.

    Raises
    ------
    BadInput
        When it is no cursor that a page gave.
    """
    if after is None:
        return None
    found = CURSOR.fullmatch(after)
    if not found:
        raise BadInput(f"{after[:40]!r}: is no place in a list")
    return found[1], int(found[2])
