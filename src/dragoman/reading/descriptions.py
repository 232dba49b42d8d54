"""Descriptions and pronouns: what each may stand for."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import EntityKind
from dragoman.reading.offices import plural


class Description(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A noun that, with "the", stands for somebody named before."""

    head: str
    kinds: list[EntityKind]
    example: str
    named: bool = False  # only for who has the word in their name


class Couple(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words before a noun that make it two who were named before ("both sides")."""

    words: list[str]
    nouns: list[str]
    example: str


class _Descriptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    descriptions: list[Description]
    contested: list[str]
    articles: list[str]
    couples: list[Couple]
    states: list[str]
    sides: list[str]
    pronouns: dict[str, list[EntityKind]]
    first_person: list[str]


@cache
def descriptions() -> _Descriptions:
    """Load ``descriptions.yaml``."""
    return lexicon.entries("descriptions.yaml", _Descriptions)


@cache
def named_heads() -> frozenset[str]:
    """The description nouns that stand only for those who have them in their name."""
    return frozenset(one.head for one in descriptions().descriptions if one.named)


@cache
def description_kinds() -> dict[str, list[EntityKind]]:
    """What each description noun may stand for, by singular and plural."""
    singular = {one.head: one.kinds for one in descriptions().descriptions}
    return singular | {
        plural(head): kinds for head, kinds in singular.items() if head in ("rebel", "militant", "authority")
    }
