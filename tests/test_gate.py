"""The gate: what it shuts out says so, and what the reader would find is let in."""

from __future__ import annotations

import gzip
import json
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman import Draft, Event, Passage, Reading, read, read_all
from dragoman.examples import BRIEF
from dragoman.reading.frames import frames
from dragoman.reading.gate import gate
from dragoman.reading.names import find_names
from dragoman.reading.parse import model

STREAM = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "current-events-to-2019.jsonl.gz"
BACKGROUND = frames().background


def both(texts: list[str]) -> list[tuple[Reading, Reading]]:
    """The readings without the gate and behind it."""
    drafts = [Draft(text, "2019-12-31") for text in texts]
    return list(zip(read_all(drafts), read_all(drafts, gated=True), strict=True))


def diplomatic(reading: Reading) -> list[Event]:
    """The events that open the gate."""
    return [event for event in reading.events if event.kind not in BACKGROUND]


def shut(reading: Reading) -> bool:
    """Whether the reading says that the gate shut the report out."""
    return any(finding.kind == "gate" for finding in reading.findings)


def passes(text: str) -> bool:
    return bool(gate().sentences(text, [Passage(start=0, end=len(text), kind="body")]))


def test_every_example_of_the_lexicon_opens_the_gate() -> None:
    examples = [frame.trigger.example for frame in frames().all if not frame.act.background]
    kept = both(examples)
    assert [open_.report.text for all_, open_ in kept if diplomatic(all_) and shut(open_)] == []
    assert sum(bool(diplomatic(open_)) for _, open_ in kept) >= 0.95 * len(examples)


def test_acts_that_rest_on_who_says_what_are_read_the_same() -> None:
    texts = [
        "Foreign Minister Anna Berg of Norway said her meeting with the Chancellor of Chad was a success.",
        "Ghana's foreign minister met Peru's president in Lima.",
        "According to the president of Peru, he opened a school.",
    ]
    kept = both(texts)
    assert [bool(diplomatic(whole)) for whole, _ in kept] == [True, True, False]
    assert all(gated == whole for whole, gated in kept[:2])
    assert shut(kept[2][1])


def test_a_report_that_is_let_in_reads_the_same() -> None:
    ((whole, gated),) = both([BRIEF.read_text(encoding="utf-8")])
    assert diplomatic(whole)
    assert gated == whole


@pytest.mark.parametrize(
    "text",
    [
        "A court in Lima sentences a singer to two years in prison.",
        "The visit was off.",
        "The threat of rain kept Bayern Munich at home.",
        "An earthquake of magnitude 6.1 strikes Japan.",
        "Bayern Munich beats Real Madrid in the final.",
        "Israel bombs a weapons depot in Syria.",
    ],
)
def test_a_report_without_diplomatic_words_is_shut_out_and_says_so(text: str) -> None:
    assert not passes(text)
    (reading,) = read_all([Draft(text)], gated=True)
    assert [finding.kind for finding in reading.findings].count("gate") == 1
    assert not reading.events and not reading.claims
    assert reading.report.text == text
    assert reading.passages == read(text).passages
    assert not reading.mentions and not reading.entities


@pytest.mark.parametrize(
    ("told", "else_"),
    [
        (
            "Peru's president received Chile's foreign minister in Lima.",
            "Police in Lima received a call from a woman.",
        ),
        ("Peru's president visits Chile on Monday.", "Scientists in Peru say they have seen the comet."),
    ],
)
def test_what_stands_around_a_word_promises_an_act_or_not(told: str, else_: str) -> None:
    for text in (told, else_):
        passages = [Passage(start=0, end=len(text), kind="body")]
        assert list(gate().candidates(text, passages, partial(find_names, text)))  # the rules let both through
    assert passes(told)
    assert not passes(else_)


def test_a_reading_is_the_same_whatever_is_read_beside_it() -> None:
    texts = [frame.trigger.example for frame in frames().all][::9]
    together = list(read_all(map(Draft, texts), gated=True))
    assert together == [next(read_all([Draft(text)], gated=True)) for text in texts]
    assert together[::-1] == list(read_all(map(Draft, texts[::-1]), gated=True))


def test_words_without_an_act_are_parsed_but_not_read_on() -> None:
    text = "He came to Sweden with a smile. Protesters rallied in Paris."
    assert passes(text)
    (reading,) = read_all([Draft(text)], gated=True)
    assert [finding.why for finding in reading.findings if finding.kind == "gate"] == [
        "no diplomatic act is told in the report; it was not read on"
    ]
    assert not reading.events


def test_a_report_of_which_one_sentence_tells_an_act_is_read_as_a_whole() -> None:
    act = "Iran's foreign minister met Qatar's envoy in Doha on Sunday."
    around = "The harvest was good in the north of the country. Rain fell on the hills, and the rivers rose again."
    for text in (f"{around} {act}", f"{act} {around}", f"{around}\n\n{act}\n\nHe will meet him again.\n\n{around}"):
        ((whole, gated),) = both([text])
        assert diplomatic(whole)
        assert gated == whole


def test_a_sentence_that_runs_over_lines_is_one_to_the_gate() -> None:
    text = "The harvest was good in the north, it was said. The foreign minister of\nIran met the envoy of\nQatar."
    assert passes(text)
    ((whole, gated),) = both([text])
    assert diplomatic(whole) and gated == whole


def test_background_is_read_beside_something_diplomatic() -> None:
    (reading,) = read_all([Draft("Israel bombed Syria. Iran's foreign minister met Qatar's envoy.")], gated=True)
    assert {"attack", "meeting"} <= {event.kind for event in reading.events}


def test_the_order_of_reports_is_kept() -> None:
    texts = ["Rain.", "Iran's foreign minister visited Iraq.", "Snow.", "Peru recognised Kosovo.", "Wind."]
    assert [one.report.text for one in read_all(map(Draft, texts), gated=True)] == texts


def test_nearly_nothing_of_the_real_stream_is_lost() -> None:
    if not STREAM.is_file():
        pytest.skip(f"no stream at {STREAM}")
    with gzip.open(STREAM, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in list(lines)[7::60]]
    kept = both(texts)
    wanted = sum(len(diplomatic(whole)) for whole, _ in kept)
    assert wanted > 60
    assert sum(len(diplomatic(gated)) for _, gated in kept) >= 0.98 * wanted
    assert sum(shut(gated) for _, gated in kept) > 0.6 * len(kept)


WORDS = """Iran Iran's İran ‘Israel Ki-moon U.S. he minister President-elect Doha 2019 the of to with on against for
meets met vote VOTES visits, call calls (talks re-opens sanctions recognise Kosovo—Serbia agreed “agree” threat; .."""


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=40).map(" ".join))
def test_words_of_acts_in_any_order_go_through_the_gate(text: str) -> None:
    ((whole, gated),) = both([text])
    assert whole.report == gated.report
    assert shut(gated) or diplomatic(gated) == diplomatic(whole)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_goes_through_the_gate(text: str) -> None:
    assert passes(text) in (True, False)
    if text and not text.isspace() and model():
        (whole, gated), *_ = both([text])
        assert whole.report == gated.report
        assert whole.passages == gated.passages
