"""Standings: how all others treat one, on a day, in the order and the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from dragoman.record.standing.ask import Known, pairs
from dragoman.record.standing.lines import Coming, Side, Source, Standing, standings
from dragoman.record.standing.pair import SEVERED
from dragoman.record.steps import step_entries

SILENT = ("silent", "none known")
ANY = "any-"  # how the ids begin of those who stand for all of a kind: any country, any government
NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """How `holder` treats the other, as a row of the table."""

    of: Standing

    @property
    def holder(self) -> str:
        """Who treats the other."""
        return self.of.holder

    @property
    def name(self) -> str:
        """Its name."""
        return self.of.holder_name

    @property
    def rank(self) -> int:
        """The rank of representation, 0 where none is known."""
        levels, level = step_entries().levels, self.of.representation.level
        return levels.index(level) + 1 if level in levels else 0

    @property
    def recognition(self) -> str:
        """The stance, "" where nothing was read."""
        axis = self.of.recognition
        if axis.disputed:
            return "disputed"
        return "" if axis.level in SILENT else axis.level

    @property
    def shown(self) -> Side | Coming:
        """What the row's day, word and sentence are of: the rank, else the stance, else what is expected."""
        held: list[Side | Coming] = [one for one in (self.of.representation, self.of.recognition) if one.evidence]
        return next(iter([*held, *self.of.expected, *self.of.asked]), self.of.representation)

    @property
    def since(self) -> str:
        """The day of what is shown."""
        one = self.shown
        return one.said if isinstance(one, Coming) else one.since or ""

    @property
    def source(self) -> Source | None:
        """The first piece of its evidence."""
        return next(iter((*self.shown.evidence, *self.of.refusals)), None)


def lines(connection: Connection, toward: str, on: str, known: str | None) -> list[Line]:
    """All who treat `toward` in some way."""
    found = standings(connection, pairs(connection, Known(on, known), toward=[toward]))
    return [Line(one) for one in found]


SORTS: dict[str, Callable[[Line], Any]] = {
    "who": lambda one: one.name,
    "representation": lambda one: (-one.rank, not one.of.expected, one.name),
    "recognition": lambda one: (not one.recognition, one.recognition, one.name),
    "since": lambda one: one.since,
}


def sorted_by(found: Iterable[Line], sort: str) -> list[Line]:
    """The rows in the order that is asked for; the latest first where it is by `since`."""
    return sorted(found, key=SORTS.get(sort, SORTS["representation"]), reverse=sort == "since")


@dataclass(frozen=True, slots=True)
class Group:
    """Those who treat one alike: what they do in words, and on whose word we have it.

    `weighty` where it is more than contact and visits.
    """

    words: str
    weighty: bool
    members: tuple[Line, ...]
    on: tuple[str, ...]


# Levels of both axes in the order of the page: what one does and several do, and what is expected of them.
WORDS = {
    ("recognition", "recognises"): ("recognises it", "recognise it", "recognise it"),
    ("recognition", "conditional"): ("recognises it on a condition", "recognise it on a condition", "recognise it"),
    ("recognition", "disputed"): ("is read in two ways on recognition", "are read in two ways on recognition", ""),
    ("representation", "ambassador"): ("accepts its ambassador", "accept its ambassadors", "accept its ambassador"),
    ("representation", "accepts-diplomats"): (
        "accepts its diplomats",
        "accept its diplomats",
        "accept its diplomats",
    ),
    ("recognition", "refuses"): ("refuses recognition", "refuse recognition", "refuse recognition"),
    ("recognition", NONE): (
        "group of whom it is said that none recognises it",
        "groups of whom it is said that none recognises it",
        "",
    ),
    ("recognition", "withdrawn"): ("withdrew recognition", "withdrew recognition", "withdraw recognition"),
    ("representation", "mission"): ("keeps a mission there", "keep missions there", "open a mission there"),
    ("representation", "consulate"): ("keeps a consulate there", "keep consulates there", "open a consulate there"),
    ("representation", "interests"): ("keeps an envoy or office", "keep envoys or offices", "send an envoy"),
    ("representation", "visits"): ("exchanges visits", "exchange visits", "visit"),
    ("representation", "contact"): ("is in contact", "are in contact", "be in contact"),
    ("representation", SEVERED): ("", "", "sever relations"),
    ("representation", "down to mission"): ("", "", "recall or expel diplomats"),
    ("representation", "down to visits"): ("", "", "close a mission there"),
}


def grouped(found: Sequence[Line]) -> list[Group]:
    """Who treats one alike, the weightiest first; recognition and representation are never one."""
    groups = []
    for (axis, level), (one_does, several_do, expected) in WORDS.items():
        held = [(one, getattr(one.of, axis)) for one in found if _level(one, axis) == level]
        weighty = level not in ("contact", "visits")
        groups.append(_group(one_does if len(held) == 1 else several_do, weighty, held))
        ahead = [(one, step) for one in found for step in one.of.expected if (step.axis, step.level) == (axis, level)]
        groups.append(_group(f"{'is' if len(ahead) == 1 else 'are'} expected to {expected}", weighty, ahead))
    return [one for one in groups if one.members]


def _level(one: Line, axis: str) -> str:
    if axis == "representation":
        return one.of.representation.level
    return NONE if one.recognition == "refuses" and one.holder.startswith(ANY) else one.recognition


def _group(said: str, weighty: bool, held: Sequence[tuple[Line, Side | Coming]]) -> Group:
    return Group(
        said,
        weighty,
        tuple(sorted((one for one, _ in held), key=lambda one: one.name)),
        tuple(dict.fromkeys(word for _, step in held for word in step.on_word_of or ("the reports themselves",))),
    )
