"""The load: Parquet readings into a record, in bulk.

What is new to the record is copied in; what it knows goes the ordinary way (`dragoman.record.add`), which skips it or
lets it supersede.  Events and persons are gathered once at the end, as `dragoman.record.rebuild` does, and the outcome
is that of adding the same reports one by one, in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from dragoman.cluster.columns import readings
from dragoman.cluster.copying import Filing
from dragoman.cluster.readings import Readings
from dragoman.domain import Report
from dragoman.record import Record, add, tables
from dragoman.record.adding import latest, report_row
from dragoman.record.asked import in_parts, insert_least, insert_new
from dragoman.record.gathering import merge_all
from dragoman.record.ledger import append
from dragoman.record.sources import settle
from dragoman.record.spellings import regather
from dragoman.record.store import now, user

TOGETHER = 2000  # readings that are kept together
Pair = tuple[str, str, float]  # two reports that are copies, and how like they are


def load(record: Record, folder: Readings, files: Sequence[str], pairs: Iterable[Pair] = ()) -> tuple[int, int]:
    """Load readings into a record; how many reports and events came in.

    Parameters
    ----------
    record
        Where they go.
    folder, files
        The readings, and the names of their files in the order of loading.
    pairs
        The copies among their reports, as `dragoman.cluster.copies` finds them.

    Notes
    -----
    Each run of `TOGETHER` readings is kept whole or not at all; a load that was stopped is run again and skips them.
    """
    reports = events = 0
    for name in files:
        with folder.reading(name) as opened:
            for part in pq.ParquetFile(opened).iter_batches(TOGETHER):
                told = _part(record, pa.Table.from_batches([part]))
                reports, events = reports + told[0], events + told[1]
    _gather(record, pairs)
    return reports, events


def _part(record: Record, part: pa.Table) -> tuple[int, int]:
    who = user()
    with record.writing() as connection:
        at = now()
        fresh, known = _apart(connection, part)
        events = _copied(connection, fresh, at, who) if fresh.num_rows else 0
    if known.num_rows:
        added = add(record, list(readings(known)), by=who)
        return fresh.num_rows + added.reports, events + added.events
    return fresh.num_rows, events


def _apart(connection: Connection, part: pa.Table) -> tuple[pa.Table, pa.Table]:
    """What is new to the record, and what it knows or what stands here for the second time."""
    ids = part.column("report_id").to_pylist()
    there = set(latest(connection, list(dict.fromkeys(ids))))
    new = []
    for one in ids:
        new.append(one not in there)
        there.add(one)
    mask = pa.array(new, pa.bool_())
    return part.filter(mask), part.filter(pc.invert(mask))


def _copied(connection: Connection, part: pa.Table, at: str, who: str) -> int:
    given = [msgspec.convert(one, Report) for one in part.column("report").to_pylist()]
    own = part.select(["report_id", "origin", "original_id", "form", "charset", "part"]).to_pylist()
    _originals(connection, part, at, who)
    told = [
        report_row(row.pop("report_id"), report, row.pop("origin"), at, who) | row
        for report, row in zip(given, own, strict=True)
    ]
    append(connection, tables.report, told, at, who)
    numbers = append(connection, tables.reading, _readings(part, at, who), at, who)
    filing = Filing(connection, part, numbers, at)
    events = filing.file()
    insert_least(connection, tables.entity, filing.rows("entities"), ("kind", "name"))
    persons = [row | {"same_as": row["id"], "reason": None} for row in filing.rows("persons")]
    insert_least(connection, tables.person, persons, ("name",))
    insert_new(connection, tables.syndication, [{"report_id": row["id"], "source": row["id"]} for row in told])
    return events


def _originals(connection: Connection, part: pa.Table, at: str, who: str) -> None:
    held = part.select(["original_id", "original_size", "original"]).rename_columns(["id", "size", "body"])
    apart = {row["id"]: row for row in held.filter(pc.is_valid(held.column("id"))).to_pylist()}
    columns = tables.original.c
    there = {row.id for row in in_parts(connection, select(columns.id), columns.id, list(apart))}
    append(connection, tables.original, [row for one, row in apart.items() if one not in there], at, who)


def _readings(part: pa.Table, at: str, who: str) -> list[dict[str, Any]]:
    makers = part.column("made_by").to_pylist()
    rows = part.select(["report_id", "body"]).to_pylist()
    return [row | maker | {"made_at": at, "made_by": who} for row, maker in zip(rows, makers, strict=True)]


def _gather(record: Record, pairs: Iterable[Pair]) -> None:
    """Settle copies, persons and events over all that is in the record."""
    who = user()
    with record.writing() as connection:
        at = now()
        _copies(connection, pairs, at, who)
        for polity in connection.scalars(select(tables.person.c.polity).distinct()).all():
            regather(connection, polity, at)
        merge_all(connection, at)


def _copies(connection: Connection, pairs: Iterable[Pair], at: str, who: str) -> None:
    """Keep those pairs whose two reports are in the record and that it does not have."""
    given = {frozenset((one, other)): (one, other, likeness) for one, other, likeness in pairs}
    ids = sorted({one for pair in given for one in pair})
    columns, copies = tables.report.c, tables.copy.c
    there = {row.id for row in in_parts(connection, select(columns.id), columns.id, ids)}
    asked = select(copies.report_id, copies.of_id)
    kept = {
        frozenset((str(row.report_id), str(row.of_id))) for row in in_parts(connection, asked, copies.report_id, ids)
    }
    made = [
        {"report_id": one, "of_id": other, "likeness": likeness, "at": at}
        for pair, (one, other, likeness) in given.items()
        if pair <= there and pair not in kept
    ]
    append(connection, tables.copy, made, at, who)
    settle(connection, dict.fromkeys(one for pair in given for one in sorted(pair)))
