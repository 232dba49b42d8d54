"""Couples: whom "they", "both leaders" and "the two sides" stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.domain import EntityKind
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import Cast, Reference

STATES: frozenset[EntityKind] = frozenset({"polity", "regime"})
REACH = 4  # sentences looked back, within the passage and the one before it


def couple(parsed: Parsed, cast: Cast, index: int, kinds: Collection[EntityKind]) -> tuple[int, ...] | None:
    """The two of the nearest sentence before the reference `index` that has them together; None where it has more.

    Sentences with only one of the two are passed over ("The Secretary thanked Egypt. Both leaders agreed"); a
    sentence with more than two counts when two of them, or three and more persons, stand before its main verb.
    """
    alone: set[str] = set()
    for sentence, found in _named_before(parsed, cast, index, kinds):
        if len(found) < 2:
            alone |= found.keys()
            continue
        verb = parsed.sentences[sentence].root.i
        ahead = {entity: at for entity, at in found.items() if cast.references[at].last <= verb}
        parts = {entity: at for entity, at in found.items() if _part_of(parsed, cast.references[at], verb)}
        for two in (found, ahead, parts):
            if len(two) == 2 and alone <= two.keys():
                return tuple(sorted(two.values()))
        if (
            len(ahead) > 2
            and alone <= ahead.keys()
            and all(cast.references[at].kind == "person" for at in ahead.values())
        ):
            return tuple(sorted(ahead.values()))
        return None
    return ()


def _part_of(parsed: Parsed, one: Reference, verb: int) -> bool:
    """Whether a reference is the subject or an object of a verb."""
    for token in parsed.doc[one.first : one.last]:
        above = token.head.head if token.dep_ == "pobj" else token.head
        if above.i == verb and not one.first <= verb < one.last:
            return True
    return False


def _named_before(
    parsed: Parsed, cast: Cast, index: int, kinds: Collection[EntityKind]
) -> Iterator[tuple[int, dict[str, int]]]:
    """Those of the kinds in each sentence before, the nearest first, by entity."""
    here = cast.references[index].sentence
    named: dict[int, dict[str, int]] = {}
    for other in range(index - 1, -1, -1):
        known = cast.references[other]
        if here - known.sentence > REACH or parsed.passage_of[here] - parsed.passage_of[known.sentence] > 1:
            break
        for member in known.members or (other,) if known.sentence < here else ():
            one = cast.references[member]
            if one.entity and one.kind in kinds and not (one.form == "name" and one.by == "demonym"):
                named.setdefault(known.sentence, {})[one.entity] = member
    yield from named.items()
