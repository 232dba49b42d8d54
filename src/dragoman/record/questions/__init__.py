"""Questions to the record: lists by filters in pages, one event with all its evidence, persons, claims, findings.

Every function takes a `Record` and gives frozen structs that are JSON-able (`dragoman.record.questions.answers`); what
cannot be answered raises `BadInput` with one line.
"""

from dragoman.record.questions.claims import claims, findings
from dragoman.record.questions.events import count, events, timeline
from dragoman.record.questions.filters import EventFilter
from dragoman.record.questions.people import people, person
from dragoman.record.questions.shown import show

__all__ = ["EventFilter", "claims", "count", "events", "findings", "people", "person", "show", "timeline"]
