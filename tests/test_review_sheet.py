"""Sheets: reviewed CSV comes back as decisions, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console
from sqlalchemy import func, select

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.examples import BRIEF
from dragoman.export import export
from dragoman.record import Record, add, tables
from dragoman.record.questions import EventFilter, events
from dragoman.record.review import Reviewer
from dragoman.record.review.sheet import take
from dragoman.record.review.walk import Walk

DRAFTS = (
    Draft("Peru recognised Kosovo on Friday.", "2008-02-25", outlet="AP"),
    Draft(BRIEF.read_text(encoding="utf-8"), "2022-07-26", outlet="TOLOnews"),
)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(read_all(DRAFTS))


@pytest.fixture
def filled(record: Record, readings: list[Reading]) -> Record:
    add(record, [(one, f"report {at}") for at, one in enumerate(readings)])
    return record


def sheet(record: Record, path: Path) -> tuple[list[str], list[dict[str, str]]]:
    export(record, "sheet", path)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def write(path: Path, head: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, head)
        writer.writeheader()
        writer.writerows(rows)


def decisions(record: Record) -> int:
    with record.asking() as connection:
        return connection.scalar(select(func.count()).select_from(tables.decision)) or 0


def test_a_sheet_that_nobody_touched_decides_nothing(filled: Record, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    _, rows = sheet(filled, path)
    assert take(Reviewer(filled, "Ada"), path).rows == len(rows) > 10
    assert decisions(filled) == 0


def test_cells_that_were_changed_become_corrections(filled: Record, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    head, rows = sheet(filled, path)
    recognition = next(row for row in rows if row["kind"] == "recognition")
    recognition |= {"actors": "Chile", "day": "2008-02-20", "place": "Lima", "decision": "accept", "note": "so it was"}
    other = next(row for row in rows if row["kind"] == "outreach")
    other["decision"] = "reject"
    write(path, head, rows)
    taken = take(Reviewer(filled, "Ada"), path)
    assert (taken.judged, taken.corrected, taken.notes) == (2, 3, 0)
    (found,) = events(filled, EventFilter(kinds=("recognition",))).events
    assert (found.actors[0].who, found.day, found.day_to, found.place) == ("CHL", "2008-02-20", "2008-02-20", "Lima")
    assert not events(filled, EventFilter(kinds=("outreach",))).events


def test_bad_rows_are_named_by_line_and_nothing_is_kept(filled: Record, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    head, rows = sheet(filled, path)
    rows[0]["decision"] = "accept"
    rows[1]["kind"] = "recognised"
    rows[3]["decision"] = "perhaps"
    rows[4]["event_id"] = "nothing"
    write(path, head, rows)
    with pytest.raises(BadInput, match=r"line \d+: 'recognised' is no kind.*line \d+: decision 'perhaps'") as raised:
        take(Reviewer(filled, "Ada"), path)
    assert "\n" not in str(raised.value)
    assert decisions(filled) == 0


def test_a_row_whose_event_changed_since_is_refused(filled: Record, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    head, rows = sheet(filled, path)
    Reviewer(filled, "Bob").correct(rows[0]["event_id"], "place", "Lima")
    rows[0]["decision"] = "reject"
    write(path, head, rows)
    with pytest.raises(BadInput, match="has changed since"):
        take(Reviewer(filled, "Ada"), path)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    content=st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: ("event_id,added_at\n" + text).encode("utf-8", "replace"))
)
def test_any_file_is_a_sheet_or_named_in_one_line(filled: Record, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        assert take(Reviewer(filled, "Ada"), path).judged == 0
    except BadInput as error:
        assert "any.csv" in str(error)
    assert decisions(filled) == 0


def test_a_person_can_walk_through_what_is_in_doubt(filled: Record) -> None:
    doubtful = [one.id for one in events(filled, EventFilter(sure=False)).events]
    assert len(doubtful) >= 3
    said: Iterator[str] = iter(["x", "c", "place", "Kabul", "a", "u", "r", "not told", "n", "look again", "k", "q"])

    def ask(question: str) -> str:
        return next(said)

    out = StringIO()
    decided = Walk(Reviewer(filled, "Ada"), EventFilter(), Console(file=out, width=80), ask).go()
    assert decided == 5
    assert "is none of" in out.getvalue()
    assert next(said, None) is None
    (rejected,) = events(filled, EventFilter(verdict="reject")).events
    assert rejected.id in doubtful
