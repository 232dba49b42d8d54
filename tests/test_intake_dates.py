"""Dates: which of the ways that tell the day of publication is used, and what conflicts with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.intake.dates import Told, day_of, named_day, published

BARE = "Turkey reopened its embassy in Kabul."
LINED = f"KABUL, July 25, 2022 (Reuters) - {BARE}"
YEARLESS = f"KABUL, July 25 (Reuters) - {BARE}"


@pytest.mark.parametrize(
    "said",
    [
        "2022-07-26",
        "2022-07-26T23:30:00-07:00",
        "2022-07-26 10:00",
        "20220726",
        "2022/07/26",
        "Tue, 26 Jul 2022 10:00:00 GMT",
        "July 26, 2022",
        "26 July 2022, 10:00",
        "26/07/2022",
        "1658836800",
        1658836800,
        1658836800000,
        20220726,
        date(2022, 7, 26),
        datetime(2022, 7, 26, 23),
    ],
)
def test_a_day_is_read_however_it_is_written(said: Any) -> None:
    assert day_of(said) == "2022-07-26"


@pytest.mark.parametrize("said", ["", "yesterday", "07/06/2022", "2022-13-40", "2022", True, -5, 1e300, None])
def test_a_day_is_not_guessed(said: Any) -> None:
    assert day_of(said) is None


@pytest.mark.parametrize(
    ("told", "text", "day", "by", "conflicts"),
    [
        ([("json-ld", "2022-07-26"), ("opengraph", "2022-07-26")], BARE, "2022-07-26", "json-ld", 0),
        ([("opengraph", "2022-07-26"), ("time", "2022-07-27")], BARE, "2022-07-26", "opengraph", 0),
        ([("json-ld", "2022-07-26"), ("metadata", "2021-01-01")], BARE, "2022-07-26", "json-ld", 1),
        ([("json-ld", "nonsense"), ("metadata", "2021-01-01")], BARE, "2021-01-01", "metadata", 1),
        ([("metadata", "2022-07-26")], LINED, "2022-07-26", "metadata", 0),
        ([("metadata", "2022-08-26")], LINED, "2022-08-26", "metadata", 1),
        ([("metadata", "2022-07-20")], LINED, "2022-07-20", "metadata", 1),
        ([("metadata", "2022-07-26")], YEARLESS, "2022-07-26", "metadata", 0),
        ([("metadata", "2022-02-01")], YEARLESS, "2022-02-01", "metadata", 1),
        ([("name", "2022-07-26")], LINED, "2022-07-25", "dateline", 0),
        ([("name", "2022-07-26")], BARE, "2022-07-26", "name", 0),
        ([], YEARLESS, None, None, 0),
        ([], BARE, None, None, 0),
    ],
)
def test_the_surest_way_is_used_and_what_conflicts_is_said(
    told: list[Told], text: str, day: str | None, by: str | None, conflicts: int
) -> None:
    used, used_by, findings = published(told, text)
    assert (used, used_by, len(findings)) == (day, by, conflicts)
    for one in findings:
        assert one.kind == "published" and text[one.start : one.end] == one.quote


def test_a_conflict_names_both_and_points_to_the_dateline() -> None:
    _, _, (finding,) = published([("json-ld", "2022-08-26T10:00:00Z")], LINED)
    assert finding.why == ("The report is dated 2022-08-26 by the page's JSON-LD, but the dateline says 2022-07-25.")
    assert finding.quote.startswith("KABUL, July 25, 2022") and finding.figures["dateline"] == "2022-07-25"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022-07-26-taliban.txt", "2022-07-26"),
        ("kabul_20220726.html", "2022-07-26"),
        ("120220726.txt", None),
        ("x", None),
    ],
)
def test_the_day_in_a_name(name: str, day: str | None) -> None:
    assert named_day(name) == day


@given(st.lists(st.tuples(st.sampled_from(["json-ld", "feed", "column", "name"]), st.text(max_size=40))), st.text())
def test_any_words_give_a_real_day_or_none(told: list[Any], text: str) -> None:
    day, by, findings = published(told, text)
    assert (day is None) == (by is None)
    assert day is None or date.fromisoformat(day)
    assert all(text[one.start : one.end] == one.quote for one in findings)
