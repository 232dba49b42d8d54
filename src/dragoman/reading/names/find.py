"""Find the names of the lexicon in a text: whole words, the leftmost and longest, resolved or with candidates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from dragoman.domain import Mention
from dragoman.reading.names.bearers import bearer, country, elsewhere
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
    found = drop_persons(text, [one for one in _longest(text) if one.senses])
    sure = {one.senses[0].entity for one in found if len(one.senses) == 1 and not one.senses[0].unsure}
    support = frozenset(sure | {land for id in sure if (land := country(id))})
    return [
        _mention(text, one, after, support)
        for one, after in zip_longest(found, found[1:])
        if not elsewhere(text, one, after)
        and (not all(sense.unsure for sense in one.senses) or believed(text, one, support))
    ]


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
