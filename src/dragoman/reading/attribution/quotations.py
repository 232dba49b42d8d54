"""Quotations: the stretches between quotation marks, passage by passage."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.domain import Passage, Span

MARKS = re.compile(r"[\"“”«»]|``|''")
OPENING = frozenset({"“", "«", "``"})
CLOSING = frozenset({"”", "»"})  # two apostrophes open as well as close, like the straight mark
SCARE = 3  # words up to which a quotation is no statement but a term


def quotations(text: str, passages: Sequence[Passage]) -> list[Span]:
    """The quotations of a text, marks included, in order.

    A mark that is opened and not closed in its passage holds to the passage's end when the next passage opens with a
    mark again (the custom of long quotations), else it is passed over.
    """
    found: list[Span] = []
    for at, passage in enumerate(passages):
        following = passages[at + 1] if at + 1 < len(passages) else None
        found.extend(_in_passage(text, passage, following))
    return found


def _in_passage(text: str, passage: Passage, following: Passage | None) -> list[Span]:
    found: list[Span] = []
    opened: int | None = None
    for mark in MARKS.finditer(text, passage.start, passage.end):
        if mark[0] == '"' and mark.start() > 0 and text[mark.start() - 1].isdigit() and opened is None:
            continue  # inches
        closes = opened is not None and mark[0] not in OPENING
        if closes and opened is not None:
            found.append(Span(start=opened, end=mark.end()))
            opened = None
        elif mark[0] not in CLOSING or _opens_line(text, mark):
            opened = mark.start()
    goes_on = following is not None and MARKS.match(text, following.start) is not None
    if opened is not None and goes_on:
        found.append(Span(start=opened, end=passage.end))
    return found


def _opens_line(text: str, mark: re.Match[str]) -> bool:
    """Whether a closing mark stands where only an opening one can: first in its line, with a word behind it."""
    line = text.rfind("\n", 0, mark.start()) + 1
    return not text[line : mark.start()].strip() and text[mark.end() : mark.end() + 1].isalnum()


def is_scare(text: str, span: Span) -> bool:
    """Whether a quotation is too short to be anybody's statement."""
    return len(text[span.start : span.end].split()) <= SCARE
