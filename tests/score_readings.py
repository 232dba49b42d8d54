"""Readings made by hand, for the tests of the scorer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dragoman.domain import (
    Argument,
    Claim,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Finding,
    Maker,
    Mention,
    Passage,
    Reading,
    Report,
    Span,
    Time,
)

ENTITIES: tuple[tuple[str, EntityKind, str], ...] = (
    ("USA", "polity", "United States"),
    ("MYS", "polity", "Malaysia"),
    ("taliban", "regime", "Taliban"),
    ("antony-j-blinken", "person", "Antony J. Blinken"),
    ("mevlut-cavusoglu", "person", "Mevlüt Çavuşoğlu"),
    ("tolo-news", "outlet", "Tolo News"),
)


class Written:
    """A text and ways of pointing into it."""

    def __init__(self, text: str) -> None:
        self.text = text

    def span(self, words: str) -> Span:
        """The first place of some words."""
        start = self.text.index(words)
        return Span(start=start, end=start + len(words))

    def who(self, words: str, entity: str | None, for_: str | None = None, **more: Any) -> Argument:
        """Somebody in an event."""
        at = self.span(words)
        return Argument(entity=entity, for_=for_, start=at.start, end=at.end, **more)

    def event(
        self, kind: str, words: str, actors: Sequence[Argument] = (), targets: Sequence[Argument] = (), **more: Any
    ) -> Event:
        """An event whose evidence is some words."""
        at = self.span(words)
        fields: dict[str, Any] = {
            "id": f"{kind}-{at.start}",
            "type": "CONSULT",
            "modality": "happened",
            "polarity": "affirmed",
            "evidence": (Evidence(start=at.start, end=at.end, quote=words),),
            "rule": "made by hand",
        }
        return Event(kind=kind, actors=tuple(actors), targets=tuple(targets), **(fields | more))

    def claim(self, content: str, source: str | None = None, cue: str | None = None, by: str | None = None) -> Claim:
        """A claim whose content, source words and cue are given; `by` is the entity that speaks."""
        return Claim(
            source=by,
            source_span=self.span(source) if source else None,
            cue=self.span(cue) if cue else None,
            content=self.span(content),
            manner="indirect",
        )

    def time(self, words: str, timex: str | None, **more: Any) -> Time:
        """A time."""
        fields: dict[str, Any] = {
            "type": "DATE",
            "start": timex,
            "end": timex,
            "granularity": "day",
            "anchor": None,
            "status": "resolved" if timex else "unresolved",
        }
        return Time(timex=timex, text=words, at=self.span(words), **(fields | more))

    def reading(
        self,
        events: Sequence[Event] = (),
        claims: Sequence[Claim] = (),
        times: Sequence[Time] = (),
        findings: Sequence[Finding] = (),
        mentions: Sequence[Mention] = (),
    ) -> Reading:
        """A reading of the text."""
        return Reading(
            report=Report(id="", title=None, outlet=None, url=None, published=None, language="en", text=self.text),
            passages=(Passage(start=0, end=len(self.text), kind="body"),),
            entities=tuple(Entity(id=one, kind=kind, name=name) for one, kind, name in ENTITIES),
            mentions=tuple(mentions),
            events=tuple(events),
            claims=tuple(claims),
            times=tuple(times),
            quantities=(),
            findings=tuple(findings),
            made_by=Maker(reader="", model="", lexicon=""),
        )
