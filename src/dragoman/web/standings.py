"""Standings: how all others treat one, on a day, in the order and the words of the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from dragoman.record.standing.ask import Histories, following
from dragoman.record.standing.lines import Coming, Side, Source, Standing, standings
from dragoman.record.standing.pair import SEVERED
from dragoman.record.steps import step_entries

SILENT = ("silent", "none known")
ANY = "any-"  # how the ids begin of those who stand for all of a kind: any country, any government
NONE = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """How `holder` treats the other, as a row of the table; made once, for it is sorted, grouped and shown.

    Attributes
    ----------
    rank
        The rank of representation, 0 where none is known.
    recognition
        The stance, "" where nothing was read.
    shown
        What the row's day, word and sentence are of: the rank, else the stance, else what is expected.
    since
        The day of what is shown.
    source
        The first piece of its evidence.
    """

    of: Standing
    holder: str
    name: str
    rank: int
    recognition: str
    shown: Side | Coming
    since: str
    source: Source | None


def _line(of: Standing, ranks: Mapping[str, int]) -> Line:
    recognition, representation = of.recognition, of.representation
    held: list[Side | Coming] = [one for one in (representation, recognition) if one.evidence]
    shown = next(iter([*held, *of.expected, *of.asked]), representation)
    stance = "" if recognition.level in SILENT else recognition.level
    return Line(
        of=of,
        holder=of.holder,
        name=of.holder_name,
        rank=ranks.get(representation.level, 0),
        recognition="disputed" if recognition.disputed else stance,
        shown=shown,
        since=shown.said if isinstance(shown, Coming) else shown.since or "",
        source=next(iter((*shown.evidence, *of.refusals)), None),
    )


def lines(connection: Connection, of: Histories, on: str) -> list[Line]:
    """All who treat somebody in some way on a day, given their steps."""
    found = standings(connection, following(of, on))
    ranks = {level: rank for rank, level in enumerate(step_entries().levels, start=1)}
    return [_line(one, ranks) for one in found]


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
    held: defaultdict[tuple[str, str], list[tuple[Line, Side | Coming]]] = defaultdict(list)
    ahead: defaultdict[tuple[str, str], list[tuple[Line, Side | Coming]]] = defaultdict(list)
    for line in found:
        for axis in ("recognition", "representation"):
            held[axis, _level(line, axis)].append((line, getattr(line.of, axis)))
        for step in line.of.expected:
            ahead[step.axis, step.level].append((line, step))
    groups = []
    for key, (one_does, several_do, expected) in WORDS.items():
        now, coming = held[key], ahead[key]
        weighty = key[1] not in ("contact", "visits")
        groups.append(_group(one_does if len(now) == 1 else several_do, weighty, now))
        groups.append(_group(f"{'is' if len(coming) == 1 else 'are'} expected to {expected}", weighty, coming))
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
