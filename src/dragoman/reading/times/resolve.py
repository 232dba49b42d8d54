"""Resolution: from a matched expression to its TIMEX3 value.

*News past*: a bare weekday, month or day is the last one before publication, unless the tense of its clause or the
wording ("next") says otherwise.  What hangs on an earlier time ("two days later") hangs on the text's last time, never
on the publication date.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dragoman.domain import TimeStatus, TimeType
from dragoman.reading.numerals import cardinal
from dragoman.reading.times.calendar import interval, shift_months, shifted, week
from dragoman.reading.times.words import reference_values, time_words

NO_DATE = "no publication date is known"
NO_ANTECEDENT = "no time is named before it that it could go back to"
FAR_ANTECEDENT = "the time it goes back to is not in its own sentence or passage"
BACKWARD = frozenset({"last", "past", "previous"})
FORWARD = frozenset({"next", "coming", "following", "upcoming"})
NEAR = 60  # days by which a bare month and day may lie ahead of publication


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved expression, before it gets its place in the text."""

    timex: str | None
    type: TimeType = "DATE"
    anchor: str | None = None
    status: TimeStatus = "resolved"
    granularity: str = "day"
    mod: str | None = None
    reason: str | None = None
    candidates: tuple[str, ...] | None = None
    end: str | None = None  # last day of a range given in one expression


@dataclass(frozen=True, slots=True)
class Setting:
    """What an expression may rest on: the publication date, the tense of its clause, the last time in the text."""

    published: date | None
    tense: str | None
    previous: str | None  # TIMEX3 value
    near: bool  # whether the previous time stands in the same passage
    day: str | None  # the last time that is a day
    day_near: bool
    following: str  # the text right behind


Handler = Callable[[re.Match[str], Setting], Value | None]

GRANULARITIES = {
    "D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century", "F": "week",
    "WE": "weekend", "H": "hour", "S": "second",
}  # fmt: skip
MODS = {"early": "START", "late": "END", "mid": "MID", "earlier": "START", "later": "END"}


def _mod(match: re.Match[str]) -> str | None:
    said = (match.groupdict().get("mod") or "").lower()
    if not said:
        return None
    if "begin" in said or "start" in said:
        return "START"
    if "end" in said or "close" in said:
        return "END"
    return MODS.get(said, "MID")


def _unresolved(reason: str, granularity: str = "day", anchor: str = "published") -> Value:
    return Value(None, anchor=anchor, status="unresolved", granularity=granularity, reason=reason)


def _month(name: str) -> int:
    return time_words().months[name.lower()]


def _month_meant(match: re.Match[str], name: str = "month") -> bool:
    """ "May" and "March" are months only with a capital."""
    return match[name][:1].isupper() or match[name].lower() not in ("may", "march", "mar", "dec", "sep", "jan", "jun")


def iso(match: re.Match[str], setting: Setting) -> Value | None:
    """2022-07-24."""
    return Value(match["iso"], anchor="stated") if interval(match["iso"]) else None


def named(match: re.Match[str], setting: Setting) -> Value | None:
    """Christmas, 9/11."""
    name = re.sub(r"\s+", " ", match["named"].lower())
    if name in time_words().named:
        return Value(time_words().named[name], anchor="stated")
    if not match["named"][:1].isupper():
        return None
    month, day = time_words().holidays[name].split("-")
    return _day_of_year(int(month), int(day), None, setting)


def numeric(match: re.Match[str], setting: Setting) -> Value | None:
    """7/8/07: two readings, American and European, where both are dates."""
    year = int(match["three"]) + (0 if len(match["three"]) == 4 else 2000 if int(match["three"]) < 70 else 1900)
    one, two = int(match["one"]), int(match["two"])
    readings = [text for text in (_iso(year, one, two), _iso(year, two, one)) if text]
    if not readings:
        return None
    if len(set(readings)) == 1:
        return Value(readings[0], anchor="stated")
    if setting.published is not None:
        near = [one for one in readings if abs((date.fromisoformat(one) - setting.published).days) < NEAR]
        if len(near) == 1:
            return Value(near[0], anchor="published")
    return Value(
        readings[0], anchor="stated", status="ambiguous", candidates=tuple(readings),
        reason="month and day could stand either way round",
    )  # fmt: skip


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def month_day(match: re.Match[str], setting: Setting) -> Value | None:
    """July 24, 24 July 2022, Monday, July 25."""
    groups = match.groupdict()
    name = "month" if groups.get("month") else "month2"
    if not _month_meant(match, name):
        return None
    day = int(groups.get("day") or groups.get("day2") or 0)
    value = _day_of_year(_month(match[name]), day, groups.get("year"), setting)
    until = groups.get("until")
    if value is not None and value.status == "resolved" and value.timex and until and int(until) > day:
        last = _iso(int(value.timex[:4]), int(value.timex[5:7]), int(until))
        return replace(value, end=last) if last else value
    return value


