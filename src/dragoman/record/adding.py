"""Adding: readings into the record, in batches that are kept whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select, tuple_, update
from sqlalchemy.dialects import postgresql, sqlite

from dragoman.domain import Reading
from dragoman.record import tables
from dragoman.record.copies import bands, nearest
from dragoman.record.merging import Teller, Wish, gather
from dragoman.record.persons import Person, clusters, heads
from dragoman.record.rows import Row, Rows, body, report_id, rows
from dragoman.record.store import Record, now, user

ASKED = 500  # ids in one question


@dataclass(frozen=True, slots=True)
class Added:
    """What came of a batch."""

    reports: int
    readings: int
    events: int
    copies: int
    skipped: int


def known(record: Record, ids: Sequence[str]) -> set[str]:
    """Which of the reports are in the record already."""
    found: set[str] = set()
    with record.asking() as connection:
        for at in range(0, len(ids), ASKED):
            asked = select(tables.report.c.id).where(tables.report.c.id.in_(ids[at : at + ASKED]))
            found |= set(connection.scalars(asked))
    return found


def add(record: Record, readings: Sequence[tuple[Reading, str]], *, by: str | None = None) -> Added:
    """Add readings, each with where its report came from; all of them or none.

    A report that is there already is skipped, unless its reading was made by another reader, lexicon or model: then
    the new reading supersedes the old one, which stays.
    """
    at, who = now(), by or user()
    with record.writing() as connection:
        latest = _latest(connection, [report_id(reading.report) for reading, _ in readings])
        new: list[tuple[str, Reading, str]] = []
        for reading, origin in readings:
            report = report_id(reading.report)
            if latest.get(report) != _maker(reading):
                new.append((report, reading, origin))
                latest[report] = _maker(reading)
        fresh = _reports(connection, new, at, who)
        copied = _copies(connection, [one for one in new if one[0] in fresh], at)
        _supersede(connection, [report for report, _, _ in new if report not in fresh], at)
        made = _readings(connection, new, at, who)
        _persons(connection, made, at)
        merge(connection, {telling["key"] for one in made for telling in one.tellings}, at, who)
    events = sum(len(one.tellings) for one in made)
    return Added(len(fresh), len(new), events, copied, len(readings) - len(new))


def _maker(reading: Reading) -> tuple[str, str, str]:
    return reading.made_by.reader, reading.made_by.model, reading.made_by.lexicon


def _latest(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Who made the latest reading of each report."""
    columns = tables.reading.c
    asked = select(columns.report_id, columns.reader, columns.model, columns.lexicon).order_by(columns.id)
    return {
        report: (reader, model, lexicon)
        for at in range(0, len(ids), ASKED)
        for report, reader, model, lexicon in connection.execute(
            asked.where(columns.report_id.in_(ids[at : at + ASKED]))
        )
    }


def insert_new(connection: Connection, table: Table, given: Sequence[Row]) -> None:
    """Insert those rows whose key is not there yet."""
    if not given:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), list(given))


def _reports(connection: Connection, new: Iterable[tuple[str, Reading, str]], at: str, who: str) -> set[str]:
    made: dict[str, Row] = {}
    for report, reading, origin in new:
        given = reading.report
        made[report] = {
            "id": report,
            "digest": given.id,
            "text": given.text,
            "title": given.title,
            "outlet": given.outlet,
            "url": given.url,
            "published": given.published,
            "language": given.language,
            "origin": origin,
            "added_at": at,
            "added_by": who,
        }
    there = set(connection.scalars(select(tables.report.c.id).where(tables.report.c.id.in_(list(made)))))
    fresh = [row for report, row in made.items() if report not in there]
    if fresh:
        connection.execute(tables.report.insert(), fresh)
    return {row["id"] for row in fresh}


def _copies(connection: Connection, fresh: Sequence[tuple[str, Reading, str]], at: str) -> int:
    """Find of which earlier reports the new ones are copies."""
    found = 0
    for report, reading, _ in fresh:
        own = bands(reading.report.text)
        columns = tables.band.c
        near = set(connection.scalars(select(columns.report_id).where(columns.band.in_(own)))) - {report}
        texts = select(tables.report.c.id, tables.report.c.text).where(tables.report.c.id.in_(sorted(near)))
        of: dict[str, str] = dict(connection.execute(texts)) if near else {}
        pairs = nearest(reading.report.text, sorted(of), of.__getitem__)
        made = [{"report_id": report, "of_id": one, "likeness": like, "at": at} for one, like in pairs]
        if made:
            connection.execute(tables.copy.insert(), made)
            found += 1
        insert_new(connection, tables.band, [{"report_id": report, "band": band} for band in own])
    return found


