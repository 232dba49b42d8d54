"""Deciding: a reviewer's decision, however it came in."""

from __future__ import annotations

from typing import Literal

from dragoman.domain import BadInput
from dragoman.record.review import Made
from dragoman.record.review import Reviewer as Deciding
from dragoman.web.access.roles import Visitor
from dragoman.web.desk import Desk

Action = Literal["accept", "reject", "correct", "merge", "split", "note"]


def decide(
    desk: Desk,
    who: Visitor,
    event: str,
    action: Action,
    *,
    field: str = "",
    value: str = "",
    into: str = "",
    note: str = "",
) -> Made:
    """Keep a decision in the visitor's name.

    Raises
    ------
    BadInput
        When there is no such event, or the decision cannot be.
    """
    deciding, said = Deciding(desk.record, who.name), note.strip() or None
    match action:
        case "accept":
            return deciding.accept(event, said)
        case "reject":
            return deciding.reject(event, said)
        case "correct":
            return deciding.correct(event, field, value, said)
        case "merge":
            if not into.strip():
                raise BadInput("merge it into which event?")
            return deciding.merge(event, into.strip().lower(), said)
        case "split":
            return deciding.split(event, said)
        case "note":
            return deciding.note(event, note)
