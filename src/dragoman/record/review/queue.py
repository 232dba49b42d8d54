"""The queue: events that a person should look at, the latest first."""

from __future__ import annotations

import msgspec

from dragoman.record.questions import EventFilter, events
from dragoman.record.questions.answers import EventPage
from dragoman.record.store import Record


def unsure(record: Record, given: EventFilter | None = None, *, limit: int = 1, after: str | None = None) -> EventPage:
    """A page of events that are in doubt and on which nobody decided; parameters and errors as those of `events`."""
    wanted = msgspec.structs.replace(given or EventFilter(), sure=False, verdict="none")
    return events(record, wanted, limit=limit, after=after)
