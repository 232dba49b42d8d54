"""An event with all its evidence in context, the rules that found it, the readings and what reviewers decided."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from dragoman.domain import BadInput, Event, Evidence, Maker, Reading
from dragoman.record import tables
from dragoman.record.questions.answers import Decision, EventLine, Joined, Quoted, Said, Shown, Status, Telling
from dragoman.record.questions.conditions import Asked, Condition
from dragoman.record.questions.filters import EventFilter, moment
from dragoman.record.questions.lines import lines
from dragoman.record.rows import unbody
from dragoman.record.store import Record

AROUND = 160  # characters of context on either side


def show(record: Record, id: str, *, known: str | None = None) -> Shown:
    """An event by its id, or by the id of any telling of it, past ones too.

    Parameters
    ----------
    record
        Where to look.
    id
        The id; that of an event which was merged into another leads there.
    known
        The record as it was at the end of that day, or at that moment.

    Raises
    ------
    BadInput
        When the record never had such an event.
    """
    with record.asking() as connection:
        return shown(connection, id.strip().lower(), moment(known))


def shown(connection: Connection, id: str, known: str | None = None) -> Shown:
    """As `show`, within one state of the record; `known` is a moment."""
    current = Asked(EventFilter(known=known), (), None, None, None, False).current(tables.telling)
    event, status, rows = _rows(connection, id, current)
    if status == "retired":
        current = tables.telling.c.event_id == event
    found = lines(connection, rows, current)
    at = next((place for place, one in enumerate(found) if one.telling == event), 0)
    origins = sorted({one.telling for one in found})
    decided = decisions(connection, origins, known)
    return Shown(
        asked=id,
        id=event,
        status=status,
        line=found[at],
        tellings=tuple(_telling(connection, row, line, decided) for row, line in zip(rows, found, strict=True)),
        decisions=tuple(decided),
    )


def _rows(connection: Connection, id: str, current: Condition) -> tuple[str, Status, Sequence[Row[Any]]]:
    telling = tables.telling
    asked = select(telling).where(current).order_by(telling.c.day, telling.c.num)
    rows = connection.execute(asked.where(telling.c.event_id == id)).all()
    if rows:
        return id, "current", rows
    moved = connection.scalar(select(telling.c.event_id).where(current, telling.c.origin == id).limit(1))
    if moved is None:  # the telling that began it is gone; where did the others go?
        joined = tables.joined.c
        once = select(joined.origin).where(joined.event_id == id)
        moved = connection.scalar(select(telling.c.event_id).where(current, telling.c.origin.in_(once)).limit(1))
    if moved is not None:
        return moved, "merged", connection.execute(asked.where(telling.c.event_id == moved)).all()
    past = select(telling).where((telling.c.event_id == id) | (telling.c.origin == id)).order_by(telling.c.num)
    rows = connection.execute(past).all()
    if not rows:
        raise BadInput(f"{id!r}: no event of that id is in the record")
    return (
        rows[0].event_id,
        "retired",
        connection.execute(
            select(telling).where(telling.c.event_id == rows[0].event_id).order_by(telling.c.num)
        ).all(),
    )


def _telling(connection: Connection, row: Row[Any], line: EventLine, decided: Sequence[Decision]) -> Telling:
    report = connection.execute(select(tables.report).where(tables.report.c.id == row.report_id)).one()
    stored = connection.execute(select(tables.reading).where(tables.reading.c.id == row.reading_id)).one()
    reading = unbody(stored.body, report.text)
    event = reading.events[row.n]
    joined = tables.joined
    why = connection.execute(select(joined).where(joined.c.origin == row.origin).order_by(joined.c.id))
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    fields = [one.field for one in decided if one.action == "correct" and not one.undone and one.telling == row.origin]
    return Telling(
        line=line,
        title=report.title,
        url=report.url,
        copy_of=row.source if row.source != row.report_id else None,
        evidence=tuple(quoted(report.text, one, digest) for one in event.evidence),
        said=_said(reading, event),
        when=event.time.text if event.time else None,
        topics=tuple(one.topic for one in event.topics),
        doubts=_doubts(event),
        read=_read(event),
        corrected=tuple(dict.fromkeys(one for one in fields if one)),
        made_by=Maker(reader=stored.reader, model=stored.model, lexicon=stored.lexicon),
        made_at=stored.made_at,
        joined=tuple(Joined(at=one.at, by=one.by, event=one.event_id, reason=one.reason) for one in why),
    )


def quoted(text: str, evidence: Evidence, digest: str) -> Quoted:
    """A piece of evidence with what stands around it."""
    start, end = evidence.start, evidence.end
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Quoted(start=start, end=end, quote=text[start:end], before=before, after=after, sha256=digest)


def _said(reading: Reading, event: Event) -> tuple[Said, ...]:
    called = {one.id: one.name for one in reading.entities}
    found = []
    for link in event.attribution:
        span = link.source_span
        words = reading.report.text[span.start : span.end] if span else "nobody named"
        name = called.get(link.source, link.source) if link.source else words
        found.append(Said(source=link.source, name=name, cue=link.cue, manner=link.manner))
    return tuple(found)


def _doubts(event: Event) -> tuple[str, ...]:
    """Why a person should look, and what the reader held possible."""
    found = list(event.doubts)
    if event.time is not None and event.time.candidates:
        found.append(f"“{event.time.text}” may be {', '.join(event.time.candidates)}")
    for role, parts in (("actor", event.actors), ("target", event.targets)):
        found += [f"the {role} may be {', '.join(one.candidates)}" for one in parts if one.candidates]
    return tuple(dict.fromkeys(found))


def _read(event: Event) -> str:
    """What the machine read, before any correction, in short."""
    actors, targets = (
        ", ".join(one.for_ or one.entity or "?" for one in side) for side in (event.actors, event.targets)
    )
    day = event.time.timex or event.time.text if event.time else "no day"
    return f"{event.kind}: {actors or '?'} → {targets or '?'}, {day}, {event.modality}, {event.polarity}"


def decisions(connection: Connection, origins: Sequence[str], known: str | None = None) -> list[Decision]:
    """What reviewers decided on tellings, in order."""
    columns = tables.decision.c
    asked = select(tables.decision).where(columns.origin.in_(origins)).order_by(columns.id)
    if known is not None:
        asked = asked.where(columns.at < known)
    rows = connection.execute(asked).all()
    undone = {row.undoes for row in rows if row.undoes is not None}
    return [
        Decision(
            id=row.id,
            at=row.at,
            by=row.by,
            action=row.action,
            telling=row.origin,
            field=row.field,
            value=row.value,
            note=row.note,
            undoes=row.undoes,
            undone=row.id in undone,
        )
        for row in rows
    ]
