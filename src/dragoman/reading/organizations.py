"""Organizations: where a name ends that begins with a country's, and where one begins that goes on behind "of the"."""

from __future__ import annotations

from collections.abc import Collection

from dragoman.domain import Entity
from dragoman.reading.name_words import name_words
from dragoman.reading.words import Words


def private_end(words: Words, taken: Collection[int], known: Entity | None, first: int, last: int) -> int:
    """The end of the name of a company, society or organ that begins with that of a place; else that of the place.

    Parameters
    ----------
    taken
        Tokens that belong to somebody already.
    known
        Whose name begins at the token `first`.
    """
    mention = words.names[words.name[first]]
    end = at = min(words.name_end(first), last)
    if known is None or known.kind not in ("polity", "place"):
        return end
    while at < last and at not in taken and words.name[at] < 0 and words.capital(at):
        at += 1
    told = name_words().private | (name_words().organs if mention.by == "demonym" else set())
    closed = words.lower[at - 1] in told and words.tag[at - 1].startswith("NNP")
    return at if closed and at - end > 1 else end


def organization_start(words: Words, taken: Collection[int], start: int, first: int) -> int:
    """Where an organization's name begins that goes on behind "of the" ("Friends of the Mekong Group")."""
    at = start - 1 if start > first and words.lower[start - 1] == "the" else start
    known = at - 2 >= first and words.lower[at - 1] == "of" and words.lower[at - 2] in name_words().organization
    free = known and words.capital(at - 2) and not any(token in taken for token in range(at - 2, start))
    return at - 2 if free else start
