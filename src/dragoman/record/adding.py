"""Adding: readings into the record, in batches that are kept whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, select

from dragoman.domain import Maker, Reading, Report
from dragoman.intake import Source
from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.record.indexing import Stored, index
from dragoman.record.ledger import append
from dragoman.record.originals import keep, taken_from
from dragoman.record.rows import body, report_id
from dragoman.record.sources import find_copies
from dragoman.record.store import Record, now, user

NONE: Mapping[str, Source] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a batch; ``copies`` are reports that are near-duplicates of others."""

    reports: int
    readings: int
    events: int
    copies: int
    skipped: int


def known(record: Record, ids: Sequence[str], maker: Maker | None = None) -> set[str]:
    """Which of the reports are in the record already; with `maker`, those whose latest reading it made."""
    with record.asking() as connection:
        before = latest(connection, ids)
    return {report for report, made in before.items() if maker is None or made == _made_by(maker)}


def add(
    record: Record,
    readings: Sequence[tuple[Reading, str]],
    *,
    by: str | None = None,
    sources: Mapping[str, Source] = NONE,
) -> Added:
    """Add readings, each with where its report came from; all of them or none.

    `sources` holds, by the id of the report (`report_id`), the bytes that it was taken from.

    A report that is there already is skipped, unless its reading was made by another reader, lexicon or model: then
    the new reading supersedes the old one, which stays.
    """
    who = by or user()
    with record.writing() as connection:
        at = now()
        entered = enter(connection, readings, at, who, sources)
        events = index(connection, entered.stored, at)
    return Added(entered.reports, len(entered.stored), events, entered.copies, len(readings) - len(entered.stored))


@dataclass(frozen=True, slots=True)
class Entered:
    """What was appended to the ledger."""

    stored: list[Stored]
    reports: int
    copies: int


def enter(
    connection: Connection,
    readings: Sequence[tuple[Reading, str]],
    at: str,
    who: str,
    sources: Mapping[str, Source] = NONE,
) -> Entered:
    """Append reports and readings to the ledger; what is there already is left out."""
    before = latest(connection, [report_id(reading.report) for reading, _ in readings])
    new: list[tuple[str, Reading, str]] = []
    for reading, origin in readings:
        report = report_id(reading.report)
        if before.get(report) != _made_by(reading.made_by):
            new.append((report, reading, origin))
            before[report] = _made_by(reading.made_by)
    fresh = _reports(connection, new, at, who, sources)
    copies = find_copies(connection, fresh, at, who)
    made = [
        {"report_id": report, "reader": reading.made_by.reader, "model": reading.made_by.model}
        | {"lexicon": reading.made_by.lexicon, "made_at": at, "made_by": who, "body": body(reading)}
        for report, reading, _ in new
    ]
    numbers = append(connection, tables.reading, made, at, who)
    stored = [Stored(number, report, reading, at) for number, (report, reading, _) in zip(numbers, new, strict=True)]
    return Entered(stored, len(fresh), copies)


def _made_by(maker: Maker) -> tuple[str, str, str]:
    return maker.reader, maker.model, maker.lexicon


def latest(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Who made the latest reading of each report."""
    columns = tables.reading.c
    asked = select(columns.id, columns.report_id, columns.reader, columns.model, columns.lexicon)
    found = sorted(in_parts(connection, asked, columns.report_id, ids))
    return {row.report_id: (row.reader, row.model, row.lexicon) for row in found}


def _reports(
    connection: Connection,
    new: Sequence[tuple[str, Reading, str]],
    at: str,
    who: str,
    sources: Mapping[str, Source],
) -> dict[str, str]:
    """Append those reports that are not there; they come back with their texts."""
    columns = tables.report.c
    there = {row.id for row in in_parts(connection, select(columns.id), columns.id, [report for report, _, _ in new])}
    made = {
        report: report_row(report, reading.report, origin, at, who) | taken_from(sources.get(report))
        for report, reading, origin in new
        if report not in there
    }
    keep(connection, [sources[report] for report in made if report in sources], at, who)
    append(connection, tables.report, list(made.values()), at, who)
    return {report: reading.report.text for report, reading, _ in new if report in made}


def report_row(report: str, given: Report, origin: str, at: str, who: str) -> dict[str, Any]:
    """The row of a report, without what it was taken from."""
    return {
        "id": report,
        "digest": given.id,
        "text": given.text,
        "title": given.title,
        "outlet": given.outlet,
        "url": given.url,
        "published": given.published,
        "language": given.language,
        "dated_by": given.dated_by,
        "origin": origin,
        "added_at": at,
        "added_by": who,
    }
