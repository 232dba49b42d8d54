"""The load: Parquet readings into a record, in bulk.

What is new is copied in with its events and persons gathered before (`dragoman.cluster.gathering`), while the record
has none of the indexes that only questions need (`dragoman.record.bulk`).  What the record knows, and what is little
beside it, goes the ordinary way (`dragoman.record.add`).  The outcome is that of adding the same reports one by one,
in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from dragoman.cluster.columns import LOADED, readings, sources
from dragoman.cluster.copying import Numbers, Ready, index_rows, insert
from dragoman.cluster.gathering import Archive, Pair
from dragoman.cluster.readings import Readings
from dragoman.domain import BadInput, Report
from dragoman.record import Record, add, tables
from dragoman.record.adding import report_row
from dragoman.record.asked import in_parts, insert_least
from dragoman.record.bulk import begin, end, make_room, ours, restore, since
from dragoman.record.gathering import merge_all, standing
from dragoman.record.ledger import append
from dragoman.record.rows import Row
from dragoman.record.sources import kept, pair, settle
from dragoman.record.spellings import MACHINE, regather
from dragoman.record.store import now, user

TOGETHER = 20_000  # readings that are kept together,
HELD = 128 << 20  # or so many bytes
STEP = 2000  # readings in hand before that
FEW = 500  # readings that are added together the ordinary way
BESIDE = 10  # times as many readings that a record may hold, for new ones to be loaded in bulk


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
    with TemporaryDirectory(prefix="dragoman-") as scratch, closing(Archive(Path(scratch), folder, files)) as found:
        new, there = found.compare(record)
        with record.asking() as connection:
            unfinished = since(connection) is not None
        bulk = unfinished or new * BESIDE > there
        told = _Load(record, folder, files, found).run(pairs, resumed=unfinished) if bulk else (0, 0)
        more = _ordinary(record, folder, files, found.wanted(new=not bulk))
        return told[0] + more[0], told[1] + more[1]


@dataclass(frozen=True, slots=True)
class _Part:
    """What a run of readings puts into a record."""

    at: str
    originals: list[Row]
    reports: list[Row]
    readings: list[Row]
    first: int  # number of the first reading
    index: list[Ready]
    joined: list[Row]
    tellings: int


class _Load:
    """A load in bulk."""

    def __init__(self, record: Record, folder: Readings, files: Sequence[str], found: Archive) -> None:
        self.record, self.folder, self.files, self.found = record, folder, files, found
        self.at, self.who = now(), user()

    def run(self, pairs: Iterable[Pair], *, resumed: bool) -> tuple[int, int]:
        """Load what is new; how many reports and events came in."""
        self.found.settle(pairs)
        before = begin(self.record, self.at, self.who)
        self._name()
        self._gather()
        reports = events = 0
        for part in _ahead(self._parts()):
            with self.record.writing() as connection:
                self._put(connection, part)
            reports, events = reports + len(part.reports), events + part.tellings
        self._copies()
        restore(self.record)
        with self.record.writing() as connection:
            ours(connection, self.at, self.who)
            end(connection)
            if resumed or before:
                self._across(connection, before)
                merge_all(connection, self.at)
        return reports, events

    def _name(self) -> None:
        """File entities and persons, and settle which spellings are of one person."""
        polities: set[str] = set()
        with self.record.writing() as connection:
            ours(connection, self.at, self.who)
            for rows in self.found.entities():
                insert_least(connection, tables.entity, rows, ("kind", "name"))
            for rows in self.found.persons():
                polities |= {row["polity"] for row in rows}
                spelled = [row | {"same_as": row["id"], "reason": None} for row in rows]
                insert_least(connection, tables.person, spelled, ("name",))
            for polity in sorted(polities):
                regather(connection, polity, self.at)

    def _gather(self) -> None:
        columns = tables.person.c
        with self.record.asking() as connection:
            asked = select(columns.id, columns.polity, columns.same_as)
            self.found.gather(tuple(row) for row in connection.execute(asked, execution_options={"yield_per": 5000}))

    def _parts(self) -> Iterator[_Part]:
        with self.record.asking() as connection:
            numbers = Numbers(connection)
        for part, places in _runs(self.folder, self.files, self.found):
            yield self._part(part, places, numbers)

    def _part(self, part: pa.Table, places: tuple[int, int], numbers: Numbers) -> _Part:
        at, who, dialect = now(), self.who, self.record.dialect
        own = part.select(["report_id", "origin", "original_id", "form", "charset", "part"]).to_pylist()
        given = (msgspec.convert(one, Report) for one in part.column("report").to_pylist())
        reports = [
            report_row(row.pop("report_id"), report, row.pop("origin"), at, who) | row
            for report, row in zip(given, own, strict=True)
        ]
        makers = part.column("made_by").to_pylist()
        bodies = part.select(["report_id", "body"]).to_pylist()
        made = [row | maker | {"made_at": at, "made_by": who} for row, maker in zip(bodies, makers, strict=True)]
        held = part.select(["original_id", "original_size", "original"]).rename_columns(["id", "size", "body"])
        originals = {row["id"]: row for row in held.filter(pc.is_valid(held.column("id"))).to_pylist()}
        stands, sources = self.found.standing(places), self.found.sources(places)
        numbered = numbers.take(tables.reading, part.num_rows)
        index = list(index_rows(dialect, part, numbered, numbers, at, stands, sources))
        joined = [
            standing(row["origin"], row["event_id"], row["reason"], at, MACHINE)
            for row in _of(
                stands, "origin", pc.list_flatten(part.column("row_telling").combine_chunks()).field("origin")
            )
        ]
        tellings = sum(pc.list_value_length(part.column("row_telling")).to_pylist())
        return _Part(at, list(originals.values()), reports, made, numbered[0].as_py(), index, joined, tellings)

    def _put(self, connection: Connection, part: _Part) -> None:
        ours(connection, self.at, self.who)
        make_room(connection)
        columns = tables.original.c
        ids = [row["id"] for row in part.originals]
        there = {row.id for row in in_parts(connection, select(columns.id), columns.id, ids)}
        append(
            connection, tables.original, [row for row in part.originals if row["id"] not in there], part.at, self.who
        )
        append(connection, tables.report, part.reports, part.at, self.who)
        numbers = append(connection, tables.reading, part.readings, part.at, self.who)
        if numbers[0] != part.first:
            raise BadInput(f"{self.record.where}: something else was added while it was loaded; load again")
        for rows in part.index:
            insert(connection, rows)
        append(connection, tables.joined, part.joined, part.at, MACHINE)

    def _copies(self) -> None:
        """Keep those pairs of copies that the record does not have."""
        for rows in self.found.copies():
            with self.record.writing() as connection:
                ours(connection, self.at, self.who)
                known = kept(connection, [row["report_id"] for row in rows])
                made = [row | {"at": self.at} for row in rows if row["of_id"] not in known[row["report_id"]]]
                append(connection, tables.copy, made, self.at, self.who)

    def _across(self, connection: Connection, before: int) -> None:
        """Find which new reports are copies of those that were there, and settle which stands for which."""
        columns = tables.reading.c
        new = list(connection.scalars(select(columns.report_id).where(columns.id > before)))
        asked = select(tables.report.c.id, tables.report.c.text)
        for at in range(0, len(new), FEW):
            texts = {row.id: row.text for row in in_parts(connection, asked, tables.report.c.id, new[at : at + FEW])}
            pair(connection, texts, self.at, self.who)
            settle(connection, texts)


def _of(rows: pa.Table, name: str, among: pa.Array) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.filter(pc.is_in(rows.column(name), value_set=among)).to_pylist()
    return found


def _runs(folder: Readings, files: Sequence[str], found: Archive) -> Iterator[tuple[pa.Table, tuple[int, int]]]:
    """New readings in runs that are kept together, each with the places of its first file and its last."""
    waiting: list[pa.Table] = []
    first = 0
    for at, name in enumerate(files):
        fresh = found.new(at)
        with folder.reading(name) as opened:
            for batch in pq.ParquetFile(opened).iter_batches(STEP, columns=list(LOADED)):
                rows = pa.Table.from_batches([batch])
                rows = rows.filter(_taken_out(fresh, rows.column("report_id").to_pylist()))
                if waiting and sum(map(_size, waiting)) + _size(rows) > 1:
                    yield pa.concat_tables(waiting).combine_chunks(), (first, at)
                    waiting = []
                if rows.num_rows:
                    first = first if waiting else at
                    waiting.append(rows)
    if waiting:
        yield pa.concat_tables(waiting).combine_chunks(), (first, len(files))


def _size(rows: pa.Table) -> float:
    return float(max(rows.num_rows / TOGETHER, rows.nbytes / HELD))


def _taken_out(fresh: set[str], ids: Sequence[str]) -> pa.Array:
    """Which of these are fresh; then they no longer are."""
    mask = []
    for one in ids:
        mask.append(one in fresh)
        fresh.discard(one)
    return pa.array(mask, pa.bool_())


def _ahead(parts: Iterator[_Part]) -> Iterator[_Part]:
    """The same, the next one made while one is used."""
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(next, parts, None)
        while (part := waiting.result()) is not None:
            waiting = pool.submit(next, parts, None)
            yield part


def _ordinary(
    record: Record, folder: Readings, files: Sequence[str], wanted: Iterable[tuple[int, Sequence[str]]]
) -> tuple[int, int]:
    """Add readings of some reports (by the places of their files) as `dragoman add` does."""
    reports = events = 0
    for at, ids in wanted:
        with folder.reading(files[at]) as opened:
            for batch in pq.ParquetFile(opened).iter_batches(FEW):
                rows = pa.Table.from_batches([batch])
                rows = rows.filter(pc.is_in(rows.column("report_id"), value_set=pa.array(ids, pa.string())))
                if rows.num_rows:
                    added = add(record, list(readings(rows)), sources=sources(rows))
                    reports, events = reports + added.reports, events + added.events
    return reports, events
