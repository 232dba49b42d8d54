"""Segments: overlapping marks on a text, cut so that each stretch knows all that is marked on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text with what it is part of (an event or claim) and as what."""

    start: int
    end: int
    of: str
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text and the marks on all of it."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def roles(self) -> str:
        """The roles of the marks, for a class attribute."""
        return " ".join(sorted({mark.role for mark in self.marks}))

    @property
    def refs(self) -> str:
        """What is marked and as what, for a data attribute: "e1:actor e2:evidence"."""
        return " ".join(sorted({f"{mark.of}:{mark.role}" for mark in self.marks}))


def segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut ``text[start:end]`` at every edge of a mark."""
    within = sorted((mark for mark in marks if mark.start < end and start < mark.end), key=lambda mark: mark.start)
    edges = sorted(
        {start, end, *(max(start, mark.start) for mark in within), *(min(end, mark.end) for mark in within)}
    )
    open_marks: list[Mark] = []
    coming = iter(within)
    ahead = next(coming, None)
    for low, high in pairwise(edges):
        while ahead is not None and ahead.start <= low:
            open_marks.append(ahead)
            ahead = next(coming, None)
        open_marks = [mark for mark in open_marks if mark.end > low]
        yield Segment(text[low:high], tuple(open_marks))
