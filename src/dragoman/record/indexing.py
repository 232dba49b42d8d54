"""Indexing: the index from the ledger, reading by reading; one way for what is added and for what is made anew."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, delete, func, select, text, update

from dragoman.domain import Reading
from dragoman.record import tables
from dragoman.record.asked import in_parts, insert_least
from dragoman.record.bulk import refuse, since, without_indexes
from dragoman.record.copies import bands
from dragoman.record.gathering import keys_of_persons, merge, merge_all
from dragoman.record.inheriting import inherit
from dragoman.record.review.decided import JUDGED, decided
from dragoman.record.review.replaying import apply, carry
from dragoman.record.rows import Row, Rows, rows, unbody
from dragoman.record.sources import file_bands, pair, settle
from dragoman.record.spellings import MACHINE, file_persons
from dragoman.record.store import Record, now

BATCH = 500  # readings in hand while the index is made anew
DATED = (tables.telling, tables.step, tables.claim, tables.finding)  # rows that a later reading supersedes


class Stored(NamedTuple):
    """A reading of the ledger."""

    id: int
    report: str
    reading: Reading
    at: str


def index(connection: Connection, stored: Iterable[Stored], at: str) -> int:
    """File readings in the index and gather anew what they touch; how many tellings were filed.

    Raises
    ------
    BadInput
        When a load has left the index unfinished.
    """
    refuse(connection)
    keys: set[str] = set()
    persons: list[Row] = []
    told = 0
    for run in _runs(stored):
        made, gone = _file(connection, run)
        told += sum(len(one.tellings) for one in made)
        persons += [row for one in made for row in one.persons]
        keys |= {row["key"] for one in made for row in one.tellings} | gone
    keys |= keys_of_persons(connection, file_persons(connection, persons, at))
    merge(connection, keys, at, MACHINE)
    return told


def rebuild(record: Record) -> int:
    """Make the whole index anew out of the ledger, by the merging rules of today; how many tellings it holds."""
    at, told = now(), 0
    with record.writing() as connection:
        before = since(connection)  # copies of what was loaded after this are not found yet
        for table in reversed(tables.INDEX):
            connection.execute(delete(table))
        if record.dialect == "sqlite":
            connection.execute(text("INSERT INTO told(told) VALUES ('delete-all')"))
        with without_indexes(connection):
            persons: dict[tuple[str, str], Row] = {}
            decisions = _decisions(connection)
            for stored in _ledger(connection):
                for run in _decided_between(connection, _runs(stored), decisions):
                    _file_reports(connection, run, before, at)
                    made, _ = _file(connection, run)
                    told += sum(len(one.tellings) for one in made)
                    for row in (row for one in made for row in one.persons):
                        other = persons.get((row["id"], row["polity"]), row)
                        persons[row["id"], row["polity"]] = min(row, other, key=lambda one: str(one["name"]))
            for moment, origins in decisions:
                apply(connection, origins, moment)
            file_persons(connection, persons.values(), at)
            merge_all(connection, at)
    return told


def _ledger(connection: Connection) -> Iterator[list[Stored]]:
    """All readings in the order in which they were made, some at a time."""
    columns, last = tables.reading.c, 0
    asked = select(columns.id, columns.report_id, columns.body, columns.made_at, tables.report.c.text).join(
        tables.report
    )
    while True:
        found = connection.execute(asked.where(columns.id > last).order_by(columns.id).limit(BATCH)).all()
        if not found:
            return
        last = found[-1].id
        yield [Stored(row.id, row.report_id, unbody(row.body, row.text), row.made_at) for row in found]


def _decisions(connection: Connection) -> deque[tuple[str, set[str]]]:
    """The moments at which reviewers decided, with the tellings that they then decided on."""
    columns = tables.decision.c
    found: defaultdict[str, set[str]] = defaultdict(set)
    asked = select(columns.at, columns.origin).where(columns.action.in_((*JUDGED, "undo")))
    for at, origin in connection.execute(asked):
        found[at].add(origin)
    return deque(sorted(found.items()))


def _decided_between(
    connection: Connection, runs: Iterable[list[Stored]], decisions: deque[tuple[str, set[str]]]
) -> Iterator[list[Stored]]:
    """The runs, cut where something was decided in between, which is put into the index at its time."""
    for run in runs:
        part: list[Stored] = []
        for one in run:
            if decisions and decisions[0][0] < one.at:
                if part:
                    yield part
                part = []
                while decisions and decisions[0][0] < one.at:
                    moment, origins = decisions.popleft()
                    apply(connection, origins, moment)
            part.append(one)
        yield part


def _file_reports(connection: Connection, run: Sequence[Stored], before: int | None, at: str) -> None:
    """File the bands of those reports that are read here for the first time; find copies of what a load left so."""
    columns = tables.syndication.c
    asked = select(columns.report_id)
    there = {row.report_id for row in in_parts(connection, asked, columns.report_id, [one.report for one in run])}
    fresh = [one for one in run if one.report not in there]
    own = {one.report: bands(one.reading.report.text) for one in fresh}
    file_bands(connection, own)
    left = {one.report: one.reading.report.text for one in fresh if before is not None and one.id > before}
    pair(connection, left, {one: own[one] for one in left}, at, MACHINE)


def _runs(stored: Iterable[Stored]) -> Iterator[list[Stored]]:
    """Runs of readings in which no report has two, for the second supersedes the first."""
    run: dict[str, Stored] = {}
    for one in stored:
        if one.report in run:
            yield list(run.values())
            run = {}
        run[one.report] = one
    if run:
        yield list(run.values())


def _file(connection: Connection, run: Sequence[Stored]) -> tuple[list[Rows], set[str]]:
    """Put the rows of readings into the index; with them come the keys of the tellings that they supersede."""
    sources = settle(connection, dict.fromkeys(one.report for one in run))
    before = _supersede(connection, run)
    made = [rows(one.reading, one.report, sources[one.report], one.at) for one in run]
    for one, its in zip(run, made, strict=True):
        for row in (*its.tellings, *its.claims, *its.findings):
            row["reading_id"] = one.id
        earlier = before.get(one.report, ())
        inherit(its, earlier, decided(connection, [row.origin for row in earlier], one.at))
        carry(connection, its, one.reading, earlier, one.at)
    _begin(connection, [row for its in made for row in its.tellings])
    _store(connection, made)
    return made, {row.key for tellings in before.values() for row in tellings}


def _supersede(connection: Connection, run: Sequence[Stored]) -> dict[str, list[Any]]:
    """Mark what earlier readings of these reports put into the index; their tellings come back, by report."""
    columns = tables.reading.c
    asked = select(columns.report_id).where(columns.id < min(one.id for one in run)).distinct()
    dates = {one.report: one.at for one in run}
    again = {row.report_id for row in in_parts(connection, asked, columns.report_id, list(dates))}
    found: dict[str, list[Any]] = {}
    for report in sorted(again):
        current = (tables.telling.c.report_id == report) & tables.telling.c.superseded_at.is_(None)
        found[report] = list(connection.execute(select(tables.telling).where(current)))
        step = tables.step.c
        of = select(tables.telling.c.num).where(current)
        connection.execute(update(tables.step).where(step.num.in_(of)).values(superseded_at=dates[report]))
        for table in (tables.telling, tables.claim, tables.finding):
            stands = (table.c.report_id == report) & table.c.superseded_at.is_(None)
            connection.execute(update(table).where(stands).values(superseded_at=dates[report]))
    return found


def _begin(connection: Connection, tellings: Sequence[Row]) -> None:
    """Let each telling stand where it last stood, before it is gathered anew."""
    columns = tables.joined.c
    asked = select(columns.id, columns.origin, columns.event_id)
    stood = sorted(in_parts(connection, asked, columns.origin, sorted({row["origin"] for row in tellings})))
    last = {row.origin: row.event_id for row in stood}
    for row in tellings:
        row["event_id"] = last.get(row["origin"], row["origin"])


def _store(connection: Connection, made: Sequence[Rows]) -> None:
    """Number the rows, and insert them."""
    firsts = {table: (connection.scalar(select(func.max(table.c.num))) or 0) + 1 for table in DATED[:1] + DATED[2:]}
    number = firsts[tables.telling]
    gathered: dict[Table, list[Row]] = defaultdict(list)
    for one in made:
        gathered[tables.telling] += [row | {"num": number + at} for at, row in enumerate(one.tellings)]
        for table, parts in ((tables.party, one.parties), (tables.step, one.steps)):
            gathered[table] += [part | {"num": number + part["num"]} for part in parts]
        number += len(one.tellings)
        gathered[tables.claim] += one.claims
        gathered[tables.finding] += one.findings
    for table in (tables.claim, tables.finding):
        gathered[table] = [row | {"num": firsts[table] + at} for at, row in enumerate(gathered[table])]
    for table in (tables.telling, tables.party, tables.step, tables.claim, tables.finding):
        if gathered[table]:
            connection.execute(table.insert(), gathered[table])
    insert_least(connection, tables.entity, [row for one in made for row in one.entities], ("kind", "name"))
    if connection.dialect.name == "sqlite" and gathered[tables.telling]:
        connection.exec_driver_sql(
            "INSERT INTO told(rowid, quote) VALUES (?, ?)",
            [(row["num"], row["quote"]) for row in gathered[tables.telling]],
        )
