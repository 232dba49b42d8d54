"""Couples: whom "they", "both leaders" and "the two sides" stand for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.domain import EntityKind
from dragoman.reading.bodies import bodies
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import STATES, Cast, Reference

REACH = 4  # sentences looked back, within the passage and the one before it


def couple(
    parsed: Parsed,
    cast: Cast,
    index: int,
    kinds: Collection[EntityKind],
    sides: bool = False,
    others: Collection[str] = (),
) -> tuple[int, ...] | None:
    """The two of the nearest sentence before the reference `index` that has them together; None where it has more.

    Sentences with only one of the two are passed over ("The Secretary thanked Egypt. Both leaders agreed"); a
    sentence with more than two counts when two of them, or three and more persons, stand before its main verb, or
    when all are persons who have a part in what it says.

    Parameters
    ----------
    sides
        Whether those meant are on two sides: not officers of one polity.
    others
        Who is told apart from them ("the United States urges both sides"); of two sides, their officers too.
    """
    alone: set[str] = set()
    for sentence, named in _named_before(parsed, cast, index, kinds):
        told = {entity: at for entity, at in named.items() if entity not in others}
        found = {entity: at for entity, at in told.items() if not sides or cast.references[at].for_ not in others}
        served = {cast.references[at].for_ for at in found.values()} - {None}
        if sides and len(found) > 1 and "person" in kinds and len(served) < 2:
            continue
        if len(found) < 2:
            alone |= found.keys()
            continue
        verb = parsed.sentences[sentence].root.i
        ahead = {entity: at for entity, at in found.items() if cast.references[at].last <= verb}
        parts = {entity: at for entity, at in found.items() if _part_of(parsed, cast.references[at], verb)}
        for two in (found, ahead, parts):
            if len(two) == 2 and alone <= two.keys():
                return tuple(sorted(two.values()))
        for several in (ahead, parts if parts == found else {}):
            persons = all(cast.references[at].kind == "person" for at in several.values())
            if len(several) > 2 and alone <= several.keys() and persons:
                return tuple(sorted(several.values()))
        return None
    return ()


def examples(parsed: Parsed, cast: Cast, index: int) -> tuple[int, ...]:
    """The states named as examples of the subject above a clause of "they": "members such as A and B, as they"."""
    clause = parsed.doc[cast.references[index].first].head
    if clause.dep_ != "advcl":
        return ()
    subject = next((one for one in clause.head.children if one.dep_ == "nsubj" and one.i < clause.i), None)
    if subject is None or subject.tag_ not in ("NNS", "NNPS"):
        return ()
    listed = [one.i for one in subject.subtree if one.i > subject.i and _cued(parsed, one.i)]
    found = {at for token in listed if (at := cast.index_at(token)) is not None and at < index}
    states = sorted(at for at in found if cast.references[at].kind in STATES)
    return tuple(states) if len(states) > 1 else ()


def sayers(parsed: Parsed, cast: Cast, index: int) -> tuple[int, ...]:
    """Those in one list who say what "they" stands in ("Malta and Belgium said they could recognise it")."""
    clause = parsed.doc[cast.references[index].first].head
    if clause.dep_ not in ("ccomp", "advcl") or clause.head.pos_ != "VERB":
        return ()
    subject = next((one for one in clause.head.children if one.dep_ == "nsubj" and one.i < clause.head.i), None)
    listed = [subject] if subject is not None else []
    for one in listed:
        listed.extend(child for child in one.children if child.dep_ == "conj")
    found = sorted({at for one in listed if (at := cast.index_at(one.i)) is not None and at < index})
    several = len(found) > 1 or any(cast.references[at].form == "body" and cast.references[at].plural for at in found)
    return tuple(found) if several and all(cast.references[at].party for at in found) else ()


def _cued(parsed: Parsed, token: int) -> bool:
    """Whether a word stands behind "such as" and the like, in one list."""
    at = parsed.doc[token]
    while at.dep_ == "conj":
        at = at.head
    return at.dep_ == "pobj" and any(
        tuple(one.lower_ for one in parsed.doc[max(at.head.i + 1 - len(cue), 0) : at.head.i + 1]) == cue
        for cue in bodies().examples
    )


def _part_of(parsed: Parsed, one: Reference, verb: int) -> bool:
    """Whether a reference is the subject or an object of a verb, or in one list with it."""
    for word in parsed.doc[one.first : one.last]:
        token = word
        while token.dep_ == "conj" and token.head.pos_ not in ("VERB", "AUX"):
            token = token.head
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