def _day_of_year(month: int, day: int, year: str | None, setting: Setting) -> Value | None:
    if year:
        stated = _iso(int(year), month, day)
        return Value(stated, anchor="stated") if stated else None
    if setting.published is None:
        return (
            None
            if _iso(2000, month, day) is None
            else replace(_unresolved("the year is not said, and " + NO_DATE), timex=f"XXXX-{month:02d}-{day:02d}")
        )
    base = setting.published
    found = [text for at in (base.year - 1, base.year, base.year + 1) if (text := _iso(at, month, day))]
    if not found:
        return None
    past = [text for text in found if text <= base.isoformat()]
    ahead = [text for text in found if text > base.isoformat()]
    if base.isoformat() in past:
        return Value(base.isoformat(), anchor="published")  # "will travel July 19", told on 19 July
    if ahead and (setting.tense == "future" or _soon(ahead[0], base, setting.tense) or not past):
        return Value(ahead[0], anchor="published")
    return Value(past[-1], anchor="published")


def _soon(ahead: str, base: date, tense: str | None) -> bool:
    distance = (date.fromisoformat(ahead) - base).days
    return distance < NEAR and tense != "past"


def month_year(match: re.Match[str], setting: Setting) -> Value | None:
    """April 1997."""
    if not _month_meant(match):
        return None
    return Value(
        f"{match['year']}-{_month(match['month']):02d}", anchor="stated", granularity="month", mod=_mod(match)
    )


def month(match: re.Match[str], setting: Setting) -> Value | None:
    """In February; last September; October of next year."""
    if match.groupdict().get("month2"):
        return _month_of_year(match, setting)
    if (
        not _month_meant(match)
        or not match["month"][:1].isupper()
        or (len(match["month"]) < 4 and match["month"] != "May")
    ):
        return None
    name = match["month"]
    which = (match.groupdict().get("which") or "").lower()
    if name in ("May", "March", "April", "June", "August") and not which and not _mod(match):
        before = match.string[max(0, match.start() - 12) : match.start()].lower()
        if not re.search(
            r"\b(?:in|of|since|until|till|by|from|to|during|for|between|and|through|before|after|on)\s+$", before
        ):
            return None
    number = _month(name)
    if setting.published is None:
        return replace(_unresolved(NO_DATE, "month"), timex=f"XXXX-{number:02d}")
    base, year = setting.published, setting.published.year
    ahead = setting.tense == "future" or which in FORWARD
    if which in BACKWARD and number >= base.month and (number > base.month or which == "last"):
        year -= 1
    elif ahead and number < base.month:
        year += 1
    elif not ahead and number > base.month and not (which == "this" or _within(number, base, setting)):
        year -= 1
    return Value(f"{year}-{number:02d}", anchor="published", granularity="month", mod=_mod(match))


def _month_of_year(match: re.Match[str], setting: Setting) -> Value | None:
    if setting.published is None:
        return _unresolved(NO_DATE, "month")
    step = {"last": -1, "this": 0, "next": 1}[match["which2"].lower()]
    value = f"{setting.published.year + step}-{_month(match['month2']):02d}"
    return Value(value, anchor="published", granularity="month")


def _within(number: int, base: date, setting: Setting) -> bool:
    return setting.tense != "past" and 0 < number - base.month <= 1


def quarter(match: re.Match[str], setting: Setting) -> Value | None:
    """The third quarter of last year."""
    rank = match["rank"].lower()
    number = time_words().ordinals.get(rank, 4 if rank == "final" else 0)
    year = match["year"] or match["year2"]
    if year:
        return Value(f"{year}-Q{number or 4}", anchor="stated", granularity="quarter")
    if setting.published is None:
        return _unresolved(NO_DATE, "quarter")
    base = setting.published
    if not number:
        return Value(shifted(base, -1, "Q"), anchor="published", granularity="quarter")
    which = (match["which"] or "").lower()
    at = base.year - (which in BACKWARD) + (which in FORWARD)
    if not which and number > (base.month + 2) // 3 - (setting.tense != "future") and setting.tense != "future":
        at -= 1
    return Value(f"{at}-Q{number}", anchor="published", granularity="quarter")


