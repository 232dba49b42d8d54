"""Merging: which tellings are of one event.

The outcome depends on the set of tellings and decisions alone, not on the order in which they came.  Tellings that
share a key (act, parties, whether it is done) are taken in a fixed order, the most exactly dated first; each joins the
event that began nearest to it in time, unless persons, places or its own report tell the two apart, or begins one.  An
event has the id of the telling that begins it.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Protocol, TypeVar

from dragoman.record.rows import group_of

LONG = 300  # days: what is only dated by the year is near to nothing by its days
LATE = 3  # days by which a report that gives no date of an act may be behind it


@dataclass(frozen=True, slots=True)
class Teller:
    """What merging has to know of a telling; ``persons`` by the polity they act for."""

    num: int
    origin: str
    key: str
    kind: str
    report_id: str
    day: str
    day_to: str
    dated: str
    country: str | None = None
    persons: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def bounds(self) -> tuple[int, int] | None:
        """First and last day, as `date.toordinal` counts them, or None where nothing near enough is known."""
        return _bounds(self.day, self.day_to or self.day)

    @property
    def exactness(self) -> int:
        """0 where the day is told, 1 for longer spans that are told, 2 for days of publication, 3 for nothing."""
        bounds = self.bounds
        if bounds is None:
            return 3
        if self.dated == "published":
            return 2
        return 0 if bounds[0] == bounds[1] else 1


@lru_cache(1 << 16)
def _bounds(day: str, day_to: str) -> tuple[int, int] | None:
    try:
        first, last = date.fromisoformat(day).toordinal(), date.fromisoformat(day_to).toordinal()
    except ValueError:
        return None
    return (first, last) if 0 <= last - first < LONG else None


def by_polity(named: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Persons, each given as a polity and the spelling that stands for the person, by the polity they act for."""
    found: dict[str, frozenset[str]] = {}
    for polity, person in named:
        found[polity] = found.get(polity, frozenset()) | {person}
    return found


@dataclass(frozen=True, slots=True)
class Wish:
    """A reviewer's word on two tellings: that they are of one event, or of two."""

    one: str
    other: str
    together: bool


@dataclass(slots=True)
class Gathered:
    """An event in the making: its tellings, each with the reason why it stands here; the first began it."""

    members: list[tuple[Teller, str]]
    persons: dict[str, set[str]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)

    @classmethod
    def begun(cls, one: Teller) -> Gathered:
        """An event that a telling begins."""
        made = cls([])
        made.take(one, "")
        return made

    @property
    def first(self) -> Teller:
        """The telling that began it."""
        return self.members[0][0]

    def take(self, one: Teller, reason: str) -> None:
        """Add a telling."""
        self.members.append((one, reason))
        for polity, who in one.persons.items():
            self.persons.setdefault(polity, set()).update(who)
        if one.country:
            self.countries.add(one.country)


class Gathering:
    """The events of one key in the making, found by the day on which they began."""

    def __init__(self) -> None:
        self.events: list[Gathered] = []
        self._days: list[tuple[int, int]] = []  # (day, place) of those that began on one day, in order
        self._spans: list[int] = []  # places of the others

    def begin(self, one: Teller) -> None:
        """Let a telling begin an event."""
        place, bounds = len(self.events), one.bounds
        self.events.append(Gathered.begun(one))
        if bounds is not None and bounds[0] == bounds[1]:
            insort(self._days, (bounds[0], place))
        elif bounds is not None:
            self._spans.append(place)

    def around(self, one: Teller) -> Iterator[int]:
        """The places of all events that a telling may be near enough to."""
        bounds, group = one.bounds, group_of(one.kind)
        if bounds is None:
            return
        reach = max(group.days, LATE)
        late = group.once and one.dated == "published"
        first = 0 if late else bisect_left(self._days, (bounds[0] - reach, 0))
        last = bisect_left(self._days, (bounds[1] + reach + 1, 0))
        yield from (place for _, place in self._days[first:last])
        yield from self._spans


