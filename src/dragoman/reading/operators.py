"""Operators: the lexicon of modality, the words that say whether what they govern happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words that have one effect, with an example of the first."""

    words: list[str]
    example: str


class ModalityFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``modality.yaml``."""

    verbs: dict[str, Words]
    adjectives: dict[str, Words]
    nouns: dict[str, Words]
    auxiliaries: dict[str, list[str]]
    negations: list[str]
    conditions: list[str]
    future_conditions: list[str]
    without: list[str]
    deciding: list[str]
    adjectives_before: dict[str, list[str]]
    light: dict[str, list[str]]
    factive: list[str]
    presupposing: list[str]
    approximators: list[str]
    ahead: list[str]


@dataclass(frozen=True, slots=True)
class Operators:
    """The lexicon of modality by lemma."""

    by_class: dict[str, dict[str, str]]  # part of speech -> lemma -> effect
    auxiliaries: dict[str, str]
    negations: frozenset[str]
    conditions: frozenset[str]
    future_conditions: frozenset[str]
    without: frozenset[str]
    deciding: frozenset[str]
    before: dict[str, str]
    light: dict[str, str]
    factive: frozenset[str]
    presupposing: frozenset[str]
    approximators: frozenset[str]
    ahead: frozenset[str]


@cache
def operators() -> Operators:
    """Load ``modality.yaml``."""
    file = _file()

    def turned(groups: dict[str, Words]) -> dict[str, str]:
        return {word: effect for effect, group in groups.items() for word in group.words}

    verbs, adjectives = turned(file.verbs), turned(file.adjectives)
    return Operators(
        {"VERB": verbs, "AUX": verbs, "ADJ": adjectives, "ADV": adjectives, "NOUN": turned(file.nouns)},
        {word: effect for effect, words in file.auxiliaries.items() for word in words},
        frozenset(file.negations),
        frozenset(file.conditions),
        frozenset(file.future_conditions),
        frozenset(file.without),
        frozenset(file.deciding),
        {word: effect for effect, words in file.adjectives_before.items() for word in words},
        {word: effect for effect, words in file.light.items() for word in words},
        frozenset(file.factive),
        frozenset(file.presupposing),
        frozenset(file.approximators),
        frozenset(file.ahead),
    )


@cache
def _file() -> ModalityFile:
    return lexicon.entries("modality.yaml", ModalityFile)


def modality_words() -> list[tuple[str, Words]]:
    """Every entry of the lexicon's governors with its effect."""
    file = _file()
    return [entry for group in (file.verbs, file.adjectives, file.nouns) for entry in group.items()]
