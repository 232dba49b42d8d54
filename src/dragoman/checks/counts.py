"""Counts: "the seventh country to", "the only one", "four states have", "no country has", against those named.

A report that names fewer than it counts need not be wrong: what it does not name cannot be checked, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dragoman.checks.evidence import Evidence
from dragoman.domain import Event, Finding, Quantity, Verdict
from dragoman.reading.reference import STATES

if TYPE_CHECKING:
    from spacy.tokens import Token

HELD = ("happened", "ongoing")
REFUSED = {"non-recognition": "recognition"}  # kinds of denial, and what is denied
AFTER = frozenset({"after", "following", "joining"})
ONLY = re.compile(r"\bonly\s*$", re.IGNORECASE)
SOLE = re.compile(r"\b(?:only|sole)\s+(?:\w+\s+){0,2}(?:country|state|nation|government)\b", re.IGNORECASE)
OTHER = re.compile(r"\bother\b", re.IGNORECASE)
PARTLY = frozenset({"including", "like"})  # open a list that is not whole


def counts(evidence: Evidence) -> Iterator[Finding]:
    """Compare what is counted with those who are named for the same act."""
    for event in evidence.events:
        if event.polarity == "denied":
            yield from _nobody(evidence, event)
            continue
        if event.ordinal is not None:
            yield _rank(evidence, event, event.ordinal)
        elif _alone(evidence, event):
            yield _only(evidence, event)
        for quantity in event.quantities:
            if quantity.unit == "country" and _counted(evidence, event, quantity):
                yield _number(evidence, event, quantity)


def _rank(evidence: Evidence, event: Event, ordinal: int) -> Finding:
    others = list(dict.fromkeys((*_others(event, evidence.events), *_before(evidence, event))))
    expected = ordinal - 1
    if not others:
        why = f"the report names nobody who did the same before, so that “number {ordinal}” cannot be checked"
        return _finding(evidence, event, "unresolved", why, ordinal=ordinal, named=0)
    if len(others) == expected:
        verdict: Verdict = "consistent"
        more = ""
    elif len(others) > expected:
        verdict, more = "inconsistent", f", where “number {ordinal}” needs {expected}"
    else:
        verdict = "unresolved"
        more = f"; “number {ordinal}” needs {expected}, and the others are not named"
    why = f"{len(others)} named before it: {_names(evidence, others)}{more}"
    return _finding(evidence, event, verdict, why, ordinal=ordinal, named=len(others))


def _only(evidence: Evidence, event: Event) -> Finding:
    others = _others(event, evidence.events)
    if others:
        why = f"the report names more that did the same: {_names(evidence, others)}"
        return _finding(evidence, event, "inconsistent", why, named=len(others))
    return _finding(
        evidence, event, "unresolved", "whether others did the same cannot be told from the report", named=0
    )


def _nobody(evidence: Evidence, event: Event) -> Iterator[Finding]:
    """ "No country has", where the report tells that one did."""
    anybody = [one for one in event.actors if one.entity and evidence.kind(one.entity) == "body"]
    if not anybody or OTHER.search(event.evidence[0].quote):
        return
    others = _others(event, evidence.events, REFUSED.get(event.kind, event.kind))
    if others:
        why = f"the report tells that it was done by {_names(evidence, others)}; perhaps at another time"
        yield _finding(evidence, event, "ambiguous", why, named=len(others))


def _number(evidence: Evidence, event: Event, quantity: Quantity) -> Finding:
    named, whole = _listed(evidence, event, quantity)
    said, names = f"“{quantity.text}”", f"{len(named)} named: {_names(evidence, named)}"
    if not named:
        verdict: Verdict = "unresolved"
        why = f"the report does not name them, so that {said} cannot be checked"
    elif len(named) > quantity.value and quantity.mod is None:
        verdict, why = "inconsistent", f"{names}, where {said}"
    elif not whole or quantity.mod is not None:
        verdict, why = "unresolved", f"{names}; the list is not whole, so that {said} cannot be checked"
    elif len(named) == quantity.value:
        verdict, why = "consistent", names
    else:
        verdict, why = "inconsistent", f"{names}, where {said}"
    start = min(quantity.start, event.evidence[0].start)
    return _finding(evidence, event, verdict, why, start, said=quantity.value, named=len(named))


def _finding(
    evidence: Evidence, event: Event, verdict: Verdict, why: str, start: int | None = None, **figures: float | int
) -> Finding:
    span = event.evidence[0]
    return evidence.finding("count", verdict, span.start if start is None else start, span.end, why, **figures)


def _names(evidence: Evidence, parties: Sequence[str]) -> str:
    return ", ".join(evidence.name(one) for one in parties)


def _alone(evidence: Evidence, event: Event) -> bool:
    """Whether the actor is said to be the only one."""
    if event.modality not in HELD or len(event.actors) != 1:
        return False
    span = event.evidence[0]
    before = evidence.text[max(0, event.actors[0].start - 8) : event.actors[0].start]
    return bool(ONLY.search(before) or SOLE.search(evidence.text, span.start, span.end))


def _counted(evidence: Evidence, event: Event, quantity: Quantity) -> bool:
    """Whether a number of countries is that of those who act."""
    return any(
        one.entity and evidence.kind(one.entity) == "body" and one.start < quantity.end and quantity.start < one.end
        for one in event.actors
    )


def _listed(evidence: Evidence, event: Event, quantity: Quantity) -> tuple[list[str], bool]:
    """Those whom the words behind a number of countries name, and whether the list is meant to be whole."""
    found = [one.entity for one in event.actors if one.entity and evidence.kind(one.entity) in STATES]
    span = evidence.parsed.doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    behind = [token for token in span.root.subtree if token.idx >= quantity.end] if span is not None else []
    found += [party for token in behind for party in _party(evidence, token)]
    targets = {one.for_ or one.entity for one in event.targets}
    return [one for one in dict.fromkeys(found) if one not in targets], PARTLY.isdisjoint(t.lower_ for t in behind)


def _before(evidence: Evidence, event: Event) -> list[str]:
    """Those named behind "after" in the sentence of an act: "is the third to do so, after Russia and Nicaragua"."""
    start = event.evidence[0].start
    sentence = next((one for one in evidence.parsed.sentences if one.start_char <= start < one.end_char), None)
    own = {one.for_ or one.entity for one in event.actors}
    behind = (child for token in sentence or () if token.lower_ in AFTER for child in token.children)
    return [
        party
        for thing in behind
        if thing.dep_ in ("pobj", "dobj") and _party(evidence, thing)
        for one in (thing, *thing.conjuncts)
        for party in _party(evidence, one)
        if party not in own
    ]


def _party(evidence: Evidence, token: Token) -> list[str]:
    """The polity or regime that a word names."""
    one = evidence.cast.at(token.i)
    return [one.entity] if one is not None and one.entity and one.form == "name" and one.kind in STATES else []


def _others(event: Event, events: Sequence[Event], kind: str | None = None) -> list[str]:
    """The parties told, in this report, to have done the same to the same."""
    own = {one.for_ or one.entity for one in event.actors}
    target = {one.for_ or one.entity for one in event.targets}
    found: dict[str, None] = {}
    for other in events:
        if other.kind != (kind or event.kind) or other.polarity != "affirmed" or other.modality not in HELD:
            continue
        if {one.for_ or one.entity for one in other.targets} != target:
            continue
        for one in other.actors:
            party = one.for_ or one.entity
            if party and party not in own:
                found[party] = None
    return list(found)
