"""Changes: on which days the standing of a pair became another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.domain import Value
from dragoman.record.standing.ask import LOW, Steps
from dragoman.record.standing.pair import Axis, Pair, Row, pair


class Change(Value, frozen=True, kw_only=True):
    """One axis of a pair, or one of its flags, became another by a day."""

    day: str
    holder: str
    toward: str
    what: str
    before: str
    after: str
    basis: str | None
    tellings: tuple[int, ...]


def changes(found: Steps, since: str) -> list[Change]:
    """The changes after a day, in order of their days."""
    told = [change for (holder, toward), rows in found.items() for change in _of_pair(holder, toward, rows, since)]
    return sorted(told, key=lambda one: (one.day, one.holder, one.toward, one.what))


def _of_pair(holder: str, toward: str, rows: Sequence[Row], since: str) -> Iterator[Change]:
    before = pair(holder, toward, [row for row in rows if row.day <= since])
    for day in _days(rows, since):
        after = pair(holder, toward, [row for row in rows if row.day <= day])
        yield from _between(before, after, day, [row for row in rows if row.day == day])
        before = after


def _days(rows: Sequence[Row], since: str) -> list[str]:
    """The days after `since` on which anything can have changed."""
    days = {row.day for row in rows if row.level not in LOW or row.way != "up" or row.held != "held"}
    for claim in (True, False):
        for level in LOW:
            low = sorted({row.day for row in rows if row.level == level and row.claim == claim and row.way == "up"})
            last_down = max((row.day for row in rows if row.way in ("down", "severs")), default="")
            days |= set(low[:1]) | set([day for day in low if day > last_down][:1])
            days |= set([day for day in low if day > since][:1])
    return sorted(day for day in days if day > since)


def _between(before: Pair, after: Pair, day: str, of_day: Sequence[Row]) -> Iterator[Change]:
    for what in ("recognition", "representation"):
        one: Axis = getattr(before, what)
        other: Axis = getattr(after, what)
        if (one.level, one.basis) != (other.level, other.basis):
            yield _change(after, day, what, one.level, other.level, other.basis, other.tellings or other.against)
    for what, now in (("sanctions", after.sanctions), ("severed", after.severed)):
        if bool(getattr(before, what)) != bool(now):
            tellings = now or tuple(row.num for row in of_day if (row.axis == "sanctions") == (what == "sanctions"))
            yield _change(after, day, what, *(("no", "yes") if now else ("yes", "no")), None, tellings)
    known = {(one.axis, one.level) for one in before.expected}
    for ahead in after.expected:
        if (ahead.axis, ahead.level) not in known:
            now = getattr(after, ahead.axis).level
            yield _change(after, day, f"{ahead.axis} expected", now, ahead.level, ahead.basis, ahead.tellings)


def _change(
    of: Pair, day: str, what: str, before: str, after: str, basis: str | None, tellings: tuple[int, ...]
) -> Change:
    return Change(
        day=day,
        holder=of.holder,
        toward=of.toward,
        what=what,
        before=before,
        after=after,
        basis=basis,
        tellings=tellings,
    )
