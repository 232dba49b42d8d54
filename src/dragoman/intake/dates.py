"""Dates: the day of publication, told in several ways; which one is used, and where they conflict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from dragoman.domain import DatedBy, Finding
from dragoman.text.dateline import Dateline, dateline, full_date

COMPACT = re.compile(r"((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)")
IN_NAME = re.compile(rf"(?<!\d){COMPACT.pattern}")
EARLIEST = date(1600, 1, 1)
APART = timedelta(days=1)  # that two ways may differ by, as the world is not all in one day
WRITTEN = timedelta(days=7)  # that a dateline may lie before publication
SECONDS = (0, 4_102_444_800)  # of an epoch, up to 2100
SAID: dict[DatedBy, str] = {
    "json-ld": "the page's JSON-LD",
    "opengraph": "the page's OpenGraph data",
    "time": "the page's <time>",
    "metadata": "the metadata",
    "feed": "the feed",
    "header": "the message's header",
    "column": "the column",
    "dateline": "the dateline",
    "name": "the file's name",
    "given": "what was given",
}
Told = tuple[DatedBy, str]  # a day as it was written, and what told it


def day_of(said: Any) -> str | None:
    """The ISO date of what a column, a page or a feed says, in its own time zone; None where it cannot be told.

    ISO 8601 in full or compact, RFC 5322, a day with the month as a word, an epoch in seconds or milliseconds.
    """
    if isinstance(said, datetime):
        return said.date().isoformat()
    if isinstance(said, date):
        return said.isoformat()
    if isinstance(said, int | float) and not isinstance(said, bool):
        compact = COMPACT.fullmatch(str(said)) if isinstance(said, int) else None
        return _real(compact) if compact else _epoch(said)
    if not isinstance(said, str):
        return None
    words = said.strip()[:80]
    if words.isdecimal() and len(words) in (10, 13):
        return _epoch(int(words))
    found = COMPACT.match(words)
    if found:
        return _real(found)
    try:
        return parsedate_to_datetime(words).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return full_date(words)


def named_day(name: str) -> str | None:
    """The day in a file's name ("2022-07-26-taliban.txt")."""
    found = IN_NAME.search(name)
    return _real(found) if found else None


def _real(found: re.Match[str]) -> str | None:
    year, month, day = (int(part) for part in found.groups())
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _epoch(said: float) -> str | None:
    seconds = said / 1000 if said > SECONDS[1] else said
    if not SECONDS[0] < seconds < SECONDS[1]:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def published(told: Sequence[Told], text: str) -> tuple[str | None, DatedBy | None, list[Finding]]:
    """Settle the day of publication.

    Parameters
    ----------
    told
        Days as they were written, the surest first; a file's name counts after the dateline of the text.
    text
        Canonical text.

    Returns
    -------
    tuple
        The ISO date, what told it, and findings: ways that cannot be read, or that conflict with the one used.
    """
    line = dateline(text)
    ways: list[Told] = [one for one in told if one[0] != "name"]
    if line and line.date:
        ways.append(("dateline", line.date))
    ways += [one for one in told if one[0] == "name"]
    days: dict[DatedBy, str] = {}
    unread: list[Told] = []
    for by, said in ways:
        day = day_of(said)
        if day and EARLIEST.isoformat() <= day:
            days.setdefault(by, day)
        else:
            unread.append((by, said))
    findings = [_unreadable(by, said) for by, said in unread if by not in days]
    if not days:
        return None, None, findings
    by, used = next(iter(days.items()))
    others = {other: day for other, day in days.items() if _conflict(by, used, other, day)}
    if line and "dateline" not in days and (written := _yearless(line, used)):
        others["dateline"] = written
    if others:
        findings.append(_conflicting(by, used, others, line, text))
    return used, by, findings


def _conflict(by: DatedBy, used: str, other: DatedBy, day: str) -> bool:
    ahead = date.fromisoformat(used) - date.fromisoformat(day)
    if by == "dateline":
        ahead = -ahead
    return not -APART <= ahead <= (WRITTEN if "dateline" in (by, other) else APART)


def _yearless(line: Dateline, used: str) -> str | None:
    """What a dateline without a year says, where no year near the day used makes it fit."""
    if not line.when or line.date:
        return None
    year = date.fromisoformat(used).year
    near = [day for one in (year - 1, year, year + 1) if (day := full_date(f"{line.when} {one}"))]
    if not near or any(not _conflict("metadata", used, "dateline", day) for day in near):
        return None
    return line.when


def _unreadable(by: DatedBy, said: str) -> Finding:
    why = f"{SAID[by][0].upper()}{SAID[by][1:]} says {said[:80]!r}, which is no day that can be told."
    return Finding(kind="published", verdict="unresolved", start=0, end=0, quote="", why=why, figures={by: said[:80]})


def _conflicting(by: DatedBy, used: str, others: dict[DatedBy, str], line: Dateline | None, text: str) -> Finding:
    start, end = (line.start, line.end) if line and "dateline" in {by, *others} else (0, 0)
    said = "; ".join(f"{SAID[other]} says {day}" for other, day in others.items())
    why = f"The report is dated {used} by {SAID[by]}, but {said}."
    return Finding(
        kind="published",
        verdict="inconsistent",
        start=start,
        end=end,
        quote=text[start:end],
        why=why,
        figures=dict(((by, used), *others.items())),
    )
