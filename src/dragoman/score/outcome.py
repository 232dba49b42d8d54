"""Outcomes: what a task's cases came to, measure by measure, and the slips to be read by eye."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.domain import Reading, Time, Value
from dragoman.score.tally import Tally, total

Sort = Literal["missed", "wrong", "spurious", "other"]
AROUND = 70  # characters of context on either side of a slip


class Slip(Value, frozen=True):
    """One thing that the reader missed, got wrong or made up.

    ``other`` is what the gold says nothing of, so that only a person can judge it.
    """

    sort: Sort
    cause: str
    context: str
    detail: str = ""


Judged = tuple[str, Tally, Slip | None]  # a measure, what one thing adds to it, and the slip if it is one


class Case(Value, frozen=True):
    """The tallies and the slips of one gold case."""

    id: str
    tallies: dict[str, Tally]
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A gold case ready to be read: what the reader is given, and who judges what comes back.

    ``judge_times`` judges the times alone, where the gold is of times.
    """

    text: str
    published: str | None
    judge: Callable[[Reading], Case]
    judge_times: Callable[[Sequence[Time]], Case] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A named set of gold cases; ``note`` says what the measures do not, ``unread`` judges cases without a reading."""

    name: str
    items: tuple[Item, ...]
    note: Callable[[Sequence[Case]], str] = lambda cases: ""
    unread: tuple[Callable[[], Case], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A task that was read and judged."""

    task: str
    cases: tuple[Case, ...]
    seconds: float
    note: str = ""

    @property
    def measures(self) -> list[str]:
        """Names of the measures, in the order in which they were first met."""
        return list(dict.fromkeys(name for case in self.cases for name in case.tallies))

    def tallies(self, measure: str) -> list[Tally]:
        """The tallies of one measure, a case each, where the case has it."""
        return [case.tallies[measure] for case in self.cases if measure in case.tallies]

    def total(self, measure: str) -> Tally:
        """One measure over all cases."""
        return total(self.tallies(measure))


def context(text: str, start: int, end: int) -> str:
    """The words at ``[start, end)`` between angle quotes, with what stands around them, on one line."""
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return " ".join(f"{before}«{text[start:end]}»{after}".split())


def added(tallies: Iterable[tuple[str, Tally]]) -> dict[str, Tally]:
    """Tallies of the same measure added up."""
    sums: dict[str, Tally] = {}
    for name, tally in tallies:
        sums[name] = sums[name] + tally if name in sums else tally
    return sums
