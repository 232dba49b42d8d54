"""Verifying: whether everything that was read still stands where it was read, word for word."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from dragoman.domain import BadInput, Reading, Report, Value
from dragoman.record import tables
from dragoman.record.bulk import left_out
from dragoman.record.ledger import broken
from dragoman.record.rows import report_id, unbody
from dragoman.record.spans import located
from dragoman.record.store import Record
from dragoman.record.tracing import trace

SOME = 200  # readings in hand


@dataclass(slots=True)
class Verified:
    """What was verified; ``faults`` are in one line each."""

    reports: int = 0
    readings: int = 0
    spans: int = 0
    seals: int = 0
    originals: int = 0  # reports whose source bytes are kept
    traced: int = 0  # spans that hold in these
    faults: list[str] = field(default_factory=list)


def verify(record: Record) -> Verified:
    """Walk the chain of seals, and recheck every report's digest and every span of every reading.

    A span must hold in the report's text, and this in the bytes that it was taken from, where these are kept.
    """
    found = Verified()
    wrong = record.sound()
    found.faults += [wrong] if wrong else []
    with record.asking() as connection:
        found.faults += left_out(connection)
        found.seals = len(connection.scalars(select(tables.seal.c.id)).all())
        found.faults += broken(connection)
        _reports(connection, found)
        _readings(connection, found)
        _originals(connection, found)
    return found


def spans(value: Any, text: str) -> Iterator[str | None]:
    """Every span of a reading: None where it holds, else what is wrong with it.

    A span holds when it lies in the text and, where its words are kept with it, they are ``text[start:end]``.
    """
    for one, start, end in located(value):
        yield _fault(one, start, end, text)


def _fault(value: Value, start: int, end: int, text: str) -> str | None:
    name = type(value).__name__.lower()
    if not 0 <= start <= end <= len(text):
        return f"{name} [{start}–{end}] lies outside of the text"
    words = getattr(value, "quote", None) if hasattr(value, "quote") else getattr(value, "text", None)
    if words is not None and text[start:end] != words:
        return f"{name} [{start}–{end}] does not say {words[:60]!r}"
    return None


def _reports(connection: Connection, found: Verified) -> None:
    columns = tables.report.c
    for row in connection.execute(select(tables.report).order_by(columns.id), execution_options={"yield_per": SOME}):
        found.reports += 1
        digest = hashlib.sha256(row.text.encode("utf-8", "surrogatepass")).hexdigest()
        if digest != row.digest:
            found.faults.append(f"report {row.id}: its text is not the one that was added")
        made = Report(
            id=digest,
            title=row.title,
            outlet=row.outlet,
            url=row.url,
            published=row.published,
            language=row.language,
            text=row.text,
        )
        if report_id(made) != row.id:
            found.faults.append(f"report {row.id}: its text, date, outlet or address is not the one that was added")


def _readings(connection: Connection, found: Verified) -> None:
    columns = tables.reading.c
    asked = select(columns.id, columns.report_id, columns.body, tables.report.c.text).join(tables.report)
    for row in connection.execute(asked.order_by(columns.id), execution_options={"yield_per": SOME}):
        found.readings += 1
        try:
            reading: Reading = unbody(row.body, row.text)
        except (msgspec.DecodeError, BadInput, ValueError) as error:
            found.faults.append(f"reading {row.id} of report {row.report_id}: cannot be opened ({error})")
            continue
        for fault in spans(reading, row.text):
            found.spans += 1
            if fault is not None:
                found.faults.append(f"reading {row.id} of report {row.report_id}: {fault}")


def _originals(connection: Connection, found: Verified) -> None:
    kept = select(func.count()).where(tables.report.c.original_id.is_not(None))
    found.originals = connection.scalar(kept) or 0
    for fault in trace(connection):
        if fault is None:
            found.traced += 1
        else:
            found.faults.append(fault)