def season(match: re.Match[str], setting: Setting) -> Value | None:
    """Last summer; the spring of 1968."""
    code = time_words().seasons[match["season"].lower()]
    before = match.string[max(0, match.start() - 4) : match.start()].lower()
    determined = match["which"] or match["year"] or _mod(match) or re.match(r"the\s", match[0], re.IGNORECASE)
    if match["season"].lower() in ("fall", "spring") and not (match["which"] or match["year"]):
        return None
    if not determined and not before.endswith("in "):
        return None
    if match["year"]:
        return Value(f"{match['year']}-{code}", anchor="stated", granularity="season", mod=_mod(match))
    if setting.published is None:
        return _unresolved(NO_DATE, "season")
    base, which = setting.published, (match["which"] or "").lower()
    ends = interval(f"{base.year}-{code}")
    year = base.year
    if ends and which in BACKWARD and ends[0] <= base:
        year = base.year if ends[1] < base else base.year - 1
    elif ends and ends[0] > base and setting.tense != "future" and which not in ("this", "next", "coming"):
        year -= 1
    elif ends and which in FORWARD and ends[0] <= base:
        year += 1
    return Value(f"{year}-{code}", anchor="published", granularity="season", mod=_mod(match))


def _weekday(name: str, which: str, setting: Setting) -> str | None:
    base = setting.published
    if base is None:
        return None
    number = time_words().weekdays[name.lower()]
    back = (base.weekday() - number) % 7
    if which in FORWARD or (setting.tense == "future" and which not in BACKWARD):
        ahead = (number - base.weekday()) % 7
        if ahead == 0 and which in FORWARD:
            ahead = 7
        return (base + timedelta(ahead)).isoformat()
    if which == "this":
        return (base + timedelta(number - base.weekday())).isoformat()
    if back == 0 and which in BACKWARD:
        back = 7
    return (base - timedelta(back)).isoformat()


def weekday(match: re.Match[str], setting: Setting) -> Value | None:
    """On Sunday; last Friday."""
    if not match["weekday"][:1].isupper():
        return None
    value = _weekday(match["weekday"], (match["which"] or "").lower(), setting)
    return Value(value, anchor="published") if value else _unresolved(NO_DATE)


DEICTIC = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def deictic(match: re.Match[str], setting: Setting) -> Value | None:
    """Today, yesterday."""
    if setting.published is None:
        return _unresolved(NO_DATE)
    days = DEICTIC[re.sub(r"\s+", " ", match["deictic"].lower())]
    return Value((setting.published + timedelta(days)).isoformat(), anchor="published")


def part(match: re.Match[str], setting: Setting) -> Value | None:
    """Friday morning, last night, this afternoon, tonight."""
    groups = match.groupdict()
    code = "NI" if groups["tonight"] else time_words().parts[match["part"].lower()]
    which = (groups["which"] or "").lower()
    if setting.published is None:
        return _unresolved(NO_DATE, "part-of-day")
    if groups["weekday"]:
        day = _weekday(groups["weekday"], "", setting)
    elif groups["deictic"] or groups["tonight"] or which == "this":
        day = (setting.published + timedelta(DEICTIC.get((groups["deictic"] or "today").lower(), 0))).isoformat()
    elif which in ("last", "previous"):
        day = (setting.published - timedelta(1)).isoformat()
    else:
        return _anaphoric(setting, lambda base: f"{base}T{code}", "part-of-day") if which in ("that", "same") else None
    return Value(f"{day}T{code}", type="TIME", anchor="published", granularity="part-of-day")


def clock(match: re.Match[str], setting: Setting) -> Value | None:
    """14:58 UTC; 6:40 p.m. on Monday."""
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "").lower().replace(".", "")
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12) or not (half or match["minute"]):
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    groups = match.groupdict()
    day = None
    if groups["weekday"]:
        day = _weekday(groups["weekday"], "", setting)
    elif groups["deictic"] and setting.published:
        day = (setting.published + timedelta(DEICTIC[groups["deictic"].lower()])).isoformat()
    elif setting.near and setting.previous and re.fullmatch(r"\d{4}-\d\d-\d\d", setting.previous[:10]):
        day = setting.previous[:10]
    elif setting.published:
        day = setting.published.isoformat()
    if day is None:
        return replace(_unresolved(NO_DATE, "minute"), timex=f"XXXX-XX-XXT{hour:02d}:{minute:02d}", type="TIME")
    zone = "Z" if (match["zone"] or "").lower() in ("utc", "gmt", "z") else ""
    return Value(f"{day}T{hour:02d}:{minute:02d}{zone}", type="TIME", anchor="published", granularity="minute")


