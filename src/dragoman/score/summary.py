"""Summaries: the JSON of a scoring, to keep and to compare a later one with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from dragoman.domain import BadInput, Value
from dragoman.score.outcome import Outcome, Slip
from dragoman.score.tally import Tally, interval


class Measure(Value, frozen=True, kw_only=True):
    """One measure of a task, in figures; ``low`` and ``high`` are the ends of the bootstrap interval."""

    right: int
    given: int | None
    wanted: int
    precision: float | None
    recall: float | None
    f1: float | None
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float | None:
        """The figure that stands for the measure: F1, or recall where F1 cannot be said."""
        return Tally(self.right, self.given, self.wanted).value


class Summary(Value, frozen=True, kw_only=True):
    """A task, in figures; the slips only where they were asked for."""

    task: str
    cases: int
    seconds: float
    note: str
    measures: dict[str, Measure]
    slips: tuple[Slip, ...] = ()


def summary(outcome: Outcome, rounds: int = 0, slips: bool = False) -> Summary:
    """Put an outcome into figures, with bootstrap intervals of so many rounds where there are any."""
    return Summary(
        task=outcome.task,
        cases=len(outcome.cases),
        seconds=round(outcome.seconds, 2),
        note=outcome.note,
        measures={name: _measure(outcome.tallies(name), outcome.total(name), rounds) for name in outcome.measures},
        slips=tuple(slip for case in outcome.cases for slip in case.slips) if slips else (),
    )


def _measure(tallies: Sequence[Tally], whole: Tally, rounds: int) -> Measure:
    low, high = (interval(tallies, rounds) if rounds else None) or (None, None)
    return Measure(
        right=whole.right,
        given=whole.given,
        wanted=whole.wanted,
        precision=whole.precision,
        recall=whole.recall,
        f1=whole.f1,
        low=low,
        high=high,
    )


def encoded(summaries: Iterable[Summary]) -> str:
    """The summaries as JSON."""
    return msgspec.json.format(msgspec.json.encode(list(summaries)), indent=2).decode()


def earlier(path: Path) -> dict[str, Summary]:
    """The summaries of an earlier scoring, by task.

    Raises
    ------
    BadInput
        When the file is absent or is not the JSON of a scoring.
    """
    try:
        return {one.task: one for one in msgspec.json.decode(path.read_bytes(), type=list[Summary])}
    except (OSError, msgspec.DecodeError) as error:
        raise BadInput(f"{path} is not the JSON of an earlier scoring: {error}") from None
