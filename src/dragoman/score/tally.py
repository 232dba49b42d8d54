"""Tallies: what was right, of how many given and of how many wanted; precision, recall and F1 of them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from dragoman.domain import Value

SEED = 20220726


class Tally(Value, frozen=True):
    """How many were `right`, of those that the reader gave and of those that the gold wants.

    ``given`` is None where the gold does not list everything: then only the share of the wanted is known.
    """

    right: int = 0
    given: int | None = 0
    wanted: int = 0

    def __add__(self, other: Tally) -> Tally:
        given = None if self.given is None or other.given is None else self.given + other.given
        return Tally(self.right + other.right, given, self.wanted + other.wanted)

    @property
    def precision(self) -> float | None:
        """Share of the given that is right; None where that cannot be said."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Share of the wanted that is right; None where nothing is wanted."""
        return self.right / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall: twice the right over the given and the wanted together."""
        if self.given is None or not self.given + self.wanted:
            return None
        return 2 * self.right / (self.given + self.wanted)

    @property
    def value(self) -> float | None:
        """The one figure that stands for the tally: F1, or recall where F1 cannot be said."""
        return self.recall if self.given is None else self.f1


def share(right: int, wanted: int = 1) -> Tally:
    """Tally of a yes-or-no measure: there is nothing to be precise about."""
    return Tally(int(right), None, wanted)


def total(tallies: Iterable[Tally]) -> Tally:
    """Sum of tallies of the same measure (micro-average)."""
    tallies = list(tallies)
    return sum(tallies[1:], tallies[0]) if tallies else Tally()


def interval(tallies: Sequence[Tally], rounds: int, level: float = 0.95) -> tuple[float, float] | None:
    """Percentile bootstrap interval of a measure's value over its cases (Efron 1979), seeded.

    Parameters
    ----------
    tallies
        One tally for each case.
    rounds
        How many times the cases are drawn again, with replacement.
    level
        Confidence level.

    Returns
    -------
    tuple of float, or None
        Low and high end; None where there are not two cases, or no draw has a value.
    """
    if len(tallies) < 2:
        return None
    draw = random.Random(SEED)
    values = sorted(
        value
        for value in (total(draw.choices(tallies, k=len(tallies))).value for _ in range(rounds))
        if value is not None
    )
    if not values:
        return None
    tail = (1 - level) / 2
    last = len(values) - 1
    return values[round(tail * last)], values[round((1 - tail) * last)]
