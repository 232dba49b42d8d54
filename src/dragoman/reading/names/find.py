"""Find the names of the lexicon in a text: whole words, leftmost and longest, each resolved or kept with candidates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.domain import Mention
from dragoman.reading.names import tables
from dragoman.reading.names.index import Sense, index
from dragoman.reading.names.namesakes import several
from dragoman.reading.names.persons import drop_persons


class Found(NamedTuple):
    """A name in a text, before it is resolved."""

    start: int
    end: int
    name: str
    senses: tuple[Sense, ...]


def find_names(text: str) -> list[Mention]:
    """Find polities, regimes, organizations, outlets and places by name, demonym or metonym.

    Names are told by their case; possessives and hyphen compounds are read (``Malaysia's``, ``US-Iran``).  A name
    with several bearers is settled by what else the text names; where nothing does, ``entity`` is None or the usual
    bearer, with the candidates and the reason.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of Mention
        In order, without overlaps.
    """
    found = drop_persons(text, [one for one in _longest(text) if one.senses])
    sure = {one.senses[0].entity for one in found if len(one.senses) == 1 and not one.senses[0].unsure}
    support = sure | {country for id in sure if (country := _country(id))}
    return [mention for one in found if (mention := _resolved(text, one, support)) is not None]


def _longest(text: str) -> Iterator[Found]:
    """Matches at word boundaries, the leftmost first, of those the longest."""
    names = index()
    matches = []
    for at, start, end in names.automaton.find_matches_as_indexes(text, overlapping=True):
        if end < len(text) and text[end].isalnum() and text[end - 1] != ".":
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "@_"):
            continue
        matches.append((start, -end, at))
    matches.sort()
    free = 0
    for start, end, at in matches:
        if start >= free:
            yield Found(start, -end, names.names[at], names.senses[at])
            free = -end


def _country(id: str) -> str | None:
    site = tables.sites().get(id)
    if site is not None:
        return site.country
    regime = tables.regimes().get(id)
    if regime is not None:
        return regime.claims
    organization = tables.organizations().get(id)
    return organization.of if organization else None


def _resolved(text: str, one: Found, support: set[str]) -> Mention | None:
    entity: str | None
    first = one.senses[0]
    entity, candidates, reason = first.entity, None, None
    if first.unsure and len(one.senses) == 1:
        if first.entity not in support and _country(first.entity) not in support:
            return None
    elif len(one.senses) > 1:
        entity, candidates, reason = _chosen(text, one, support)
    return Mention(
        entity=entity,
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        by=next((sense.by for sense in one.senses if sense.entity == entity), first.by),
        candidates=candidates,
        reason=reason,
    )


def _chosen(text: str, one: Found, support: set[str]) -> tuple[str | None, tuple[str, ...] | None, str | None]:
    """The bearer of a name with several, the candidates where it is not settled, and why."""
    ids = tuple(sense.entity for sense in one.senses)
    told = several().get(one.name)
    cues: Mapping[str, tuple[str, ...]] = told.cues if told else {}
    held = [id for id in ids if _supported(id, support) or any(cue in text for cue in cues.get(id, ()))]
    if len(held) == 1:
        return held[0], None, None
    usual = told.usual if told else _greatest(ids)
    among = tuple(held or ids)
    if usual in among and told is None and not held:
        return usual, None, None
    why = "the text names more than one of them" if held else "nothing in the text tells which"
    return (usual if usual in among else None), among, f"{one.name!r} has several bearers, and {why}"


def _supported(id: str, support: set[str]) -> bool:
    country = _country(id) if id in tables.sites() else None
    return id in support or country in support


def _greatest(ids: tuple[str, ...]) -> str | None:
    """Of cities with one name, the one that is told by its name alone: it has the plain id."""
    sites = tables.sites()
    if not all(id in sites for id in ids):
        return None
    return min(ids, key=len)
