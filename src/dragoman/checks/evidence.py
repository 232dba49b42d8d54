"""Evidence: what was read of one report, as the checks look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dragoman.domain import Entity, Event, Finding, Passage, Quantity, Time, Verdict
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import Cast


@dataclass(frozen=True, slots=True)
class Evidence:
    """The parts of a reading that checks compare."""

    text: str
    published: str | None
    passages: Sequence[Passage]
    parsed: Parsed
    cast: Cast
    entities: Mapping[str, Entity]
    events: Sequence[Event]
    times: Sequence[Time]
    quantities: Sequence[Quantity]

    def finding(
        self, kind: str, verdict: Verdict, start: int, end: int, why: str, **figures: float | int | str
    ) -> Finding:
        """A finding on the words [start, end)."""
        return Finding(
            kind=kind, verdict=verdict, start=start, end=end, quote=self.text[start:end], why=why, figures=figures
        )

    def name(self, entity: str) -> str:
        """The name of an entity."""
        known = self.entities.get(entity)
        return known.name if known else entity

    def kind(self, entity: str) -> str | None:
        """What sort of entity it is."""
        known = self.entities.get(entity)
        return known.kind if known else None
