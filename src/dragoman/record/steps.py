"""Steps: what an event says of the standing of one polity with another (``standing.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from dragoman import lexicon
from dragoman.domain import Argument, EntityKind, Event
from dragoman.reading.bodies import says_who
from dragoman.reading.names.tables import regimes
from dragoman.reading.people import slug

Axis = Literal["recognition", "representation", "sanctions"]
Way = Literal["up", "down"]
Held = Literal["held", "expected", "asked", "denied"]
WORD = re.compile(r"[\w'’-]+")
BEARERS = frozenset({"polity", "regime", "organization", "body"})  # who can hold a stance ("any government" is a body)


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step that a kind of event is."""

    axis: Axis
    level: str
    holder: Literal["actor", "target", "both"]
    way: Way = "up"
    implied: bool = False
    severs: bool = False
    restores: bool = False
    words: dict[str, str] = {}


class StepFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``standing.yaml``."""

    levels: list[str]
    steps: dict[str, list[Rule]]
    held: dict[str, Held]
    past: frozenset[str]


@cache
def step_entries() -> StepFile:
    """Load ``standing.yaml``."""
    return lexicon.entries("standing.yaml", StepFile)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of `holder` toward `toward`."""

    holder: str
    toward: str
    axis: Axis
    level: str
    way: str
    held: Held
    implied: bool


def steps(event: Event, kinds: Mapping[str, EntityKind]) -> Iterator[Step]:
    """The steps that an event says were taken, are expected or asked for.

    Parameters
    ----------
    event
        An event of a reading.
    kinds
        The kinds of the reading's entities.

    Notes
    -----
    A denied step is kept as a denial, against those who say that it was taken; a denied recognition is of the kind
    ``non-recognition`` already, which is a stance.
    """
    entries = step_entries()
    denied = event.polarity == "denied" and event.kind != "non-recognition"
    held: Held = "denied" if denied else entries.held[event.modality]
    for rule in entries.steps.get(event.kind, ()):
        level = _level(rule, event)
        way = "severs" if rule.severs else "restores" if rule.restores else rule.way
        person = rule.axis == "recognition"
        actors = list(_sides(event.actors, kinds, person=False))
        targets = list(_sides(event.targets, kinds, person=person))
        pairs = [(actor, target) for actor in actors for target in targets]
        if rule.holder == "target":
            pairs = [(target, actor) for actor, target in pairs]
        elif rule.holder == "both":
            pairs += [(target, actor) for actor, target in pairs]
        for holder, toward in dict.fromkeys(pairs):
            if holder != toward:
                yield Step(holder, toward, rule.axis, level, way, held, rule.implied)


def _level(rule: Rule, event: Event) -> str:
    words = {word.lower() for one in event.evidence for word in WORD.findall(one.quote)}
    return next((level for word, level in rule.words.items() if word in words), rule.level)


def _sides(parts: Sequence[Argument], kinds: Mapping[str, EntityKind], *, person: bool) -> Iterator[str]:
    """Those who can hold a stance: polities, regimes, organizations; a person where one is recognised as head.

    Bodies that leave open who they are ("the countries that recognise it") hold none, nor do those who held an office.
    """
    for part in parts:
        if person and part.entity is not None and kinds.get(part.entity) == "person":
            yield part.entity
            if part.entity in _headed():
                yield _headed()[part.entity]
            continue
        who = part.for_ or part.entity
        kind = kinds.get(who) if who is not None else None
        if who is None or kind not in BEARERS or (kind == "body" and not says_who(who)):
            continue
        if part.entity is None or not _past(part.office):
            yield who


@cache
def _headed() -> dict[str, str]:
    """The regimes that are recognised with a person, by the person's id."""
    return {slug(head): one.id for one in regimes().values() for head in one.heads}


def _past(office: str | None) -> bool:
    """Whether an office is one that its holder has left ("former prime minister")."""
    return not step_entries().past.isdisjoint(WORD.findall((office or "").lower().replace("-", " "))[:2])
