"""Name words: what the words in a capitalised name tell of the thing named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon


class _NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    organization: str
    private: str
    organs: str
    other: str
    particles: str


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words in a name that tell an organization or something that is no actor; small words inside names."""

    organization: frozenset[str]
    private: frozenset[str]
    organs: frozenset[str]
    other: frozenset[str]
    particles: frozenset[str]


@cache
def name_words() -> NameWords:
    """Load ``name_words.yaml``."""
    file = lexicon.entries("name_words.yaml", _NameWords)
    return NameWords(
        frozenset(file.organization.split()),
        frozenset(file.private.split()),
        frozenset(file.organs.split()),
        frozenset(file.other.split()),
        frozenset(file.particles.split()),
    )
