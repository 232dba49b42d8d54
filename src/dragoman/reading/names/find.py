"""Find the names of the lexicon in a text: whole words, the leftmost and longest, resolved or with candidates."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import NamedTuple

from dragoman.domain import Mention
from dragoman.reading.names.bearers import bearer, country, elsewhere, own_name
from dragoman.reading.names.index import Sense, index
from dragoman.reading.names.persons import drop_persons
from dragoman.reading.names.unsure import believed


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
    matches = _matches(text)
    sure = [one for one in matches if not _unsure(one)]
    found = _longest(sure)
    support = _support(found)
    unsure = [one for one in matches if _unsure(one) and believed(text, one, support)]
    if unsure:
        found = _longest(sorted([*sure, *unsure], key=_place))
    found = drop_persons(text, [one for one in found if one.senses])
    support = _support(found)
    return [
        _mention(text, one, after, support)
        for one, after in zip_longest(found, found[1:])
        if not elsewhere(text, one, after)
    ]


def _matches(text: str) -> list[Found]:
    """All names at word boundaries, overlapping ones too, the leftmost first, of those the longest."""
    names = index()
    found = []
    for at, start, end in names.automaton.find_matches_as_indexes(text, overlapping=True):
        if end < len(text) and text[end].isalnum() and text[end - 1] != ".":
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "@_"):
            continue
        found.append(Found(start, end, names.names[at], names.senses[at]))
    return sorted(found, key=_place)


def _place(one: Found) -> tuple[int, int]:
    return one.start, -one.end


def _unsure(one: Found) -> bool:
    return bool(one.senses) and all(sense.unsure for sense in one.senses)


def _longest(matches: Iterable[Found]) -> list[Found]:
    """Of overlapping names, the leftmost and longest."""
    free, kept = 0, []
    for one in matches:
        if one.start >= free:
            kept.append(one)
            free = one.end
    return kept


def _support(found: Iterable[Found]) -> frozenset[str]:
    """What the text names without doubt, and the countries of those."""
    sure = {one.senses[0].entity for one in found if len(one.senses) == 1}
    sure |= {usual for one in found if len(one.senses) > 1 and (usual := own_name(one.name))}
    return frozenset(sure | {land for id in sure if (land := country(id))})


def _mention(text: str, one: Found, after: Found | None, support: frozenset[str]) -> Mention:
    entity: str | None = one.senses[0].entity
    candidates, reason = None, None
    if len(one.senses) > 1:
        entity, candidates, reason = bearer(text, one, after, support)
    return Mention(
        entity=entity,
        start=one.start,
        end=one.end,
        text=text[one.start : one.end],
        by=next((sense.by for sense in one.senses if sense.entity == entity), one.senses[0].by),
        candidates=candidates,
        reason=reason,
    )
