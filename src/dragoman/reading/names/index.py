"""The index: every name of the lexicon in one automaton (Aho and Corasick 1975), with what it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from dragoman.domain import MentionBy
from dragoman.reading.names import namesakes, tables

CAPITALISED = 100_000  # cities with fewer people are not looked for in capitals


class Sense(NamedTuple):
    """What a name may stand for; an unsure one needs support in the text."""

    entity: str
    by: MentionBy
    unsure: bool = False


class Index(NamedTuple):
    """The automaton; ``senses[i]`` and ``names[i]`` go with its i-th pattern (no senses: a phrase taken whole).

    ``spoken`` holds the last word of every name of a polity, a regime or an organization; ``doubted`` the patterns
    that stand for unsure names only.
    """

    automaton: AhoCorasick
    names: list[str]
    senses: list[tuple[Sense, ...]]
    spoken: frozenset[str]
    doubted: frozenset[int]


@cache
def index() -> Index:
    """Build the automaton of all names, once."""
    known: dict[str, dict[str, Sense]] = {}
    for name, sense in _senses():
        known.setdefault(name, {}).setdefault(sense.entity, sense)
    spoken = frozenset(name.split()[-1] for name in known)
    small = _add_places(known)
    for one in namesakes.several().values():
        by = next(iter(known[one.name].values())).by if one.name in known else "name"
        known[one.name] = {id: Sense(id, by) for id in one.candidates}
    patterns: dict[str, tuple[str, tuple[Sense, ...]]] = {}
    for name, senses in known.items():
        held = name, tuple(senses.values())
        for spelling in _spellings(name, name not in small):
            patterns.setdefault(spelling, held)
    for phrase in namesakes.phrases():
        patterns[phrase.phrase] = (phrase.phrase, ())
    return Index(
        AhoCorasick(list(patterns), store_patterns=False),
        [name for name, _ in patterns.values()],
        [senses for _, senses in patterns.values()],
        spoken,
        frozenset(
            at
            for at, (_, senses) in enumerate(patterns.values())
            if senses and senses[0].unsure and all(sense.unsure for sense in senses)
        ),
    )


def _add_places(known: dict[str, dict[str, Sense]]) -> set[str]:
    """Add the names of places that are not a polity's, a regime's or an organization's (Djibouti, Panama, Lebanon).

    Returns the names that only small cities bear.
    """
    places: dict[str, dict[str, Sense]] = {}
    small: set[str] = set()
    for site in tables.sites().values():
        for name in (site.name, *site.names):
            if name not in known:
                if name not in places and site.geonames and site.population < CAPITALISED:
                    small.add(name)
                else:
                    small.discard(name)
                senses = places.setdefault(name, {})
                senses.setdefault(site.id, Sense(site.id, "name" if name == site.name else "alias"))
    known |= places
    return small


def _spellings(name: str, capitals: bool) -> Iterator[str]:
    """The name as it stands, with the other apostrophe, and in capitals."""
    yield name
    if "'" in name:
        yield name.replace("'", "’")
    if capitals and len(name) > 3 and not name.isupper():
        yield name.upper()
        if "'" in name:
            yield name.upper().replace("'", "’")


def _senses() -> Iterator[tuple[str, Sense]]:
    yield from _polities()
    for regime in tables.regimes().values():
        yield from _named(regime.id, regime.name, (*regime.names, *regime.own, *regime.also), regime.unsure)
        yield from ((name, Sense(regime.id, "demonym")) for name in regime.demonyms)
    for organization in tables.organizations().values():
        yield from _named(organization.id, organization.name, organization.names, organization.unsure)
    for outlet in tables.outlets().values():
        yield from _named(outlet.id, outlet.name, outlet.names, outlet.unsure)


def _polities() -> Iterator[tuple[str, Sense]]:
    for polity in tables.polities().values():
        yield from _named(polity.id, polity.name, (polity.official, *polity.names), ())
        yield from ((name, Sense(polity.id, "demonym")) for name in polity.demonyms)
        yield from ((name, Sense(polity.id, "metonymy")) for name in polity.metonyms)


def _named(id: str, name: str, others: Iterable[str], unsure: Iterable[str]) -> Iterator[tuple[str, Sense]]:
    yield from ((other, Sense(id, "name" if other == name else "alias", True)) for other in unsure)
    if "(" not in name:
        yield name, Sense(id, "name")
    yield from ((other, Sense(id, "alias")) for other in others if other)
