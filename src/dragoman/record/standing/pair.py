"""A pair: what follows from the steps of one holder toward another, by a day.

Recognition is a stance: the last word on it holds, unless words contradict one another.  Representation is a rank: the
highest one reached that no later step took down.  The two are told apart as in the Correlates of War's Diplomatic
Exchange data and Diplometrics, which code a rank of representation whether or not anybody is recognised.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from dragoman.domain import Value
from dragoman.record.steps import step_entries

Basis = Literal["fact", "claim"]
SILENT = "silent"
DISPUTED = "disputed"
NONE = "none known"
SEVERED = "severed"
SHOWN = 5  # tellings that an axis names
AXES = ("recognition", "representation", "sanctions")
AHEAD = ("expected", "asked")
LOW = ("contact", "visits")  # levels that are reached over and over again
LATE = 45  # days from a step within which its denial is taken to speak of it


class Row(NamedTuple):
    """A step of the record (`tables.step`); ``num`` is the telling's, ``at`` its day as a number.

    ``times`` is of how many tellings it is the one that is taken (`dragoman.record.standing.history`).
    """

    num: int
    axis: str
    level: str
    way: str
    held: str
    implied: bool
    claim: bool
    day: str
    at: int
    times: int = 1


Contacts = Callable[[], Iterable[Row]]


class Axis(Value, frozen=True, kw_only=True):
    """The state of one axis.

    ``basis`` says whether the level rests on facts or on claims alone, ``on_facts`` what it is without claims.
    ``since`` is the first day by which it was reached and ``last`` that of its latest telling.  ``tellings`` are some
    of the ``count`` that it rests on, the latest first; ``against`` those that contradict them.
    """

    level: str
    on_facts: str
    basis: Basis | None = None
    since: str | None = None
    last: str | None = None
    implied: bool = False
    disputed: bool = False
    count: int = 0
    tellings: tuple[int, ...] = ()
    against: tuple[int, ...] = ()


class Ahead(Value, frozen=True, kw_only=True):
    """A step that is planned, predicted or asked for and was not taken by the day; ``told`` is when it was said.

    ``level`` is that which it would reach; ``severed`` and ``down to …`` where it would take something down.
    ``against`` are tellings that deny it.
    """

    axis: str
    level: str
    basis: Basis
    told: str
    tellings: tuple[int, ...]
    against: tuple[int, ...] = ()


class Pair(Value, frozen=True, kw_only=True):
    """How `holder` treats `toward`; `refusals` are tellings of explicit refusals to recognise."""

    holder: str
    toward: str
    recognition: Axis
    representation: Axis
    expected: tuple[Ahead, ...] = ()
    asked: tuple[Ahead, ...] = ()
    refusals: tuple[int, ...] = ()
    sanctions: tuple[int, ...] = ()
    severed: tuple[int, ...] = ()

    @property
    def told(self) -> bool:
        """Whether there is anything to say of it by the day."""
        return bool(self.recognition.basis or self.representation.basis or self.flags)

    @property
    def flags(self) -> tuple[str, ...]:
        """What else is to be known, in a word each."""
        told = {
            "sanctions": self.sanctions,
            "severed": self.severed,
            "expected": self.expected,
            "asked": self.asked,
            "disputed": self.recognition.disputed
            or self.representation.disputed
            or any(one.against for one in self.expected),
        }
        return tuple(name for name, is_so in told.items() if is_so)


class Reckoned(NamedTuple):
    """What follows from the steps of one axis; `flagged` are refusals to recognise, or tellings of a breach."""

    axis: Axis
    expected: tuple[Ahead, ...]
    asked: tuple[Ahead, ...]
    flagged: tuple[int, ...]


def pair(holder: str, toward: str, rows: Iterable[Row]) -> Pair:
    """What follows from all steps of one pair by a day; their order does not matter."""
    ordered = in_order(rows)
    stances, ranks, imposed = ([row for row in ordered if row.axis == axis] for axis in AXES)
    return joined(holder, toward, stance(stances), rank(ranks), sanctions(imposed))


def joined(
    holder: str, toward: str, recognition: Reckoned, representation: Reckoned, imposed: tuple[int, ...]
) -> Pair:
    """A pair of what follows from the steps of each axis: none of them says anything of another."""
    return Pair(
        holder=holder,
        toward=toward,
        recognition=recognition.axis,
        representation=representation.axis,
        expected=recognition.expected + representation.expected,
        asked=recognition.asked + representation.asked,
        refusals=recognition.flagged,
        sanctions=imposed,
        severed=representation.flagged,
    )


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Steps in the order of their days, and on one day always in the same."""
    return sorted(rows, key=lambda row: (row.day, row.level, row.claim, row.num, row.held, row.way))