def _unit(match: re.Match[str]) -> str:
    return time_words().units[match["unit"].lower()]


def ago(match: re.Match[str], setting: Setting) -> Value | None:
    """Three days ago hangs on publication, three days later on the time before."""
    unit, count = _unit(match), cardinal(match["number"])
    word = match["ago"].lower().split()[0]
    if word == "before" and not re.match(r"\s*[.,;)]|\s*$", setting.following):
        return None
    sign = 1 if word in ("later", "from", "hence") else -1
    granularity = GRANULARITIES[unit if unit not in ("S", "H") else "D"]
    if count is None or unit in ("S", "H") or (unit == "M" and match["unit"].lower() == "minute"):
        return Value("PAST_REF" if sign < 0 else "FUTURE_REF", granularity=granularity, anchor=None)

    def moved(base: str) -> str | None:
        covered = interval(base)
        return shifted(covered[0], sign * count, unit) if covered else None

    if word in ("ago", "from", "hence"):
        if setting.published is None:
            return _unresolved(NO_DATE, granularity)
        value = shifted(setting.published, sign * count, unit)
        return Value(value, anchor="published", granularity=granularity) if value else None
    return _anaphoric(setting, moved, granularity)


def _anaphoric(setting: Setting, made: Callable[[str], str | None], granularity: str) -> Value:
    """A time that goes back to the one before it in the text."""
    value = made(setting.previous[:10]) if setting.previous else None
    if value is None:
        return _unresolved(NO_ANTECEDENT, granularity, "previous")
    if not setting.near:
        return Value(
            None, anchor="previous", status="ambiguous", granularity=granularity, reason=FAR_ANTECEDENT,
            candidates=(value,),
        )  # fmt: skip
    return Value(value, anchor="previous", granularity=granularity)


def which_unit(match: re.Match[str], setting: Setting) -> Value | None:
    """Last week, this year, the same day, the following month."""
    which, name = match["which"].lower(), match["unit"].lower()
    if name == "period":
        return None
    unit = time_words().units[name]
    if which in ("same", "that", "following", "previous") or (which in ("next", "past") and name == "day"):
        return _relative(which, unit, setting)
    if name == "day":
        return None
    if setting.published is None:
        return _unresolved(NO_DATE, GRANULARITIES[unit])
    step = -1 if which in BACKWARD else 1 if which in FORWARD else 0
    if which == "past" and name in ("year", "decade", "century", "month", "week"):
        return (
            _span(1, unit, name)
            if name != "year"
            else Value(shifted(setting.published, -1, "Y"), anchor="published", granularity="year")
        )
    if unit == "WE":
        days = -setting.published.weekday() - 2 if step < 0 else 5 - setting.published.weekday() + 7 * step
        return Value(f"{week(setting.published + timedelta(days))}-WE", anchor="published", granularity="weekend")
    value = shifted(setting.published, step, unit)
    return Value(value, anchor="published", granularity=GRANULARITIES[unit], mod=_mod(match)) if value else None


def _relative(which: str, unit: str, setting: Setting) -> Value:
    step = {"following": 1, "next": 1, "previous": -1, "past": -1}.get(which, 0)

    def moved(base: str) -> str | None:
        covered = interval(base)
        if covered is None or (unit == "D" and len(base) < 10):
            return None
        return shifted(covered[0], step, unit)

    if unit == "D":
        setting = replace(setting, previous=setting.day, near=setting.day_near)
    if which == "previous" and unit != "D" and setting.published is not None and not setting.near:
        return Value(shifted(setting.published, -1, unit), anchor="published", granularity=GRANULARITIES[unit])
    return _anaphoric(setting, moved, GRANULARITIES[unit])


def unit_which(match: re.Match[str], setting: Setting) -> Value | None:
    """The day before, the year previous."""
    before = match["after"].lower() != "after"
    if match["after"].lower() in ("before", "after") and not re.match(r"\s*[.,;)]|\s*$", setting.following):
        return None
    return _relative("previous" if before else "following", _unit(match), setting)


def past_span(match: re.Match[str], setting: Setting) -> Value | None:
    """The past nine days; the next four years."""
    return _span(cardinal(match["number"]), _unit(match), match["unit"].lower())


def _span(count: float | None, unit: str, name: str) -> Value:
    value = "X" if count is None else f"{count:g}"
    clock = "T" if unit in ("S", "H") or name == "minute" else ""
    count_unit = {"E": ("Y", 10), "C": ("Y", 100), "F": ("W", 2)}.get(unit)
    if count_unit and count is not None:
        unit, value = count_unit[0], f"{count * count_unit[1]:g}"
    elif count_unit:
        unit = count_unit[0]
    return Value(f"P{clock}{value}{unit}", type="DURATION", granularity=GRANULARITIES.get(unit, "day"))


