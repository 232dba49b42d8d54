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


_Match = tuple[int, int, int]  # start, end (negative, so that the longest sorts first), index of the pattern


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
    sure, unsure = _matches(text)
    found = _longest(sure)
    support = _support(found)
    believable = [one for one in unsure if believed(text, _found(one), support)]
    if believable:
        found = _longest(sorted([*sure, *believable]))
    found = drop_persons(text, [one for one in found if one.senses])
    support = _support(found)
    return [
        _mention(text, one, after, support)
        for one, after in zip_longest(found, found[1:])
        if not elsewhere(text, one, after)
    ]


def _matches(text: str) -> tuple[list[_Match], list[_Match]]:
    """Names at word boundaries, overlapping ones too, sure and unsure: the leftmost first, of those the longest."""
    names = index()
    doubted = names.doubted
    sure: list[_Match] = []
    unsure: list[_Match] = []
    for at, start, end in names.automaton.find_matches_as_indexes(text, overlapping=True):
        if start and ((before := text[start - 1]).isalnum() or before in "@_"):
            continue
        if text[end : end + 1].isalnum() and text[end - 1] != ".":
            continue
        (unsure if at in doubted else sure).append((start, -end, at))
    sure.sort()
    return sure, unsure


def _found(match: _Match) -> Found:
    start, end, at = match
    return Found(start, -end, index().names[at], index().senses[at])


def _longest(matches: Iterable[_Match]) -> list[Found]:
    """Of overlapping names, the leftmost and longest."""
    free, kept = 0, []
    for one in matches:
        if one[0] >= free:
            kept.append(_found(one))
            free = -one[1]
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
