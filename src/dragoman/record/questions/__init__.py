"""Questions to the record: lists by filters in pages, one event with all its evidence, persons, claims, findings.

Every function takes a `Record` and gives frozen structs that are JSON-able (`dragoman.record.questions.answers`); what
cannot be answered raises `BadInput` with one line.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record.questions.claimed import claims, findings
    from dragoman.record.questions.filters import EventFilter
    from dragoman.record.questions.listing import count, events, timeline
    from dragoman.record.questions.persons import people, person
    from dragoman.record.questions.shown import show

__all__ = ["EventFilter", "claims", "count", "events", "findings", "people", "person", "show", "timeline"]
_PLACES = {
    "EventFilter": "filters",
    "claims": "claimed",
    "findings": "claimed",
    "people": "persons",
    "person": "persons",
    "show": "shown",
}


def __getattr__(name: str) -> object:
    """Load the questions, and SQLAlchemy with them, only when they are first asked: commands stand in this package."""
    if name in __all__:
        return getattr(import_module(f"dragoman.record.questions.{_PLACES.get(name, 'listing')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
