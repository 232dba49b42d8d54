"""Standing over many reports: by hand count, on SQLite and PostgreSQL alike, and pair by pair."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, select
from typer.testing import CliRunner

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.cli import app
from dragoman.examples import BRIEF
from dragoman.intake import Taken, collect
from dragoman.record import Record, add, tables
from dragoman.record.standing.ask import Known, following, histories, pairs
from dragoman.record.standing.beside import beside
from dragoman.record.standing.changes import Change, changes
from dragoman.record.standing.history import by
from dragoman.record.standing.lines import Standing, standings
from dragoman.record.standing.pair import Row, pair

CASES = Path(__file__).parent / "cases" / "record"
COUNTED: list[dict[str, Any]] = yaml.load((CASES / "standing.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="module")
def readings() -> list[tuple[Reading, str]]:
    taken = [one for one in collect([str(CASES / "reports.jsonl")]) if isinstance(one, Taken)]
    drafts = [Draft(BRIEF.read_bytes(), "2022-07-26"), *(Draft.of(one) for one in taken)]
    return [(reading, f"report {at}") for at, reading in enumerate(read_all(drafts))]


@pytest.fixture
def filled(record: Record, readings: list[tuple[Reading, str]]) -> Record:
    add(record, readings)
    return record


def standing(record: Record, toward: str, as_of: str, **known: Any) -> dict[str, Standing]:
    with record.asking() as connection:
        found = pairs(connection, Known(as_of, **known), toward=[toward])
        return {one.holder: one for one in standings(connection, found)}


def counted(one: Standing) -> dict[str, Any]:
    """What the hand count says of a pair."""
    told: dict[str, Any] = {}
    for name in ("recognition", "representation"):
        side = getattr(one, name)
        if side.basis:
            told[name] = [side.level, side.basis]
            if side.basis == "claim" and side.on_facts not in ("silent", "none known"):
                told["as_fact"] = side.on_facts
    told |= {"expected": [ahead.level for ahead in one.expected]} if one.expected else {}
    return told | ({"flags": list(one.flags)} if one.flags else {})


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: f"{case['toward']} {case['as_of']}")
def test_standing_is_that_of_the_hand_count(filled: Record, case: dict[str, Any]) -> None:
    bodies = {"any country", "any government"}
    found = standing(filled, case["toward"], case["as_of"])
    told = {holder: counted(one) for holder, one in found.items() if one.holder_name not in bodies}
    assert told == case["holders"]


def test_every_level_names_its_evidence_and_on_whose_word(filled: Record) -> None:
    found = standing(filled, "taliban", "2025-07-31")
    assert found["PAK"].representation.on_word_of == ("Faran Jeffrey",)
    assert "examples set by Pakistan" in found["PAK"].representation.evidence[0].quote
    assert [source.said_by for source in found["MYS"].refusals] == ["Mohamad Hasan", "Saifuddin Abdullah"]
    assert [source.said_by for source in found["TUR"].expected[0].against] == ["Turkey"]
    for one in found.values():
        for side in (one.recognition, one.representation):
            assert bool(side.evidence) == (side.basis is not None)


def test_many_tellings_of_one_recognition_are_one_event(filled: Record) -> None:
    russia = standing(filled, "taliban", "2025-07-31")["RUS"]
    assert russia.recognition.told == 3
    assert len({source.event for source in russia.recognition.evidence}) == 1


def test_what_was_not_known_by_a_day_is_left_out(filled: Record) -> None:
    assert not standing(filled, "taliban", "2025-07-31", read_by="2022-07-26")
    published = standing(filled, "taliban", "2025-07-31", published_by="2024-01-31")
    assert published["CHN"].representation.level == "ambassador"
    assert "RUS" in published
    assert published["RUS"].recognition.level == "silent"


def test_a_rejected_telling_stands_for_nothing(filled: Record) -> None:
    from sqlalchemy import update

    from dragoman.record import tables

    with filled.writing() as connection:
        connection.execute(
            update(tables.telling).where(tables.telling.c.kind == "hand-over-mission").values(verdict="reject")
        )
    assert "UZB" not in standing(filled, "taliban", "2025-07-31")


def test_what_is_told_of_a_claimed_country_is_said_beside_but_not_counted(record: Record) -> None:
    said = ["Norway opened an embassy in Kabul.", "Qatar met the Taliban."]
    said += ["Peru recognised Juan Guaidó as president."]
    add(record, [(reading, f"{at}") for at, reading in enumerate(read_all(Draft(one, "2022-03-01") for one in said))])
    assert standing(record, "taliban", "2022-12-31").keys() == {"QAT"}
    assert standing(record, "venezuela-guaido", "2022-12-31").keys() == {"PER"}
    with record.asking() as connection:
        assert beside(connection, Known("2022-12-31"), ["taliban"]) == {"AFG": 1}
        assert beside(connection, Known("2022-12-31"), ["AFG"]) == {"taliban": 1}
        assert beside(connection, Known("2022-12-31"), ["AFG", "taliban"]) == {}
        assert beside(connection, Known("2022-02-01"), ["AFG"]) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Countries that recognise Kosovo met.",
        "Diplomats recognised Kosovo.",
        "Ramush Haradinaj, the former prime minister of Kosovo, flew to The Hague.",
    ],
)
def test_nobody_unnamed_or_out_of_office_holds_a_stance(record: Record, sentence: str) -> None:
    reading = next(iter(read_all([Draft(sentence, "2022-03-01")])))
    assert reading.events
    add(record, [(reading, "a report")])
    assert not standing(record, "XKX", "2022-12-31")


def test_contacts_that_are_alike_can_be_condensed(record: Record) -> None:
    """Of many contacts only the first and the last are taken along; what follows is the same."""
    said = [
        "Turkey's foreign minister met the Taliban's foreign minister in Doha on {}.",
        "Turkey's foreign minister telephoned with the Taliban's foreign minister on {}.",
        "Turkey's foreign minister met the Taliban's foreign minister on {}, an analyst said.",
        "Iran's foreign minister met Bahrain's foreign minister on {}.",
        "Iran severed relations with Bahrain on {}.",
    ]
    drafts = [
        Draft(sentence.format(f"{day} March 2022"), f"2022-03-{day + 1:02}", outlet=f"{day}")
        for day in range(1, 28, 5)
        for sentence in (said if day in (11, 21) else said[:4])
    ]
    add(record, [(reading, f"{at}") for at, reading in enumerate(read_all(drafts))])
    with record.asking() as connection:
        found = histories(connection, Known(""))
        for as_of in ("2022-03-01", "2022-03-11", "2022-03-18", "2022-03-21", "2022-12-31"):
            every = every_step(connection, as_of)
            few = {
                key: [*by(one.stances, as_of), *by(one.ranks, as_of), *one.contacts(as_of)]
                for key, one in found.items()
            }
            assert {key for key, rows in few.items() if rows} == every.keys()
            assert following(found, as_of) == [
                one for one in (pair(*key, few[key]) for key in sorted(few)) if one.told
            ]
            for key in every:
                one, other = (
                    msgspec.structs.replace(
                        found, representation=msgspec.structs.replace(found.representation, tellings=())
                    )
                    for found in (pair(*key, few[key]), pair(*key, every[key]))
                )
                assert one == other
            assert as_of < "2022-03-10" or sum(map(len, few.values())) < sum(map(len, every.values()))
            for since in ("2022-02-01", "2022-03-11", "2022-03-22"):
                turned = list(changes(found, since, as_of))
                assert list(map(bare, turned)) == changed(every, since)
                assert list(changes(found, since, as_of, latest=True)) == turned[::-1]
                assert list(changes(found, since, as_of, at_least="2022-03-15")) == [
                    one for one in turned if one.day >= "2022-03-15"
                ]
        assert [one.day for one in turned if one.holder == "IRN"] == ["2022-03-26"]


def every_step(connection: Connection, as_of: str) -> dict[tuple[str, str], list[Row]]:
    """All steps by a day as the record holds them."""
    found: dict[tuple[str, str], list[Row]] = {}
    for one in connection.execute(select(tables.step).where(tables.step.c.day <= as_of)):
        known = {name: getattr(one, name) for name in Row._fields if name in tables.step.c}
        made = Row(**known, at=date.fromisoformat(one.day).toordinal())
        found.setdefault((one.holder, one.toward), []).append(made)
    return found


def changed(every: dict[tuple[str, str], list[Row]], since: str) -> list[tuple[Any, ...]]:
    """What changed, where each pair is reckoned anew for each of its days."""
    found: list[tuple[Any, ...]] = []
    for key, rows in every.items():
        for day in {row.day for row in rows if row.day > since}:
            before = pair(*key, [row for row in rows if row.day < day])
            after = pair(*key, [row for row in rows if row.day <= day])
            for what in ("recognition", "representation"):
                one, other = getattr(before, what), getattr(after, what)
                if (one.level, one.basis) != (other.level, other.basis):
                    found.append((day, *key, what, one.level, other.level, other.basis))
                ahead = {step.level for step in before.expected if step.axis == what}
                found += [
                    (day, *key, f"{what} expected", other.level, step.level, step.basis)
                    for step in after.expected
                    if step.axis == what and step.level not in ahead
                ]
            for what in ("sanctions", "severed"):
                if bool(getattr(before, what)) != bool(getattr(after, what)):
                    found.append((day, *key, what, *(("no", "yes") if getattr(after, what) else ("yes", "no")), None))
    return sorted(found, key=lambda one: one[:4])


def bare(one: Change) -> tuple[Any, ...]:
    return one.day, one.holder, one.toward, one.what, one.before, one.after, one.basis


# -- one pair


def row(axis: str, level: str, day: str, **more: Any) -> Row:
    from datetime import date

    known: dict[str, Any] = {"way": "up", "held": "held", "implied": False, "claim": False, "num": 1} | more
    return Row(axis=axis, level=level, day=day, at=date.fromisoformat(day).toordinal(), **known)


def rank(level: str, day: str, **more: Any) -> Row:
    return row("representation", level, day, **more)


def stance(level: str, day: str, **more: Any) -> Row:
    return row("recognition", level, day, **more)


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        ([rank("ambassador", "2020-01-01"), rank("contact", "2021-01-01")], "ambassador"),
        ([rank("ambassador", "2020-01-01"), rank("mission", "2021-01-01", way="down")], "mission"),
        ([rank("contact", "2020-01-01"), rank("mission", "2021-01-01", way="down")], "contact"),
        ([rank("ambassador", "2020-01-01"), rank("contact", "2021-01-01", way="severs")], "none known"),
        (
            [
                rank("ambassador", "2020-01-01"),
                rank("contact", "2021-01-01", way="severs"),
                rank("contact", "2022-01-01"),
            ],
            "contact",
        ),
        ([rank("mission", "2020-01-01", held="expected"), rank("mission", "2021-01-01", held="asked")], "none known"),
        ([rank("mission", "2020-01-01", held="denied")], "none known"),
    ],
)
def test_steps_up_and_down_both_count(rows: list[Row], level: str) -> None:
    assert pair("A", "B", rows).representation.level == level


@pytest.mark.parametrize(
    ("rows", "level", "basis"),
    [
        ([stance("refuses", "2020-01-01"), stance("recognises", "2021-01-01")], "recognises", "fact"),
        ([stance("recognises", "2020-01-01"), stance("withdrawn", "2021-01-01")], "withdrawn", "fact"),
        ([stance("recognises", "2020-01-01"), stance("refuses", "2021-01-01")], "disputed", "fact"),
        ([stance("recognises", "2020-01-01"), stance("refuses", "2020-01-01")], "disputed", "fact"),
        ([stance("recognises", "2020-01-01"), stance("refuses", "2021-01-01", claim=True)], "disputed", "claim"),
        ([stance("withdrawn", "2020-01-01"), stance("withdrawn", "2020-02-01", held="denied")], "disputed", "fact"),
        ([stance("recognises", "2020-01-01", claim=True)], "recognises", "claim"),
        ([stance("recognises", "2020-01-01", claim=True), stance("recognises", "2020-02-01")], "recognises", "fact"),
        ([stance("recognises", "2020-01-01", held="asked")], "silent", None),
        ([stance("recognises", "2020-01-01", held="expected")], "silent", None),
    ],
)
def test_recognition_is_the_last_word_unless_words_contradict(rows: list[Row], level: str, basis: str | None) -> None:
    found = pair("A", "B", rows).recognition
    assert (found.level, found.basis) == (level, basis)


def test_relations_are_severed_until_they_are_restored() -> None:
    severed = [rank("ambassador", "2020-01-01"), rank("contact", "2021-01-01", way="severs")]
    assert pair("A", "B", severed).flags == ("severed",)
    assert pair("A", "B", [*severed, rank("contact", "2022-01-01", way="restores")]).flags == ()


def test_what_was_expected_is_expected_until_it_comes() -> None:
    expected = [rank("accepts-diplomats", "2020-01-01", held="expected")]
    assert pair("A", "B", expected).flags == ("expected",)
    assert pair("A", "B", [*expected, rank("ambassador", "2021-01-01")]).flags == ()


@pytest.mark.parametrize(
    "rows",
    [
        [rank("contact", "2020-01-01", held="expected"), rank("contact", "2021-01-01", way="severs")],
        [rank("contact", "2020-01-01", way="severs"), rank("contact", "2020-01-02", way="severs", held="expected")],
        [stance("recognises", "2020-01-01", held="expected"), stance("refuses", "2021-01-01")],
    ],
)
def test_what_came_otherwise_is_expected_no_more(rows: list[Row]) -> None:
    assert not pair("A", "B", rows).expected


def test_a_denial_speaks_of_what_was_told_before_it() -> None:
    denied, met = rank("contact", "2020-01-01", held="denied"), rank("contact", "2020-01-02")
    assert not pair("A", "B", [denied, met]).representation.disputed
    assert pair("A", "B", [met, rank("contact", "2020-01-03", held="denied")]).representation.disputed


@pytest.mark.parametrize(
    ("rows", "level"),
    [
        ([rank("contact", "2020-01-01", way="severs", held="expected")], "severed"),
        (
            [
                rank("mission", "2020-01-01", way="down", held="expected"),
                rank("mission", "2020-01-01", implied=True, held="expected"),
            ],
            "down to mission",
        ),
    ],
)
def test_what_is_expected_to_fall_says_so(rows: list[Row], level: str) -> None:
    assert [ahead.level for ahead in pair("A", "B", rows).expected] == [level]


DAYS = st.integers(1, 28).map(lambda day: f"2020-01-{day:02}")
ROWS = st.lists(
    st.one_of(
        st.builds(
            rank,
            st.sampled_from(["contact", "visits", "mission", "ambassador"]),
            DAYS,
            way=st.sampled_from(["up", "down", "severs", "restores"]),
            held=st.sampled_from(["held", "expected", "denied"]),
            claim=st.booleans(),
            num=st.integers(1, 9),
        ),
        st.builds(
            stance,
            st.sampled_from(["recognises", "refuses", "withdrawn", "conditional"]),
            DAYS,
            held=st.sampled_from(["held", "expected", "asked", "denied"]),
            claim=st.booleans(),
            num=st.integers(1, 9),
        ),
    ),
    max_size=8,
)


@given(ROWS, st.randoms())
def test_the_order_of_steps_does_not_matter(rows: list[Row], random: Any) -> None:
    shuffled = [*rows]
    random.shuffle(shuffled)
    assert pair("A", "B", shuffled) == pair("A", "B", rows)


@given(ROWS)
def test_claims_never_change_what_holds_on_facts(rows: list[Row]) -> None:
    facts = pair("A", "B", [one for one in rows if not one.claim])
    whole = pair("A", "B", rows)
    assert whole.recognition.on_facts == facts.recognition.level
    assert whole.representation.on_facts == facts.representation.level


# -- the command


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory, readings: list[tuple[Reading, str]]) -> Iterator[str]:
    where = str(tmp_path_factory.mktemp("record") / "dragoman.db")
    record = Record(where, create=True)
    add(record, readings)
    record.close()
    yield where


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(app, ["standing", *arguments], catch_exceptions=False)
    assert answer.exit_code == 0
    return answer.stdout


def test_names_aliases_and_codes_are_one(at: str) -> None:
    tables = [
        run(name, "--as-of", "2025-07-31", "--record", at, "--format", "csv")
        for name in ("TALIBAN", "the Taliban", "Islamic Emirate of Afghanistan", "taliban")
    ]
    assert len(set(tables)) == 1
    assert run("Kosovo", "--record", at) == run("XKX", "--record", at)


def test_as_json_and_csv(at: str) -> None:
    lines = [json.loads(line) for line in run("Taliban", "--record", at, "--format", "json").splitlines()]
    rows = list(csv.DictReader(StringIO(run("Taliban", "--record", at, "--format", "csv"))))
    assert [line["holder"] for line in lines] == [row["holder"] for row in rows]
    for line, row in zip(lines, rows, strict=True):
        assert row["recognition_level"] == line["recognition"]["level"]
        assert (
            row["representation_events"].split(";") == [one["event"] for one in line["representation"]["evidence"]]
            or not row["representation_events"]
        )


def test_the_other_way_around(at: str) -> None:
    lines = [json.loads(line) for line in run("--by", "SUR", "--record", at, "--format", "json").splitlines()]
    assert [(line["toward"], line["recognition"]["level"]) for line in lines] == [("XKX", "withdrawn")]


def test_what_changed(at: str) -> None:
    told = run("Taliban", "--since", "2024-02-01", "--as-of", "2025-12-31", "--record", at, "--format", "csv")
    rows = list(csv.DictReader(StringIO(told)))
    assert [(row["day"], row["holder"], row["what"], row["before"], row["after"]) for row in rows] == [
        ("2024-02-19", "UZB", "representation", "none known", "accepts-diplomats"),
        ("2025-07-03", "RUS", "recognition", "silent", "recognises"),
        ("2025-07-18", "USA", "sanctions", "yes", "no"),
    ]
    assert all(row["events"] for row in rows)


def test_the_matrix_has_contested_ones_as_columns(at: str) -> None:
    rows = list(csv.DictReader(StringIO(run("--matrix", "--record", at, "--format", "csv"))))
    cells = {(row["holder"], toward): cell for row in rows for toward, cell in row.items() if toward != "holder"}
    assert cells["RUS", "taliban"] == "recognises / accepts-diplomats?"
    assert cells["SUR", "XKX"] == "withdrawn"
    assert cells["SUR", "taliban"] == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("Nobodia",),
        ("Taliban", "--as-of", "soon"),
        ("Taliban", "--since", "2024-13-01"),
        ("Taliban", "--since", "2024-02-01", "--as-of", "2024-01-01"),
        (),
    ],
)
def test_bad_questions_get_one_line(at: str, arguments: tuple[str, ...]) -> None:
    with pytest.raises(BadInput):
        CliRunner().invoke(app, ["standing", *arguments, "--record", at], catch_exceptions=False)
