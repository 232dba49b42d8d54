"""Tense: whether the clause around an offset is told as past, present or future."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from dragoman.reading.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
PLANNED = frozenset(
    {
        "plan",
        "expect",
        "schedule",
        "due",
        "set",
        "intend",
        "agree",
        "decide",
        "slate",
        "hope",
        "prepare",
        "vow",
        "pledge",
    }
)


def tense_of(parsed: Parsed) -> Callable[[int], str | None]:
    """A function from an offset to "past", "present" or "future", or None where no verb governs it."""
    starts = [token.idx for token in parsed.doc]

    def tense(offset: int) -> str | None:
        at = bisect_right(starts, offset) - 1
        return _clause(parsed.doc[at]) if at >= 0 else None

    return tense


def _clause(token: Token) -> str | None:
    for _ in range(12):
        if token.pos_ in ("VERB", "AUX") and (found := _verb(token)):
            return found
        if token.head == token:
            return None
        token = token.head
    return None


def _verb(verb: Token) -> str | None:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in FUTURE for child in auxiliaries):
        return "future"
    reported = verb.dep_ == "ccomp" and verb.head.tag_ in ("VBD", "VBN")
    if reported and any(child.lower_ in ("would", "'d", "’d") for child in auxiliaries):
        return "future"  # "said that it would recognise it on May 21"
    if verb.tag_ == "VBN" and {"to", "be"} <= {child.lower_ for child in auxiliaries}:
        return "future"  # "an event to be held on 12 October"
    if verb.lemma_ in PLANNED and any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries):
        return "future"  # "a hearing has been scheduled for 3 June"
    if verb.tag_ == "VB" and any(child.lower_ == "to" for child in auxiliaries):
        above = verb.head
        return "future" if above.lemma_ in PLANNED or above.lemma_ == "be" else None
    if any(child.tag_ == "VBD" or child.lower_ in ("has", "have") for child in auxiliaries) or verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in ("VBZ", "VBP") or any(child.tag_ in ("VBZ", "VBP") for child in auxiliaries):
        return "present"
    return None
