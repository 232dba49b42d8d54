"""Phrases: an event as a sentence in plain English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import Argument, Entity, Event, Reading, Time


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of event in words."""

    did: str
    does: str
    plan: str
    denied: str


@cache
def phrases() -> dict[str, Phrase]:
    """Load ``phrases.yaml``."""
    return lexicon.entries("phrases.yaml", dict[str, Phrase])


PLANS = {"planned": "is to", "possible": "may", "requested": "is asked to", "conditional": "would, on a condition,"}


class Sayer:
    """Says the events of one reading in words."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.entities: Mapping[str, Entity] = {one.id: one for one in reading.entities}

    def name(self, entity: str | None) -> str:
        """The name of an entity."""
        if entity is None:
            return "somebody not named"
        known = self.entities.get(entity)
        return known.name if known else entity

    def who(self, one: Argument) -> str:
        """A part in words: name, office and polity."""
        if one.entity is None and one.office:
            return f"{self.name(one.for_)}’s {_plain(one.office)}" if one.for_ else f"the {_plain(one.office)}"
        if one.entity is None and one.for_ is None:
            said = self.reading.report.text[one.start : one.end]
            return f"“{said}” (not settled)"
        name = self.name(one.entity or one.for_)
        office = [_plain(one.office)] if one.office and _plain(one.office).lower() not in name.lower() else []
        aside = ", ".join([*([self.name(one.for_)] if one.for_ else []), *office])
        return f"{name} ({aside})" if aside else name

    def all(self, parts: Sequence[Argument]) -> str:
        """Several parts, listed."""
        names = list(dict.fromkeys(self.who(one) for one in parts))
        if not names:
            return "somebody not named"
        return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

    def what(self, event: Event) -> str:
        """What was done to whom, with its modality and polarity."""
        phrase = phrases()[event.kind]
        denied = event.polarity == "denied"
        match event.modality:
            case "happened":
                said = phrase.denied if denied else phrase.did
            case "ongoing":
                said = (phrase.does if event.kind.startswith("non-") else phrase.denied) if denied else phrase.does
            case _:
                verb = PLANS[event.modality]
                negation = "not " if denied and not phrase.plan.startswith("not ") else ""
                said = f"{verb} {negation}{phrase.plan}"
        target = self.all(event.targets) if event.targets else None
        said = (
            said.format(t=target)
            if target
            else re.sub(r"(?: (?:with|to|of|on|from|in|what|against))* ?\{t\}(?: says?| said)?", "", said)
        )
        about = f" {self.all(event.about)}" if event.about else ""
        return said + about

    def sentence(self, event: Event) -> str:
        """Who did what to whom."""
        if event.kind == "request-comment":
            asked = f"{self.all(event.targets)} {self.what(event)}"
            return f"{asked} by {self.all(event.actors)}" if event.actors else asked
        who, what = self.all(event.actors), self.what(event)
        if event.polarity == "denied" and who.startswith("any "):
            # "no government recognises", not "any government does not recognise"
            return f"no {who[4:]} {what}".replace("has not ", "has ", 1).replace("does not recognise", "recognises", 1)
        return f"{who} {what}"

    def when(self, time: Time | None) -> str | None:
        """A time with what it rests on."""
        if time is None:
            return None
        if time.status == "resolved" and time.timex:
            return time.timex if time.anchor == "stated" else f"{time.timex} (“{time.text}”)"
        maybe = f"; possibly {', '.join(time.candidates)}" if time.candidates else ""
        return f"“{time.text}”, not settled{maybe}"

    def chain(self, event: Event) -> str | None:
        """Who says it, through whom."""
        links = [self.name(link.source) if link.source else f"nobody named ({link.cue})" for link in event.attribution]
        return ", who gives ".join(dict.fromkeys(links)) if links else None


def _plain(office: str) -> str:
    return re.sub(r"\s+", " ", office)
