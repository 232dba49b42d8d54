"""Questions to the record, on SQLite and PostgreSQL alike: filters, pages, lasting ids, persons, claims, findings."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.examples import BRIEF
from dragoman.record import Record, add
from dragoman.record.questions import EventFilter, claims, count, events, findings, people, person, show, timeline
from dragoman.record.questions.answers import EventLine

DRAFTS = (
    Draft(BRIEF.read_text(encoding="utf-8"), "2022-07-26", outlet="TOLOnews"),
    Draft(
        "The Taliban's acting foreign minister Amir Khan Muttaqi met Malaysia's special adviser Ahmed Azam Abdul "
        "Rahman in Kabul on Sunday.",
        "2022-07-25",
        outlet="Reuters",
    ),
    Draft(
        "Turkish President Recep Tayyip Erdogan held talks with the Taliban's acting foreign minister Amir Khan "
        "Muttaqi in Ankara on Monday. Turkey has not recognised the Taliban, a spokesman said.",
        "2022-07-26",
        outlet="Anadolu",
    ),
    Draft("Peru recognised Kosovo on Friday.", "2008-02-25", outlet="AP"),
    Draft("The United States imposed sanctions on Syria on Monday.", "2021-03-03", outlet="AP"),
)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(read_all(DRAFTS))


@pytest.fixture
def filled(record: Record, readings: list[Reading]) -> Record:
    add(record, [(one, f"report {at}") for at, one in enumerate(readings)])
    return record


def found(record: Record, **given: object) -> list[EventLine]:
    return list(events(record, msgspec.convert(given, EventFilter)).events)


def test_each_filter_leaves_only_what_answers_to_it(filled: Record) -> None:
    every = found(filled)
    tests: list[tuple[dict[str, object], Callable[[EventLine], bool]]] = [
        ({"kinds": ["recognition"]}, lambda one: one.kind == "recognition"),
        ({"types": ["reject"]}, lambda one: one.type == "REJECT"),
        ({"modalities": ["planned"]}, lambda one: one.modality == "planned"),
        ({"modalities": ["happened"]}, lambda one: one.modality == "happened"),
        ({"modalities": ["planned", "happened"]}, lambda one: one.modality in ("planned", "happened")),
        ({"polarity": "affirmed"}, lambda one: one.polarity == "affirmed"),
        ({"polarity": "denied"}, lambda one: one.polarity == "denied"),
        ({"attributed": True}, lambda one: one.claim),
        ({"attributed": False}, lambda one: not one.claim),
        ({"sure": False}, lambda one: not one.sure),
        ({"actor": "Turkey"}, lambda one: any(part.who == "TUR" for part in one.actors)),
        ({"target": "Taliban"}, lambda one: any(part.who == "taliban" for part in one.targets)),
        ({"until": "2021"}, lambda one: one.day <= "2021-12-31"),
        ({"since": "2022-07", "until": "2022-07"}, lambda one: one.day <= "2022-07-31" and one.day_to >= "2022-07-01"),
        ({"place": "kabul"}, lambda one: one.place == "Kabul"),
        ({"place": "Afghanistan"}, lambda one: one.country == "AFG"),
        ({"text": "talks"}, lambda one: "talks" in one.quote),
    ]
    for given_, right in tests:
        got = found(filled, **given_)
        assert got, given_
        assert [one.id for one in got] == [one.id for one in every if right(one)], given_


def test_an_event_is_found_by_any_of_its_tellings_and_listed_once(filled: Record) -> None:
    met = found(filled, kinds=["meeting"], since="2022-07-24", until="2022-07-24")
    assert [(one.tellings, one.sources) for one in met] == [(2, 2)]
    for outlet in ("reuters", "TOLOnews"):
        assert [one.id for one in found(filled, kinds=["meeting"], outlet=outlet, since="2022")] == [met[0].id]


def test_names_are_taken_in_any_common_form(filled: Record) -> None:
    for name in ("TUR", "Turkey", "Türkiye", "turkish", "Ankara"):
        assert found(filled, actor=name)
    with pytest.raises(BadInput, match="near are Turkey"):
        found(filled, actor="Turkye")


def test_pages_hold_every_event_once_and_in_order(filled: Record) -> None:
    whole = [one.id for one in found(filled)]
    for newest in (True, False):
        paged: list[str] = []
        after: str | None = None
        while True:
            page = events(filled, limit=3, after=after, newest=newest)
            paged += [one.id for one in page.events]
            after = page.next
            if after is None:
                break
        assert paged == (whole if newest else whole[::-1])
    assert count(filled).number == len(whole) == len(set(whole))
    assert not count(filled, most=3).exact


def test_bad_filters_are_named_in_one_line(filled: Record) -> None:
    for given_, said in (
        ({"kinds": ["recognitoin"]}, "recognition"),
        ({"since": "2022-02-30"}, "no such day"),
        ({"since": "2022", "until": "2021"}, "after until"),
        ({"text": "…"}, "no word"),
        ({"polarity": "maybe"}, "affirmed, denied"),
    ):
        with pytest.raises(BadInput, match=said) as raised:
            found(filled, **given_)
        assert "\n" not in str(raised.value)
    with pytest.raises(BadInput, match="no place in a list"):
        events(filled, after="x' OR 1=1")


def test_words_are_found_by_their_stems_and_phrases_as_they_stand(filled: Record) -> None:
    assert found(filled, text="talk")
    assert found(filled, text='"foreign minister" ankara')
    assert not found(filled, text='"minister foreign"')


def test_an_event_is_shown_with_evidence_that_stands_in_its_report(filled: Record) -> None:
    texts = {draft.source for draft in DRAFTS}
    for one in found(filled):
        shown = show(filled, one.id)
        assert shown.status == "current"
        assert len(shown.tellings) == one.tellings
        for telling in shown.tellings:
            assert telling.made_by.lexicon
            assert "#" in telling.line.rule
            for quoted in telling.evidence:
                around = quoted.before + quoted.quote + quoted.after
                assert any(around in str(text) for text in texts) or telling.line.outlet == "TOLOnews"
                assert quoted.end - quoted.start == len(quoted.quote)
    with pytest.raises(BadInput, match="no event of that id"):
        show(filled, "nothing")


def test_a_timeline_goes_both_ways_and_begins_with_the_earliest(filled: Record) -> None:
    days = [one.day for one in timeline(filled, "Taliban", "Turkey").events]
    assert len(days) >= 3
    assert days == sorted(days)
    assert days == [one.day for one in timeline(filled, "Turkey", "Taliban").events]


def test_a_person_has_spellings_with_reasons_and_offices(filled: Record) -> None:
    shown = person(filled, "muttaki")
    assert {one.name for one in shown.spellings} == {"Amir Khan Muttaki", "Amir Khan Muttaqi"}
    assert all(one.reason for one in shown.spellings if one.id != shown.line.id)
    assert "acting foreign minister" in {one.office for one in shown.offices}
    assert {"meeting", "talks"} <= {one.kind for one in shown.events.events}
    assert shown.line.id in {one.id for one in people(filled, polity="Taliban").persons}
    assert found(filled, actor="Amir Khan Muttaqi") == found(filled, actor="Amir Khan Muttaki")


def test_claims_and_findings_name_their_reports(filled: Record) -> None:
    said = claims(filled, speaker="Faran Jeffrey").claims
    assert said
    assert {one.outlet for one in said} == {"TOLOnews"}
    assert any(one.kind == "distance" for one in findings(filled, verdict="inconsistent").findings)
    assert len(claims(filled, limit=1).claims) == 1


def test_the_record_can_be_asked_as_it_was_known(filled: Record) -> None:
    assert found(filled, known="2020-01-01") == []
    assert [one.id for one in found(filled, known="2999-01-01")] == [one.id for one in found(filled)]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(text=st.text(max_size=60) | st.from_regex(r'["*^():+\-ANDORNEAR_\x00 ]{1,20}\w?', fullmatch=True))
def test_any_text_is_a_safe_search(filled: Record, text: str) -> None:
    try:
        for one in found(filled, text=text, known="2999-01-01"):
            assert one.quote
    except BadInput as error:
        assert "word" in str(error)
