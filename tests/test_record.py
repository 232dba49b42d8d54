"""The record: an append-only ledger, an index that can be made anew, and one outcome whatever the order of arrival."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from typer.testing import CliRunner

from dragoman import BadInput, Draft, Reading, read, read_all
from dragoman.cli import app
from dragoman.examples import BRIEF
from dragoman.intake import Taken, collect
from dragoman.record import Record, add, rebuild, tables
from dragoman.record.bulk import left_out
from dragoman.record.diff import compare
from dragoman.record.ledger import broken
from dragoman.record.merging import Teller, Wish, gather, stretches
from dragoman.record.persons import Person, clusters, heads
from dragoman.record.verify import verify

Readings = list[tuple[Reading, str]]
CASES = Path(__file__).parent / "cases" / "record"
SPELLED = [
    "Taliban acting foreign minister Amir Khan Muttaqi met Chinese foreign minister Wang Yi in Kabul on Thursday.",
    "Chinese foreign minister Wang Yi held talks with Taliban acting foreign minister Ameer Khan Mottaki on Thursday.",
    "Taliban acting foreign minister Amir Khan Muttaqi did not meet Chinese foreign minister Wang Yi on Thursday.",
    "Chinese foreign minister Wang Yi met Taliban acting foreign minister Amir Khan Muttaqi in Kandahar on Friday.",
]


@pytest.fixture(scope="module")
def readings() -> Readings:
    taken = [one for one in collect([str(CASES / "reports.jsonl")]) if isinstance(one, Taken)]
    drafts = [Draft(BRIEF.read_bytes(), "2022-07-26"), *(Draft.of(one) for one in taken)]
    drafts += [Draft(said, "2022-03-26", outlet=f"Outlet {at}") for at, said in enumerate(SPELLED)]
    return [(reading, f"report {at}") for at, reading in enumerate(read_all(drafts))]


def newer(readings: Readings) -> Readings:
    """The same readings by a newer lexicon, which read no withdrawal, and every meeting as talks."""
    made = []
    for reading, origin in readings:
        by = msgspec.structs.replace(reading.made_by, lexicon="newer")
        events = tuple(
            msgspec.structs.replace(one, kind="talks") if one.kind == "meeting" else one
            for one in reading.events
            if one.kind != "withdraw-recognition"
        )
        made.append((msgspec.structs.replace(reading, made_by=by, events=events), origin))
    return made


def index_of(record: Record, but: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    with record.asking() as connection:
        return {
            table.name: [
                tuple(row)
                for row in connection.execute(
                    select(*(column for column in table.c if column.name not in but)).order_by(*table.primary_key)
                )
            ]
            for table in tables.INDEX
        }


def events_of(record: Record) -> dict[str, set[str]]:
    """The origins of each event."""
    found: dict[str, set[str]] = {}
    with record.asking() as connection:
        for row in connection.execute(select(tables.telling).where(tables.telling.c.superseded_at.is_(None))):
            found.setdefault(row.event_id, set()).add(row.origin)
    return found


# -- the ledger


def test_what_is_there_already_is_not_added_again(record: Record, readings: Readings) -> None:
    first = add(record, readings)
    before = index_of(record)
    second = add(record, readings)
    assert (first.reports, first.skipped) == (len(readings), 0)
    assert (second.reports, second.readings, second.skipped) == (0, 0, len(readings))
    assert index_of(record) == before


@pytest.mark.parametrize("table", tables.LEDGER, ids=lambda table: table.name)
def test_no_row_of_the_ledger_can_be_changed_or_deleted(record: Record, readings: Readings, table: Any) -> None:
    add(record, readings)
    with record.writing() as connection:
        if connection.execute(select(table)).first() is None:
            fake = {column.name: column.type.python_type() for column in table.c if not column.nullable}
            connection.execute(insert(table), [fake])
    column = next(iter(table.c))
    for change in (update(table).values({column.name: column}), delete(table)):
        with pytest.raises(BadInput, match="append-only"), record.writing() as connection:
            connection.execute(change)


def test_a_row_that_is_changed_behind_its_back_breaks_the_chain(tmp_path: Path, readings: Readings) -> None:
    record = Record(tmp_path / "dragoman.db", create=True)
    add(record, readings[:3])
    add(record, readings[3:6])
    assert not verify(record).faults
    changes = [
        "UPDATE report SET outlet = 'Another' WHERE id = (SELECT id FROM report LIMIT 1)",
        "DELETE FROM reading WHERE id = 2",
        "UPDATE seal SET \"by\" = 'somebody else' WHERE id = 1",
        "DELETE FROM seal WHERE id = 2",
    ]
    for change in changes:
        with record.engine.connect() as connection, connection.begin() as trial:
            for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
            connection.execute(text(change))
            assert list(broken(connection)), change
            trial.rollback()
    assert not verify(record).faults
    record.close()


def test_every_span_is_rechecked_against_the_stored_text(record: Record, readings: Readings) -> None:
    reading, origin = readings[0]
    event = reading.events[1]
    moved = msgspec.structs.replace(event.evidence[0], start=event.evidence[0].start + 1)
    wrong = msgspec.structs.replace(event, evidence=(moved, *event.evidence[1:]))
    events = tuple(wrong if one is event else one for one in reading.events)
    add(record, [(msgspec.structs.replace(reading, events=events), origin)])
    found = verify(record)
    assert found.spans > 200
    assert len(found.faults) == 1
    assert "evidence" in found.faults[0]


# -- readings anew


def test_a_newer_reading_supersedes_and_the_older_one_stays(record: Record, readings: Readings) -> None:
    add(record, readings)
    before = events_of(record)
    again = add(record, newer(readings))
    assert (again.reports, again.readings, again.skipped) == (0, len(readings), 0)
    after = events_of(record)
    origins = {origin for of in before.values() for origin in of}
    left = {origin for of in after.values() for origin in of}
    assert left < origins, "tellings keep their origins, whatever kind they are now"
    with record.asking() as connection:
        assert len(connection.execute(select(tables.reading)).all()) == 2 * len(readings)
        told = {one.what for each in compare(connection) for one in each.changed}
        fields = {name for each in compare(connection) for one in each.changed for name in one.fields}
    assert told == {"gone", "changed"}
    assert fields == {"kind"}
    assert not verify(record).faults


def test_the_index_made_anew_is_the_same(record: Record, readings: Readings) -> None:
    add(record, readings[:9])
    add(record, newer(readings[:4]))
    add(record, readings[9:])
    before = index_of(record)
    with record.asking() as connection:
        seals = connection.execute(select(tables.seal)).all()
    rebuild(record)
    assert index_of(record) == before
    with record.asking() as connection:
        assert connection.execute(select(tables.seal)).all() == seals, "nothing new is to be told"


@given(
    told=st.lists(
        st.tuples(
            st.sampled_from(["recognition", "meeting", "visit", "threat"]),
            st.integers(0, 40),
            st.sampled_from([0, 0, 0, 2, 400]),
            st.sampled_from(["told", "told", "published", "unknown"]),
            st.sampled_from(["a", "b", "c", "d"]),
            st.sampled_from([None, None, "AFG", "PER"]),
            st.sampled_from([{}, {}, {"AFG": frozenset({"x"})}, {"AFG": frozenset({"y"})}]),
        ),
        max_size=25,
    )
)
def test_stretches_of_time_are_gathered_as_the_whole_is(told: list[Any]) -> None:
    first = date(2020, 1, 1)
    tellers = [
        Teller(
            num=at,
            origin=f"{at:012}",
            key=f"{kind}|done",
            kind=kind,
            report_id=report,
            day=str(first + timedelta(day)) if dated != "unknown" else "",
            day_to=str(first + timedelta(day + more)) if dated != "unknown" else "",
            dated=dated,
            country=country,
            persons=persons,
        )
        for at, (kind, day, more, dated, report, country, persons) in enumerate(told)
    ]
    cut = [event for run in stretches(sorted(tellers, key=lambda one: (one.key, one.day))) for event in gather(run)]
    assert sorted(cut, key=lambda one: one[0]) == sorted(gather(tellers), key=lambda one: one[0])


# -- many reports, one event


def test_one_meeting_in_many_words_is_one_event_with_its_disagreements(record: Record, readings: Readings) -> None:
    add(record, readings[-len(SPELLED) :])
    with record.asking() as connection:
        told = connection.execute(select(tables.telling)).all()
        spelled = connection.execute(select(tables.person).where(tables.person.c.reason.is_not(None))).all()
    assert len(told) == 4
    assert len({row.event_id for row in told}) == 1
    assert len({row.source for row in told}) == 4
    assert {row.polarity for row in told} == {"affirmed", "denied"}
    assert {row.day for row in told} == {"2022-03-24", "2022-03-25"}
    assert {row.place for row in told} >= {"Kabul", "Kandahar"}
    assert [row.reason for row in spelled] == ["the same name, spelled in another way"]


def test_copies_are_one_source(record: Record, readings: Readings) -> None:
    add(record, readings)
    with record.asking() as connection:
        counted = Counter(connection.scalars(select(tables.syndication.c.source)))
        pairs = connection.execute(select(tables.copy)).all()
    assert sorted(counted.values())[-2:] == [1, 2]
    assert len(pairs) == 1


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(19)), cut=st.integers(1, 6))
def test_the_order_of_arrival_does_not_matter(
    order: list[int], cut: int, readings: Readings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert len(readings) == len(order)
    folder = tmp_path_factory.mktemp("order")
    one, other = Record(folder / "one.db", create=True), Record(folder / "other.db", create=True)
    try:
        add(one, readings)
        for at in range(0, len(order), cut):
            add(other, [readings[place] for place in order[at : at + cut]])
        assert events_of(one) == events_of(other)
        for table in ("person", "syndication", "entity"):
            assert index_of(one)[table] == index_of(other)[table]
        steps = [Counter(row[2:-2] for row in index_of(record, ("added_at",))["step"]) for record in (one, other)]
        assert steps[0] == steps[1]
    finally:
        one.close()
        other.close()


DAYS = st.integers(1, 20).map(lambda day: f"2022-07-{day:02}")
TELLERS = st.lists(
    st.builds(
        Teller,
        num=st.just(0),
        origin=st.uuids().map(lambda one: one.hex[:12]),
        key=st.sampled_from(["meeting|done|A|B", "recognition|done|A|>|B"]),
        kind=st.just("meeting"),
        report_id=st.sampled_from("abcdef"),
        day=DAYS,
        day_to=st.just(""),
        dated=st.sampled_from(["told", "published", "said"]),
        country=st.sampled_from([None, "QAT", "CHN"]),
        persons=st.dictionaries(st.sampled_from("AB"), st.frozensets(st.sampled_from("xyz"), min_size=1, max_size=2)),
    ),
    max_size=9,
    unique_by=lambda one: one.origin,
)


@given(tellers=TELLERS, data=st.data())
def test_gathering_depends_on_what_is_told_alone(tellers: list[Teller], data: st.DataObject) -> None:
    origins = [one.origin for one in tellers]
    pairs = st.tuples(st.sampled_from(origins), st.sampled_from(origins)) if origins else st.nothing()
    wishes = (
        [
            Wish(one, other, together)
            for one, other, together in data.draw(
                st.lists(st.tuples(pairs, st.booleans()).map(lambda x: (*x[0], x[1])), max_size=2)
            )
            if one != other
        ]
        if origins
        else []
    )
    shuffled = data.draw(st.permutations(tellers))

    def gathered(given: list[Teller]) -> set[tuple[str, frozenset[str]]]:
        return {(id, frozenset(one.origin for one, _ in members)) for id, members in gather(given, wishes)}

    found = gathered(tellers)
    assert gathered(shuffled) == found
    assert sorted(origin for _, members in found for origin in members) == sorted(origins)
    assert all(id in members for id, members in found)


def teller(origin: str, day: str, **known: Any) -> Teller:
    whole: dict[str, Any] = {
        "num": 0,
        "key": "k",
        "kind": "meeting",
        "report_id": origin,
        "day_to": day,
        "dated": "told",
    }
    return Teller(origin=origin, day=day, **(whole | known))


@pytest.mark.parametrize(
    ("tellers", "number"),
    [
        ([teller("a", "2022-07-01"), teller("b", "2022-07-02")], 1),
        (
            [teller(one, f"2022-07-{day:02}") for day, one in enumerate("abc", 1)],
            2,
        ),  # an event does not creep along a series
        ([teller("a", "2022-07-01"), teller("b", "2022-07-03")], 2),
        ([teller("a", "2022-07-01"), teller("b", "2022-07-03", dated="published")], 1),
        ([teller("a", "2022-07-01"), teller("b", "2022-07-02", report_id="a")], 2),  # one report tells them apart
        ([teller("a", "2022-07-01", country="QAT"), teller("b", "2022-07-01", country="CHN")], 2),
        (
            [
                teller("a", "2022-07-01", country="QAT", persons={"A": frozenset("x")}),
                teller("b", "2022-07-01", country="CHN", persons={"A": frozenset("x")}),
            ],
            1,
        ),
        (
            [
                teller("a", "2022-07-01", persons={"A": frozenset("x"), "B": frozenset("z")}),
                teller("b", "2022-07-01", persons={"A": frozenset("y"), "B": frozenset("z")}),
            ],
            2,
        ),
        ([teller("a", "2022-07-01"), teller("b", "2022-01-01", day_to="2022-12-31")], 2),
        (
            [
                teller("a", "2025-07-03", kind="recognition"),
                teller("b", "2026-01-01", kind="recognition", dated="published"),
            ],
            1,
        ),
    ],
)
def test_what_is_gathered(tellers: list[Teller], number: int) -> None:
    assert len(list(gather(tellers))) == number


NAMES = st.sampled_from(
    """Amir Khan Muttaqi|Ameer Khan Mottaki|Muttaqi|Amir Muttaqi|Khan|Wang Yi|Sergei Lavrov|Sergey Lavrov|Lavrov
    Mohammad Hassan Akhund|Mohammed Hasan Akhund|Hassan""".replace("\n    ", "|").split("|")
)


@given(st.lists(NAMES, unique=True), st.randoms())
def test_persons_are_gathered_in_whatever_order_they_come(names: list[str], random: Any) -> None:
    persons = [Person(name.lower(), "AFG", name) for name in names]
    shuffled = [*persons]
    random.shuffle(shuffled)
    assert dict(heads(clusters(persons))) == dict(heads(clusters(shuffled)))


def test_reviewers_split_and_join_persons() -> None:
    persons = [Person(name, "RUS", name) for name in ("Sergei Lavrov", "Sergey Lavrov", "S. V. Minister")]
    pair = frozenset({"Sergei Lavrov", "Sergey Lavrov"})
    assert len(clusters(persons)) == 2
    assert len(clusters(persons, apart=frozenset({pair}))) == 3
    other = frozenset({"Sergei Lavrov", "S. V. Minister"})
    assert len(clusters(persons, together=frozenset({other}))) == 1


# -- the commands


def run(*arguments: object, given: str | None = None) -> Any:
    return CliRunner().invoke(app, list(map(str, arguments)), input=given, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "reports"
    place.mkdir()
    (place / "2022-03-26.txt").write_text(SPELLED[0], encoding="utf-8")
    (place / "broken.jsonl").write_text('{"text": "Peru recognised Koso', encoding="utf-8")
    (place / "empty.txt").write_text("", encoding="utf-8")
    yield place


def test_a_folder_is_added_and_the_bad_ones_are_named(folder: Path, where: str) -> None:
    answer = run("add", folder, "--record", where)
    assert answer.exit_code == 3
    assert answer.stdout == f"1 report read into {where}, 1 event told; 2 refused\n"
    assert [Path(line.split(": ")[1].split(":")[0]).name for line in answer.stderr.splitlines()] == [
        "broken.jsonl",
        "empty.txt",
    ]
    again = run("add", folder, "--record", where)
    assert again.stdout == f"0 reports read into {where}, 0 events told; 1 skipped that are there already; 2 refused\n"


def test_standard_input_is_added_with_the_day_that_is_given(tmp_path: Path) -> None:
    where = tmp_path / "dragoman.db"
    answer = run("add", "-", "--published", "2022-03-26", "--record", where, given=SPELLED[0])
    assert answer.exit_code == 0
    record = Record(where)
    with record.asking() as connection:
        assert connection.scalars(select(tables.telling.c.day)).all() == ["2022-03-24"]
    record.close()


def test_a_report_that_tells_no_act_is_parsed_only_with_all(tmp_path: Path) -> None:
    file = tmp_path / "2022-03-26.txt"
    file.write_text("The weather was fine, said the mayor of a small town by the sea.", encoding="utf-8")
    for where, options in ((tmp_path / "some.db", []), (tmp_path / "all.db", ["--all"])):
        assert run("add", file, *options, "--record", where).exit_code == 0
        record = Record(where)
        with record.asking() as connection:
            claims = connection.scalars(select(tables.claim.c.quote)).all()
        record.close()
        assert bool(claims) == bool(options)


def test_the_commands_of_a_record(tmp_path: Path, readings: Readings) -> None:
    where = tmp_path / "dragoman.db"
    record = Record(where, create=True)
    add(record, newer(readings[:2]))
    record.close()
    assert run("add", "--again", "--record", where).stdout.startswith("2 reports read")
    assert "0 reports read" in run("add", "--again", "--record", where).stdout
    assert "talks → meeting" in run("diff", "--record", where).stdout
    lines = [json.loads(line) for line in run("diff", "--format", "json", "--record", where).stdout.splitlines()]
    assert sorted(bool(line["changed"]) for line in lines) == [False, True]
    assert run("verify", "--record", where).exit_code == 0
    assert run("rebuild", "--record", where).exit_code == 0


def test_add_without_a_place_gets_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        run("add", "--record", tmp_path / "dragoman.db")
    with pytest.raises(BadInput, match="no such file"):
        run("add", tmp_path, tmp_path / "nothing", "--record", tmp_path / "dragoman.db")
    assert not list(tmp_path.iterdir())


def test_a_report_with_characters_that_no_database_holds_is_kept(record: Record) -> None:
    reading = read("Ghana recognised Kosovo on Monday.\n\nPeru\0 was \ud800 next.", "2008-02-26")
    assert add(record, [(reading, "here")]).events == len(reading.events) > 0
    assert "mojibake" in [finding.kind for finding in reading.findings]


# -- older records


def test_an_older_record_gets_the_indexes_that_it_lacks(tmp_path: Path) -> None:
    where = tmp_path / "dragoman.db"
    made = Record(where, create=True)
    with made.asking() as connection:
        wanted = set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'index'")))
    made.close()
    with sqlite3.connect(where) as older:
        older.execute("DROP INDEX telling_unsure")
        older.execute("DROP INDEX report_added")
        older.execute("UPDATE alembic_version SET version_num = '0003'")
    older.close()
    opened = Record(where)
    with opened.asking() as connection:
        assert set(connection.scalars(text("SELECT sql FROM sqlite_master WHERE type = 'index'"))) == wanted
        assert left_out(connection) == []
    opened.close()
