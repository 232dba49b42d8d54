"""Datelines: the place, the day and the agency that a report begins with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from dragoman.domain import Finding
from dragoman.text.paragraphs import paragraphs
from dragoman.text.phrases import phrases

TOP = 10  # paragraphs in which a dateline may stand
FRONT = 7  # patterns of those that stand in front of a sentence
REACH = 4000  # characters
DASH = r"(?:\s*(?:[–—―]|--)|\s+-)(?=\s|[A-Z\"“])\s*"
COLON = r"\s*:\s+"
NAME = r"[A-Z][\w.'’-]*(?:[ \-/][A-Z(][\w.'’)-]*){0,3}"
REGION = r"(?:,\s+[A-Z][\w.' ]{1,30}?)?"
PLACE = NAME + REGION
CAPITALS = r"[A-Z][A-Z.'’-]+(?:[ /-][A-Z.'’-]+){0,3}" + REGION
AGENCY = r"(?:[A-Z]|dpa\b|epa\b|sda\b|aap\b)[\w.&' /-]{0,40}"


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline at ``[start, end)``: `when` in its own words, `date` (ISO) only where the year stands there too."""

    place: str | None
    when: str | None
    date: str | None
    agency: str | None
    start: int
    end: int


@cache
def _day() -> str:
    """Pattern of a day as datelines write it, the year left out at will."""
    names = "|".join(f"{name[:3]}(?:{name[3:]}|{name[3:4]})?" for name in phrases().months)
    week = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+"
    month = rf"(?P<month>{names})\b\.?"
    year = r"(?P<year>(?:19|20)\d\d)"
    first = rf"(?:{week})?{month}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+{year}\b)?"
    second = (
        rf"(?:{week})?(?P<xday>\d{{1,2}})(?:st|nd|rd|th)?\s+"
        rf"{month.replace('<', '<x')}(?:,?\s+{year.replace('<', '<x')}\b)?"
    )
    iso = r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?"
    figures = r"(?P<figures>\d{1,2}(?P<by>[/.])\d{1,2}(?P=by)(?:19|20)\d\d)"
    return rf"(?P<when>(?i:{first}|{second}|{iso}|{figures}))"


def leading(paragraph: str) -> int:
    """How many characters of a paragraph are a dateline in front of its first sentence ("KABUL (Reuters) - ").

    No word of it belongs to that sentence: a parser that is given both takes the place for who acts.
    """
    for pattern in _patterns()[:FRONT] if _front().match(paragraph) else ():
        match = pattern.match(paragraph)
        if match and match.end() < len(paragraph):
            speaker = match.group().rstrip().endswith(":") and not match.groupdict().get("when")  # "Doe (CNN): …"
            return 0 if speaker or _is_month(match.group()) else match.end()
    return 0


@cache
def _front() -> re.Pattern[str]:
    """What one of the forms in front of a sentence begins with: tried once for all of them, as most fit none."""
    agency = r",\s+[A-Z]{3,8}\s?[-–—]"
    return re.compile(rf"{PLACE}(?:,?\s+{_day()}|\s*[(\[]|{agency})|[(\[]|{CAPITALS}{DASH}")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """The forms, the fullest first: in front of a sentence, and alone on a line."""
    caps, place = rf"(?P<place>{CAPITALS})", rf"(?P<place>{PLACE})"
    day, bracketed = _day(), rf"\s*[(\[](?P<agency>{AGENCY})[)\]]"
    clock = r"(?i:[\s,|–—-]+(?:at\s+)?\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[a-z]{2,4}\)?)?)?"
    said = r"(?:first\s+)?published|posted|updated|last\s+(?:updated|modified)|date|released|issued"
    label = rf"(?i:(?:{said})(?:\s+(?:on|at))?\s*:?\s*)?"
    return tuple(
        re.compile(form)
        for form in (
            rf"{place},?\s+{day}(?:{bracketed})?,?(?:{DASH}|{COLON})",
            rf"{place},?\s+{day}\.\s+/(?P<agency>[A-Z]{{2,12}})/\.\s*",
            rf"{place},?\s+{day}{bracketed}\s",
            rf"[(\[](?P<agency>{AGENCY})[)\]]{DASH}{day}{DASH}",
            rf"{place}{bracketed}(?:{DASH}|{COLON})",
            rf"{place},\s+(?P<agency>[A-Z]{{3,8}})\s?[-–—]+\s*",
            rf"{caps}{DASH}",
            rf"{day}{bracketed}?{DASH}",
            rf"{label}{day}{clock}\.?$",
            rf"{place},?\s+{day}\.?$",
            r"(?P<place>[A-Z][\w.'’ -]{1,30},\s+(?:[A-Z]\.?){2,3})$",
        )
    )


