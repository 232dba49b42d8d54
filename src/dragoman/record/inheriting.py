"""Inheriting: a telling of a newer reading takes over the origin of the one that it replaces.

A newer lexicon may read a longer quote, another kind or another party; what was cited, merged or decided on goes by
the origin, and must find the act again.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any

from dragoman.record.rows import Rows

LEAST = 0.5  # of the shorter of two pieces of evidence


def inherit(made: Rows, before: Sequence[Any], decided: Container[str] = ()) -> None:
    """Give tellings the origins of the earlier ones of the same report that they replace.

    Of those that are not the same outright, the ones whose evidence overlaps most are matched first; they must be of
    one kind or have the same parties (`key`), save where a reviewer decided (`decided`) and may have corrected both.
    """
    own = {row["origin"] for row in made.tellings}
    free = [row for row in before if row.origin not in own]
    there = {row.origin for row in before}
    new = [row for row in made.tellings if row["origin"] not in there]
    fits = sorted(
        (-shared, place, at)
        for place, row in enumerate(new)
        for at, old in enumerate(free)
        if (shared := _overlap(row, old)) >= LEAST
        and (row["kind"] == old.kind or _parties(row["key"]) == _parties(old.key) or old.origin in decided)
    )
    matched: set[int] = set()
    taken: set[int] = set()
    for _, place, at in fits:
        if place not in matched and at not in taken:
            matched.add(place)
            taken.add(at)
            new[place]["origin"] = free[at].origin


def _overlap(row: dict[str, Any], old: Any) -> float:
    start, end = int(row["start"]), int(row["end"])
    shared = min(end, old.end) - max(start, old.start)
    return float(max(0, shared) / max(1, min(end - start, old.end - old.start)))


def _parties(key: str) -> list[str]:
    return key.split("|")[2:]
