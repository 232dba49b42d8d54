"""Persons: spellings and transliterations of one name, for one polity, are one person, with the reason shown."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

PARTICLES = frozenset({"al", "el", "bin", "ibn", "ben", "abu", "de", "von", "van", "der", "the", "ul", "ur"})
# Letters that romanisations of Arabic, Persian, Pashto and Cyrillic write differently.
SOUNDS = (
    (re.compile(r"q|ck|c(?!h)"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"dzh|dj"), "j"),
    (re.compile(r"ou|oo|w"), "u"),
    (re.compile(r"ee|ie|iy|ii|y"), "i"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(.)\1"), r"\1"),
)
VOWELS = re.compile(r"(?<!^)[aeiou]")
CLOSE = 72  # rapidfuzz ratio of two tokens that have the same consonants


@dataclass(frozen=True, slots=True)
class Person:
    """A spelling of a name, for a polity."""

    id: str
    polity: str
    name: str


@dataclass(frozen=True, slots=True)
class Same:
    """Two spellings of one person, and why."""

    one: str
    other: str
    reason: str


@lru_cache(maxsize=1 << 16)
def tokens(name: str) -> tuple[str, ...]:
    """The words of a name in plain sounds, without particles."""
    plain = [word for word in re.split(r"[^a-z]+", anyascii(name).lower()) if word and word not in PARTICLES]
    return tuple(_sounds(word) for word in plain)


def _sounds(word: str) -> str:
    for written, sound in SOUNDS:
        word = written.sub(sound, word)
    return word


@lru_cache(maxsize=1 << 16)
def alike(one: str, other: str) -> bool:
    """Whether two plain words can be spellings of one name."""
    if one == other:
        return True
    same_bones = VOWELS.sub("", one) == VOWELS.sub("", other)
    return same_bones and min(len(one), len(other)) > 3 and ratio(one, other) >= CLOSE


def same_name(one: str, other: str) -> str | None:
    """Why two names are of one person, or None.

    A shorter name fits a fuller one when its words stand in it in order and the last ones agree.
    """
    first, second = sorted((tokens(one), tokens(other)), key=len)
    if not first or not alike(first[-1], second[-1]):
        return None
    if len(first) == len(second):
        if all(alike(a, b) for a, b in zip(first, second, strict=True)):
            return "the same name, spelled in another way"
        return None
    rest = iter(second)
    if all(any(alike(word, other) for other in rest) for word in first):
        return "a shorter form of the name"
    return None


def clusters(
    persons: Iterable[Person],
    apart: frozenset[frozenset[str]] = frozenset(),
    together: frozenset[frozenset[str]] = frozenset(),
) -> Mapping[str, Sequence[Same]]:
    """Gather the spellings of one polity's persons.

    Parameters
    ----------
    persons
        All spellings known for one polity.
    apart, together
        Pairs that reviewers have told apart, or put together.

    Returns
    -------
    Mapping
        From the id of the fullest spelling to the others, each with its reason.  The same for any order of arrival.
    """
    waiting = sorted({one.id: one for one in persons}.values(), key=lambda one: (-len(tokens(one.name)), one.id))
    found: dict[str, list[Same]] = {}
    names = {one.id: one.name for one in waiting}
    by_last: defaultdict[str, list[str]] = defaultdict(list)
    for one in waiting:
        own = tokens(one.name)
        bones = VOWELS.sub("", own[-1]) if own else ""
        fits = [
            (head, reason)
            for head in by_last[bones]
            if not any(frozenset((other, one.id)) in apart for other in (head, *(same.other for same in found[head])))
            and (reason := same_name(names[head], one.name))
        ]
        spelled = [fit for fit in fits if len(tokens(names[fit[0]])) == len(own)]
        fits = spelled[:1] or fits
        if len(fits) == 1:
            head, reason = fits[0]
            found[head].append(Same(head, one.id, reason))
            continue
        found[one.id] = []
        by_last[bones].append(one.id)
    return _united(found, together)


def _united(found: dict[str, list[Same]], together: frozenset[frozenset[str]]) -> dict[str, list[Same]]:
    """Put together what reviewers want together."""
    for pair in sorted(together, key=sorted):
        of = [head for head, others in found.items() if pair & {head, *(same.other for same in others)}]
        if len(of) == 2:
            head, second = of
            why = "a reviewer put them together"
            moved = [Same(head, same.other, same.reason) for same in found.pop(second)]
            found[head] += [Same(head, second, why), *moved]
    return found


def heads(found: Mapping[str, Sequence[Same]]) -> Iterator[tuple[str, str]]:
    """Each spelling with the one that stands for the person."""
    for head, others in found.items():
        yield head, head
        for other in others:
            yield other.other, head
