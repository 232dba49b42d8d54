"""Bodies: quantified or vague actors ("no nation", "any international government", "Western countries")."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.reading.offices import plural
from dragoman.reading.persons import HYPHENS
from dragoman.reading.words import Words


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole phrase that is one body."""

    phrase: str
    id: str
    example: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    heads: dict[str, str]
    quantifiers: dict[str, str]
    vague: frozenset[str]
    negative: list[str]
    adjectives: str
    always: list[Phrase]
    examples: list[str]


@dataclass(frozen=True, slots=True)
class Bodies:
    """The lexicon of bodies, ready for look-up."""

    heads: dict[str, str]
    quantifiers: dict[str, str]
    vague: frozenset[str]
    negative: frozenset[str]
    adjectives: frozenset[str]
    always: dict[tuple[str, ...], Phrase]
    openers: frozenset[str]  # first words of those
    examples: tuple[tuple[str, ...], ...]


@cache
def bodies() -> Bodies:
    """Load ``bodies.yaml``."""
    file = lexicon.entries("bodies.yaml", _File)
    heads = file.heads | {plural(head): name for head, name in file.heads.items()}
    return Bodies(
        heads,
        file.quantifiers,
        file.vague,
        frozenset(file.negative),
        frozenset(file.adjectives.split()),
        {tuple(one.phrase.split()): one for one in file.always},
        frozenset(one.phrase.split()[0] for one in file.always),
        tuple(tuple(one.split()) for one in file.examples),
    )


@cache
def body_nouns() -> frozenset[str]:
    """What the ids of bodies that have a quantifier or an adjective end in ("any-country", "western-governments")."""
    nouns = set(bodies().heads.values())
    return frozenset(nouns | {plural(noun) for noun in nouns})


def says_who(body: str) -> bool:
    """Whether a body's id says who or how many is meant: no "countries that recognise them", no "diplomats"."""
    before, _, noun = body.rpartition("-")
    named = before and noun in body_nouns() and before.split("-")[0] not in bodies().vague
    return bool(named) or any(body == one.id for one in bodies().always.values())


@dataclass(frozen=True, slots=True)
class BodyPhrase:
    """A body in tokens; ``denied`` when its quantifier is negative ("no nation")."""

    first: int
    last: int
    id: str
    denied: bool
    plural: bool


def find_bodies(words: Words, first: int, last: int) -> Iterator[BodyPhrase]:
    """All bodies among the tokens [first, last)."""
    known = bodies()
    at = first
    while at < last:
        word, found = words.lower[at], None
        if word in known.openers:
            found = _fixed(words, at, last, known)
        if found is None and word in known.heads:
            found = _quantified(words, at, first, known)
        if found is not None:
            yield found
            at = found.last
        else:
            at += 1


def _fixed(words: Words, at: int, last: int, known: Bodies) -> BodyPhrase | None:
    for length in range(min(3, last - at), 0, -1):
        phrase = known.always.get(tuple(words.lower[at : at + length]))
        if phrase is not None and all(words.name[token] < 0 for token in range(at, at + length)):
            if phrase.id == "west" and not words.text[at + 1][:1].isupper():
                continue
            return BodyPhrase(at, at + length, phrase.id, False, True)
    return None


def _quantified(words: Words, head: int, floor: int, known: Bodies) -> BodyPhrase | None:
    noun = known.heads[words.lower[head]]
    if words.name[head] >= 0 or not words.tag[head].startswith("NN"):
        return None
    at, kept = head, [noun]
    while at > floor and (words.lower[at - 1] in known.adjectives or words.text[at - 1] in HYPHENS):
        at -= 1
        if words.text[at] not in HYPHENS and words.lower[at] not in ("other", "more", "single"):
            kept.insert(0, words.lower[at])
    quantifier, start = _quantifier(words, at, floor, known)
    many = words.tag[head] in ("NNS", "NNPS")
    if quantifier is None and (len(kept) == 1 or not many) and not (many and noun in ("country", "government")):
        return None
    if quantifier is not None and known.quantifiers[quantifier] == "any":
        return BodyPhrase(start, head + 1, f"any-{kept[-1]}", words.lower[start] in known.negative, many)
    if many:
        kept[-1] = plural(kept[-1])
    if quantifier is not None:
        return BodyPhrase(start, head + 1, "-".join((known.quantifiers[quantifier], *kept)), False, many)
    return BodyPhrase(at, head + 1, "-".join(kept), False, True)


def _quantifier(words: Words, at: int, floor: int, known: Bodies) -> tuple[str | None, int]:
    """The quantifier before a body: "no", "none of the", "not a single"."""
    before = at - 1
    while before > floor and words.lower[before] in ("the", "of", "a", "these", "those"):
        before -= 1
    if before < floor or (words.lower[before] not in known.quantifiers and words.lower[before] != "not"):
        return None, at
    if words.lower[before] == "not":  # "not a single state", but no body in "is not a state"
        return ("no", before) if words.lower[at] in ("single", "one") else (None, at)
    if before != at - 1 and words.lower[before + 1] not in ("of", "the"):
        return None, at
    return words.lower[before], before
