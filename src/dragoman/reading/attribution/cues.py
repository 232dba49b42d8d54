"""Cues: the lexicon of attribution, ready for look-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from dragoman import lexicon

Frame = Literal["clause", "infinitive", "object", "named"]


class VerbGroup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Verbs with one frame."""

    frame: Frame
    words: list[str]
    example: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of one sort, with an example of one of them."""

    words: list[str]
    example: str


class CueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``cues.yaml``."""

    verbs: list[VerbGroup]
    about: dict[str, list[str]]
    about_example: str
    nouns: Words
    phrases: Words
    adverbs: Words
    impersonal: list[str]
    continuing: list[str]


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues by lemma."""

    verbs: dict[str, frozenset[Frame]]
    about: dict[str, frozenset[str]]
    nouns: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]  # by first word
    adverbs: frozenset[str]
    impersonal: frozenset[str]


@cache
def cue_entries() -> CueFile:
    """The entries of ``cues.yaml`` as they stand there."""
    return lexicon.entries("cues.yaml", CueFile)


@cache
def cues() -> Cues:
    """The lexicon of cues."""
    file = cue_entries()
    verbs: dict[str, set[Frame]] = {}
    for group in file.verbs:
        for word in group.words:
            verbs.setdefault(word, set()).add(group.frame)
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for phrase in file.phrases.words:
        words = tuple(phrase.split())
        phrases.setdefault(words[0], []).append(words)
    return Cues(
        {word: frozenset(frames) for word, frames in verbs.items()},
        {word: frozenset(among) for word, among in file.about.items()},
        frozenset(file.nouns.words),
        {first: tuple(among) for first, among in phrases.items()},
        frozenset(file.adverbs.words),
        frozenset(file.impersonal),
    )