def duration(match: re.Match[str], setting: Setting) -> Value | None:
    """Three days; a five-year plan."""
    number = match["number"].lower()
    if number in ("a", "an", "and", "one") and match["unit"].lower() in ("second", "minute"):
        return None
    if number in ("and", "half"):
        return None
    return _span(cardinal(number), _unit(match), match["unit"].lower())


def bare_duration(match: re.Match[str], setting: Setting) -> Value | None:
    """Decades."""
    return Value("PXY", type="DURATION", granularity="year")


def decade(match: re.Match[str], setting: Setting) -> Value | None:
    """The 1990s; the 70s."""
    digits = match["decade"]
    century = match["century"] or ("20" if digits in ("00", "10") else "19")
    return Value(f"{century}{digits[0]}", anchor="stated", granularity="decade", mod=_mod(match))


def set_(match: re.Match[str], setting: Setting) -> Value | None:
    """Every year; annually."""
    groups = match.groupdict()
    if groups["set"]:
        return Value(time_words().sets[groups["set"].lower()], type="SET", granularity="year")
    if groups["weekday"]:
        return Value(f"XXXX-WXX-{time_words().weekdays[groups['weekday'].lower()] + 1}", type="SET")
    count = 2.0 if groups["number"] == "other" else cardinal(groups["number"] or "one")
    return replace(_span(count, _unit(match), match["unit"].lower()), type="SET")


def year(match: re.Match[str], setting: Setting) -> Value | None:
    """2008, where it is no other number."""
    words = time_words()
    before = match.string[max(0, match.start() - 14) : match.start()].lower().rstrip()
    if any(re.search(rf"(?<!\w){re.escape(word)}$", before) for word in words.number_before):
        return None
    if re.match(r"[,.]\d|/\d|-\d{1,4}\b(?!-)|:\d", setting.following) and not re.match(
        r"-\d{2,4}\b", setting.following
    ):
        return None
    after = setting.following.lstrip().lower()
    if any(after.startswith(word) and not after[len(word) : len(word) + 1].isalpha() for word in words.number_after):
        return None
    return Value(match["year"], anchor="stated", granularity="year", mod=_mod(match))


def the_weekend(match: re.Match[str], setting: Setting) -> Value | None:
    """The weekend before publication, or the one ahead when the clause is in the future."""
    base = setting.published
    if base is None:
        return _unresolved(NO_DATE, "weekend")
    ahead = setting.tense == "future" or base.weekday() >= 5
    day = base if ahead else base - timedelta(base.weekday() + 1)
    return Value(f"{week(day)}-WE", anchor="published", granularity="weekend")


def mod_year(match: re.Match[str], setting: Setting) -> Value | None:
    """The end of this year."""
    if setting.published is None:
        return _unresolved(NO_DATE)
    said = match[0].lower()
    step = -1 if " last " in said else 1 if " next " in said else 0
    unit = _unit(match)
    value = shifted(setting.published, step, unit)
    mod = "START" if "begin" in said or "start" in said else "END" if "end" in said else "MID"
    return Value(value, anchor="published", granularity=GRANULARITIES[unit], mod=mod) if value else None


def reference(match: re.Match[str], setting: Setting) -> Value | None:
    """Now, recently, in the future."""
    word = re.sub(r"\s+", " ", match["reference"].lower())
    return Value(reference_values()[word], granularity="reference")


def day(match: re.Match[str], setting: Setting) -> Value | None:
    """The day: the one last named in the same passage."""
    found = _relative("same", "D", setting)
    return found if found.status == "resolved" else None


HANDLERS: dict[str, Handler] = {
    "iso": iso, "named": named, "numeric": numeric, "weekday-date": month_day, "month-day": month_day,
    "day-month": month_day, "month-year": month_year, "quarter": quarter, "season": season, "clock": clock,
    "part": part, "weekday": weekday, "deictic": deictic, "month-which": month, "ago": ago, "past-span": past_span,
    "which-unit": which_unit, "unit-which": unit_which, "decade": decade, "set": set_, "duration": duration,
    "bare-duration": bare_duration, "year": year, "the-weekend": the_weekend, "mod-year": mod_year, "month": month,
    "reference": reference, "day": day,
}  # fmt: skip
__all__ = ["HANDLERS", "Setting", "Value", "shift_months"]
