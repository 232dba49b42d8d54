"""Actors: the sides of an event as tables of the field have them."""

from __future__ import annotations

from dragoman.domain import Entity
from dragoman.reading.names import catalogue
from dragoman.record.questions.answers import EventLine, Part

GOVERNMENT = "GOV"
STATES = ("polity", "regime")


def known(part: Part | None) -> Entity | None:
    """The catalogue's entry of who acts."""
    return catalogue().get(part.who or "") if part else None


def name(part: Part | None) -> str | None:
    """The name of who acts: polity, regime or organization, or a person who acts for nobody known."""
    return (part.who_name or part.name) if part else None


def country(part: Part | None) -> str | None:
    """ISO 3166-1 alpha-3 of the polity, or of the one that a regime claims or an organization belongs to."""
    one = known(part)
    if one is None:
        return None
    return one.id if one.kind == "polity" else one.ids.get("claims") or one.ids.get("of")


def cow(part: Part | None) -> str | None:
    """Correlates of War state number."""
    one = known(part)
    return one.ids.get("cow") if one else None


def wikidata(part: Part | None) -> str | None:
    """Wikidata id."""
    one = known(part)
    return one.ids.get("wikidata") if one else None


def sector(part: Part | None) -> str | None:
    """GOV for states and regimes; nothing is guessed for others."""
    one = known(part)
    return GOVERNMENT if one is not None and one.kind in STATES else None


def regime(part: Part | None) -> str | None:
    """The id of a regime whose recognition is contested."""
    one = known(part)
    return one.id if one is not None and one.kind == "regime" else None


def pairs(line: EventLine) -> list[tuple[Part | None, Part | None]]:
    """Each actor with each target, by polity; one side alone where the other is missing."""
    sides = [
        list({one.who or one.entity: one for one in reversed(side)}.values())[::-1]
        for side in (line.actors, line.targets)
    ]
    actors: list[Part | None] = [*sides[0]] or [None]
    targets: list[Part | None] = [*sides[1]] or [None]
    return [(actor, target) for actor in actors for target in targets]
