"""Turns: who speaks in which passage of a transcript, by the labels in capitals before what is said."""

from __future__ import annotations

import re

from dragoman.reading.parse import Parsed

LABEL = re.compile(r"\s*([A-Z][A-Z.’' -]*[A-Z]) ?:\s")
NAMELESS = frozenset({"OFFICIAL", "QUESTION", "ANSWER", "MODERATOR", "OPERATOR", "PARTICIPANT", "INTERPRETER"})
FEWEST = 2  # labels that make a transcript


def turns(parsed: Parsed) -> dict[int, str]:
    """The surname in the label that a passage stands under, by passage; empty where the text is no transcript."""
    found: dict[int, str] = {}
    labels, last = 0, ""
    for sentence, passage in zip(parsed.sentences, parsed.passage_of, strict=True):
        if passage in found:
            continue
        label = LABEL.match(parsed.text, sentence.start_char)
        if label is not None:
            words = label.group(1).split()
            labels, last = labels + 1, words[-1].capitalize() if NAMELESS.isdisjoint(words) else ""
        found[passage] = last
    return found if labels >= FEWEST else {}
