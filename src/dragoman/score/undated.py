"""The brief without its date: an expression that says no year may not be given a day."""

from __future__ import annotations

import re

from dragoman.domain import Reading
from dragoman.score.outcome import Case, Slip, context
from dragoman.score.tally import share

YEAR = re.compile(r"\b[12]\d{3}\b")
POINTS = frozenset({"DATE", "TIME"})


def judge(report: str, reading: Reading) -> Case:
    """Count the relative expressions that are left unresolved."""
    text = reading.report.text
    relative = [time for time in reading.times if time.type in POINTS and not YEAR.search(time.text)]
    guessed = [time for time in relative if time.start is not None]
    slips = [Slip("wrong", "guessed", context(text, one.at.start, one.at.end), f"{one.timex}") for one in guessed]
    return Case(report, {"relative left unresolved": share(len(relative) - len(guessed), len(relative))}, tuple(slips))
