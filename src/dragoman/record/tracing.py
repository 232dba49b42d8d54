"""Tracing: whether what was read still stands in the bytes that it was taken from."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from dragoman.domain import BadInput
from dragoman.intake.source import Source
from dragoman.intake.trace import Trace
from dragoman.record import tables
from dragoman.record.rows import unbody
from dragoman.record.spans import located

SOME = 20  # originals in hand


def trace(connection: Connection, report: str | None = None) -> Iterator[str | None]:
    """Recheck every span of every reading against the original of its report.

    Yields
    ------
    str or None
        None for every span that holds, else in one line what is wrong.
    """
    reports, originals = tables.report.c, tables.original.c
    asked = select(
        reports.id,
        reports.text,
        reports.url,
        reports.form,
        reports.charset,
        reports.part,
        originals.size,
        originals.body,
        originals.id.label("digest"),
    ).join(tables.original)
    if report is not None:
        asked = asked.where(reports.id == report)
    for row in connection.execute(asked.order_by(reports.id), execution_options={"yield_per": SOME}):
        data = inflated(row.body, row.size)
        if data is None or hashlib.sha256(data).hexdigest() != row.digest:
            yield f"report {row.id}: its original is not the one that was added"
            continue
        traced = Trace(Source(data, row.form, row.charset, row.part), row.text, row.url)
        bodies = select(tables.reading.c.id, tables.reading.c.body).where(tables.reading.c.report_id == row.id)
        for reading, body in connection.execute(bodies.order_by(tables.reading.c.id)).all():
            try:
                found = unbody(body, row.text)
            except (msgspec.DecodeError, BadInput, ValueError):
                continue  # said where readings are opened
            for value, start, end in located(found):
                if traced.holds(start, end):
                    yield None
                else:
                    name = type(value).__name__.lower()
                    yield f"reading {reading} of report {row.id}: {name} [{start}–{end}] is not in the original"


def inflated(body: bytes, size: int) -> bytes | None:
    """What was deflated, if it is `size` bytes."""
    try:
        data = zlib.decompressobj().decompress(body, size + 1)
    except zlib.error:
        return None
    return data if len(data) == size else None
