"""Times: spans and TIMEX3 values of dates and times of day (TempEval-3 measures, UzZaman et al. 2013)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.domain import Time, Value
from dragoman.score.outcome import Case, Slip, context
from dragoman.score.spans import Stretch, pairs, union_share
from dragoman.score.tally import Tally

TYPES = frozenset({"DATE", "TIME"})
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Expression(Value, frozen=True):
    """A gold time expression."""

    start: int
    end: int
    type: str
    value: str
    text: str

    @property
    def open(self) -> bool:
        """Whether the annotators left part of the value open, so that it cannot be compared."""
        return "X" in self.value


class Dated(Value, frozen=True):
    """A gold article with its day of writing, annotated up to a place in it."""

    id: str
    text: str
    dct: str | None
    annotated_end: int
    timexes: tuple[Expression, ...]

    @property
    def published(self) -> str | None:
        """The day of writing, where the gold gives it as an ISO date."""
        return self.dct if self.dct and DAY.fullmatch(self.dct) else None


def judge(gold: Dated, times: Sequence[Time]) -> Case:
    """Compare the times up to the end of what is annotated."""
    wanted = [one for one in gold.timexes if one.type in TYPES and one.end <= gold.annotated_end]
    given = [one for one in times if one.type in TYPES and one.at.start < gold.annotated_end]
    same = pairs(wanted, given, lambda one, time: union_share(_of(one), _at(time)), 0.0)
    strict = [i for i, j in same.items() if _of(wanted[i]) == _at(given[j])]
    closed = {i: j for i, j in same.items() if not wanted[i].open}
    valued = [i for i, j in closed.items() if given[j].timex == wanted[i].value]
    compared = sum(not one.open for one in wanted)
    not_compared = len(same) - len(closed)
    slips = [_missed(gold.text, one, times) for i, one in enumerate(wanted) if i not in same]
    slips += [_wrong(gold.text, wanted[i], given[j]) for i, j in closed.items() if i not in valued]
    paired = set(same.values())
    slips += [
        Slip("spurious", f"by rule {time.rule}", context(gold.text, time.at.start, time.at.end), f"{time.timex}")
        for j, time in enumerate(given)
        if j not in paired
    ]
    return Case(
        gold.id,
        {
            "span, relaxed": Tally(len(same), len(given), len(wanted)),
            "span, strict": Tally(len(strict), len(given), len(wanted)),
            "value": Tally(len(valued), len(given) - not_compared, compared),
        },
        tuple(slips),
    )


def note(cases: Sequence[Dated]) -> str:
    """What of the gold cannot be judged, or not fairly."""
    wanted = [(case, one) for case in cases for one in case.timexes if one.type in TYPES]
    left_open = sum(one.open and one.end <= case.annotated_end for case, one in wanted)
    undated = sum(case.published is None for case in cases)
    return f"{left_open} gold values hold an X and are not compared; {undated} cases have no ISO day of writing"


def _of(one: Expression) -> tuple[Stretch, ...]:
    return ((one.start, one.end),)


def _at(time: Time) -> tuple[Stretch, ...]:
    return ((time.at.start, time.at.end),)


def _missed(text: str, gold: Expression, times: Sequence[Time]) -> Slip:
    other = next((time for time in times if union_share(_of(gold), _at(time))), None)
    cause = "no time there"
    if other is not None:
        cause = "read as one with another" if other.type in TYPES else f"read as {other.type}"
    return Slip("missed", cause, context(text, gold.start, gold.end), f"{gold.type} {gold.value}")


def _wrong(text: str, gold: Expression, time: Time) -> Slip:
    value = gold.value
    if time.timex is None:
        cause = f"left {time.status}"
    elif len(time.timex) != len(value):
        cause = "another granularity"
    else:
        cause = "another value"
    detail = f"wanted {value}, read {time.timex} [{time.rule}]"
    return Slip("wrong", cause, context(text, gold.start, gold.end), detail)
