"""Changes: on which days the standing of a pair became another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from dragoman.domain import Value
from dragoman.record.standing.ask import Steps
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


def changes(found: Steps, since: str, *, at_least: str = "", latest: bool = False) -> Iterator[Change]:
    """The changes after a day, in order of their days, or in the reverse of it; reckoned as they are taken.

    Parameters
    ----------
    found
        The steps of each pair (`dragoman.record.standing.ask.condensed`).
    since
        An ISO day.
    at_least
        A day before which changes are left out, to go on from where a page ended.
    latest
        Begin with the last change.
    """
    histories = {key: _History(*key, rows) for key, rows in found.items()}
    days: dict[str, list[tuple[str, str]]] = {}
    for key, history in histories.items():
        for day in history.after(since):
            days.setdefault(day, []).append(key)
    for day in sorted((day for day in days if day >= at_least), reverse=latest):
        for key in sorted(days[day], reverse=latest):
            history = histories[key]
            yield from sorted(history.turned(day), key=lambda one: one.what, reverse=latest)


class _History:
    """The steps of one pair in order of their days, and what follows from them by a day."""

    def __init__(self, holder: str, toward: str, rows: Iterable[Row]) -> None:
        self.holder, self.toward = holder, toward
        self.rows = sorted(rows, key=lambda row: row.day)
        self.days = [row.day for row in self.rows]
        self._known: tuple[tuple[int, Pair], ...] = ()  # what was reckoned last: a change's other side

    def after(self, since: str) -> Sequence[str]:
        """The days after `since` on which anything can have changed."""
        return list(dict.fromkeys(self.days[bisect_right(self.days, since) :]))

    def turned(self, day: str) -> Iterator[Change]:
        """What changed on a day."""
        first, end = bisect_left(self.days, day), bisect_right(self.days, day)
        before, after = self._by(first), self._by(end)
        self._known = ((first, before), (end, after))
        return _between(before, after, day, self.rows[first:end])

    def _by(self, many: int) -> Pair:
        known = dict(self._known).get(many)
        return known or pair(self.holder, self.toward, self.rows[:many])


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
