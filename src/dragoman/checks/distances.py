"""Distances: "6,000 kilometres away", against the great circle between capitals."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.evidence import Evidence
from dragoman.domain import Finding, Quantity, Verdict
from dragoman.reading.names import distance_km, geography

KILOMETRES = {"kilometre": 1.0, "mile": 1.609344, "nautical mile": 1.852}
APART = re.compile(r"\b(?:apart|away|distan\w*|from|between|far)\b", re.IGNORECASE)
MARGIN = 0.1  # a round figure is not wrong by less


def distances(evidence: Evidence) -> Iterator[Finding]:
    """Compare each length that is said to lie between places with the one on the globe."""
    for quantity in evidence.quantities:
        if quantity.unit not in KILOMETRES:
            continue
        sentence = next(
            (one for one in evidence.parsed.sentences if one.start_char <= quantity.start < one.end_char), None
        )
        if sentence is None or not APART.search(
            evidence.text, quantity.end, min(quantity.end + 25, sentence.end_char)
        ):
            continue
        parties = _parties(evidence, sentence.start, sentence.end)
        if len(parties) >= 2:
            yield _finding(evidence, quantity, parties)


def _parties(evidence: Evidence, first: int, last: int) -> list[str]:
    """The states that the sentence names, in order; a regime lies where the state it claims lies."""
    found: dict[str, None] = {}
    for one in evidence.cast.between(first, last):
        if one.kind in ("polity", "regime", "place") and one.entity and one.by != "demonym":
            place = one.entity if one.kind == "polity" else geography().country_of(one.entity)
            if place is not None:
                found[place] = None
    return list(found)


def _finding(evidence: Evidence, quantity: Quantity, parties: list[str]) -> Finding:
    origin, *others = parties
    said = quantity.value * KILOMETRES[quantity.unit]
    figures: dict[str, float | int | str] = {"said_km": round(said)}
    parts = []
    fits = []
    for other in others:
        real = distance_km(origin, other)
        fits.append(_fits(said, real, quantity.mod))
        figures[f"{origin}-{other}_km"] = round(real)
        parts.append(f"{evidence.name(origin)} to {evidence.name(other)} is about {real:,.0f} km")
    between = distance_km(others[0], others[1]) if len(others) == 2 else None
    if between is not None:
        figures[f"{others[0]}-{others[1]}_km"] = round(between)
        parts.append(f"{evidence.name(others[0])} to {evidence.name(others[1])} about {between:,.0f} km")
    verdict: Verdict = "consistent" if all(fits) else "inconsistent"
    if verdict == "inconsistent" and between is not None and _fits(said, between, quantity.mod):
        verdict = "ambiguous"
    why = f"capital to capital, {'; '.join(parts)}"
    end = quantity.end + len((APART.search(evidence.text, quantity.end, quantity.end + 25) or [""])[0]) + 1
    return evidence.finding("distance", verdict, quantity.start, min(end, len(evidence.text)), why, **figures)


def _fits(said: float, real: float, mod: str | None) -> bool:
    if mod in ("more_than", "MORE_THAN", "at_least", "EQUAL_OR_MORE"):
        return real >= said * (1 - MARGIN / 10)
    if mod in ("less_than", "LESS_THAN", "at_most", "EQUAL_OR_LESS"):
        return real <= said * (1 + MARGIN / 10)
    return abs(real - said) <= MARGIN * said
