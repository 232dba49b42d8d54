"""Answers: what a person read out of the brief."""

from __future__ import annotations

from typing import get_args

import msgspec

from dragoman.domain import Value, Verdict
from dragoman.score.fields import Amount, Spot
from dragoman.score.standing import Standing

UNSET = msgspec.UNSET
Unset = msgspec.UnsetType


class Participant(Value, frozen=True, kw_only=True):
    """A person who took part, and for whom."""

    person: str
    for_: str = msgspec.field(name="for")
    office: str | None = None


class GoldEvent(Value, frozen=True, kw_only=True):
    """A gold event; a field that is not given is not judged."""

    id: str
    quote: str
    kind: str
    actor: str | None = None
    actors: tuple[str, ...] = ()
    target: str | None = None
    targets: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    topics: tuple[str, ...] = ()
    place: str | Spot | None = None
    date: str | Unset | None = UNSET
    said: str | None = None
    quantity: Amount | None = None
    ordinal: int | None = None
    modality: str | None = None
    polarity: str | None = None
    according_to: tuple[str, ...] = ()
    same_as: str | None = None
    note: str = ""

    @property
    def optional(self) -> bool:
        """Whether it is neither missed when absent nor counted when found."""
        return self.note.startswith("optional")


class GoldClaim(Value, frozen=True, kw_only=True):
    """A gold claim; its content is a quote, or the id of an event."""

    id: str
    source: str
    content: str


class GoldCheck(Value, frozen=True, kw_only=True):
    """A gold finding; a verdict that is no verdict of ours is words for people."""

    id: str
    kind: str
    verdict: str
    quote: str = ""

    @property
    def verdicts(self) -> set[str]:
        """The verdicts that are right; empty where any is."""
        return {one for one in self.verdict.split(" or ") if one in get_args(Verdict)}


class Brief(Value, frozen=True, kw_only=True):
    """The gold of one report."""

    report: str
    published: str
    events: tuple[GoldEvent, ...]
    claims: tuple[GoldClaim, ...]
    standing: Standing
    checks: tuple[GoldCheck, ...]