def _source(connection: Connection, report: str) -> str:
    """The earliest report that this one is a copy of, by way of others too; itself where it is of none."""
    columns = tables.copy.c
    seen, waiting = {report}, [report]
    while waiting:
        ahead = set(connection.scalars(select(columns.of_id).where(columns.report_id.in_(waiting)))) - seen
        seen |= ahead
        waiting = sorted(ahead)
    if len(seen) == 1:
        return report
    columns_of = tables.report.c
    first = select(columns_of.id).where(columns_of.id.in_(seen)).order_by(columns_of.added_at, columns_of.id)
    return connection.scalar(first.limit(1)) or report


def _supersede(connection: Connection, reports: Sequence[str], at: str) -> None:
    """Mark the index rows of older readings; the readings themselves stay as they are."""
    for table in (tables.telling, tables.claim, tables.finding):
        if reports:
            current = table.c.report_id.in_(reports) & table.c.superseded_at.is_(None)
            if table is tables.telling:
                of = select(tables.telling.c.num).where(current)
                connection.execute(update(tables.step).where(tables.step.c.num.in_(of)).values(superseded_at=at))
            connection.execute(update(table).where(current).values(superseded_at=at))


def _readings(connection: Connection, new: Sequence[tuple[str, Reading, str]], at: str, who: str) -> list[Rows]:
    made: list[Rows] = []
    for report, reading, _ in new:
        reader, model, lexicon = _maker(reading)
        stored = connection.execute(
            tables.reading.insert().returning(tables.reading.c.id),
            {"report_id": report, "reader": reader, "model": model, "lexicon": lexicon}
            | {"made_at": at, "made_by": who, "body": body(reading)},
        ).scalar_one()
        one = rows(reading, report, _source(connection, report), at)
        for row in (*one.tellings, *one.claims, *one.findings):
            row["reading_id"] = stored
        made.append(one)
    store(connection, made)
    return made


def store(connection: Connection, made: Sequence[Rows]) -> None:
    """Put rows into the index, and number their tellings."""
    number = (connection.scalar(select(func.max(tables.telling.c.num))) or 0) + 1
    gathered: dict[Table, list[Row]] = defaultdict(list)
    for one in made:
        for at, telling in enumerate(one.tellings):
            gathered[tables.telling].append(telling | {"num": number + at})
        for table, parts in ((tables.party, one.parties), (tables.step, one.steps)):
            gathered[table] += [part | {"num": number + part["num"]} for part in parts]
        number += len(one.tellings)
        gathered[tables.claim] += one.claims
        gathered[tables.finding] += one.findings
    for table in (tables.telling, tables.party, tables.step, tables.claim, tables.finding):
        if gathered[table]:
            connection.execute(table.insert(), gathered[table])
    insert_new(connection, tables.entity, [row for one in made for row in one.entities])
    if connection.dialect.name == "sqlite" and gathered[tables.telling]:
        connection.exec_driver_sql(
            "INSERT INTO told(rowid, quote) VALUES (?, ?)",
            [(row["num"], row["quote"]) for row in gathered[tables.telling]],
        )


def _persons(connection: Connection, made: Sequence[Rows], at: str) -> None:
    """Gather the spellings of persons anew, for each polity that has a new one."""
    columns = tables.person.c
    given = {(row["id"], row["polity"]): row for one in made for row in one.persons}
    if not given:
        return
    asked = select(columns.id, columns.polity).where(tuple_(columns.id, columns.polity).in_(list(given)))
    there: set[tuple[str, str]] = {(one, polity) for one, polity in connection.execute(asked)}
    fresh = [row | {"same_as": row["id"]} for key, row in given.items() if key not in there]
    insert_new(connection, tables.person, fresh)
    for polity in sorted({row["polity"] for row in fresh}):
        regather(connection, polity, at)