def dateline(text: str) -> Dateline | None:
    """Find the dateline of a report among its first paragraphs.

    The one with the fullest date wins: a line of its own under the title ("July 02, 2008"), or the words in front
    of the first sentence ("KABUL, July 25 (Reuters) –").
    """
    found = list(_candidates(text))
    return max(found, key=lambda line: (line.date is not None, line.when is not None, -line.start), default=None)


def _candidates(text: str) -> Iterator[Dateline]:
    top = text[:REACH]
    for start, end in paragraphs(top)[:TOP]:
        words = top[start : min(end, start + 160)]
        for pattern in _patterns():
            match = pattern.match(words)
            if match and (line := _dateline(match, start)):
                yield line
                break


def _dateline(match: re.Match[str], base: int) -> Dateline | None:
    parts = match.groupdict()
    place, when = parts.get("place"), parts.get("when")
    if place and _is_month(place):
        return None
    stop = match.end()
    words = match.group()
    return Dateline(
        place, when, _iso(parts), parts.get("agency"), base, base + stop - (len(words) - len(words.rstrip()))
    )


def _is_month(place: str) -> bool:
    first = re.match(r"[A-Za-z]+", place)
    return first is not None and first.group().casefold() in phrases().months


def _iso(parts: dict[str, str | None]) -> str | None:
    """Tell the ISO date, if the year is there and the day exists."""
    if parts.get("iso"):
        year, month, day = (int(number) for number in (parts["iso"] or "").split("-"))
    elif parts.get("figures"):
        first, second, year = (int(number) for number in re.split("[/.]", parts["figures"] or ""))
        if first <= 12 and second <= 12 and first != second:
            return None  # day first or month first: it cannot be told
        day, month = (first, second) if first > 12 or first == second else (second, first)
    else:
        name = (parts.get("month") or parts.get("xmonth") or "").casefold()
        number = parts.get("year") or parts.get("xyear")
        if not name or not number:
            return None
        month = next(at for at, full in enumerate(phrases().months, 1) if full.startswith(name[:3]))
        year, day = int(number), int(parts.get("day") or parts.get("xday") or 0)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def full_date(words: str) -> str | None:
    """The ISO date of a day as datelines write it ("July 25, 2022", "25/07/2022"), if its year is there."""
    found = re.match(_day(), words.strip())
    return _iso(found.groupdict()) if found else None


def dateless_finding(text: str, published: str | None) -> Finding | None:
    """Say what relative dates of `text` rest on, where the text itself bears no full date.

    Parameters
    ----------
    text
        Canonical text of the report.
    published
        The publication date that was given with it, if any.
    """
    line = dateline(text)
    if line and line.date:
        return None
    start, end = (line.start, line.end) if line else (0, 0)
    lack = f"The dateline has no year ({line.when})" if line and line.when else "The text bears no date"
    if published and line and line.when:
        return None
    if published:
        why = f"{lack}; relative dates rest on the publication date given, {published}."
        return Finding(
            kind="dateless",
            verdict="defect",
            start=start,
            end=end,
            quote=text[start:end],
            why=why,
            figures={"published": published},
        )
    why = f"{lack} and no publication date was given; relative dates stay unresolved."
    return Finding(kind="dateless", verdict="unresolved", start=start, end=end, quote=text[start:end], why=why)