class Placed(Protocol):
    """What tells where in time a telling stands, and among which others."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> str: ...
    @property
    def day_to(self) -> str: ...


Each = TypeVar("Each", bound=Placed)


def reach(kind: str) -> int | None:
    """Days beyond which two tellings of a kind are out of reach of one another; None where there are no such."""
    group = group_of(kind)
    return None if group.once else max(group.days, LATE)


def stretches(tellings: Iterable[Each]) -> Iterator[list[Each]]:
    """Cut tellings into stretches of time that are out of reach of one another.

    Parameters
    ----------
    tellings
        Sorted by key, then by day.

    Yields
    ------
    list
        What `gather` makes of it does not depend on any other.
    """
    run: list[Each] = []
    until = 0
    for one in tellings:
        bounds = _bounds(one.day, one.day_to or one.day)
        if bounds is None:
            yield [one]  # near to nothing
            continue
        far = reach(one.kind)
        if run and (run[0].key != one.key or (far is not None and bounds[0] > until)):
            yield run
            run, until = [], 0
        run.append(one)
        until = max(until, bounds[1] + (far or 0))
    if run:
        yield run


def gather(tellers: Iterable[Teller], wishes: Sequence[Wish] = ()) -> Iterator[tuple[str, list[tuple[Teller, str]]]]:
    """Gather tellings into events.

    Parameters
    ----------
    tellers
        All current tellings of some keys.
    wishes
        What reviewers said, the latest last; it wins.

    Yields
    ------
    tuple
        The event's id, and its tellings, each with the reason why it stands there ("" for the first).
    """
    by_key: defaultdict[str, Gathering] = defaultdict(Gathering)
    apart = _pairs(wishes, together=False)
    for one in sorted(tellers, key=lambda one: (one.exactness, one.day, one.origin)):
        gathering = by_key[one.key]
        near = [
            (gap, not shared, place)
            for place in gathering.around(one)
            if (gap := _gap(one, gathering.events[place])) is not None
            and not _told_apart(one, gathering.events[place], apart)
            and (shared := _shared(one, gathering.events[place])) is not None
        ]
        if near and not _unclear(one, near):
            gap, alone, place = min(near)
            gathering.events[place].take(one, _reason(gap, not alone))
        else:
            gathering.begin(one)
    for event in _joined([event for gathering in by_key.values() for event in gathering.events], wishes):
        yield event.first.origin, event.members


def _gap(one: Teller, event: Gathered) -> int | None:
    """Days between a telling and the one that began an event, or None where they are too far apart."""
    own, begun = one.bounds, event.first.bounds
    if own is None or begun is None:
        return None
    group = group_of(one.kind)
    behind = own[0] - begun[1]
    gap = max(behind, begun[0] - own[1], 0)
    allowed = group.days
    if one.dated == "published" and behind > 0:
        if group.once:
            return gap
        allowed = max(allowed, LATE)
    return gap if gap <= allowed else None


def _shared(one: Teller, event: Gathered) -> bool | None:
    """Whether a telling names a person that the event has; None where persons or places tell the two apart."""
    shared = False
    for polity, who in one.persons.items():
        others = event.persons.get(polity)
        if others:
            if not who & others:
                return None
            shared = True
    if one.country and event.countries and one.country not in event.countries and not shared:
        return None
    return shared


def _told_apart(one: Teller, event: Gathered, apart: frozenset[frozenset[str]]) -> bool:
    """Whether a reviewer, or a report that dates both, says that these are two events."""
    return any(
        frozenset((one.origin, other.origin)) in apart
        or (one.report_id == other.report_id and one.day != other.day and "published" not in (one.dated, other.dated))
        for other, _ in event.members
    )


def _unclear(one: Teller, near: Sequence[tuple[int, bool, int]]) -> bool:
    """Whether a loosely dated telling fits several events equally well."""
    best = min(near)
    return one.exactness == 1 and sum(each[:2] == best[:2] for each in near) > 1


def _reason(gap: int, shared: bool) -> str:
    when = "the same day" if gap == 0 else "a day apart" if gap == 1 else f"{gap} days apart"
    return f"same act, parties{' and person' if shared else ''}, {when}"


def _pairs(wishes: Sequence[Wish], *, together: bool) -> frozenset[frozenset[str]]:
    """The pairs that reviewers want together, or apart; of two words on one pair the later holds."""
    latest = {frozenset((wish.one, wish.other)): wish.together for wish in wishes}
    return frozenset(pair for pair, wanted in latest.items() if wanted is together)


def _joined(events: list[Gathered], wishes: Sequence[Wish]) -> list[Gathered]:
    """Put together what reviewers want together, of whatever key."""
    for pair in sorted(_pairs(wishes, together=True), key=sorted):
        of = [event for event in events if any(member.origin in pair for member, _ in event.members)]
        if len(of) == 2:
            first, second = sorted(of, key=lambda event: (event.first.exactness, event.first.day, event.first.origin))
            for member, reason in second.members:
                first.take(member, reason or "a reviewer put them together")
            events.remove(second)
    return events
