"""Datelines: place, day and agency at the head of a report, and what is said where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman import read
from dragoman.text import dateless_finding, dateline


@pytest.mark.parametrize(
    ("text", "place", "when", "date", "agency"),
    [
        ("KABUL, July 25 (Reuters) – The Taliban said", "KABUL", "July 25", None, "Reuters"),
        ("A title\nJuly 02, 2008\nThe office on June 18 called", None, "July 02, 2008", "2008-07-02", None),
        ("A title\n\nWashington, DC\n\nThe Secretary", "Washington, DC", None, None, None),
        ("PRISTINA (AP) — Kosovo said", "PRISTINA", None, None, "AP"),
        ("MOSCOW, February 3. /TASS/. Russia said", "MOSCOW", "February 3", None, "TASS"),
        ("BEIJING, Feb. 3 (Xinhua) -- China said", "BEIJING", "Feb. 3", None, "Xinhua"),
        ("Kabul, 25 July 2022 – The envoy", "Kabul", "25 July 2022", "2022-07-25", None),
        ("Published: Monday, July 25, 2022 10:30 AM GMT\nText", None, "Monday, July 25, 2022", "2022-07-25", None),
        ("Last updated on 26/07/2022\nText", None, "26/07/2022", "2022-07-26", None),
        ("By A. Writer\nHEMPSTEAD, N.Y., Sept. 26 (UPI) — A", "HEMPSTEAD, N.Y.", "Sept. 26", None, "UPI"),
        ("PARIS/BERLIN, March 3, 2021 (AFP) – A", "PARIS/BERLIN", "March 3, 2021", "2021-03-03", "AFP"),
        ("2022-07-25T10:00:00Z\nText", None, "2022-07-25T10:00:00Z", "2022-07-25", None),
    ],
)
def test_datelines(text: str, place: str | None, when: str | None, date: str | None, agency: str | None) -> None:
    line = dateline(text)
    assert line is not None
    assert (line.place, line.when, line.date, line.agency) == (place, when, date, agency)
    assert (place or when or "") in text[line.start : line.end]


@pytest.mark.parametrize(
    "text",
    [
        "On 25 July 2022 the minister said so.",
        "QUESTION: What is it?",
        "SECRETARY BLINKEN: Yes.",
        "The Taliban - who took Kabul - said",
        "Published on 03/04/2022 or thereabouts in prose",
        "U.S.-German cooperation is",
        "February 31, 2022 is no day - it",
    ],
)
def test_prose_is_no_dateline(text: str) -> None:
    line = dateline(text)
    assert line is None or line.date is None


def test_a_day_that_two_orders_allow_is_not_guessed() -> None:
    line = dateline("Published: 03/04/2022\nText")
    assert line is not None and line.when == "03/04/2022" and line.date is None


def test_without_a_date_the_finding_says_what_relative_dates_rest_on() -> None:
    text = "The minister met the envoy on Sunday."
    given_one, none = dateless_finding(text, "2022-07-26"), dateless_finding(text, None)
    assert given_one is not None and none is not None
    assert (given_one.kind, given_one.figures) == ("dateless", {"published": "2022-07-26"})
    assert "2022-07-26" in given_one.why
    assert (none.kind, none.verdict) == ("dateless", "unresolved")


def test_a_dateline_settles_it() -> None:
    assert dateless_finding("A title\nJuly 02, 2008\nText.", None) is None
    lacking = dateless_finding("KABUL, July 25 (Reuters) – Text.", None)
    assert lacking is not None and "no year" in lacking.why and lacking.quote.startswith("KABUL")
    assert dateless_finding("KABUL, July 25 (Reuters) – Text.", "2022-07-26") is None


@given(st.text(alphabet=st.sampled_from("KABULjuly 25,()—-–:2022\n/."), max_size=80))
def test_any_head_keeps_its_offsets(text: str) -> None:
    line = dateline(text)
    if line:
        words = text[line.start : line.end]
        assert 0 <= line.start < line.end <= len(text) and words == words.rstrip()
        assert line.when is None or line.when in words


@pytest.mark.parametrize(
    "line",
    [
        "PRISTINA, Aug 3 (AP) - ",
        "ANKARA, Turkey (AP) — ",
        "Taipei, Aug. 3 (CNA) ",
        "MOSCOW, August 3. /TASS/. ",
        "UNITED NATIONS – ",
        "Abu Dhabi, 3 August 2023 (WAM) -- ",
    ],
)
def test_a_dateline_is_a_passage_and_its_place_does_nothing(line: str) -> None:
    reading = read(f"{line}Ghana's president met Chad's foreign minister.", "2023-08-03")
    assert [one.kind for one in reading.passages] == ["dateline", "body"]
    (meeting,) = reading.events
    assert [one.for_ for one in (*meeting.actors, *meeting.targets)] == ["GHA", "TCD"]


@pytest.mark.parametrize(
    "text",
    ["Ghana's president - a friend of Chad - left.", "John Smith (CNN): I met him.", "U.S.-China talks - no deal."],
)
def test_what_only_looks_like_a_dateline_stays_in_its_sentence(text: str) -> None:
    assert [one.kind for one in read(text).passages] == ["body"]
