"""The load: Parquet readings into a record, in bulk.

What is new is copied in with its events and persons gathered before (`dragoman.cluster.gathering`), while the record
has none of the indexes that only questions need (`dragoman.record.bulk`).  What the record knows, and what is little
beside it, goes the ordinary way (`dragoman.record.add`).  The outcome is that of adding the same reports one by one,
in any order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any, TypeVar

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sqlalchemy import Connection, select

from dragoman.cluster.columns import OWN, readings, sources
from dragoman.cluster.copying import Numbers, Ready, apart_rows, insert, telling_rows
from dragoman.cluster.gathering import Archive, Pair
from dragoman.cluster.readings import Readings
from dragoman.domain import BadInput, Report
from dragoman.record import Record, add, tables
from dragoman.record.adding import report_row
from dragoman.record.asked import in_parts, insert_least
from dragoman.record.bulk import APART, SESSIONS, alone, begin, end, indexes, make_room, ours, restore, since
from dragoman.record.copies import bands
from dragoman.record.gathering import merge_all, standing
from dragoman.record.ledger import append
from dragoman.record.rows import Row
from dragoman.record.sources import kept, pair, settle
from dragoman.record.spellings import MACHINE, regather
from dragoman.record.store import now, user

TOGETHER = 10_000  # readings that are kept together,
HELD = 64 << 20  # or so many bytes
STEP = 2000  # readings in hand before that
FEW = 500  # readings that are added together the ordinary way
IN_APART = ("bands", "row_party", "row_step", "row_claim", "row_finding")  # columns of the rows that stand apart,
IN_TOLD = (*(one.name for one in OWN if one.name != "bands"), "report", "made_by", "row_telling")  # and of the others
Made = TypeVar("Made")
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
    """What a run of readings puts into a record, but for the rows that stand apart."""

    originals: list[Row]
    reports: list[Row]
    readings: list[Row]
    first: int  # number of the first reading
    told: Ready
    joined: list[Row]
    tellings: int


class _Load:
    """A load in bulk.

    On PostgreSQL two sessions share it.  One copies the rows that do not depend on the gathering and then makes their
    indexes, while the other gathers, and then keeps reports, readings and tellings.
    """

    def __init__(self, record: Record, folder: Readings, files: Sequence[str], found: Archive) -> None:
        self.record, self.folder, self.files, self.found = record, folder, files, found
        self.at, self.who = now(), user()
        self.over = Event()

    def run(self, pairs: Iterable[Pair], *, resumed: bool) -> tuple[int, int]:
        """Load what is new; how many reports and events came in."""
        self.found.settle(pairs)
        before = begin(self.record, self.at, self.who)
        loaded = self._in_turn() if self.record.dialect == "sqlite" else self._at_once()
        self._copies()
        restore(self.record)
        with self.record.writing() as connection:
            ours(connection, self.at, self.who)
            end(connection)
            if resumed or before:
                self._across(connection, before)
                merge_all(connection, self.at)
        return loaded

    def _in_turn(self) -> tuple[int, int]:
        self._gather()
        told, apart = self._numbers(), self._numbers()
        runs = _runs(self.folder, self.files, self.found, (*IN_TOLD, *IN_APART))
        return self._keep((self._told(*one, told), list(self._apart(*one, apart))) for one in runs)

    def _at_once(self) -> tuple[int, int]:
        with ThreadPoolExecutor(SESSIONS) as pool:
            try:
                copied = pool.submit(self._copy)
                made = [pool.submit(self._index, copied)]
                self._gather()
                copied.result()
                numbers = self._numbers()
                runs = _runs(self.folder, self.files, self.found, IN_TOLD)
                loaded = self._keep((self._told(*one, numbers), []) for one in runs)
                with self.record.asking() as connection:
                    left = indexes(connection, [tables.telling])
                made += [pool.submit(alone, self.record, statement) for statement in left]
                for one in made:
                    one.result()
            except BaseException:
                self.over.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return loaded

    def _copy(self) -> None:
        """Copy the rows that stand apart."""
        numbers = self._numbers()
        runs = _runs(self.folder, self.files, self.found, ("report_id", "row_telling.list.element.n", *IN_APART))
        for rows in _ahead(list(self._apart(*one, numbers)) for one in runs):
            if self.over.is_set():
                return
            with self._writing() as connection:
                for one in rows:
                    insert(connection, one)

    def _index(self, copied: Future[None]) -> None:
        """Make the indexes of what was copied, one after the other."""
        copied.result()
        with self.record.asking() as connection:
            left = indexes(connection, APART)
        for statement in left:
            if not self.over.is_set():
                alone(self.record, statement)

    def _gather(self) -> None:
        self.found.take()
        self._name()
        columns = tables.person.c
        with self.record.asking() as connection:
            asked = select(columns.id, columns.polity, columns.same_as)
            self.found.gather(tuple(row) for row in connection.execute(asked, execution_options={"yield_per": 5000}))

    def _name(self) -> None:
        """File entities and persons, and settle which spellings are of one person."""
        polities: set[str] = set()
        with self._writing() as connection:
            for rows in self.found.entities():
                insert_least(connection, tables.entity, rows, ("kind", "name"))
            for rows in self.found.persons():
                polities |= {row["polity"] for row in rows}
                spelled = [row | {"same_as": row["id"], "reason": None} for row in rows]
                insert_least(connection, tables.person, spelled, ("name",))
            for polity in sorted(polities):
                regather(connection, polity, self.at)

    def _keep(self, parts: Iterator[tuple[_Part, list[Ready]]]) -> tuple[int, int]:
        """Keep each run of readings, whole or not at all; how many reports and events they were."""
        reports = events = 0
        for part, apart in _ahead(parts):
            with self._writing() as connection:
                self._put(connection, part)
                for rows in apart:
                    insert(connection, rows)
            reports, events = reports + len(part.reports), events + part.tellings
        return reports, events

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.record.writing(beside=True) as connection:
            ours(connection, self.at, self.who)
            make_room(connection)
            yield connection

    def _numbers(self) -> Numbers:
        with self.record.asking() as connection:
            return Numbers(connection)

    def _told(self, part: pa.Table, places: tuple[int, int], numbers: Numbers) -> _Part:
        at, who = self.at, self.who
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
        stands = self.found.standing(places)
        numbered = numbers.take(tables.reading, part.num_rows)
        told = telling_rows(self.record.dialect, part, numbered, numbers, at, stands, self.found.sources(places))
        joined = [
            standing(row["origin"], row["event_id"], row["reason"], at, MACHINE)
            for row in _of(
                stands, "origin", pc.list_flatten(part.column("row_telling").combine_chunks()).field("origin")
            )
        ]
        tellings = sum(pc.list_value_length(part.column("row_telling")).to_pylist())
        return _Part(list(originals.values()), reports, made, numbered[0].as_py(), told, joined, tellings)

    def _apart(self, part: pa.Table, places: tuple[int, int], numbers: Numbers) -> Iterator[Ready]:
        numbered = numbers.take(tables.reading, part.num_rows)
        return apart_rows(self.record.dialect, part, numbered, numbers, self.at, self.found.sources(places))

    def _put(self, connection: Connection, part: _Part) -> None:
        columns = tables.original.c
        ids = [row["id"] for row in part.originals]
        there = {row.id for row in in_parts(connection, select(columns.id), columns.id, ids)}
        append(
            connection, tables.original, [row for row in part.originals if row["id"] not in there], self.at, self.who
        )
        append(connection, tables.report, part.reports, self.at, self.who)
        numbers = append(connection, tables.reading, part.readings, self.at, self.who)
        if numbers[0] != part.first:
            raise BadInput(f"{self.record.where}: something else was added while it was loaded; load again")
        insert(connection, part.told)
        append(connection, tables.joined, part.joined, self.at, MACHINE)

    def _copies(self) -> None:
        """Keep those pairs of copies that the record does not have."""
        for rows in self.found.copies():
            with self._writing() as connection:
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
            pair(connection, texts, {one: bands(text) for one, text in texts.items()}, self.at, self.who)
            settle(connection, texts)


def _of(rows: pa.Table, name: str, among: pa.Array) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rows.filter(pc.is_in(rows.column(name), value_set=among)).to_pylist()
    return found


def _runs(
    folder: Readings, files: Sequence[str], found: Archive, columns: Sequence[str]
) -> Iterator[tuple[pa.Table, tuple[int, int]]]:
    """New readings in runs that are kept together, each with the places of its first file and its last."""
    waiting: list[pa.Table] = []
    first = 0
    for at, name in enumerate(files):
        fresh = found.new(at)
        with folder.reading(name) as opened:
            for batch in pq.ParquetFile(opened).iter_batches(STEP, columns=list(columns)):
                rows = pa.Table.from_batches([batch])
                taken = _taken_out(fresh, rows.column("report_id").to_pylist())
                if not all(taken):  # a filter copies all, and most files are new throughout
                    rows = rows.filter(pa.array(taken))
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


def _taken_out(fresh: set[str], ids: Sequence[str]) -> list[bool]:
    """Which of these are fresh; then they no longer are."""
    mask = []
    for one in ids:
        mask.append(one in fresh)
        fresh.discard(one)
    return mask


def _ahead(parts: Iterator[Made]) -> Iterator[Made]:
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
