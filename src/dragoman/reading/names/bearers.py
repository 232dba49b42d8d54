"""Bearers: which of several entities a name stands for, by what else the text names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dragoman.reading.names import tables
from dragoman.reading.names.atlas import catalogue, polity_of_capital
from dragoman.reading.names.namesakes import institutions, several

if TYPE_CHECKING:
    from dragoman.reading.names.find import Found

FOLLOWS = re.compile(r" ([A-Z]\w+)")
PLACED = re.compile(r"\b(?:in|to|at|from|near|for|visit|visited|outside|around) $", re.IGNORECASE)
GREATER = 3  # how many times the people of its namesakes a city has, to be meant by its name alone

Choice = tuple[str | None, tuple[str, ...] | None, str | None]


def country(id: str) -> str | None:
    """The polity that a place lies in, that a regime claims, or whose organ an organization is."""
    site = tables.sites().get(id)
    if site is not None:
        return site.country
    regime = tables.regimes().get(id)
    if regime is not None:
        return regime.claims
    organization = tables.organizations().get(id)
    return organization.of if organization else None


def own_name(name: str) -> str | None:
    """The usual bearer of a name with several, where the name is its own in full ("Guinea", "Georgia")."""
    told = several().get(name)
    return told.usual if told and told.usual and catalogue()[told.usual].name == name else None


def bearer(text: str, one: Found, after: Found | None, support: frozenset[str]) -> Choice:
    """The bearer of a name with several, the candidates where it is not settled, and the reason.

    Parameters
    ----------
    text, one, after
        The text, the name in it, and the name that follows.
    support
        What the text names without doubt, and the countries of those.
    """
    ids = tuple(sense.entity for sense in one.senses)
    told = several().get(one.name)
    beside = _beside(text, one, after, ids)
    if beside is not None:
        return beside, None, None
    if told is None and all(id in tables.sites() for id in ids):
        return _city(one.name, ids, support)
    cues: Mapping[str, tuple[str, ...]] = told.cues if told else {}
    usual = told.usual if told else None
    own = own_name(one.name) is not None  # others' fuller names do not take it away
    if usual in tables.sites() and PLACED.search(text[max(0, one.start - 12) : one.start]):
        return usual, None, None
    held = [id for id in ids if any(cue in text for cue in cues.get(id, ())) or (not own and _named(id, support))]
    if len(held) == 1:
        return held[0], None, None
    if not held and usual is not None and usual not in tables.sites():
        return usual, None, None
    why = "the text speaks of more than one of them" if held else "nothing in the text tells which"
    return usual, tuple(held or ids), f"{one.name!r} has several bearers, and {why}"


def _beside(text: str, one: Found, after: Found | None, ids: tuple[str, ...]) -> str | None:
    """The bearer in the country or region named right behind ("Tripoli, Lebanon")."""
    if after is None or text[one.end : after.start] != ", ":
        return None
    where = after.senses[0].entity
    land = country(where) or where
    return next((id for id in ids if country(id) == land), None)


def elsewhere(text: str, one: Found, after: Found | None) -> bool:
    """Whether a city's name stands for something that the lexicon has not.

    That is part of an institution's name ("Columbia University"), or a namesake in a region of another country
    ("Birmingham, Alabama").
    """
    sites = tables.sites()
    if not all(id in sites for id, *_ in one.senses):
        return False
    follows = FOLLOWS.match(text, one.end)
    if follows is not None and follows[1].lower() in institutions() and not polity_of_capital(one.senses[0].entity):
        return True
    if after is None or text[one.end : after.start] != ", ":
        return False
    region = sites.get(after.senses[0].entity)
    if region is None or region.geonames or region.country is None:
        return False
    return all(country(id) not in (None, region.country) for id, *_ in one.senses)


def _named(id: str, support: frozenset[str]) -> bool:
    return id in support or (id in tables.sites() and country(id) in support)


def _city(name: str, ids: tuple[str, ...], support: frozenset[str]) -> Choice:
    """A city by its size: a seat of government, or one much greater than its namesakes, is meant without more."""
    sites = tables.sites()
    order = sorted(ids, key=lambda id: (polity_of_capital(id) is None, -sites[id].population))
    first, second = sites[order[0]], sites[order[1]]
    if polity_of_capital(first.id) or first.population >= GREATER * second.population:
        return first.id, None, None
    held = [id for id in order if _named(id, support)]
    if len(held) == 1:
        return held[0], None, None
    return first.id, tuple(held or order), f"there is more than one {name}"
