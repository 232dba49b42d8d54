"""The lexicon of times, ready for look-up."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman import lexicon


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with the value of its last time expression."""

    text: str
    published: str
    value: str


class TimeWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``times.yaml``."""

    months: dict[str, int]
    weekdays: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    parts: dict[str, str]
    ordinals: dict[str, int]
    references: dict[str, list[str]]
    sets: dict[str, str]
    holidays: dict[str, str]
    named: dict[str, str]
    vague: list[str]
    number_before: list[str]
    number_after: list[str]
    examples: list[Example]


@cache
def time_words() -> TimeWords:
    """Load ``times.yaml``."""
    return lexicon.entries("times.yaml", TimeWords)


@cache
def reference_values() -> dict[str, str]:
    """The value of each word that names no calendar time."""
    return {word: value for value, words in time_words().references.items() for word in words}