def regather(connection: Connection, polity: str, at: str) -> None:
    """Gather the spellings of one polity's persons, and keep why."""
    columns, pairs = tables.person.c, tables.sameness.c
    spelled = connection.execute(select(columns.id, columns.name, columns.same_as).where(columns.polity == polity))
    before = {one: (name, same_as) for one, name, same_as in spelled}
    told: dict[frozenset[str], bool] = {}
    for one, other, same in connection.execute(
        select(pairs.one, pairs.other, pairs.same).where(pairs.one.in_(list(before))).order_by(pairs.id)
    ):
        told[frozenset((one, other))] = same
    found = clusters(
        [Person(one, polity, name) for one, (name, _) in before.items()],
        frozenset(pair for pair, same in told.items() if not same),
    )
    reasons = [
        {"at": at, "by": "dragoman", "one": same.one, "other": same.other, "same": True, "reason": same.reason}
        for others in found.values()
        for same in others
        if not told.get(frozenset((same.one, same.other)))
    ]
    if reasons:
        connection.execute(tables.sameness.insert(), reasons)
    moved = [{"who": one, "now": head} for one, head in heads(found) if before[one][1] != head]
    if moved:
        moving = update(tables.person).where(columns.id == bindparam("who"), columns.polity == polity)
        connection.execute(moving.values(same_as=bindparam("now")), moved)


def merge(connection: Connection, keys: Iterable[str], at: str, who: str) -> None:
    """Gather the current tellings of each key into events anew; keep why a telling came to stand where it does."""
    wanted = sorted(keys)
    for place in range(0, len(wanted), ASKED):
        _merge(connection, wanted[place : place + ASKED], at, who)


def _merge(connection: Connection, keys: Sequence[str], at: str, who: str) -> None:
    columns = tables.telling.c
    asked = select(
        columns.num, columns.origin, columns.event_id, columns.kind, columns.day, columns.day_to, columns.key
    ).where(columns.key.in_(keys), columns.superseded_at.is_(None))
    found = connection.execute(asked).all()
    crowded = {key for key, many in _counted(one.key for one in found).items() if many > 1}
    many = [one for one in found if one.key in crowded or one.event_id != one.origin]
    if not many:
        return
    persons = _named(connection, [one.num for one in many])
    wishes = wished(connection)
    by_key: dict[str, list[Teller]] = defaultdict(list)
    for one in many:
        by_key[one.key].append(
            Teller(one.num, one.origin, one.event_id, one.kind, one.day, one.day_to, persons.get(one.num, frozenset()))
        )
    moved: list[Row] = []
    joined: list[Row] = []
    for tellers in by_key.values():
        for event_id, members in gather(tellers, wishes):
            for teller, reason in members:
                if teller.event_id != event_id:
                    moved.append({"moved": teller.num, "into": event_id})
                    why = {"event_id": event_id, "reason": reason or "its own"}
                    joined.append({"at": at, "by": who, "origin": teller.origin} | why)
    if moved:
        moving = update(tables.telling).where(columns.num == bindparam("moved")).values(event_id=bindparam("into"))
        connection.execute(moving, moved)
        connection.execute(tables.joined.insert(), joined)


def _counted(keys: Iterable[str]) -> dict[str, int]:
    counted: dict[str, int] = defaultdict(int)
    for key in keys:
        counted[key] += 1
    return counted


def _named(connection: Connection, nums: Sequence[int]) -> dict[int, frozenset[str]]:
    """The persons of tellings, each by the spelling that stands for them."""
    found: dict[int, set[str]] = defaultdict(set)
    columns, persons = tables.party.c, tables.person.c
    asked: Any = select(columns.num, persons.same_as).join(
        tables.person, (persons.id == columns.entity) & (persons.polity == func.coalesce(columns.who, ""))
    )
    for at in range(0, len(nums), ASKED):
        for num, one in connection.execute(asked.where(columns.num.in_(nums[at : at + ASKED]))):
            found[num].add(one)
    return {num: frozenset(ones) for num, ones in found.items()}


def wished(connection: Connection) -> list[Wish]:
    """The reviewers' words on what is one event, undone ones left out, the latest last."""
    columns = tables.decision.c
    undone = select(columns.undoes).where(columns.undoes.is_not(None))
    asked = (
        select(columns.origin, columns.value, columns.action)
        .where(columns.action.in_(("merge", "split")), columns.id.not_in(undone))
        .order_by(columns.id)
    )
    return [
        Wish(origin, value or "", action == "merge") for origin, value, action in connection.execute(asked).tuples()
    ]
