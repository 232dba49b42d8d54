"""Signed: quotations that stand by themselves, with a dash and a name behind them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dragoman.domain import Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.parse import Parsed

SIGNATURE = re.compile(
    r"\s*(?P<dash>--|[-–—―])\s*(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w’'-]*){0,4})(?=\s*(?:[.,(]|\n|\Z))"
)


def signed(parsed: Parsed, text: str, quoted: Sequence[Span]) -> Iterator[tuple[int, Attributed]]:
    """Yield the attributions of signed quotations, each with the sentence in which its quotation opens."""
    for quote in quoted:
        line = text.rfind("\n", 0, quote.start) + 1
        match = SIGNATURE.match(text, quote.end)
        if match is None or text[line : quote.start].strip():
            continue
        opening, name = (
            parsed.doc.char_span(start, end, alignment_mode="expand")
            for start, end in ((quote.start, quote.start + 1), match.span("name"))
        )
        if opening is None or name is None:
            continue
        sentence = bisect_right(parsed.sentences, opening.start, key=lambda one: one.start) - 1
        if sentence < 0 or opening.start >= parsed.sentences[sentence].end:
            continue
        yield (
            sentence,
            Attributed(
                Span(start=match.start("name"), end=match.end("name")),
                name.end - 1,
                Span(start=match.start("dash"), end=match.end("dash")),
                quote,
                "direct",
                "cues.yaml#signed",
            ),
        )
