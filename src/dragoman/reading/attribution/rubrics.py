"""Rubrics: the land or the town, with a colon, that a report may begin with, and which says nothing."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain import Passage, Span
from dragoman.reading.names import catalogue, find_names

PLACES = ("polity", "place")


def is_rubric(words: Span, text: str, passages: Sequence[Passage]) -> bool:
    """Whether words before a colon are only the name of where a report is from: "Afghanistan: The Taliban met ..."."""
    if not passages or words.start != passages[0].start or passages[0].kind != "body":
        return False
    named = find_names(text[words.start : words.end])
    if not named or (named[0].start, named[0].end, named[0].by) != (0, words.end - words.start, "name"):
        return False
    place = catalogue().get(named[0].entity or "")
    return place is not None and place.kind in PLACES
