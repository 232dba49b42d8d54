"""Grammar: the regular expressions of English time expressions, composed of the lexicon's words.

Each rule has a name; `find` tries them at a place in the order given here, the longer and more definite first.
"""

from __future__ import annotations

import re
from functools import cache

from dragoman.reading.times.words import reference_values, time_words


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def pieces() -> dict[str, str]:
    """The vocabulary of the rules, by name."""
    words = time_words()
    full = _any([month for month in words.months if len(month) > 4 or month in ("may", "june", "july")])
    short = _any([month for month in words.months if len(month) <= 4 and month not in ("may", "june", "july")])
    number = (
        r"(?:\d+(?:\.\d+)?|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
        r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|an|half"
        r"|and)(?:[\s-]+(?:one|two|three|four|five|six|seven|eight|nine|ten|and\s+a\s+half|a\s+half|hundred|thousand))*)"
    )
    unit = "|".join(unit for unit in words.units if unit not in ("weekend",))
    return {
        "MONTH": rf"(?P<month>(?:{full})\b|(?:{short})\b\.?)",
        "WEEKDAY": rf"(?P<weekday>{_any(list(words.weekdays))})",
        "DAY": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
        "YEAR": r"(?P<year>(?:1[5-9]|20)\d\d)",
        "UNIT": rf"(?P<unit>{unit})s?",
        "NUMBER": rf"(?P<number>{number}|{_any(words.vague)})",
        "SEASON": rf"(?P<season>{_any(list(words.seasons))})",
        "PART": rf"(?P<part>{_any(list(words.parts))})",
        "RANK": rf"(?P<rank>{_any(list(words.ordinals))}|final|last|latest)",
        "MOD": r"(?:(?P<mod>early|late|mid|the\s+(?:very\s+)?(?:beginning|start|end|middle|close)\s+of|earlier|later)[\s-]+)?",
        "WHICH": r"(?P<which>last|past|next|this|previous|coming|current|following|same|that|upcoming)",
        "ZONE": r"(?P<zone>utc|gmt|et|est|edt|local\s+time|z)",
    }


RULES = (
    ("iso", r"(?P<iso>\d{4}-\d{2}-\d{2})(?:T\d\d:\d\d(?::\d\d)?Z?)?"),
    ("named", r"(?P<named>{NAMED})"),
    ("numeric", r"(?P<one>\d{1,2})[/.](?P<two>\d{1,2})[/.](?P<three>\d{4}|\d{2})"),
    ("weekday-date", r"{WEEKDAY},?\s+(?:the\s+)?(?:{MONTH}\s+{DAY}|(?P<day2>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month2>{MONTHS}))"
                     r"(?:,?\s+{YEAR})?"),
    ("month-day", r"{MOD}{MONTH}\s+{DAY}\b(?!:)(?:\s*(?:-|–|to|and)\s*(?P<until>\d{1,2})(?:st|nd|rd|th)?\b(?!\s*{UNITS}))?(?:,?\s+{YEAR}\b)?"),
    ("day-month", r"(?:the\s+)?{DAY}(?:\s*(?:-|–|to|and)\s*(?P<until>\d{1,2})(?:st|nd|rd|th)?)?\s+(?:day\s+)?(?:of\s+)?{MONTH}"
                  r"(?:,?\s+{YEAR}\b)?"),
    ("month-year", r"{MOD}{MONTH},?\s+(?:of\s+)?{YEAR}\b"),
    ("quarter", r"(?:the\s+)?(?:fiscal\s+)?{RANK}[\s-]quarter(?:\s+of\s+(?:(?:the\s+)?{WHICH}\s+year|{YEAR})|,?\s+(?P<year2>(?:19|20)\d\d))?"),
    ("season", r"{MOD}(?:(?:the\s+)?{WHICH}\s+|the\s+)?{SEASON}(?:\s+(?:of\s+)?{YEAR}\b)?"),
    ("clock", r"(?P<hour>\d{1,2})(?::?(?P<minute>\d\d))?\s*(?:(?P<half>a\.?m\.?|p\.?m\.?)|(?:(?:hours\s+)?{ZONE}))"
              r"(?:\s*\(?{ZONE2}\)?)?(?:\s+(?:on\s+)?(?:{WEEKDAY}|(?P<deictic>today|yesterday)))?"),
    ("part", r"(?:(?P<deictic>yesterday|tomorrow)|{WHICH}|{WEEKDAY})\s+{PART}\b|(?P<tonight>tonight)"),
    ("weekday", r"(?:(?:early|late|earlier|later)\s+)?(?:(?:on\s+)?{WHICH}\s+)?{WEEKDAY}\b"),
    ("deictic", r"(?:earlier\s+|later\s+)?(?P<deictic>today|yesterday|tomorrow|the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)\b"),
    ("month-which", r"{WHICH}\s+{MONTH}\b|(?P<month2>{MONTHS})\s+(?:of\s+)?(?P<which2>last|this|next)\s+year\b"),
    ("ago", r"(?:(?:almost|nearly|about|around|more\s+than|over|some|just|less\s+than)\s+)?{NUMBER}\s+{UNIT}\s+(?P<ago>ago|earlier|later"
            r"|before|previously|from\s+now|hence)\b"),
    ("past-span", r"(?:the\s+)?(?P<which>last|past|next|previous|coming|following)\s+{NUMBER}\s+(?:\w+\s+)?{UNIT}\b"),
    ("which-unit", r"{MOD}(?:the\s+)?{WHICH}\s+(?P<unit>day|weekend|week|month|quarter|year|decade|century|period)\b"),
    ("unit-which", r"the\s+(?P<unit>day|week|month|year)\s+(?P<after>before|previous|after|earlier)\b"),
    ("decade", r"(?:the\s+)?{MOD}(?P<century>1[89]|20)?'?(?P<decade>\d0)s\b"),
    ("set", r"(?:every|each)\s+(?:(?P<number>two|three|four|\d+|other)\s+)?(?:{UNIT}|{WEEKDAY})\b|(?P<set>{SETS})\b"),
    ("duration", r"(?:(?:almost|nearly|about|around|more\s+than|over|some|at\s+least|up\s+to|less\s+than)\s+)?{NUMBER}[\s-]+"
                 r"(?:(?:consecutive|straight|full|long|whole|and\s+a\s+half|more|calendar|working|trading)\s+)?{UNIT}\b"),
    ("bare-duration", r"(?P<vagueunit>decades|centuries)\b(?:-long)?"),
    ("year", r"{MOD}(?:the\s+year\s+)?{YEAR}\b"),
    ("the-weekend", r"(?:over\s+|at\s+)?the\s+weekend\b"),
    ("mod-year", r"the\s+(?:very\s+)?(?:beginning|start|end|middle)\s+of\s+(?:the|this|last|next)\s+(?P<unit>year|month|week|day|decade)\b"),
    ("month", r"{MOD}{MONTH}(?!\w)"),
    ("reference", r"(?P<reference>{REFERENCES})\b(?!-|\s+(?:\w+\s+)?(?:{UNITS})s?\b)"),
    ("day", r"the\s+(?:entire\s+|whole\s+)?(?P<unit>day)\b(?!s|\s+(?:of|that|when|care|after|before|to))"),
)  # fmt: skip


