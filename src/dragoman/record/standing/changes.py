"""Changes: on which days the standing of a pair became another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from dragoman.domain import Value
from dragoman.record.standing.ask import Histories
from dragoman.record.standing.history import History, by
from dragoman.record.standing.pair import (
    Reckoned,
    Row,
    above_contact,
    in_order,
    lifting,
    mending,
    rank,
    sanctions,
    stance,
)

T = TypeVar("T")


class Change(Value, frozen=True, kw_only=True):
    """One axis of a pair, or one of its flags, became another by a day."""

    day: str
    holder: str
    toward: str
    what: str
    before: str
    after: str
    basis: str | None
    tellings: tuple[int, ...]


def changes(found: Histories, since: str, until: str, *, at_least: str = "", latest: bool = False) -> Iterator[Change]:
    """The changes after one day and by another, in order, or in the reverse of it; reckoned as they are taken.

    Parameters
    ----------
    found
        The steps of each pair (`dragoman.record.standing.ask.histories`).
    since, until
        ISO days.
    at_least
        A day before which changes are left out, to go on from where a page ended.
    latest
        Begin with the last change.
    """
    taken = {key: _Taken(*key, history, until) for key, history in found.items()}
    days: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, steps in taken.items():
        for day in steps.days:
            if day > since and day >= at_least:
                days[day].append(key)
    for day in sorted(days, reverse=latest):
        for key in sorted(days[day], reverse=latest):
            yield from sorted(taken[key].turned(day), key=lambda one: one.what, reverse=latest)


class _ByDay(Generic[T]):
    """Steps in order, and what follows from those by a day; the last two answers are kept: one is needed again."""

    def __init__(self, rows: Sequence[Row], reckon: Callable[[Sequence[Row]], T]) -> None:
        self.rows, self.days = rows, [row.day for row in rows]
        self.by = lru_cache(2)(lambda many: reckon(rows[:many]))

    def places(self, day: str) -> tuple[int, int]:
        """How many steps there are before a day, and how many by its end."""
        return bisect_left(self.days, day), bisect_right(self.days, day)

    def of(self, day: str) -> Sequence[Row]:
        """The steps of a day."""
        return self.rows[slice(*self.places(day))]

    def sides(self, day: str) -> tuple[T, T]:
        """What follows before a day and by its end; one and the same where no step is of it."""
        first, end = self.places(day)
        return self.by(first), self.by(end)


class _Ranks(_ByDay[Reckoned]):
    """Steps of representation, and all of them with the contacts, of which most cannot change anything."""

    def __init__(self, rows: Sequence[Row], contacts: Iterable[Row]) -> None:
        super().__init__(rows, rank)
        self.whole = _ByDay(in_order([*rows, *contacts]), rank)

    def sides(self, day: str) -> tuple[Reckoned, Reckoned]:
        """What follows before a day and by its end."""
        first, end = zip(self.places(day), self.whole.places(day), strict=True)
        return self._with(*first), self._with(*end)

    def _with(self, many: int, all_of_them: int) -> Reckoned:
        found = self.by(many)
        return found if many == all_of_them or above_contact(found) else self.whole.by(all_of_them)


class _Taken:
    """The steps of one pair by a day, and what changed with them."""

    def __init__(self, holder: str, toward: str, history: History, until: str) -> None:
        self.holder, self.toward = holder, toward
        self._stances = _ByDay(by(history.stances, until), stance)
        self._ranks = _Ranks(by(history.ranks, until), history.contacts(until))
        self._sanctions = _ByDay(by(history.sanctions, until), sanctions)
        self.days = {*self._stances.days, *self._ranks.whole.days, *self._sanctions.days}

    def turned(self, day: str) -> Iterator[Change]:
        """What changed on a day."""
        for what, sides in (("recognition", self._stances.sides(day)), ("representation", self._ranks.sides(day))):
            if sides[0] is not sides[1]:
                yield from self._axis(day, what, *sides)
        before, after = self._ranks.sides(day)
        yield from self._flag(day, "severed", before.flagged, after.flagged, lambda: mending(self._ranks.of(day)))
        yield from self._flag(day, "sanctions", *self._sanctions.sides(day), lambda: lifting(self._sanctions.of(day)))

    def _axis(self, day: str, what: str, before: Reckoned, after: Reckoned) -> Iterator[Change]:
        one, other = before.axis, after.axis
        if (one.level, one.basis) != (other.level, other.basis):
            yield self._change(day, what, one.level, other.level, other.basis, other.tellings or other.against)
        known = {ahead.level for ahead in before.expected}
        for ahead in after.expected:
            if ahead.level not in known:
                yield self._change(day, f"{what} expected", other.level, ahead.level, ahead.basis, ahead.tellings)

    def _flag(
        self, day: str, what: str, before: Sequence[int], after: Sequence[int], ended: Callable[[], Sequence[Row]]
    ) -> Iterator[Change]:
        if bool(before) != bool(after):
            was, now = ("no", "yes") if after else ("yes", "no")
            tellings = tuple(after) or tuple(row.num for row in ended())
            yield self._change(day, what, was, now, None, tellings)

    def _change(
        self, day: str, what: str, before: str, after: str, basis: str | None, tellings: tuple[int, ...]
    ) -> Change:
        return Change(
            day=day,
            holder=self.holder,
            toward=self.toward,
            what=what,
            before=before,
            after=after,
            basis=basis,
            tellings=tellings,
        )
