"""Finding: the time expressions of a text, in order, each with its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime

from dragoman.domain import BadInput, Span, Time
from dragoman.reading.times.calendar import interval
from dragoman.reading.times.grammar import cores, rules, starts
from dragoman.reading.times.resolve import HANDLERS, Setting, Value

BREAK = re.compile(r"\n\s*")
UNTIL = re.compile(r"\b(?:until|till|by)\s+(?:on\s+)?$", re.IGNORECASE)
REACH = 60  # characters that a rule may look at
AHEAD = 24  # characters behind an expression that its rule may ask about


def published_day(published: str | None) -> date | None:
    """The publication date as a day.

    Raises
    ------
    BadInput
        When it is no ISO 8601 date.
    """
    if published is None:
        return None
    try:
        return datetime.fromisoformat(published).date()
    except ValueError:
        raise BadInput(f"the publication date {published!r} is not a date such as 2022-07-26") from None


def find_times(
    text: str,
    published: str | None,
    *,
    tense: Callable[[int], str | None] | None = None,
    skip: Sequence[tuple[int, int]] = (),
) -> list[Time]:
    """Find the time expressions of a text.

    Parameters
    ----------
    text
        The canonical text.
    published
        The day of publication (ISO 8601); without it relative dates stay unresolved.
    tense
        Says, for an offset, whether its clause is "past", "present" or "future".
    skip
        Stretches that are not read.

    Returns
    -------
    list of Time
        In text order, not overlapping.  Values follow TIMEX3 (TimeML 1.2.1).
    """
    base = published_day(published)
    found: list[Time] = []
    previous: str | None = None
    passage = 0
    previous_passage = day_passage = -1
    day: str | None = None
    for start, end in _stretches(text, skip):
        passage += 1
        for name, match in _matches(text, start, end):
            setting = Setting(
                base,
                _tense(text, match.start(), tense),
                previous,
                previous_passage == passage,
                day,
                day_passage == passage,
                text[match.end() : min(match.end() + AHEAD, end)],
            )
            value = HANDLERS[name](match, setting)
            if value is None:
                continue
            time = _time(name, match, value)
            found.append(time)
            if time.type in ("DATE", "TIME") and time.start is not None:
                previous, previous_passage = value.timex, passage
                if time.start == time.end:
                    day, day_passage = time.start, passage
    return _disjoint(found)


def _tense(text: str, at: int, tense: Callable[[int], str | None] | None) -> str | None:
    """The tense around an expression; what holds until or by a time lies before it."""
    if UNTIL.search(text, max(0, at - 10), at):
        return "future"
    return tense(at) if tense else None


def _stretches(text: str, skip: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines of a text that may hold a time expression and are to be read."""
    at = 0
    skipped = iter([*skip, (len(text), len(text))])
    hole = next(skipped)
    core = cores()
    while at < len(text):
        line = BREAK.search(text, at)
        end = line.start() if line else len(text)
        while at >= hole[1] and hole[0] < len(text):
            hole = next(skipped)
        if not hole[0] <= at < hole[1] and core.search(text, at, end):
            yield at, end
        at = line.end() if line else len(text)


def _matches(text: str, start: int, end: int) -> Iterator[tuple[str, re.Match[str]]]:
    """The first rule that matches at each place where an expression may begin."""
    scan = starts()
    at = start
    while (place := scan.search(text, at, end)) is not None:
        at = place.end()
        for name, rule in rules():
            match = rule.match(text, place.start(), min(place.start() + REACH, end))
            if match is not None and not _inside_word(text, match.end(), end):
                yield name, match
                if match.end() > at and name not in ("set",):
                    at = match.end()
                break


def _inside_word(text: str, at: int, end: int) -> bool:
    return at < end and text[at - 1].isalnum() and text[at].isalnum()


def _time(name: str, match: re.Match[str], value: Value) -> Time:
    covered = interval(value.timex) if value.timex and value.type in ("DATE", "TIME") else None
    last = value.end or (covered[1].isoformat() if covered else None)
    return Time(
        timex=value.timex,
        type=value.type,
        start=covered[0].isoformat() if covered else None,
        end=last,
        granularity=value.granularity,
        anchor=value.anchor,
        status=value.status,
        text=match[0],
        at=Span(start=match.start(), end=match.end()),
        mod=value.mod,
        candidates=value.candidates,
        reason=value.reason,
        rule=f"times/{name}",
    )


def _disjoint(found: list[Time]) -> list[Time]:
    kept: list[Time] = []
    for time in found:
        if kept and time.at.start < kept[-1].at.end:
            if time.at.end - time.at.start > kept[-1].at.end - kept[-1].at.start:
                kept[-1] = time
            continue
        kept.append(time)
    return kept
