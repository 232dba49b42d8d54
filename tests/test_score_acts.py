"""Act cases: kinds, fields, and kinds that must not be reported."""

from __future__ import annotations

from score_readings import Written

from dragoman.domain import Event
from dragoman.score.acts import Act, ActCase, judge
from dragoman.score.outcome import Case

WRITTEN = Written("Blinken met Malaysia. The Taliban praised Malaysia.")
BLINKEN = WRITTEN.who("Blinken", "antony-j-blinken", "USA")
MALAYSIA = WRITTEN.who("Malaysia", "MYS")
TALIBAN = WRITTEN.who("The Taliban", "taliban")
MEETING = WRITTEN.event("meeting", "Blinken met Malaysia", [MALAYSIA], [BLINKEN])
PRAISE = WRITTEN.event("praise", "The Taliban praised Malaysia", [TALIBAN], [MALAYSIA])


def scored(*events: Event, acts: tuple[Act, ...] = (), absent: tuple[str, ...] = ()) -> Case:
    return judge(ActCase(text=WRITTEN.text, events=acts, absent=absent), WRITTEN.reading(events))


def test_sides_of_a_symmetric_act_are_compared_together() -> None:
    act = Act(kind="meeting", actors=("USA",), targets=("MYS",), persons=("Blinken",), source=None)
    case = scored(MEETING, acts=(act,))
    assert all(tally.right == 1 for tally in case.tallies.values())
    assert set(case.tallies) == {"meeting", "· parties", "· persons", "· source", "· all fields"}


def test_sides_of_a_directed_act_are_not() -> None:
    case = scored(PRAISE, acts=(Act(kind="praise", actors=("MYS",), targets=("taliban",)),))
    assert case.tallies["praise"].right == 1
    assert case.tallies["· actors"].right == case.tallies["· all fields"].right == 0


def test_acts_of_one_kind_pair_so_that_most_fields_are_right() -> None:
    other = WRITTEN.event("praise", "The Taliban", [MALAYSIA])
    case = scored(other, PRAISE, acts=(Act(kind="praise", actors=("taliban",)), Act(kind="praise", actors=("MYS",))))
    assert case.tallies["· actors"].right == 2


def test_spurious_only_of_kinds_that_the_case_speaks_of() -> None:
    case = scored(MEETING, PRAISE, absent=("praise",))
    assert case.tallies["praise"].given == 1
    assert case.tallies["· absent kinds"].right == 0
    assert "meeting" not in case.tallies


def test_a_missed_act_says_what_was_read() -> None:
    case = scored(PRAISE, acts=(Act(kind="meeting"),))
    assert (case.tallies["meeting"].wanted, case.slips[0].detail) == (1, "read: praise")
