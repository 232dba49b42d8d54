"""Reading a report: the stages together, their data's examples, and what holds of every reading."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from offsets import assert_offsets_hold

from dragoman import BadInput, Draft, Reading, read, read_all
from dragoman.examples import BRIEF
from dragoman.reading.parse import DEFAULT_MODEL, model
from dragoman.reading.quantities import Unit, find_quantities, unit_entries
from dragoman.reading.reader import LONGEST
from dragoman.reading.times.words import Example, time_words
from dragoman.score.gold import tasks

PUBLISHED = "2022-07-26"
GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "brief.json"
OTHERS = [
    "DOHA, March 3 (Reuters) - Qatar's prime minister received the Taliban's envoy on Sunday. He said: “We talk.",
    "Ghana denied that it would recognise Kosovo. No talks were held.\n\nGhana denied that it would recognise Kosovo.",
    "He met her there. They said nothing.",
]


@pytest.fixture(scope="module")
def brief() -> Reading:
    return read(BRIEF.read_bytes(), PUBLISHED)


@pytest.mark.parametrize("unit", unit_entries().units, ids=lambda one: one.unit)
def test_a_unit_is_read(unit: Unit) -> None:
    found = find_quantities(unit.example, ())
    assert [one.unit for one in found] == [unit.unit]
    assert unit.example[found[0].start : found[0].end] == found[0].text


@pytest.mark.parametrize("example", time_words().examples, ids=lambda one: one.text)
def test_a_time_has_its_value(example: Example) -> None:
    found = read(example.text, example.published).times
    assert example.value in [one.timex for one in found]


def test_the_brief_is_read_as_by_hand() -> None:
    if not GOLD.exists():
        pytest.skip("../shared/gold/brief.json is not there")
    for task in tasks([GOLD]):
        for item in task.items:
            case = item.judge(read(item.text, item.published))
            assert not [slip for slip in case.slips if slip.sort in ("missed", "wrong", "spurious")]


def test_without_a_date_relative_times_are_left_open(brief: Reading) -> None:
    undated = read(BRIEF.read_bytes())
    assert [event.kind for event in undated.events] == [event.kind for event in brief.events]
    relative = [time for time in undated.times if time.text in ("Sunday", "February", "last year")]
    assert len(relative) == 3
    assert all(time.status == "unresolved" and time.reason for time in relative)
    assert any(finding.kind == "dateless" for finding in undated.findings)


@pytest.mark.parametrize("text", [BRIEF.read_text(encoding="utf-8"), *OTHERS], ids=lambda text: text[:20])
def test_every_offset_holds(text: str) -> None:
    reading = read(text, PUBLISHED)
    assert_offsets_hold(reading)
    assert all(event.evidence for event in reading.events)


def test_every_entity_named_is_listed(brief: Reading) -> None:
    listed = {entity.id for entity in brief.entities}
    for event in brief.events:
        for part in (*event.actors, *event.targets, *event.about):
            assert {one for one in (part.entity, part.for_) if one} <= listed
        assert {link.source for link in event.attribution if link.source} <= listed


def test_a_reading_is_the_same_alone_and_in_a_batch(brief: Reading) -> None:
    drafts = [Draft(text, PUBLISHED) for text in (*OTHERS, BRIEF.read_text(encoding="utf-8"))]
    together = [msgspec.json.encode(one) for one in read_all(drafts)]
    alone = [msgspec.json.encode(read(str(one.source), PUBLISHED)) for one in drafts]
    assert together == alone
    assert together[-1] == msgspec.json.encode(brief)


def test_the_gate_keeps_what_tells_an_act_and_names_what_it_shuts_out() -> None:
    texts = ["The harvest was good.", "Ghana recognised Kosovo.", "It rained in Ghana.", "France expelled diplomats."]
    readings = list(read_all([Draft(text) for text in texts], gated=True))
    assert [one.report.text for one in readings] == texts
    shut = [any(finding.kind == "gate" for finding in one.findings) for one in readings]
    assert shut[0] and shut[2] and not shut[1]
    assert [event.kind for event in readings[1].events] == ["recognition"]
    assert not readings[2].mentions


def test_what_is_longer_than_a_report_is_refused() -> None:
    with pytest.raises(BadInput, match="too long to be a report: 150,001 words, where 150,000 are read"):
        read("word " * (LONGEST + 1))


def test_a_reading_says_which_model_it_was_made_with(brief: Reading) -> None:
    assert brief.made_by.model == f"{DEFAULT_MODEL} {model().meta['version']}"


def test_a_repeat_is_read_once_and_seen_twice(brief: Reading) -> None:
    repeated = [event for event in brief.events if len(event.evidence) == 2]
    assert len(repeated) == 1
    first, second = repeated[0].evidence
    assert first.quote == second.quote
    assert brief.passages[second.passage].repeats == first.passage


def test_what_is_discussed_stands_in_its_own_words_where_no_topic_is_known() -> None:
    text = (
        "Peru's foreign minister met Chad's foreign minister in Lima on the sidelines of a forum. They discussed the "
        "coup in Burma, the situation in Haiti and human rights, and ways to address challenges."
    )
    meeting = next(event for event in read(text).events if event.kind == "meeting")
    assert {one.topic for one in meeting.topics} >= {"coup in Burma", "situation in Haiti", "human rights"}
    assert all(one.topic == text[one.start : one.end] for one in meeting.topics if one.topic != "human rights")
    assert not any("sidelines" in one.topic or one.topic == "challenges" for one in meeting.topics)


def test_an_official_taken_for_the_hosts_is_so_in_every_act() -> None:
    text = "Norwegian Minister Ann Lee met in Lima with Deputy Minister Ali Baba. Minister Lee thanked Minister Baba."
    meeting, thanks = (event.targets[0] for event in read(text).events)
    assert meeting.for_ == thanks.for_ == "PER"


def test_statements_that_begin_alike_are_not_one() -> None:
    text = (
        "Norwegian Minister Ann Lee and Peruvian Minister Ali Baba met in Lima. Minister Lee and Minister Baba "
        "emphasized the importance of the alliance. Minister Lee and Minister Baba affirmed the importance of trade."
    )
    assert [event.same_as for event in read(text).events if event.kind == "statement"] == [None, None]


def test_an_act_that_is_only_judged_is_nobodys_claim() -> None:
    (recognition,) = (one for one in read("Chad's recognition of Kosovo was welcomed in Pristina.").events)
    assert (recognition.kind, recognition.attribution) == ("recognition", ())
