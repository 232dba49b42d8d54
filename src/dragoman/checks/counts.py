"""Counts: "the seventh country to", "six states have", against those that the report names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dragoman.checks.evidence import Evidence
from dragoman.domain import Event, Finding

HELD = ("happened", "ongoing")


def counts(evidence: Evidence) -> Iterator[Finding]:
    """Compare each ordinal with the number of others named for the same act."""
    for event in evidence.events:
        if event.ordinal is None or event.polarity == "denied":
            continue
        others = _others(event, evidence.events)
        if not others:
            continue
        names = ", ".join(evidence.name(one) for one in others)
        expected = event.ordinal - 1
        agree = len(others) == expected
        more = "" if agree else f", where “number {event.ordinal}” needs {expected}"
        span = event.evidence[0]
        yield evidence.finding(
            "count",
            "consistent" if agree else "inconsistent",
            span.start,
            span.end,
            f"{len(others)} named before it: {names}{more}",
            ordinal=event.ordinal,
            named=len(others),
        )


def _others(event: Event, events: Sequence[Event]) -> list[str]:
    """The parties told, in this report, to have done the same to the same."""
    own = {one.for_ or one.entity for one in event.actors}
    target = {one.for_ or one.entity for one in event.targets}
    found: dict[str, None] = {}
    for other in events:
        if other.kind != event.kind or other.polarity != "affirmed" or other.modality not in HELD:
            continue
        if {one.for_ or one.entity for one in other.targets} != target:
            continue
        for one in other.actors:
            party = one.for_ or one.entity
            if party and party not in own:
                found[party] = None
    return list(found)
