"""Attributed: something that somebody is given as saying, thinking or wanting."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.domain import Manner, Span


@dataclass(frozen=True, slots=True)
class Attributed:
    """A source, a cue and the content, as spans of the report.

    ``source_head`` is the token of the source's head noun; it is None, with ``source``, where nobody is named.
    ``relative`` is the pronoun that stands for it in the clause of the cue ("the minister, who said").
    ``said_at`` is when it was said, where the cue's clause tells.
    """

    source: Span | None
    source_head: int | None
    cue: Span | None
    content: Span
    manner: Manner
    rule: str
    said_at: Span | None = None
    negated: bool = False
    doubts: tuple[str, ...] = ()
    relative: Span | None = None

    def words(self, known: bool) -> Span | None:
        """The words for the source in the clause of the cue; its noun phrase where nobody is known by the pronoun."""
        return self.relative if known and self.relative is not None else self.source
