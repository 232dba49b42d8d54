"""Cues: the lexicon of attribution, ready for look-up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from dragoman import lexicon

Frame = Literal["clause", "infinitive", "object", "named"]
FRAMES: tuple[Frame, ...] = ("clause", "infinitive", "object", "named")
CLAUSE = 1 << FRAMES.index("clause")
ABOUT = 1 << len(FRAMES)  # the bit of a verb that has what it speaks of behind a preposition


class VerbGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs with one frame."""

    frame: Frame
    words: list[str]
    example: str


class Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one sense, with an example of one of them."""

    sense: str
    words: list[str]
    example: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one sort, with an example of one of them."""

    words: list[str]
    example: str


class CueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``cues.yaml``."""

    frames: list[VerbGroup]
    about: dict[str, list[str]]
    about_example: str
    verbs: list[Sense]
    nouns: list[Sense]
    adjectives: list[Sense]
    sources: list[Sense]
    phrases: Words
    adverbs: Words
    impersonal: list[str]
    quoting: list[str]
    voices: list[str]
    prepositions: list[str]
    marks: list[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues by lemma; frames and senses are sets of bits, a bit for each entry in the order of the file."""

    frames: dict[str, int]
    verbs: dict[str, int]
    nouns: dict[str, int]
    adjectives: dict[str, int]
    sources: dict[str, int]
    phrases: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    holders: frozenset[str]  # nouns that stand for those who hold a view
    moving: frozenset[str]  # verbs that tell what somebody is made to feel, and nothing else
    impersonal: frozenset[str]
    quoting: frozenset[str]
    voices: frozenset[str]  # nouns behind "in" and whose they are
    others: dict[str, frozenset[str]]  # by part of speech, words that may be cues by themselves


@cache
def cue_entries() -> CueFile:
    """The entries of ``cues.yaml`` as they stand there."""
    return lexicon.entries("cues.yaml", CueFile)


@cache
def cues() -> Cues:
    """The lexicon of cues."""
    file = cue_entries()
    frames = _bits((FRAMES.index(group.frame), group.words) for group in file.frames)
    for word in file.about:
        frames[word] = frames.get(word, 0) | ABOUT
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in file.phrases.words:
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append(words)
    of_verbs = _senses(file.verbs)
    moving = 1 << next(at for at, entry in enumerate(file.verbs) if entry.sense == "moving")
    prepositions = frozenset(file.prepositions)
    return Cues(
        frames,
        of_verbs,
        _senses(file.nouns),
        _senses(file.adjectives),
        _senses(file.sources),
        {first: tuple(among) for first, among in phrases.items()},
        frozenset(word for entry in file.nouns if entry.sense == "holder" for word in entry.words),
        frozenset(word for word, bits in of_verbs.items() if bits == moving),
        frozenset(file.impersonal),
        frozenset(file.quoting),
        frozenset(file.voices),
        {
            "ADV": frozenset(file.adverbs.words),
            "ADP": prepositions | {words[0] for words in map(str.split, file.phrases.words)},
            "SCONJ": prepositions,
            "PUNCT": frozenset(file.marks),
        },
    )


def _senses(entries: Sequence[Sense]) -> dict[str, int]:
    return _bits((at, entry.words) for at, entry in enumerate(entries))


def _bits(groups: Iterable[tuple[int, Sequence[str]]]) -> dict[str, int]:
    made: dict[str, int] = {}
    for at, words in groups:
        for word in words:
            made[word] = made.get(word, 0) | 1 << at
    return made
