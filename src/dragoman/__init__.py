"""Dragoman reads news reports and keeps the diplomatic record.

The main path: `read` takes a text through the stages of `dragoman.text` and `dragoman.reading` to a `Reading`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.domain import (
    Argument,
    Attribution,
    BadInput,
    Claim,
    Entity,
    Event,
    Evidence,
    Finding,
    Mention,
    Passage,
    Quantity,
    Reading,
    Report,
    Span,
    Time,
)

if TYPE_CHECKING:
    from dragoman.reading.reader import Draft, read, read_all

__all__ = [
    "Argument",
    "Attribution",
    "BadInput",
    "Claim",
    "Draft",
    "Entity",
    "Event",
    "Evidence",
    "Finding",
    "Mention",
    "Passage",
    "Quantity",
    "Reading",
    "Report",
    "Span",
    "Time",
    "read",
    "read_all",
]


def __getattr__(name: str) -> object:
    """Load the reader, and spaCy with it, only when it is first asked for."""
    if name in ("Draft", "read", "read_all"):
        from dragoman.reading import reader

        return getattr(reader, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
