"""People: which names of a report are the same person's, over short forms, spelling variants and transliterations."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

_SUFFIX = re.compile(r",? (?:II|III|IV|Jr\.?|Sr\.?)$")  # of a family, not of a monarch
SAME_SPELLING = 90  # per cent of letters alike, after folding
_FOLDS = (
    (re.compile(r"[^a-z ]+"), " "),
    (re.compile(r"q"), "k"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ou|oo|o"), "u"),
    (re.compile(r"ee|y|e"), "i"),
    (re.compile(r"w"), "v"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def slug(name: str) -> str:
    """An id made of a name: lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-") or "unnamed"


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name with the usual differences of transliteration taken out (Muttaki, Muttaqi)."""
    folded = anyascii(name).lower().replace("-", " ").replace("'", "")
    for pattern, put in _FOLDS:
        folded = pattern.sub(put, folded)
    return tuple(word for word in folded.split() if word not in ("al", "il", "bin", "bint", "ibn"))


@dataclass(slots=True)
class Person:
    """A person of a report: the fullest name seen, and what offices they were given."""

    name: str
    for_: str | None = None
    office: str | None = None
    spellings: dict[str, None] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the person's entity."""
        return slug(self.name)

    def full(self, words: int) -> list[tuple[str, ...]]:
        """The spellings that a name of so many words can be one of: a surname alone is anybody's of that family."""
        folded = [fold(known) for known in self.spellings]
        return [one for one in folded if len(one) > 1 or words == 1 or len(self.spellings) == 1]


class People:
    """The persons of one report."""

    def __init__(self) -> None:
        self.all: list[Person] = []

    def meet(self, name: str, for_: str | None = None, office: str | None = None) -> Person:
        """The person of that name, known already or new; what is newly said of them is kept."""
        name = _SUFFIX.sub("", name) if len(name.split()) > 3 else name
        person = next((one for one in self.known(name, for_) if _completes(fold(name), fold(one.name))), None)
        if person is None:
            person = Person(name)
            self.all.append(person)
        if len(fold(name)) > len(fold(person.name)):
            person.name = name
        person.spellings[name] = None
        person.for_ = person.for_ or for_
        person.office = person.office or office
        return person

    def known(self, name: str, for_: str | None = None) -> list[Person]:
        """The persons that a name may stand for, the latest first."""
        words = fold(name)
        if not words:
            return []
        fits = [one for one in reversed(self.all) if any(_same(words, known) for known in one.full(len(words)))]
        fits.sort(key=lambda one: fold(one.name)[-1:] != words[-1:])  # a surname before a given name
        return [one for one in fits if for_ is None or one.for_ in (None, for_)]


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two folded names can be one person's: equal, a short form of the other, or a spelling variant."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if short == long or short == long[-len(short) :]:
        return True
    if len(short) == 1:
        return any(_alike(short[0], word) for word in long)
    if len(short) == len(long):
        return all(_alike(left, right) for left, right in zip(short, long, strict=True))
    rest = iter(long)
    return _alike(short[-1], long[-1]) and all(any(_alike(word, ahead) for ahead in rest) for word in short)


def _completes(name: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether a name may be of who is known by another: not one that has in its middle the one word that is known."""
    if len(known) > 1:
        return _same(name, known)
    return len(name) < 3 or any(_alike(known[0], word) for word in (name[0], name[-1]))


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    return len(one) > 4 and len(other) > 4 and ratio(one, other) >= SAME_SPELLING
