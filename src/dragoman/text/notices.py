"""Notices: what the text stage found wrong, said for people."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dragoman.domain import Finding, Passage, Verdict
from dragoman.text.offsets import Piece
from dragoman.text.paragraphs import Extent
from dragoman.text.quotes import unpaired
from dragoman.text.repeats import Repeat

FOREIGN = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Notices:
    """Findings on one text, whose paragraphs are `extents`."""

    text: str
    extents: Sequence[Extent]

    def _finding(
        self, kind: str, start: int, end: int, why: str, *, verdict: Verdict = "defect", **figures: float | int | str
    ) -> Finding:
        quote = self.text[start:end]
        return Finding(kind=kind, verdict=verdict, start=start, end=end, quote=quote, why=why, figures=figures)

    def encoding(self, doubt: str | None) -> Iterator[Finding]:
        """Say that the encoding was a guess; the span is the first run of letters that rests on it."""
        if doubt:
            run = FOREIGN.search(self.text)
            start, end = run.span() if run else (0, 0)
            yield self._finding("encoding", start, end, f"The encoding is not certain: {doubt}.", verdict="ambiguous")

    def mojibake(self, pieces: Sequence[Piece]) -> Iterator[Finding]:
        """Say which paragraphs were in the wrong encoding and are repaired, one finding each."""
        at = 0

        def paragraph(piece: Piece) -> int:
            nonlocal at
            while at + 1 < len(self.extents) and self.extents[at + 1][0] <= piece.start:
                at += 1
            return at

        for _, group in groupby(pieces, key=paragraph):
            runs = list(group)
            why = "Text read in the wrong encoding (mojibake) stood here and is repaired."
            yield self._finding("mojibake", runs[0].start, runs[-1].end, why, runs=len(runs))

    def repeats(self, repeated: Mapping[int, Repeat], first_of: Sequence[int]) -> Iterator[Finding]:
        """Say which paragraphs repeat which passages."""
        for index, repeat in repeated.items():
            how = "word for word" if repeat.shared == 1 else f"nearly word for word ({repeat.shared:.0%} shared)"
            why = f"This paragraph repeats an earlier one {how}."
            figures: dict[str, Any] = {
                "passage": first_of[index],
                "repeats": first_of[repeat.of],
                "shared": repeat.shared,
            }
            yield self._finding("repeat", *self.extents[index], why, **figures)

    def trailers(self, outside: Mapping[int, str]) -> Iterator[Finding]:
        """Say which paragraphs are not of the story, and why."""
        for index, why in outside.items():
            yield self._finding("trailer", *self.extents[index], why)

    def fragments(self, passages: Sequence[Passage]) -> Iterator[Finding]:
        """Say which passages are stray remnants."""
        for passage in passages:
            if passage.kind == "fragment":
                why = (
                    "A stray remnant: words in lower case after the end of a sentence, with no beginning of their own."
                )
                yield self._finding("fragment", passage.start, passage.end, why)

    def quotes(self, skip: Collection[int]) -> Iterator[Finding]:
        """Say where quotation marks have no partner, the first one in each paragraph."""
        read = [extent for index, extent in enumerate(self.extents) if index not in skip]
        for _, group in groupby(unpaired(self.text, read), key=lambda mark: mark.paragraph):
            marks = list(group)
            lone = "opens a quotation that nothing closes" if marks[0].side == "open" else "closes what nothing opens"
            why = f"A quotation mark {lone}."
            yield self._finding("quote", marks[0].start, marks[0].end, why, unpaired=len(marks))
