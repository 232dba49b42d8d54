"""Reviewing: decisions on events of the record; the engine of the terminal, of sheets and of the web.

Every decision is a row of the ledger with who and when.  Decisions win over what was read, and the latest over
earlier ones.  A decision on an event is one on each of its tellings; those of one act share their moment and are
undone as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from dragoman.domain import BadInput, Value
from dragoman.record import tables
from dragoman.record.bulk import refuse
from dragoman.record.gathering import merge as gather
from dragoman.record.ledger import append
from dragoman.record.review.correcting import value_of
from dragoman.record.review.replaying import apply
from dragoman.record.store import Record, now, user

TOGETHER = ("merge", "split")


class Made(Value, frozen=True, kw_only=True):
    """What came of a decision: its rows, and the events that its tellings now belong to."""

    decisions: tuple[int, ...]
    events: tuple[str, ...]


class Reviewer:
    """Decides in somebody's name.

    Parameters
    ----------
    record
        The record.
    by
        Who decides; the user of the system without it.

    Raises
    ------
    BadInput
        By every method: when there is no such event, or the decision cannot be; nothing is kept then.
    """

    def __init__(self, record: Record, by: str | None = None) -> None:
        self.record = record
        self.by = " ".join((by or user()).split())
        if not self.by or len(self.by) > 200:
            raise BadInput("a reviewer needs a name of at most 200 characters")

    def accept(self, id: str, note: str | None = None) -> Made:
        """The event took place as it stands."""
        return self._decide(id, "accept", note=note)

    def reject(self, id: str, note: str | None = None) -> Made:
        """The text does not tell this event."""
        return self._decide(id, "reject", note=note)

    def note(self, id: str, note: str) -> Made:
        """A remark that decides nothing."""
        if not note.strip():
            raise BadInput("a note needs words")
        return self._decide(id, "note", note=note)

    def correct(self, id: str, field: str, written: str, note: str | None = None) -> Made:
        """A field of the event is otherwise (`dragoman.record.review.correcting.value_of` says how to write it)."""
        return self.decide_all([(id, "correct", field, written, note)])

    def decide_all(self, wanted: Sequence[tuple[str, str, str | None, str | None, str | None]]) -> Made:
        """Several decisions (event, action, field, value as written, note) as one act: all of them or none."""
        with self.record.writing() as connection:
            at = now()
            rows: list[dict[str, Any]] = []
            for id, action, field, written, note in wanted:
                value = value_of(connection, field or "", written or "") if action == "correct" else None
                rows += [
                    {"at": at, "by": self.by, "action": action, "origin": origin}
                    | {"field": field, "value": value, "note": note}
                    for origin in tellings(connection, id)
                ]
            return self._keep(connection, rows, at)

    def merge(self, id: str, into: str, note: str | None = None) -> Made:
        """The event is the same as another one."""
        with self.record.writing() as connection:
            at = now()
            own, others = tellings(connection, id), tellings(connection, into)
            if set(own) == set(others):
                raise BadInput(f"{id} and {into} are one event already")
            row = {"at": at, "by": self.by, "action": "merge", "origin": own[0], "value": others[0], "note": note}
            made = self._keep(connection, [row], at)
            if len(made.events) > 1:
                raise BadInput(f"{id} and {into}: an earlier decision to split them stands; undo it first")
            return made

    def split(self, id: str, note: str | None = None) -> Made:
        """A telling is of another event than those that it stands with; `id` is the telling's own."""
        with self.record.writing() as connection:
            at = now()
            columns = tables.telling.c
            asked = select(columns.event_id).where(columns.origin == id, columns.superseded_at.is_(None))
            event = connection.scalar(asked)
            if event is None:
                raise BadInput(f"{id!r}: no report tells this now")
            others = [one for one in tellings(connection, event) if one != id]
            if not others:
                raise BadInput(f"{id}: stands alone, there is nothing to split")
            row = {"at": at, "by": self.by, "action": "split", "origin": id, "note": note}
            return self._keep(connection, [row | {"value": other} for other in others], at)

    def undo(self, decision: int | None = None) -> Made:
        """Take back what was decided in one act: that of a decision's number, or this reviewer's last."""
        columns = tables.decision.c
        undone = select(columns.undoes).where(columns.undoes.is_not(None))
        standing = select(tables.decision).where(columns.action != "undo", columns.id.not_in(undone))
        with self.record.writing() as connection:
            at = now()
            asked = (
                standing.where(columns.by == self.by) if decision is None else standing.where(columns.id == decision)
            )
            last = connection.execute(asked.order_by(columns.id.desc()).limit(1)).first()
            if last is None:
                raise BadInput(
                    f"{self.by} has decided nothing that stands"
                    if decision is None
                    else f"decision {decision}: there is none, or it was undone"
                )
            rows = connection.execute(standing.where(columns.at == last.at, columns.by == last.by)).all()
            made = [
                {
                    "at": at,
                    "by": self.by,
                    "action": "undo",
                    "origin": row.origin,
                    "undoes": row.id,
                    "field": row.action,
                }
                for row in rows
            ]
            return self._keep(connection, made, at)

    def _decide(self, id: str, action: str, note: str | None) -> Made:
        return self.decide_all([(id, action, None, None, note)])

    def _keep(self, connection: Connection, rows: Sequence[dict[str, Any]], at: str) -> Made:
        refuse(connection)
        numbers = append(connection, tables.decision, rows, at, self.by)
        origins = {row["origin"] for row in rows}
        keys: set[str] = set()
        if any(row["action"] not in (*TOGETHER, "note") for row in rows):
            keys |= apply(connection, origins, at)
        columns = tables.telling.c
        touched = origins | {row["value"] for row in rows if row["action"] in TOGETHER}
        current = select(columns.key).where(columns.superseded_at.is_(None), columns.origin.in_(sorted(touched)))
        keys |= set(connection.scalars(current))
        gather(connection, keys, at, self.by)
        asked = select(columns.event_id).where(columns.superseded_at.is_(None), columns.origin.in_(sorted(touched)))
        return Made(decisions=tuple(numbers), events=tuple(sorted(set(connection.scalars(asked)))))


def tellings(connection: Connection, id: str) -> list[str]:
    """The origins of an event's current tellings, the one that began it first.

    Raises
    ------
    BadInput
        When no report tells such an event now.
    """
    columns = tables.telling.c
    event = connection.scalar(
        select(columns.event_id)
        .where(columns.superseded_at.is_(None), (columns.event_id == id) | (columns.origin == id))
        .limit(1)
    )
    if event is None:
        raise BadInput(f"{id!r}: no report tells this now")
    asked = select(columns.origin).where(columns.superseded_at.is_(None), columns.event_id == event)
    return sorted(set(connection.scalars(asked)), key=lambda one: (one != event, one))
