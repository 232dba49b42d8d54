"""Calendar: the closed intervals of days that TIMEX3 values cover."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
PATTERN = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|Q(?P<quarter>\d)|H(?P<half>\d)|(?P<season>SP|SU|FA|WI)))?(?:T.*)?$"
)


def interval(value: str) -> tuple[date, date] | None:
    """First and last day of a TIMEX3 date value, or None where it covers no definite days.

    Source: TimeML 1.2.1 annotation guidelines, section 2.2 (values after ISO 8601).
    """
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31)
    if re.fullmatch(r"\d{2}", value) and value != "00":
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31)
    match = PATTERN.match(value)
    if match is None or not 1 <= int(match["year"]) <= 9998:
        return None
    try:
        return _named(match)
    except ValueError:
        return None


def _named(match: re.Match[str]) -> tuple[date, date]:
    year = int(match["year"])
    if match["day"]:
        day = date(year, int(match["month"]), int(match["day"]))
        return day, day
    if match["month"]:
        return month_days(year, int(match["month"]), int(match["month"]))
    if match["week"]:
        monday = date.fromisocalendar(year, int(match["week"]), 1)
        return (monday + timedelta(5) if match["weekend"] else monday), monday + timedelta(6)
    if match["quarter"]:
        return month_days(year, 3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
    if match["half"]:
        return month_days(year, 6 * int(match["half"]) - 5, 6 * int(match["half"]))
    if match["season"]:
        first, last = SEASON_MONTHS[match["season"]]
        end_year = year + 1 if last < first else year
        return date(year, first, 1), month_days(end_year, last, last)[1]
    return date(year, 1, 1), date(year, 12, 31)


def month_days(year: int, first: int, last: int) -> tuple[date, date]:
    """First and last day of a run of months of one year."""
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def week(day: date) -> str:
    """The ISO 8601 week that a day is in, as a TIMEX3 value."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def shift_months(day: date, months: int) -> date:
    """The same day of the month, so many months on; the last day where the month is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shifted(day: date, count: float, unit: str) -> str | None:
    """The TIMEX3 value of the day, week, month or year that lies `count` units of `unit` from a day."""
    try:
        match unit:
            case "D":
                return (day + timedelta(days=round(count))).isoformat()
            case "F":
                return week(day + timedelta(weeks=2 * round(count)))
            case "W":
                return week(day + timedelta(weeks=round(count)))
            case "M":
                moved = shift_months(day, round(count))
                return f"{moved.year}-{moved.month:02d}"
            case "Q":
                moved = shift_months(day, 3 * round(count))
                return f"{moved.year}-Q{(moved.month + 2) // 3}"
            case "Y":
                return f"{day.year + round(count):04d}"
            case "E":
                return f"{(day.year + 10 * round(count)) // 10}"
            case "C":
                return f"{(day.year + 100 * round(count)) // 100}"
    except (ValueError, OverflowError):
        return None
    return None
