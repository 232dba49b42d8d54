"""Readouts: the act of the title among the contact events."""

import pytest
from score_readings import Written

from dragoman.domain import Event
from dragoman.score.readouts import Contact, Counterpart, Readout, judge

TEXT = "Secretary Antony J. Blinken spoke today with Foreign Minister Mevlüt Çavuşoğlu of Turkey. He met the press."
WRITTEN = Written(TEXT)
BLINKEN = WRITTEN.who("Antony J. Blinken", "antony-j-blinken", "USA")
CAVUSOGLU = WRITTEN.who("Mevlüt Çavuşoğlu", "mevlut-cavusoglu", "TUR")
CALL = WRITTEN.event("call", "spoke", [BLINKEN], [CAVUSOGLU])
GOLD = Readout(
    id="one",
    published="2021-05-21",
    text=TEXT,
    gold=Contact(kind="call", us="Blinken", counterparts=(Counterpart("TUR", "Cavusoglu"),)),
)


def scored(*events: Event) -> tuple[int, int, list[tuple[str, str]]]:
    case = judge(GOLD, WRITTEN.reading(events))
    return case.tallies["acts"].right, case.tallies["pairs found"].right, [(s.sort, s.cause) for s in case.slips]


def test_the_act_is_found_whatever_the_accents_and_the_side() -> None:
    turned = WRITTEN.event("call", "spoke", [CAVUSOGLU], [BLINKEN])
    assert scored(CALL) == scored(turned) == (1, 1, [])


def test_another_contact_event_is_left_to_a_person() -> None:
    assert scored(CALL, WRITTEN.event("meeting", "met the press")) == (1, 1, [("other", "another meeting")])


def test_a_meeting_is_no_call_but_the_pair_is_found() -> None:
    right, found, slips = scored(WRITTEN.event("meeting", "spoke", [BLINKEN], [CAVUSOGLU]))
    assert (right, found, slips[0]) == (0, 1, ("missed", "read as meeting where it is a call"))


def test_kind_is_judged_where_everybody_was_found() -> None:
    meeting = WRITTEN.event("meeting", "spoke", [BLINKEN], [CAVUSOGLU])
    assert judge(GOLD, WRITTEN.reading([meeting])).tallies["kind right"].recall == 0
    assert "kind right" not in judge(GOLD, WRITTEN.reading()).tallies


@pytest.mark.parametrize(
    ("event", "cause"),
    [
        (WRITTEN.event("call", "spoke", [BLINKEN, CAVUSOGLU]), "on the same side"),
        (WRITTEN.event("call", "spoke", [], [CAVUSOGLU]), "the American is not in it"),
        (WRITTEN.event("call", "spoke", [BLINKEN]), "the counterpart is not in it"),
        (
            WRITTEN.event("call", "spoke", [BLINKEN], [WRITTEN.who("Mevlüt", "mevlut-cavusoglu", "GRC")]),
            "the counterpart acts for somebody else",
        ),
        (
            WRITTEN.event("call", "spoke", [BLINKEN], [CAVUSOGLU], modality="planned"),
            "read as planned and affirmed",
        ),
    ],
)
def test_the_cause_of_a_miss(event: Event, cause: str) -> None:
    right, _, slips = scored(event)
    assert right == 0
    assert slips[0] == ("missed", cause)