def stance(rows: Sequence[Row]) -> Reckoned:
    """What follows from the steps of recognition, in order."""
    axis = _either(rows, _recognition)
    ahead = [row for row in rows if row.held in AHEAD and not _settled(row, axis)]
    refusals = [row for row in rows if row.level == "refuses" and row.held == "held"]
    return _reckoned(axis, rows, ahead, _latest(refusals))


def rank(rows: Sequence[Row], contacts: Contacts = tuple) -> Reckoned:
    """What follows from the steps of representation, in order.

    Parameters
    ----------
    rows
        The steps.
    contacts
        Gives those that are contacts, where they are not among the rows; not asked where nothing rests on them.
    """
    found = _rank(rows)
    if above_contact(found):
        return found
    more = list(contacts())
    return _rank(in_order([*rows, *more])) if more else found


def above_contact(found: Reckoned) -> bool:
    """Whether a rank is above those of contacts on facts and on claims: no contact changes it, none is to come."""
    levels = step_entries().levels
    return all(one in levels and one not in LOW for one in (found.axis.level, found.axis.on_facts))


def _rank(rows: Sequence[Row]) -> Reckoned:
    axis = _either(rows, _representation)
    held = [row for row in rows if row.held == "held"]
    severed = _severed(rows)
    taken = {(row.way, row.level): row.day for row in held}  # the last day: they are in order
    cut = max((row.day for row in held if row.way == "severs"), default="")
    ahead = [
        row
        for row in rows
        if row.held in AHEAD
        and not (row.day < cut or (severed and row.way == "severs"))
        and not _reached(row, axis, taken)
    ]
    return _reckoned(axis, rows, ahead, severed)


def _reckoned(axis: Axis, rows: Sequence[Row], ahead: Sequence[Row], flagged: tuple[int, ...]) -> Reckoned:
    denied = [row for row in rows if row.held == "denied"] if ahead else ()
    expected = _ahead([row for row in ahead if row.held == "expected"], denied)
    return Reckoned(axis, expected, _ahead([row for row in ahead if row.held == "asked"], ()), flagged)


def _either(rows: Sequence[Row], reckoned: Callable[[Sequence[Row]], Axis]) -> Axis:
    """The state on facts; where claims say something else, theirs, marked as claimed."""
    facts = [row for row in rows if not row.claim]
    fact = reckoned(facts)
    whole = fact if len(facts) == len(rows) else reckoned(rows)
    if whole.level != fact.level:
        return msgspec.structs.replace(whole, basis="claim", on_facts=fact.level)
    basis: Basis | None = "fact" if fact.count else None
    return msgspec.structs.replace(fact, basis=basis, disputed=whole.disputed, against=whole.against)


def _recognition(rows: Sequence[Row]) -> Axis:
    """The last word; who recognised and is said to refuse without having withdrawn is disputed."""
    level: str | None = None
    resting: list[Row] = []
    against: list[Row] = []
    for row in rows:
        if row.held == "denied":
            against += [row] if row.level == level else []
        elif row.held != "held":
            continue
        elif row.level == level:
            resting.append(row)
        elif _contradicts(row, level, resting):
            against.append(row)
        else:
            level, resting, against = row.level, [row], []
    since = min((row.day for row in resting), default=None)
    return _axis(DISPUTED if against else level or SILENT, resting, since, against)


def _contradicts(row: Row, level: str | None, resting: Sequence[Row]) -> bool:
    """Whether a stance cannot follow on the one before: only a withdrawal takes recognition back."""
    if level == "recognises":
        return row.level != "withdrawn"
    return {row.level, level} == {"recognises", "refuses"} and row.day == resting[-1].day


def _representation(rows: Sequence[Row]) -> Axis:
    """The highest rank among steps up, each cut down by the lowest step down on its day or later."""
    levels = step_entries().levels
    rank = {level: place for place, level in enumerate(levels)}
    held = [row for row in rows if row.held == "held"]
    days, lows = _lowest(held, rank)
    reached: list[tuple[int, str, Row]] = []
    for row in held:
        if row.way not in ("down", "severs"):
            own, place = rank[row.level], bisect_left(days, row.day)
            low, since = lows[place] if lows[place][0] < own else (own, row.day)
            reached.append((low, since, row))
    best = max((low for low, _, _ in reached), default=-1)
    if best < 0:
        return Axis(level=NONE, on_facts=NONE)
    level = levels[best]
    resting = [row for low, _, row in reached if low == best]
    against = [
        row
        for row in rows
        if row.held == "denied" and row.level == level and any(0 <= row.at - one.at <= LATE for one in resting)
    ]
    return _axis(level, resting, min(since for low, since, _ in reached if low == best), against)