@cache
def rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The rules, compiled."""
    words = time_words()
    known = pieces() | {
        "NAMED": _any([*words.named, *words.holidays]),
        "MONTHS": _any(list(words.months)),
        "UNITS": "|".join(words.units),
        "SETS": _any(list(words.sets)),
        "REFERENCES": _any(list(reference_values())),
        "ZONE2": r"(?:gmt|utc)\s*[+-]?\s*\d*",
    }
    made = []
    for name, rule in RULES:
        pattern = re.sub(r"\{([A-Z][A-Z0-9]*)\}", lambda piece: known[piece[1]], rule)
        made.append((name, re.compile(pattern, re.IGNORECASE)))
    return tuple(made)


@cache
def starts() -> re.Pattern[str]:
    """Words and digits at which a time expression may begin: all else is passed over in one scan."""
    words = time_words()
    first = {
        word.split()[0].split("-")[0].rstrip(".")
        for group in (
            words.months, words.weekdays, words.seasons, words.sets, words.holidays, words.vague, reference_values(),
            words.ordinals,
        )
        for word in group
    } - {"in", "the", "a", "at", "new", "few"}  # fmt: skip
    more = (
        "today|yesterday|tomorrow|tonight|last|past|next|this|previous|coming|current|following|same|that|upcoming|the|early"
        "|late|mid|earlier|later|final|latest|every|each|over|at|decades|centuries|almost|nearly|about|around|more|some"
        "|just|less|up|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
        "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|half|new|in|few|fiscal|on"
    )
    return re.compile(rf"(?<![\w.,/-])'?(?:\d|(?:{more}|{_any(sorted(first))})\b)", re.IGNORECASE)


@cache
def cores() -> re.Pattern[str]:
    """What every time expression holds somewhere: a stretch of text without any of these is not looked at."""
    words = time_words()
    every = {
        *words.months, *words.weekdays, *words.units, *words.seasons, *words.parts, *words.sets, *words.holidays,
        *words.named, *(word.split()[-1] for word in reference_values()),
        "today", "yesterday", "tomorrow", "tonight",
    }  # fmt: skip
    return re.compile(rf"\d|\b(?:{_any(sorted(every))})", re.IGNORECASE)
