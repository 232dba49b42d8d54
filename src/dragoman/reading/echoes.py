"""Echoes: words that carry an act over to others ("follows the examples set by")."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman import lexicon


class Echo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that echoes, the objects or adverbs it needs, and the paths to those the act is carried over to."""

    id: str
    lemma: list[str]
    object: list[str]
    parties: list[str]
    example: str
    object_words: list[str] = []  # one of these is that object or stands before it
    in_act: bool = False
    likewise: bool = False  # the parties do what was told of others before, in the mood of the echo's own verb


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    echoes: list[Echo]


@cache
def echoes() -> dict[str, list[Echo]]:
    """Load ``echoes.yaml``, by lemma."""
    found: dict[str, list[Echo]] = {}
    for echo in lexicon.entries("echoes.yaml", _File).echoes:
        for lemma in echo.lemma:
            found.setdefault(lemma, []).append(echo)
    return found
