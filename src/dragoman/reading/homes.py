"""Homes: whose officers those are whom news names by their office alone ("Prime Minister Ann Lee said").

A report leaves the country out where it was just named: it is the one that acts before, or the one the report is
from.  It is left open where the two do not agree, and where somebody else's officer is met.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from dragoman.domain import Entity
from dragoman.reading.names import catalogue, resolve
from dragoman.reading.names.tables import outlets, regimes
from dragoman.reading.offices import offices
from dragoman.reading.parse import Parsed
from dragoman.reading.people import slug
from dragoman.reading.reference import STATES, Cast, Reference
from dragoman.text.dateline import dateline

WINDOW = 2  # sentences looked back
OPENING = 3  # sentences in which the dateline speaks for itself
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
AT_HOME = frozenset({"arrive", "land", "receive", "welcome", "host", "greet"})  # in a country, as its guest or host


def written_in(text: str) -> tuple[str | None, bool]:
    """The polity that a report is from, and whether that is the home of the agency that tells it.

    It is that of the agency of its dateline, where that is a domestic one, or else the one where it was written.
    """
    line = dateline(text)
    agency = outlets().get(resolve(line.agency) or "") if line is not None and line.agency else None
    if agency is not None and agency.home:
        return agency.country, True
    found = resolve(line.place.title()) if line is not None and line.place else None
    return _state(catalogue().get(found or "")), False


def _state(known: Entity | None) -> str | None:
    """The state that a name stands for, or that a place lies in."""
    if known is None:
        return None
    return known.ids.get("country") if known.kind == "place" else known.id if known.kind in STATES else None


def headed(entity: str | None) -> str | None:
    """The regime that a person is the head of, by the lexicon."""
    return _heads().get(entity or "")


@cache
def _heads() -> dict[str, str]:
    return {slug(head): one.id for one in regimes().values() for head in one.heads}


def home(parsed: Parsed, cast: Cast, index: int, written: str | None, domestic: bool) -> str | None:
    """The polity of an officer who acts and whose polity is not said; None where it is not clear.

    Parameters
    ----------
    written, domestic
        The polity that the report is from, if it says so, and whether it is that of the agency (`written_in`).
    """
    one = cast.references[index]
    if not _of_a_government(parsed, one):
        return None
    if domestic and all(other == written for other in _named(parsed, cast, index)):
        return written
    if not _acts(parsed, one):
        return _hosts(parsed, cast, one)
    acting: dict[str, None] = {}
    for other in reversed(cast.references[:index]):
        if one.sentence - other.sentence > WINDOW:
            break
        for known in (cast.references[at] for at in other.members) if other.members else (other,):
            party = known.party
            entity = catalogue().get(party or "")
            kind = entity.kind if entity is not None else None
            if party is not None and kind in STATES and known.by != "demonym" and _acts(parsed, other):
                acting[party] = None
    if any(other != written for other in _named(parsed, cast, index)):
        return None  # "relations with Paraguay are solid and President Paz": it may be theirs
    if written in acting or (not acting and one.sentence < OPENING):
        return written
    return next(iter(acting)) if len(acting) == 1 and written is None else None


def _hosts(parsed: Parsed, cast: Cast, one: Reference) -> str | None:
    """The one country that somebody goes to, or is in, in the sentence in which they meet an officer at home."""
    doc = parsed.doc
    found: set[str | None] = set()
    guests: set[str | None] = set()
    first = parsed.sentences[one.sentence].start
    before = cast.between(first, one.first)
    if one.sentence and any(other.form == "pronoun" and _acts(parsed, other) for other in before):
        before = [*cast.between(parsed.sentences[one.sentence - 1].start, first), *before]  # "He was received by"
    for other in before:
        found.update(_posted(parsed, other))
        if other.kind == "person" and other.for_ and other.form != "pronoun" and not _acts(parsed, other):
            return None  # one of several who are met
        head = doc[other.last - 1]
        known = catalogue().get(other.party or "")
        prep, above = head.head.lower_, head.head.head
        if known is None or head.dep_ != "pobj" or prep not in ("in", "to"):
            guests.add(other.party)
        elif (prep == "to" or above.lemma_ in AT_HOME) and known.kind in ("place", *STATES):
            found.add(_state(known))
    hosts = found - guests
    return hosts.pop() if len(hosts) == 1 else None


def _named(parsed: Parsed, cast: Cast, index: int) -> Iterator[str]:
    """The states named before somebody in the same sentence."""
    here = cast.references[index].sentence
    for other in reversed(cast.references[:index]):
        if other.sentence != here:
            return
        if other.form == "name" and other.entity is not None and other.kind in STATES:
            yield other.entity
        yield from _posted(parsed, other)


def _posted(parsed: Parsed, one: Reference) -> Iterator[str]:
    """The state to which somebody is posted by the words of an office ("ambassador to Chad")."""
    for token in parsed.doc[one.first : one.last]:
        if token.dep_ == "pobj" and token.head.lower_ == "to" and (found := resolve(token.text)) is not None:
            yield found


def _of_a_government(parsed: Parsed, one: Reference) -> bool:
    """Whether an office is one of those of a government at home, not of an organization or a company."""
    if one.head < 0:
        return False
    entry = offices().heads.get(parsed.doc[one.head].lower_)
    if entry is None:
        return False
    words = (one.office or "").lower().split()
    return entry.home or (entry.voice and "ministry" in words)


def _acts(parsed: Parsed, one: Reference) -> bool:
    """Whether somebody is the subject of a clause."""
    for token in parsed.doc[one.first : one.last]:
        if not one.first <= token.head.i < one.last:
            return token.dep_ in SUBJECTS
    return False
