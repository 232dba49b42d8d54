"""Topics: what diplomats talk about, found by their phrases."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import msgspec
from ahocorasick_rs import AhoCorasick

from dragoman import lexicon
from dragoman.domain import Topic


class TopicEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A topic of the lexicon: its id is its name."""

    id: str
    phrases: tuple[str, ...]
    example: str


class _Index(NamedTuple):
    automaton: AhoCorasick
    topics: list[str]


@cache
def topics() -> tuple[TopicEntry, ...]:
    """All topics of the lexicon."""
    return lexicon.entries("topics.yaml", tuple[TopicEntry, ...])


@cache
def _index() -> _Index:
    phrases = {
        spelling: topic.id
        for topic in topics()
        for phrase in (topic.id, *topic.phrases)
        for spelling in (phrase.lower(), phrase.lower().replace("'", "’"))
    }
    return _Index(AhoCorasick(list(phrases), store_patterns=False), list(phrases.values()))


def find_topics(text: str, start: int, end: int) -> list[Topic]:
    """Find topics in ``text[start:end]``, in any case, whole words, leftmost and longest; offsets are the text's."""
    part = text[start:end]
    folded = part.lower()
    if len(folded) != len(part):  # a few letters change length in lower case (İ)
        folded = "".join(letter if len(letter.lower()) != 1 else letter.lower() for letter in part)
    matches = sorted(
        (at, -upto, which)
        for which, at, upto in _index().automaton.find_matches_as_indexes(folded, overlapping=True)
        if not (at and folded[at - 1].isalnum()) and not folded[upto : upto + 1].isalnum()
    )
    found: list[Topic] = []
    free = 0
    for at, upto, which in matches:
        if at >= free:
            found.append(Topic(topic=_index().topics[which], start=start + at, end=start - upto))
            free = -upto
    return found
