"""Quotation marks: which open, which close, and which have no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

Side = Literal["open", "close"]
MARK = re.compile("([\"“”„«»])(?!\\1{2})(?<!\\1{3})|``|''")  # three alike are ornament
STRAIGHT, CURLY, ANGLED, TYPED = "straight", "curly", "angled", "typed"
FAMILY = {'"': STRAIGHT, "“": CURLY, "”": CURLY, "„": CURLY, "«": ANGLED, "»": ANGLED, "``": TYPED, "''": TYPED}
SHAPE: dict[str, Side] = {"“": "open", "„": "open", "«": "open", "``": "open", "”": "close", "»": "close"}
MIXED = {STRAIGHT: CURLY, CURLY: STRAIGHT, TYPED: STRAIGHT}  # marks that writers mix within one pair
BEFORE_OPENING = frozenset("([{—–-/‘'“«:=\u200e\u200f")
AFTER_CLOSING = frozenset(".,;:!?)]}—–-…’")
INCH = frozenset("0123456789½¼¾")
FARTHEST = 12  # paragraphs that one quotation may run on without opening again
MOST = 50_000  # marks that are looked at


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark, by offsets into the text, with the side that it was found to have."""

    start: int
    end: int
    side: Side
    paragraph: int


@dataclass(slots=True)
class _Seen:
    """A mark before its side is settled; `first` says that it begins its paragraph."""

    start: int
    end: int
    family: str
    side: Side | None
    paragraph: int
    first: bool


def unpaired(text: str, extents: Sequence[tuple[int, int]]) -> list[Mark]:
    """Find the double quotation marks without a partner, in the paragraphs `extents` of `text`.

    What stands around a mark tells its side, its shape only where that does not.  A quotation may run over
    paragraphs: each then opens it again, or none does up to the closing mark.  A pair of a straight and a curly
    mark is a pair.
    """
    if not any(mark in text for mark in FAMILY):
        return []
    waiting: dict[str, _Seen] = {}
    lone: list[Mark] = []
    for mark in islice(_marks(text, extents), MOST):
        for family in [name for name, seen in waiting.items() if mark.paragraph - seen.paragraph > FARTHEST]:
            lone.append(_settled(waiting.pop(family), "open"))
        opened = waiting.get(mark.family)
        side = mark.side or ("close" if opened else "open")
        if side == "close":
            partner = mark.family if opened else MIXED.get(mark.family, "")
            if partner in waiting:
                del waiting[partner]
            elif not _inches(text, mark):
                lone.append(_settled(mark, "close"))
        else:
            if opened and not (mark.first and mark.paragraph > opened.paragraph):
                lone.append(_settled(opened, "open"))
            waiting[mark.family] = mark
    lone += (_settled(seen, "open") for seen in waiting.values())
    return sorted(lone, key=lambda mark: mark.start)


def _marks(text: str, extents: Sequence[tuple[int, int]]) -> Iterator[_Seen]:
    for index, (start, end) in enumerate(extents):
        first = True
        for found in MARK.finditer(text, start, end):
            at, to = found.span()
            opens = first and not text[start:at].strip("‘'([ \t\u200e\u200f")
            yield _Seen(at, to, FAMILY[found.group()], _side(text, found, start, end), index, opens)
            first = False


def _side(text: str, found: re.Match[str], start: int, end: int) -> Side | None:
    at, to = found.span()
    if (at == start) != (to == end):
        return "open" if at == start else "close"
    before = at == start or text[at - 1].isspace() or text[at - 1] in BEFORE_OPENING
    after = to >= end or text[to].isspace() or text[to] in AFTER_CLOSING
    if before != after:
        return "open" if before else "close"
    return SHAPE.get(found.group())


def _inches(text: str, mark: _Seen) -> bool:
    return mark.family in (STRAIGHT, TYPED) and text[max(0, mark.start - 1)] in INCH


def _settled(seen: _Seen, side: Side) -> Mark:
    return Mark(seen.start, seen.end, side, seen.paragraph)
