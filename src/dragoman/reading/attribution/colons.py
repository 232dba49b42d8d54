"""Colons: what a name and a colon before it give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.domain import Passage, Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import hull
from dragoman.reading.attribution.turns import TURN
from dragoman.reading.names import catalogue, find_names


def behind_colon(one: Attributed, quoted: Sequence[Span], text: str, passages: Sequence[Passage]) -> Attributed | None:
    """What a name and a colon give: only the quotation, where one opens there; nothing where a land is the rubric.

    A report may begin with the land that it is of ("Afghanistan: The Taliban met ..."), which says nothing.
    """
    opening = next((quote for quote in quoted if quote.start == one.content.start), None)
    if opening is not None and opening.end < one.content.end and not TURN.match(text, one.content.start):
        last = opening
        for quote in quoted:
            if quote.start >= last.end and not text[last.end : quote.start].strip():
                last = quote
        return replace(one, content=hull((opening, last)))
    if (
        opening is None
        and one.source is not None
        and one.source.start == passages[0].start
        and passages[0].kind == "body"
    ):
        return None if _is_land(text[one.source.start : one.source.end]) else one
    return one


def _is_land(words: str) -> bool:
    """Whether some words are the name of a polity and nothing else."""
    named = find_names(words)
    polity = catalogue().get(named[0].entity or "") if named else None
    whole = bool(named) and (named[0].start, named[0].end, named[0].by) == (0, len(words), "name")
    return whole and polity is not None and polity.kind == "polity"
