"""Review: decisions are rows that win over what was read, last over newer readings, and can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from sqlalchemy import select

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.examples import BRIEF
from dragoman.record import Record, add, rebuild, tables
from dragoman.record.questions import EventFilter, events, show
from dragoman.record.questions.answers import EventLine
from dragoman.record.questions.flat import written
from dragoman.record.review.agreement import agreement
from dragoman.record.review.naming import settle_names
from dragoman.record.review.queue import unsure
from dragoman.record.review.reviewing import Reviewer

DRAFTS = (
    Draft("Peru recognised Kosovo on Friday.", "2008-02-25", outlet="AP"),
    Draft("Peru recognised Kosovo as a state on Friday, its foreign ministry said.", "2008-02-25", outlet="Reuters"),
    Draft("Turkish President Recep Tayyip Erdogan met Qatar's emir in Doha on Monday.", "2022-07-26", outlet="AA"),
    Draft(BRIEF.read_text(encoding="utf-8"), "2022-07-26", outlet="TOLOnews"),
)


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(read_all(DRAFTS))


@pytest.fixture
def filled(record: Record, readings: list[Reading]) -> Record:
    add(record, [(one, f"report {at}") for at, one in enumerate(readings)])
    return record


def one(record: Record, **given: object) -> EventLine:
    found = events(record, msgspec.convert(given, EventFilter)).events
    assert len(found) == 1, [event.sentence for event in found]
    return found[0]


def newer(readings: Sequence[Reading], **change: Any) -> list[tuple[Reading, str]]:
    """The same readings by another lexicon, with every event changed."""
    made = []
    for at, reading in enumerate(readings):
        changed = tuple(msgspec.structs.replace(event, **change) for event in reading.events)
        maker = msgspec.structs.replace(reading.made_by, lexicon="newer")
        made.append((msgspec.structs.replace(reading, events=changed, made_by=maker), f"report {at}"))
    return made


def index(record: Record) -> list[tuple[Any, ...]]:
    """What the index holds, save for how its rows are numbered."""
    columns = [column for column in tables.telling.c if column.name not in ("num",)]
    with record.asking() as connection:
        return sorted(map(tuple, connection.execute(select(*columns))), key=repr)


def test_a_rejected_event_is_left_out_of_lists_and_standing_but_kept(filled: Record) -> None:
    event = one(filled, kinds=["recognition"])
    assert event.tellings == 2
    Reviewer(filled, "Ada").reject(event.id, "no recognition")
    assert not events(filled, EventFilter(kinds=("recognition",))).events
    assert one(filled, kinds=["recognition"], verdict="reject").id == event.id
    shown = show(filled, event.id)
    assert [(each.by, each.action, each.note) for each in shown.decisions] == [("Ada", "reject", "no recognition")] * 2
    with filled.asking() as connection:
        step = tables.step.c
        assert not connection.execute(select(step.num).where(step.toward == "XKX", step.superseded_at.is_(None))).all()


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("kind", "non-recognition", {"kind": "non-recognition", "type": "REJECT"}),
        ("day", "2008-02-20", {"day": "2008-02-20", "day_to": "2008-02-20"}),
        ("day", "2008-02", {"day": "2008-02-01", "day_to": "2008-02-29"}),
        ("place", "Lima", {"place": "Lima", "country": "PER"}),
        ("modality", "planned", {"modality": "planned"}),
        ("polarity", "denied", {"polarity": "denied"}),
    ],
)
def test_a_corrected_field_shows_in_questions(filled: Record, field: str, value: str, shown: dict[str, str]) -> None:
    event = one(filled, kinds=["recognition"])
    made = Reviewer(filled, "Ada").correct(event.id, field, value)
    after = one(filled, parties=["Kosovo"])
    assert after.id in made.events
    assert {name: getattr(after, name) for name in shown} == shown
    assert after.verdict == "accept"
    assert after.tellings == 2


def test_corrected_parties_show_in_questions_and_standing(filled: Record) -> None:
    event = one(filled, kinds=["recognition"])
    reviewer = Reviewer(filled, "Ada")
    reviewer.correct(event.id, "actors", "Chile; Michelle Bachelet for Chile as president")
    after = one(filled, kinds=["recognition"])
    assert [(part.who, part.entity, part.office) for part in after.actors] == [
        ("CHL", "CHL", None),
        ("CHL", "michelle-bachelet", "president"),
    ]
    assert one(filled, actor="Michelle Bachelet").id == after.id
    assert not events(filled, EventFilter(actor="Peru")).events
    with filled.asking() as connection:
        step = tables.step.c
        asked = select(step.holder).where(step.toward == "XKX", step.superseded_at.is_(None))
        assert set(connection.scalars(asked)) == {"CHL"}
    assert written(after.actors) == "Chile; Michelle Bachelet for Chile as president"


def test_what_was_known_before_a_decision_can_still_be_asked(filled: Record) -> None:
    event = one(filled, kinds=["recognition"])
    Reviewer(filled, "Ada").correct(event.id, "kind", "statement")
    moment = show(filled, event.id).decisions[0].at
    assert one(filled, kinds=["recognition"], known=moment).id == event.id
    assert not events(filled, EventFilter(kinds=("recognition",))).events


def test_undo_takes_back_a_whole_act_and_only_once(filled: Record) -> None:
    event = one(filled, kinds=["recognition"])
    reviewer = Reviewer(filled, "Ada")
    before = one(filled, kinds=["recognition"])
    reviewer.correct(event.id, "place", "Lima")
    reviewer.reject(event.id)
    reviewer.undo()
    assert one(filled, kinds=["recognition"]).place == "Lima"
    reviewer.undo()
    after = one(filled, kinds=["recognition"])
    assert msgspec.structs.replace(after, added_at=before.added_at) == before
    with pytest.raises(BadInput, match="nothing that stands"):
        reviewer.undo()


def test_decisions_survive_a_newer_reading(filled: Record, readings: list[Reading]) -> None:
    reviewer = Reviewer(filled, "Ada")
    event = one(filled, kinds=["recognition"])
    reviewer.correct(event.id, "place", "Lima")
    met = one(filled, kinds=["meeting"], actor="Turkey")
    reviewer.reject(met.id)
    add(filled, newer(readings, modality="planned"))
    after = one(filled, kinds=["recognition"])
    assert (after.id, after.place, after.modality, after.tellings) == (event.id, "Lima", "planned", 2)
    assert one(filled, kinds=["meeting"], actor="Turkey", verdict="reject").id == met.id


def test_what_was_accepted_stays_when_a_newer_reading_loses_it_until_that_is_undone(
    filled: Record, readings: list[Reading]
) -> None:
    event = one(filled, kinds=["recognition"])
    reviewer = Reviewer(filled, "Ada")
    reviewer.accept(event.id)
    empty = [(msgspec.structs.replace(reading, events=()), origin) for reading, origin in newer(readings)]
    add(filled, empty)
    assert [each.id for each in events(filled).events] == [event.id]
    reviewer.undo()
    assert not events(filled).events
    assert show(filled, event.id).status == "retired"


def test_split_and_merge_move_tellings_and_old_ids_lead_on(filled: Record) -> None:
    event = one(filled, kinds=["recognition"])
    reviewer = Reviewer(filled, "Ada")
    other = next(each.line.telling for each in show(filled, event.id).tellings if each.line.telling != event.id)
    split = reviewer.split(other)
    assert set(split.events) == {event.id, other}
    merged = reviewer.merge(other, event.id)
    assert merged.events == (event.id,)
    assert (show(filled, other).status, show(filled, other).id) == ("merged", event.id)
    met = one(filled, kinds=["meeting"], actor="Turkey")
    assert len(reviewer.merge(met.id, event.id).events) == 1
    reviewer.undo()
    assert one(filled, kinds=["meeting"], actor="Turkey").id == met.id
    with pytest.raises(BadInput, match="one event already"):
        reviewer.merge(other, event.id)


def test_the_index_made_anew_is_the_same_with_all_decisions(filled: Record, readings: list[Reading]) -> None:
    ada, bob = Reviewer(filled, "Ada"), Reviewer(filled, "Bob")
    event = one(filled, kinds=["recognition"])
    ada.correct(event.id, "day", "2008-02-20")
    met = one(filled, kinds=["meeting"], actor="Turkey")
    bob.reject(met.id)
    bob.undo()
    add(filled, newer(readings, modality="planned"))
    bob.correct(event.id, "kind", "statement")
    before = index(filled)
    rebuild(filled)
    assert index(filled) == before


def test_the_queue_holds_what_is_in_doubt_until_somebody_decides(filled: Record) -> None:
    first = unsure(filled).events
    assert [(each.sure, each.verdict) for each in first] == [(False, None)]
    Reviewer(filled, "Ada").accept(first[0].id)
    assert first[0].id not in {each.id for each in unsure(filled, limit=50).events}


def test_agreement_is_cohens_kappa(filled: Record) -> None:
    ada, bob = Reviewer(filled, "Ada"), Reviewer(filled, "Bob")
    every = [each.id for each in events(filled).events]
    with pytest.raises(BadInput, match="Bob: has judged nothing"):
        ada.accept(every[0])
        agreement(filled, "Ada", "Bob")
    tellings = sum(each.tellings for each in events(filled).events)
    for at, id in enumerate(every):
        ada.reject(id) if at == 0 else ada.accept(id)
    for id in every:
        bob.accept(id)
    found = agreement(filled, "Ada", "Bob")
    assert (found.both, found.agreed, len(found.differ)) == (tellings, tellings - 1, 1)
    assert found.kappa == pytest.approx(0)  # who accepts everything agrees no more than by chance
    bob.reject(every[0])
    assert agreement(filled, "Ada", "Bob").kappa == pytest.approx(1)


def test_bad_decisions_are_refused_in_one_line_and_leave_nothing(filled: Record) -> None:
    reviewer = Reviewer(filled, "Ada")
    event = one(filled, kinds=["recognition"])
    for field, value, said in (
        ("kind", "recognized", "is no kind"),
        ("colour", "red", "is no field"),
        ("day", "2008-13-01", "no such day"),
        ("day", "2009/2008", "ends before"),
        ("actors", "Peruu", "nobody of that name"),
        ("modality", "maybe", "is no modality"),
    ):
        with pytest.raises(BadInput, match=said):
            reviewer.correct(event.id, field, value)
    with pytest.raises(BadInput, match="no report tells this"):
        reviewer.accept("nothing")
    with filled.asking() as connection:
        assert not connection.execute(select(tables.decision)).all()


def test_spellings_that_were_taken_for_one_person_are_told_apart_and_joined_again(record: Record) -> None:
    drafts = (
        Draft("Taliban acting foreign minister Amir Khan Muttaqi met Wang Yi in Beijing on Monday.", "2022-07-26"),
        Draft("Taliban acting foreign minister Amir Khan Muttaki met Wang Yi in Beijing on Monday.", "2022-07-26"),
    )
    add(record, [(one, f"report {at}") for at, one in enumerate(read_all(drafts))])
    reviewer = Reviewer(record, "Ada")
    assert len(events(record, EventFilter(kinds=("meeting",))).events) == 1
    settle_names(reviewer, "amir-khan-muttaqi", "amir-khan-muttaki", same=False)
    assert len(events(record, EventFilter(kinds=("meeting",))).events) == 2
    told = index(record)
    rebuild(record)
    assert index(record) == told
    settle_names(reviewer, "amir-khan-muttaqi", "amir-khan-muttaki", same=True)
    assert len(events(record, EventFilter(kinds=("meeting",))).events) == 1
    with pytest.raises(BadInput, match="no such person"):
        settle_names(reviewer, "amir-khan-muttaqi", "nobody", same=True)
    with pytest.raises(BadInput, match="one polity"):
        settle_names(reviewer, "amir-khan-muttaqi", "wang-yi", same=True)
