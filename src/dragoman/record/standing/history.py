"""History: all steps of one pair, for whatever day is asked for.

Contacts and visits are most of all that is told.  What follows from a pair's steps is the same, but for which of the
contacts are named, when only the first and the last of those that are alike are known, as long as nothing took the
pair down between them: where relations were severed, it is the first and the last before and after each breach.  So
those that differ by their day alone stay together as one text, and only few of them are ever taken out of it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

from dragoman.record.standing.pair import AXES, LOW, Pair, Row, in_order, joined, rank, sanctions, stance

DAY = 10  # characters of an ISO day; a moment is a day with the number of a telling behind it
AFTER = ":"  # sorts behind all digits
DAYS = 100_000  # whose place in the calendar is remembered


class Alike(NamedTuple):
    """Steps of one pair that differ by their moments alone, which are one text, with commas."""

    axis: str
    level: str
    way: str
    held: str
    implied: bool
    claim: bool
    moments: str

    @property
    def low(self) -> bool:
        """Whether they are contacts such as are reached over and over again."""
        return self.axis == "representation" and self.level in LOW and self.way == "up"

    def rows(self) -> Iterator[Row]:
        """All of them."""
        return (self._row(one[:DAY], int(one[DAY:])) for one in self.moments.split(","))

    def first_and_last(self, ends: Iterable[str]) -> Iterator[Row]:
        """The first and the last of each spell that ends on one of these days."""
        found, begins = sorted(self.moments.split(",")), 0
        for end in ends:
            spell = found[begins : bisect_right(found, end + AFTER)]
            begins += len(spell)
            if spell:
                day, last = spell[0][:DAY], spell[-1][:DAY]
                yield self._row(day, min(_numbers(spell, day)))
                if len(spell) > 1:
                    yield self._row(last, max(_numbers(reversed(spell), last)), len(spell) - 1)

    def _row(self, day: str, num: int, times: int = 1) -> Row:
        return Row(num, self.axis, self.level, self.way, self.held, self.implied, self.claim, day, ordinal(day), times)


def _numbers(moments: Iterable[str], day: str) -> Iterator[int]:
    """The numbers of those in front that are of this day: as text they are in another order."""
    return (int(one[DAY:]) for one in takewhile(lambda one: one.startswith(day), moments))


@lru_cache(DAYS)
def ordinal(day: str) -> int:
    """An ISO day as a number."""
    return date.fromisoformat(day).toordinal()


class History:
    """All steps of one pair, in the order of their days on each axis, and apart from them contacts.

    Parameters
    ----------
    found
        All its steps.
    """

    __slots__ = ("_low", "ranks", "sanctions", "stances")

    def __init__(self, found: Iterable[Alike]) -> None:
        steps: dict[str, list[Row]] = {axis: [] for axis in AXES}
        self._low: list[Alike] = []
        for alike in found:
            if alike.low:
                self._low.append(alike)
            else:
                steps[alike.axis] += alike.rows()
        self.stances, self.ranks, self.sanctions = map(in_order, steps.values())

    def contacts(self, day: str) -> Iterator[Row]:
        """The contacts by a day: of those that are alike the first and the last of each spell; of denials all."""
        breaches = sorted({row.day for row in self.ranks if row.way == "severs" and row.day < day})
        for one in self._low:
            if one.held == "denied":
                yield from (row for row in one.rows() if row.day <= day)
            else:
                yield from one.first_and_last((*breaches, day))

    def pair(self, holder: str, toward: str, day: str) -> Pair:
        """What follows from them by a day."""
        representation = rank(by(self.ranks, day), partial(self.contacts, day))
        return joined(
            holder, toward, stance(by(self.stances, day)), representation, sanctions(by(self.sanctions, day))
        )


def by(rows: Sequence[Row], day: str) -> Sequence[Row]:
    """Those steps in order that are of a day or before it."""
    return rows[: bisect_right(rows, day, key=attrgetter("day"))]
