"""Numbers: figures that disagree between passages on the same event, or between a passage and its repeat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.evidence import Evidence
from dragoman.domain import Finding

FIGURE = re.compile(r"\d[\d,.]*\d|\d")


def numbers(evidence: Evidence) -> Iterator[Finding]:
    """Compare the figures of tellings that are said to be the same."""
    yield from _same_event(evidence)
    yield from _repeats(evidence)


def _same_event(evidence: Evidence) -> Iterator[Finding]:
    by_id = {event.id: event for event in evidence.events}
    for event in evidence.events:
        first = by_id.get(event.same_as or "")
        if first is None:
            continue
        for one in event.quantities:
            for other in first.quantities:
                if (one.unit, one.of) == (other.unit, other.of) and one.value != other.value:
                    yield evidence.finding(
                        "number",
                        "inconsistent",
                        one.start,
                        one.end,
                        f"“{one.text}” here, “{other.text}” where the same was told before",
                        here=one.value,
                        before=other.value,
                    )


def _repeats(evidence: Evidence) -> Iterator[Finding]:
    for passage in evidence.passages:
        if passage.kind != "repeat" or passage.repeats is None:
            continue
        original = evidence.passages[passage.repeats]
        here = list(FIGURE.finditer(evidence.text, passage.start, passage.end))
        before = list(FIGURE.finditer(evidence.text, original.start, original.end))
        if len(here) != len(before):
            continue
        for one, other in zip(here, before, strict=True):
            if one[0] != other[0]:
                yield evidence.finding(
                    "number",
                    "inconsistent",
                    one.start(),
                    one.end(),
                    f"{one[0]} in this repeated passage, {other[0]} in the first",
                )
