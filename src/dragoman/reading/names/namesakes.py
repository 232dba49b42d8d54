"""Namesakes: what the lexicon knows of names that stand for several, or that stand in a person's name."""

from __future__ import annotations

from functools import cache

import msgspec

from dragoman import lexicon


class Several(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name with several bearers; `cues` are words of a text that support one of them."""

    name: str
    candidates: tuple[str, ...]
    example: str
    usual: str | None = None
    cues: dict[str, tuple[str, ...]] = {}


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase that holds a name but is not read as it."""

    phrase: str
    example: str


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name of a polity or place that people have too."""

    name: str
    example: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    several: tuple[Several, ...]
    given: tuple[Given, ...]
    titles: str
    institutions: str
    telling: str
    media: str
    phrases: tuple[Phrase, ...]


@cache
def _file() -> _File:
    return lexicon.entries("namesakes.yaml", _File)


@cache
def several() -> dict[str, Several]:
    """Names with several bearers, by name."""
    return {one.name: one for one in _file().several}


@cache
def given() -> dict[str, Given]:
    """Names of polities and places that people have too, by name."""
    return {one.name: one for one in _file().given}


@cache
def titles() -> frozenset[str]:
    """Lower-case words that may follow a polity's name without being a person's."""
    return frozenset(_file().titles.split())


@cache
def institutions() -> frozenset[str]:
    """Lower-case words that make the name of a city before them part of an institution's."""
    return frozenset(_file().institutions.split())


@cache
def telling() -> frozenset[str]:
    """Verbs that follow an outlet's name."""
    return frozenset(_file().telling.split())


@cache
def media() -> frozenset[str]:
    """Words for a medium that stand beside an outlet's name."""
    return frozenset(_file().media.split())


def phrases() -> tuple[Phrase, ...]:
    """Phrases that are taken whole and stand for none of the names in them."""
    return _file().phrases


@cache
def people() -> frozenset[str]:
    """Given names of people, capitalised."""
    return frozenset((lexicon.DATA / "given_names.txt").read_text(encoding="utf-8").split())
