"""Dates: what is told as past but lies after publication, and weekdays that are not those of their dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dragoman.checks.evidence import Evidence
from dragoman.domain import Finding

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY = re.compile(rf"\b({'|'.join(WEEKDAYS)})\b,?\s*(?:the\s+)?$", re.IGNORECASE)


def dates(evidence: Evidence) -> Iterator[Finding]:
    """Dates that cannot be right."""
    yield from _after_publication(evidence)
    yield from _weekdays(evidence)


def _after_publication(evidence: Evidence) -> Iterator[Finding]:
    if evidence.published is None:
        return
    for event in evidence.events:
        time = event.time
        if time is None or time.status != "resolved" or time.start is None or event.modality != "happened":
            continue
        if time.start > evidence.published:
            yield evidence.finding(
                "date",
                "inconsistent",
                time.at.start,
                time.at.end,
                f"told as past, but {time.start} is after the publication date {evidence.published}",
                date=time.start,
                published=evidence.published,
            )


def _weekdays(evidence: Evidence) -> Iterator[Finding]:
    for time in evidence.times:
        if time.granularity != "day" or time.start is None or time.anchor != "stated":
            continue
        inside = re.search(rf"\b({'|'.join(WEEKDAYS)})\b", time.text, re.IGNORECASE)
        said = inside or WEEKDAY.search(evidence.text, max(0, time.at.start - 14), time.at.start)
        if said is None:
            continue
        real = WEEKDAYS[date.fromisoformat(time.start).weekday()]
        if said[1].lower() != real:
            start = time.at.start if inside else said.start()
            yield evidence.finding(
                "date",
                "inconsistent",
                start,
                time.at.end,
                f"{time.start} was a {real.capitalize()}, not a {said[1].capitalize()}",
                date=time.start,
            )
