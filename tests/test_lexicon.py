"""Every entry of the lexicon has an example, and the reader reads it as the entry says."""

from __future__ import annotations

import pytest

from dragoman import Event, read
from dragoman.reading.bodies import Phrase, bodies
from dragoman.reading.descriptions import Description, descriptions
from dragoman.reading.echoes import Echo, echoes
from dragoman.reading.events import parties
from dragoman.reading.frames import Frame, frames
from dragoman.reading.issuers import Line, issuers
from dragoman.reading.offices import Head, Institution, office_entries
from dragoman.reading.operators import Words, modality_words
from dragoman.show.phrases import phrases

PUBLISHED = "2024-01-10"
KINDS = """
meeting visit call talks delegation letter outreach conference
recognition non-recognition request-recognition withdraw-recognition conditional-recognition
accept-diplomats accredit-ambassador present-credentials appoint-envoy open-mission reopen-mission close-mission
hand-over-mission recall-ambassador expel-diplomat summon-ambassador establish-relations restore-relations
suspend-relations sever-relations downgrade-relations upgrade-relations
treaty memorandum trade-deal transit-deal ceasefire
aid pledge humanitarian-mission investment debt-relief
sanction lift-sanction wanted-listing delisting travel-ban asset-freeze
statement demand call-on condemn praise reject threaten deny invite congratulate express-concern request-comment
admit-member suspend-member vote seat-credentials
attack protest arrest takeover election
"""  # the kinds of event that were promised; the lexicon may hold more
ECHOES = [echo for group in echoes().values() for echo in group]


def events(text: str) -> tuple[Event, ...]:
    return read(text, PUBLISHED).events


@pytest.mark.parametrize("frame", frames().all, ids=lambda one: f"{one.rule}:{one.trigger.lemma[0]}")
def test_a_trigger_tells_its_act(frame: Frame) -> None:
    told = [event for event in events(frame.trigger.example) if event.rule == frame.rule]
    kinds = {event.kind for event in told}
    turned = {one.kind for one in (frame.act.denied, frame.act.requested, frame.act.conditional) if one}
    assert kinds & {frame.act.kind, *turned}
    for event in told:
        actors, targets = parties(event)
        assert actors or frame.act.actor_optional or frame.trigger.some_party
        assert targets or frame.act.target_optional or frame.trigger.target_optional or frame.trigger.some_party


def test_every_kind_of_event_is_told_by_the_lexicon_and_can_be_said_in_words() -> None:
    acts = [frame.act for frame in frames().all]
    turned = [one for act in acts for one in (act.denied, act.requested, act.conditional) if one]
    kinds = {act.kind for act in acts} | {one.kind for one in turned}
    assert set(KINDS.split()) <= kinds <= set(phrases())


@pytest.mark.parametrize("head", office_entries().heads, ids=lambda one: one.head)
def test_an_office_is_read(head: Head) -> None:
    reading = read(head.example, PUBLISHED)
    offices = [mention.text for mention in reading.mentions if mention.by == "office"]
    people = [entity for entity in reading.entities if entity.kind in ("person", "body")]
    assert offices or people, reading.mentions


@pytest.mark.parametrize("institution", office_entries().institutions, ids=lambda one: one.head)
def test_an_institution_acts_for_its_polity(institution: Institution) -> None:
    text = institution.example.replace("protested", "condemned Norway")
    told = [event for event in events(text) if event.kind == "condemn"]
    assert len(told) == 1
    polity = told[0].actors[0].for_ or told[0].actors[0].entity
    assert polity is not None and polity != "NOR"


@pytest.mark.parametrize("phrase", list(bodies().always.values()), ids=lambda one: one.phrase)
def test_a_body_is_kept_as_such(phrase: Phrase) -> None:
    told = events(phrase.example)
    assert [target.entity for event in told for target in event.targets] == [phrase.id]


@pytest.mark.parametrize("description", descriptions().descriptions, ids=lambda one: one.head)
def test_a_description_finds_its_antecedent(description: Description) -> None:
    reading = read(description.example, PUBLISHED)
    first = reading.mentions[0].entity if description.head != "ministry" else "malaysia-foreign-ministry"
    deal = [event for event in reading.events if event.kind == "trade-deal" or event.kind == "treaty"]
    mentions = [mention for mention in reading.mentions if mention.by == "description"]
    assert mentions and mentions[-1].entity == first, (reading.mentions, deal)


@pytest.mark.parametrize("echo", ECHOES, ids=lambda one: one.id)
def test_an_echo_carries_the_act_over(echo: Echo) -> None:
    told = [event for event in events(echo.example) if event.rule == f"echoes.yaml#{echo.id}"]
    assert len(told) == 1
    assert told[0].modality == "happened"
    assert parties(told[0])[0]


@pytest.mark.parametrize("issuer", issuers().issuers, ids=lambda one: one.phrase)
def test_an_issuer_is_who_its_officers_act_for(issuer: Line) -> None:
    told = [event for event in events(issuer.example) if event.kind == "meeting"]
    assert [event.actors[0].for_ for event in told] == [issuer.of]


@pytest.mark.parametrize(("effect", "entry"), modality_words(), ids=lambda one: getattr(one, "example", one))
def test_a_governor_has_its_effect(effect: str, entry: Words) -> None:
    told = [event for event in events(entry.example) if "recogni" in event.kind]
    assert len(told) == 1
    match effect:
        case "denied":
            assert told[0].polarity == "denied"
        case "requested":
            assert told[0].kind == "request-recognition"
        case "none":
            assert (told[0].modality, told[0].polarity) == ("happened", "affirmed")
        case _:
            assert (told[0].modality, told[0].polarity) == (effect, "affirmed")
