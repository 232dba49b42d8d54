"""Names in a gold case against entities of a reading."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from anyascii import anyascii

from dragoman.domain import Argument, Reading, Span

APART = re.compile(r"[^a-z0-9]+")
ARTICLES = frozenset({"the", "a", "an"})


@cache
def plain(name: str) -> str:
    """A name in plain lower-case letters: no accents, no punctuation, no article."""
    words = APART.sub(" ", anyascii(name).lower()).split()
    return " ".join(word for word in words if word not in ARTICLES)


class Names:
    """Which entities of a reading bear a name that a gold case gives.

    An entity bears a name that is its id, that its own name holds in whole words, or by which the text mentions it.
    """

    def __init__(self, reading: Reading) -> None:
        self._text = reading.report.text
        self.of = {one.id: one.name for one in reading.entities}
        self.kinds = {one.id: one.kind for one in reading.entities}
        self._called: defaultdict[str, set[str]] = defaultdict(set)
        for mention in reading.mentions:
            if mention.entity is not None:
                self._called[plain(mention.text)].add(mention.entity)

    def bears(self, entity: str | None, name: str) -> bool:
        """Whether an entity bears `name`."""
        if entity is None:
            return False
        wanted = plain(name)
        return (
            entity == name
            or entity in self._called[wanted]
            or _holds(self.of.get(entity, ""), wanted)
            or _holds(entity, wanted)
        )

    def person(self, argument: Argument) -> str:
        """The plain name of the person in an argument; empty where it is nobody of that kind."""
        if argument.entity is None or self.kinds.get(argument.entity) != "person":
            return ""
        return plain(self.of[argument.entity])

    def fits(self, argument: Argument, name: str) -> bool:
        """Whether an argument is who the gold names: itself, whom it acts for, or one of its candidates."""
        ids = (argument.entity, argument.for_, *(argument.candidates or ()))
        if any(self.bears(one, name) for one in ids):
            return True
        words = self._text[argument.start : argument.end]
        if self.kinds.get(argument.entity or "") == "body":
            said = f"{argument.entity} {self.of[argument.entity or '']} {words}"
            return set(plain(name).split()) <= set(plain(said).split())
        return not any(ids) and _holds(words, plain(name))

    def speaks(self, source: str | None, span: Span | None, name: str) -> bool:
        """Whether a source is who the gold names; a source without an entity is told by its words."""
        if self.bears(source, name):
            return True
        return span is not None and _holds(self._text[span.start : span.end], plain(name))

    def all_fit(self, arguments: Iterable[Argument], names: Iterable[str]) -> bool:
        """Whether the arguments are those whom the gold names, all of them and nobody else."""
        arguments, names = list(arguments), list(names)
        return all(any(self.fits(one, name) for one in arguments) for name in names) and all(
            any(self.fits(one, name) for name in names) for one in arguments
        )


def _holds(whole: str, part: str) -> bool:
    return bool(part) and f" {part} " in f" {plain(whole)} "


def stands_for(argument: Argument) -> str | None:
    """The party that an argument stands for: whom it acts for, or itself."""
    return argument.for_ or argument.entity
