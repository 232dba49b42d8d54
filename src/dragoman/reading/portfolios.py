"""Portfolios: what the words behind an office or an institution add, and where they end."""

from __future__ import annotations

from dragoman.reading.offices import offices
from dragoman.reading.persons import name_run
from dragoman.reading.words import Words


def with_people(words: Words, at: int) -> int:
    """The end of "and (the) people" between an institution and the "of" that tells of whom both are."""
    lower = words.lower
    for joined in (["and", "people"], ["and", "the", "people"]):
        if lower[at : at + len(joined)] == joined and lower[at + len(joined) : at + len(joined) + 1] == ["of"]:
            return at + len(joined)
    return at


def of_government(words: Words, at: int) -> int:
    """The token behind "the Government(s) of", which adds nothing to whose officers they are."""
    lower = words.lower
    start = at + (lower[at : at + 1] == ["the"])
    governs = lower[start : start + 2] in (["government", "of"], ["governments", "of"])
    return start + 2 if governs else at


def qualifies_noun(words: Words, at: int, last: int) -> bool:
    """Whether the words before a token say what its common noun is like ("of international organizations")."""
    if at >= last or words.name[at - 1] >= 0 or not (words.text[at - 1].islower() and words.text[at].islower()):
        return False
    return words.tag[at] in ("NN", "NNS") and words.tag[at - 1] in ("JJ", "NN")


def served(words: Words, at: int, last: int) -> int:
    """The end of the head whom somebody serves ("adviser to the President", "to Prime Minister Lee"), or `at`."""
    known, end = offices(), at
    while end < last and words.lower[end] in known.modifiers and words.lower[end] not in known.heads:
        end += 1
    head = known.heads.get(words.lower[end]) if end < last else None
    if head is None or not head.home:
        return at
    return end + 1 if words.lower[at - 1] == "the" else name_run(words, end + 1, last)
