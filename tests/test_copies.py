"""Copies: which reports are one source, and that bands find all that a comparison of every two finds."""

from __future__ import annotations

import gzip
import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.examples import BRIEF
from dragoman.record.copies import BANDS, LIKE, bands, copies_among, likeness, nearest, shingles

RELEASES = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "state-releases-2021.jsonl.gz"
STORY = BRIEF.read_text(encoding="utf-8")
GREETING = (
    "On behalf of the Government of the United States of America, I congratulate the people of {} on their national "
    "day. {} We look forward to working together in the years ahead. I wish the people of {} a happy day."
)


def test_an_edited_text_is_a_copy() -> None:
    words = STORY.split(" ")
    edited = " ".join("other" if at % 30 == 7 else word for at, word in enumerate(words))
    (pair,) = copies_among([("first", STORY), ("edited", edited)])
    assert pair[:2] == ("edited", "first")
    assert LIKE <= pair[2] < 1


def test_a_form_filled_anew_is_no_copy() -> None:
    togo = GREETING.format(
        "Togo", "Our troops train side by side, and our farmers share what they know of soil.", "Togo"
    )
    fiji = GREETING.format(
        "Fiji", "Fiji leads in talks on the oceans, and its nurses serve all over the world.", "Fiji"
    )
    assert list(copies_among([("togo", togo), ("fiji", fiji)])) == []


def test_order_and_spacing_of_reports_do_not_matter() -> None:
    assert bands(STORY) == bands("  ".join(STORY.upper().split()))
    assert nearest(STORY, ["x", "y"], {"x": STORY.replace("\n", " "), "y": "Rain in Togo."}.__getitem__) == [
        ("x", 1.0)
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts(one: str, other: str) -> None:
    assert len(set(bands(one))) == BANDS
    assert all(0 <= band < 1 << 63 for band in bands(one))
    assert likeness(shingles(one), shingles(other)) == likeness(shingles(other), shingles(one))
    assert [pair[2] for pair in copies_among([("one", one), ("same", one)])] == [1.0]


def test_bands_find_what_comparing_every_two_finds() -> None:
    if not RELEASES.is_file():
        pytest.skip(f"no releases at {RELEASES}")
    with gzip.open(RELEASES, "rt", encoding="utf-8") as lines:
        texts = {row["id"]: row["text"] for row in map(json.loads, lines) if len(row["text"]) < 3000}
    shingled = {id: shingles(text) for id, text in texts.items()}
    wanted = {frozenset(pair) for pair in combinations(texts, 2) if likeness(*(shingled[one] for one in pair)) >= LIKE}
    assert len(wanted) > 15
    found = {frozenset(pair[:2]) for pair in copies_among(texts.items())}
    assert found <= wanted
    assert len(found) >= 0.98 * len(wanted)
