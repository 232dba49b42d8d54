"""Phrases: an event as a sentence in plain English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import Argument, Attribution, Entity, Event, Reading, Time


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


WITHOUT = re.compile(
    r"(?: what (?:came|comes))?(?: (?:with|to|of|on|from|in|what|against))* ?\{t\}(?: says?| said)?"
)  # what goes where there is no target
NOUN_OF = re.compile(r"(\w+) of \{t\}")  # the office that a phrase says of its target
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
            return f"{self.name(one.for_)}’s {owned(one.office)}" if one.for_ else f"the {_plain(one.office)}"
        if one.entity is None and one.for_ is None:
            said = self.reading.report.text[one.start : one.end]
            return f"“{said}” (not settled)"
        name = self.name(one.entity or one.for_)
        office = [_plain(one.office)] if one.office and _plain(one.office).lower() not in name.lower() else []
        aside = ", ".join([*([self.name(one.for_)] if one.for_ else []), *office])
        return f"{name} ({aside})" if aside else name

    def all(self, parts: Sequence[Argument]) -> str:
        """Several parts, listed."""
        return listed([self.who(one) for one in parts])

    def what(self, event: Event) -> str:
        """What was done to whom, with its modality and polarity."""
        said = act(event.kind, event.modality, event.polarity, self.all(event.targets) if event.targets else None)
        return f"{said} {self.all(event.about)}" if event.about else said

    def sentence(self, event: Event) -> str:
        """Who did what to whom."""
        who = self.all(event.actors) if event.actors else None
        return told(event.kind, event.polarity, who, self.what(event), self.all(event.targets))

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
        links = [self._sayer(link) for link in event.attribution]
        return ", who gives ".join(dict.fromkeys(links)) if links else None

    def _sayer(self, link: Attribution) -> str:
        """Who says it, by name or in the words of the text."""
        if link.source is not None:
            return self.name(link.source)
        span = link.source_span
        return self.reading.report.text[span.start : span.end] if span is not None else f"nobody named ({link.cue})"


def listed(names: Sequence[str]) -> str:
    """Names in a row: "A, B and C"."""
    apart = list(dict.fromkeys(names))
    if not apart:
        return "somebody not named"
    return apart[0] if len(apart) == 1 else f"{', '.join(apart[:-1])} and {apart[-1]}"


def act(kind: str, modality: str, polarity: str, target: str | None) -> str:
    """What was done to whom, with its modality and polarity."""
    phrase = phrases()[kind]
    denied = polarity == "denied"
    match modality:
        case "happened":
            said = phrase.denied if denied else phrase.did
        case "ongoing":
            said = (phrase.does if kind.startswith("non-") else phrase.denied) if denied else phrase.does
        case _:
            negation = "not " if denied and not phrase.plan.startswith("not ") else ""
            said = f"{PLANS[modality]} {negation}{phrase.plan}"
    if target:
        return said.format(t=_once(said, target))
    return WITHOUT.sub("", said)


def _once(said: str, target: str) -> str:
    """A target without the office that the phrase says already: no "accepted diplomats of Iran’s diplomats"."""
    noun = NOUN_OF.search(said)
    return re.sub(rf"’s (?:[\w’'-]+ ){{0,3}}{noun[1]}\b(?: of (?:the )?[\w’'-]+)?", "", target) if noun else target


def told(kind: str, polarity: str, who: str | None, what: str, targets: str | None) -> str:
    """The sentence of who did what; who is asked for comment stands first."""
    if kind == "request-comment":
        asked = f"{targets or 'somebody not named'} {what}"
        return f"{asked} by {who}" if who else asked
    who = who or "somebody not named"
    if polarity == "denied" and who.startswith("any "):
        # "no government recognises", not "any government does not recognise"
        return f"no {who[4:]} {what}".replace("has not ", "has ", 1).replace("does not recognise", "recognises", 1)
    return f"{who} {what}"


def owned(office: str) -> str:
    """An office behind the name of whose it is: without the article, and without "from …", which says so again."""
    return re.sub(r"^the | from .*$", "", _plain(office), flags=re.IGNORECASE)


def _plain(office: str) -> str:
    return re.sub(r"\s+", " ", office)
