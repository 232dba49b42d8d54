"""Spans of a gold case against spans of a reading: overlap, intersection over union, one-to-one pairing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Stretch = tuple[int, int]
Wanted = TypeVar("Wanted")
Given = TypeVar("Given")


def shared(one: Sequence[Stretch], other: Sequence[Stretch]) -> int:
    """Characters that two sets of stretches have in common; the stretches of one set do not overlap each other."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def length(stretches: Sequence[Stretch]) -> int:
    """Characters in a set of stretches."""
    return sum(end - start for start, end in stretches)


def union_share(one: Sequence[Stretch], other: Sequence[Stretch]) -> float:
    """Intersection over union, in characters (Jaccard)."""
    common = shared(one, other)
    return common / (length(one) + length(other) - common) if common else 0.0


def shorter_share(one: Sequence[Stretch], other: Sequence[Stretch]) -> float:
    """Intersection over the shorter of the two, in characters (overlap coefficient)."""
    common = shared(one, other)
    return common / min(length(one), length(other)) if common else 0.0


def pairs(
    wanted: Sequence[Wanted],
    given: Sequence[Given],
    fit: Callable[[Wanted, Given], float],
    least: float,
) -> dict[int, int]:
    """Pair each wanted thing with at most one given thing, the best fits first.

    Returns
    -------
    dict
        Index of the wanted to the index of the given, for fits of at least `least` and above nought.
    """
    fits = [(fit(one, other), i, j) for i, one in enumerate(wanted) for j, other in enumerate(given)]
    paired: dict[int, int] = {}
    used: set[int] = set()
    for value, i, j in sorted(fits, key=lambda each: (-each[0], each[1], each[2])):
        if value <= 0 or value < least:
            break
        if i not in paired and j not in used:
            paired[i] = j
            used.add(j)
    return paired


def places(text: str, quote: str) -> list[Stretch]:
    """Every place where a quote stands in the text, in order."""
    found: list[Stretch] = []
    at = text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + len(quote))
    return found
