"""Phrases: what the text stage takes from the lexicon."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dragoman import lexicon

WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
LONGEST_TRAILER = 60  # words


@dataclass(frozen=True, slots=True)
class TrailerPhrase:
    """A phrase that paragraphs outside the story begin with, or consist of."""

    pattern: str
    at: Literal["start", "whole"]
    example: str
    opens: bool = False

    def fits(self, paragraph: str) -> bool:
        """Tell whether `paragraph` is such a one."""
        return (_pattern(self.pattern).match if self.at == "start" else _pattern(self.pattern).fullmatch)(
            paragraph
        ) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words, with an example of them at work."""

    example: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The file ``text.yaml``."""

    trailers: tuple[TrailerPhrase, ...]
    abbreviations: Words
    lower_case_starts: Words
    unfinished: Words
    running_prose: Words
    irregular_pasts: Words
    reader_address: Words
    function_words: Words
    negations: Words
    months: tuple[str, ...]


@cache
def phrases() -> Phrases:
    """Read ``text.yaml``."""
    return lexicon.entries("text.yaml", Phrases)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _all_trailers() -> tuple[re.Pattern[str], ...]:
    """All phrases in one pattern for each place, since most paragraphs are no trailers."""
    ends = {"start": "", "whole": r"\Z"}
    return tuple(
        re.compile("|".join(f"(?:{one.pattern}){end}" for one in found), re.IGNORECASE)
        for at, end in ends.items()
        if (found := [one for one in phrases().trailers if one.at == at])
    )


def trailer_phrase(paragraph: str) -> TrailerPhrase | None:
    """Find the phrase that marks `paragraph` as no part of the story."""
    if len(paragraph) > 600 or paragraph.count(" ") >= LONGEST_TRAILER:
        return None
    if not any(one.match(paragraph) for one in _all_trailers()):
        return None
    return next((phrase for phrase in phrases().trailers if phrase.fits(paragraph)), None)


def words_of(text: str) -> list[str]:
    """Words of `text` in lower case, with one sort of apostrophe."""
    return [word.replace("’", "'").casefold() for word in WORD.findall(text)]
