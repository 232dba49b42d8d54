"""Colons: what a name and a colon before it give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.domain import Passage, Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import hull
from dragoman.reading.attribution.rubrics import is_rubric
from dragoman.reading.attribution.turns import TURN


def behind_colon(one: Attributed, quoted: Sequence[Span], text: str, passages: Sequence[Passage]) -> Attributed | None:
    """What a name and a colon give: only the quotation, where one opens there; nothing where the name is a rubric."""
    opening = next((quote for quote in quoted if quote.start == one.content.start), None)
    if opening is not None and opening.end < one.content.end and not TURN.match(text, one.content.start):
        last = opening
        for quote in quoted:
            if quote.start >= last.end and not text[last.end : quote.start].strip():
                last = quote
        return replace(one, content=hull((opening, last)))
    if opening is None and one.source is not None and is_rubric(one.source, text, passages):
        return None
    return one
