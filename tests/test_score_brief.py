"""The brief's measures, on a small report."""

from __future__ import annotations

import msgspec
from score_readings import Written

from dragoman.domain import Attribution, Event, Finding, Mention, Reading
from dragoman.score.answers import Brief
from dragoman.score.brief import judge
from dragoman.score.outcome import Case

TEXT = (
    "According to Tolo, the Taliban met Malaysia in Doha on Sunday. "
    "No nation recognizes the movement. No nation recognizes the movement. It rained."
)
WRITTEN = Written(TEXT)
TALIBAN = WRITTEN.who("the Taliban", "taliban")
MALAYSIA = WRITTEN.who("Malaysia", "MYS")
ACCORDING = (Attribution(source="tolo-news", cue="According to", manner="indirect", source_span=WRITTEN.span("Tolo")),)
MEETING = WRITTEN.event("meeting", "met Malaysia in Doha", [TALIBAN], [MALAYSIA], attribution=ACCORDING)
GOLD = msgspec.convert(
    {
        "report": "report.txt",
        "published": "2022-07-26",
        "events": [
            {
                "id": "e1",
                "quote": "the Taliban met Malaysia in Doha on Sunday",
                "kind": "meeting",
                "actors": ["Taliban"],
                "targets": ["MYS"],
                "date": None,
                "modality": "happened",
                "according_to": ["Tolo"],
            },
            {"id": "e2", "quote": "No nation recognizes the movement", "kind": "non-recognition"},
            {"id": "e3", "quote": "It rained", "kind": "statement", "note": "optional: weather"},
        ],
        "claims": [{"id": "c1", "source": "Tolo", "content": "e1"}],
        "standing": {
            "target": "Taliban",
            "accept_diplomats": {"reported": [], "expected": []},
            "met": ["MYS"],
            "recognise": [],
        },
        "checks": [{"id": "k1", "kind": "repeat", "quote": "No nation", "verdict": "word for word"}],
    },
    Brief,
)


def scored(reading: Reading) -> Case:
    return judge(GOLD, reading)


def shares(case: Case) -> dict[str, float | None]:
    return {name: tally.value for name, tally in case.tallies.items()}


def slips(case: Case, sort: str) -> list[str]:
    return [slip.cause for slip in case.slips if slip.sort == sort]


def test_a_right_event_and_its_fields() -> None:
    figures = shares(scored(WRITTEN.reading([MEETING])))
    for field in ("actors", "targets", "time", "modality", "attribution", "standing, from events"):
        assert figures[field] == 1.0
    assert scored(WRITTEN.reading([MEETING])).tallies["events"].wanted == 2


def test_an_actor_too_many_is_wrong() -> None:
    more = msgspec.structs.replace(MEETING, actors=(TALIBAN, WRITTEN.who("nation", None)))
    case = scored(WRITTEN.reading([more]))
    assert case.tallies["actors"].right == 0
    assert "actors" in slips(case, "wrong")


def test_a_candidate_and_a_mention_stand_for_the_name() -> None:
    unsure = WRITTEN.who("the Taliban", None, candidates=("MYS", "taliban"))
    named = Mention(
        entity="USA", start=TEXT.index("Taliban"), end=TEXT.index("Taliban") + 7, text="Taliban", by="alias"
    )
    for actor, mentions in ((unsure, []), (WRITTEN.who("the Taliban", "USA"), [named])):
        event = msgspec.structs.replace(MEETING, actors=(actor,))
        assert scored(WRITTEN.reading([event], mentions=mentions)).tallies["actors"].right == 1


def test_another_kind_over_a_quote_is_a_miss_but_not_spurious() -> None:
    case = scored(WRITTEN.reading([WRITTEN.event("visit", "met Malaysia in Doha")]))
    assert case.tallies["events"].given == 0
    assert slips(case, "missed")[0] == "event: read as visit"
    assert slips(case, "other") == ["a visit read over a gold quote"]


def test_an_event_away_from_every_quote_is_spurious() -> None:
    case = scored(WRITTEN.reading([WRITTEN.event("visit", "According")]))
    assert (case.tallies["events"].given, slips(case, "spurious")) == (1, ["event: visit"])


def test_optional_events_do_not_count() -> None:
    events = scored(WRITTEN.reading([WRITTEN.event("statement", "It rained")])).tallies["events"]
    assert (events.right, events.given, events.wanted) == (0, 0, 2)


def refusal(*places: int) -> Event:
    event = WRITTEN.event("non-recognition", "No nation recognizes the movement")
    one = event.evidence[0]
    moved = [msgspec.structs.replace(one, start=one.start + by, end=one.end + by) for by in places]
    return msgspec.structs.replace(event, evidence=tuple(moved))


def test_a_repeated_quote_wants_evidence_in_each_place() -> None:
    once, twice = (scored(WRITTEN.reading([refusal(*places)])) for places in ((0,), (0, 35)))
    assert (once.tallies["evidence in repeats"].right, twice.tallies["evidence in repeats"].right) == (0, 1)


def test_claims_and_their_sources() -> None:
    content = "the Taliban met Malaysia in Doha on Sunday"
    right = shares(scored(WRITTEN.reading(claims=[WRITTEN.claim(content, "Tolo", "According to")])))
    wrong = shares(scored(WRITTEN.reading(claims=[WRITTEN.claim(content, "Malaysia", "According to")])))
    assert (right["claims"], right["claims' sources"], wrong["claims' sources"]) == (1.0, 1.0, 0.0)


def test_a_check_is_found_by_kind_and_quote() -> None:
    at = WRITTEN.span("No nation recognizes")
    found = Finding(kind="repeat", verdict="defect", start=at.start, end=at.end, quote="", why="")
    assert shares(scored(WRITTEN.reading(findings=[found])))["checks"] == 1.0
    assert shares(scored(WRITTEN.reading()))["checks"] == 0.0
