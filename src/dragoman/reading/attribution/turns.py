"""Turns: who speaks in which paragraph of a transcript or an interview, by the label before what is said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from dragoman.domain import Passage, Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.rubrics import is_rubric
from dragoman.reading.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence

TURN = re.compile(r"[\"“]?(?P<name>[A-Z][A-Z.’' -]{2,40}[A-Z]):\s+(?=\S)")
ASKED = re.compile(r"(?P<name>[QA])[.:]\s+(?=\S)")  # a question or an answer, where both are marked so


def turns(parsed: Parsed, text: str, passages: Sequence[Passage]) -> dict[int, Attributed]:
    """The turns of a transcript, by their first sentences; letters alone only where some ask and some answer."""
    asked = {match["name"] for one in passages if (match := ASKED.match(text, one.start, one.end))}
    labels = [TURN, ASKED] if len(asked) > 1 else [TURN]
    made = (
        (index, _turn(sentence, text, passages[passage], labels))
        for index, (sentence, passage) in enumerate(zip(parsed.sentences, parsed.passage_of, strict=True))
    )
    return {
        index: one
        for index, one in made
        if one is not None and one.source is not None and not is_rubric(one.source, text, passages)
    }


def _turn(sentence: Sentence, text: str, passage: Passage, labels: Sequence[re.Pattern[str]]) -> Attributed | None:
    """A turn in a transcript: "SECRETARY BLINKEN: ..."; all of its paragraph is theirs."""
    if sentence.start_char != passage.start:
        return None
    tried = (one.match(text, passage.start, min(passage.start + 60, passage.end)) for one in labels)
    match = next((one for one in tried if one is not None), None)
    if match is None or match.end() >= passage.end:
        return None
    starts = [token.idx for token in sentence]
    head = sentence[bisect_right(starts, match.end("name") - 1) - 1].i
    return Attributed(
        Span(start=match.start("name"), end=match.end("name")),
        head,
        Span(start=match.end("name"), end=match.end("name") + 1),
        Span(start=match.end(), end=passage.end),
        "direct",
        "cues.yaml#turn",
    )