def _lowest(held: Iterable[Row], rank: Mapping[str, int]) -> tuple[list[str], list[tuple[int, str]]]:
    """The days of steps down, and for each the lowest (rank, day) from then on; one more for after the last."""
    downs = sorted(
        (row.day, -1 if row.way == "severs" else rank[row.level]) for row in held if row.way in ("down", "severs")
    )
    lowest = [(len(rank), "")]
    for day, low in reversed(downs):
        lowest.append(min((low, day), lowest[-1]))
    return [day for day, _ in downs], lowest[::-1]


def _axis(level: str, resting: Sequence[Row], since: str | None, against: Sequence[Row]) -> Axis:
    return Axis(
        level=level,
        on_facts=level,
        since=since,
        last=max((row.day for row in resting), default=None),
        implied=bool(resting) and all(row.implied for row in resting),
        disputed=bool(against),
        count=sum({row.num: row.times for row in resting}.values()),
        tellings=_latest(resting),
        against=_latest(against),
    )


def _latest(rows: Sequence[Row]) -> tuple[int, ...]:
    """Some tellings, the latest first."""
    ordered = sorted(rows, key=lambda row: (row.day, row.num), reverse=True)
    return tuple(dict.fromkeys(row.num for row in ordered))[:SHOWN]


def _settled(row: Row, recognition: Axis) -> bool:
    """Whether a stance that was expected or asked for has come, or another one was taken since."""
    return row.level == recognition.level or row.day < (recognition.last or "")


def _reached(row: Row, representation: Axis, taken: Mapping[tuple[str, str], str]) -> bool:
    """Whether a rank that was expected or asked for has come; `taken` are the last days of steps that were taken."""
    if row.way in ("down", "severs"):
        return taken.get((row.way, row.level), "") >= row.day
    levels = step_entries().levels
    return representation.level in levels and levels.index(representation.level) >= levels.index(row.level)


def _ahead(rows: Sequence[Row], denied: Sequence[Row]) -> tuple[Ahead, ...]:
    by_level: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if not (row.implied and row.axis == "representation"):  # a recall to come says nothing of an embassy to come
            by_level.setdefault((row.axis, _to_come(row)), []).append(row)
    return tuple(
        Ahead(
            axis=axis,
            level=level,
            basis="claim" if all(row.claim for row in of) else "fact",
            told=max(row.day for row in of),
            tellings=_latest(of),
            against=_latest([row for row in denied if _of_one(row, of)]),
        )
        for (axis, level), of in sorted(by_level.items())
    )


def _of_one(denial: Row, rows: Sequence[Row]) -> bool:
    """Whether a denial speaks of what these tell: of a stance on any day, of a meeting or a post about its own."""
    if (denial.axis, _to_come(denial)) != (rows[0].axis, _to_come(rows[0])):
        return False
    return denial.axis == "recognition" or any(abs(denial.at - row.at) <= LATE for row in rows)


def _to_come(row: Row) -> str:
    """What a step would bring: the level that it reaches, or falls to."""
    if row.way == "severs":
        return SEVERED
    return f"down to {row.level}" if row.way == "down" and row.axis == "representation" else row.level


def sanctions(rows: Sequence[Row]) -> tuple[int, ...]:
    """The tellings of sanctions that no later step lifted."""
    lifted = max((row.day for row in lifting(rows)), default="")
    return _latest([row for row in rows if row.held == "held" and row.way != "down" and row.day >= lifted])


def lifting(rows: Iterable[Row]) -> list[Row]:
    """The steps that lift sanctions."""
    return [row for row in rows if row.held == "held" and row.way == "down"]


def _severed(rows: Sequence[Row]) -> tuple[int, ...]:
    """The tellings of a breach that nothing mended since."""
    breaches = [row for row in rows if row.held == "held" and row.way == "severs"]
    mended = max((row.day for row in mending(rows)), default="") if breaches else ""
    return _latest([row for row in breaches if row.day > mended])


def mending(rows: Iterable[Row]) -> list[Row]:
    """The steps that mend a breach: relations are restored, or there is a mission again."""
    levels = step_entries().levels
    return [row for row in rows if row.held == "held" and (row.way == "restores" or _embassy(row, levels))]


def _embassy(row: Row, levels: Sequence[str]) -> bool:
    return row.way == "up" and levels.index(row.level) >= levels.index("mission")
