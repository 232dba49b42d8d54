"""The events of the brief: found by kind and quote, then judged field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain import Argument, Event, Reading
from dragoman.score.answers import Brief, GoldEvent
from dragoman.score.fields import amount_is, place_is, said_by, time_is, topic_is
from dragoman.score.names import Names
from dragoman.score.outcome import Judged, Slip, context
from dragoman.score.spans import Stretch, places, shared, shorter_share
from dragoman.score.tally import Tally, share

LEAST = 0.5  # of the shorter of quote and evidence


def judge_events(gold: Brief, reading: Reading) -> Iterator[Judged]:
    """Judge each gold event, then look at the events that no gold quote accounts for."""
    text, names = reading.report.text, Names(reading)
    quoted = {one.id: places(text, one.quote) for one in gold.events}
    found = {one.id: _event_at(quoted[one.id], one.kind, reading.events) for one in gold.events}
    for one in gold.events:
        event = found[one.id]
        if one.optional:
            continue
        if event is None:
            yield "events", Tally(0, 0, 1), _missed(text, one, quoted[one.id], reading.events)
            continue
        yield "events", Tally(1, 1, 1), None
        for field, right, wanted, seen in _fields(one, event, names, text, found):
            slip = Slip("wrong", field, context(text, *quoted[one.id][0]), f"{one.id}: wanted {wanted}, read {seen}")
            yield field, share(right), None if right else slip
        for field, right in _twice(quoted[one.id], event):
            yield field, share(right), None
    everywhere = [place for several in quoted.values() for place in several]
    for event in reading.events:
        stretches = [(one.start, one.end) for one in event.evidence]
        where = context(text, *stretches[0])
        if not shared(stretches, everywhere):
            yield "events", Tally(0, 1, 0), Slip("spurious", f"event: {event.kind}", where, event.rule)
        elif event not in found.values():
            yield "events", Tally(), Slip("other", f"a {event.kind} read over a gold quote", where, event.rule)


def _event_at(quotes: Sequence[Stretch], kind: str, events: Sequence[Event]) -> Event | None:
    def fit(event: Event) -> tuple[float, int]:
        evidence = [(one.start, one.end) for one in event.evidence]
        best = max((shorter_share([one], [quote]) for one in evidence for quote in quotes), default=0.0)
        return best, shared(evidence, quotes)

    best = max((event for event in events if event.kind == kind), key=fit, default=None)
    return best if best is not None and fit(best)[0] >= LEAST else None


def _missed(text: str, gold: GoldEvent, quotes: Sequence[Stretch], events: Sequence[Event]) -> Slip:
    there = [one.kind for one in events if any(shared([(each.start, each.end)], quotes) for each in one.evidence)]
    cause = f"event: read as {', '.join(there)}" if there else "event: nothing there"
    where = context(text, *quotes[0]) if quotes else gold.quote
    return Slip("missed", cause, where, f"{gold.id}: {gold.kind}")


def _fields(
    gold: GoldEvent, event: Event, names: Names, text: str, found: dict[str, Event | None]
) -> Iterator[tuple[str, bool, object, object]]:
    """Yield (field, whether it is right, what is wanted, what was read) for each field that the gold gives."""
    actors = gold.actors or ((gold.actor,) if gold.actor else ())
    targets = gold.targets or ((gold.target,) if gold.target else ())
    if actors:
        yield "actors", names.all_fit(event.actors, actors), actors, _who(event.actors)
    if targets:
        yield "targets", names.all_fit(event.targets, targets), targets, _who(event.targets)
    yield from _participants(gold, event, names)
    for topic in gold.topics:
        right = any(topic_is(text, one, topic) for one in event.topics)
        yield "topics", right, topic, [one.topic for one in event.topics]
    if gold.place is not None:
        yield "place", place_is(event.place, gold.place), gold.place, event.place
    if gold.date is not msgspec.UNSET:
        yield "time", time_is(event.time, gold.date), gold.date, event.time and event.time.timex
    if gold.said is not None:
        yield "said", time_is(event.said, gold.said), gold.said, event.said and event.said.timex
    amount = gold.quantity
    if amount is not None:
        yield "quantity", any(amount_is(one, amount) for one in event.quantities), amount, event.quantities
    if gold.ordinal is not None:
        yield "ordinal", event.ordinal == gold.ordinal, gold.ordinal, event.ordinal
    if gold.modality is not None:
        yield "modality", event.modality == gold.modality, gold.modality, event.modality
    if gold.polarity is not None:
        yield "polarity", event.polarity == gold.polarity, gold.polarity, event.polarity
    if gold.according_to:
        said = [one.source for one in event.attribution]
        yield "attribution", said_by(event, gold.according_to, names), gold.according_to, said
    if gold.same_as is not None:
        first = found.get(gold.same_as)
        right = first is not None and (event.id == first.id or event.same_as == first.id)
        yield "same event", right, gold.same_as, event.same_as


def _participants(gold: GoldEvent, event: Event, names: Names) -> Iterator[tuple[str, bool, object, object]]:
    everybody = (*event.actors, *event.targets)
    whole = len(everybody) == len(gold.participants)
    for one in gold.participants:
        there = next((each for each in everybody if names.fits(each, one.person)), None)
        whole = whole and there is not None and names.bears(there.for_, one.for_)
        if there is not None and one.office is not None:
            right = (there.office or "").lower() == one.office.lower()
            yield "offices", right, one.office, there.office
    if gold.participants:
        yield "participants", whole, [one.person for one in gold.participants], _who(everybody)


def _twice(quotes: Sequence[Stretch], event: Event) -> Iterator[tuple[str, bool]]:
    """Where the quote stands more than once in the text, the one event must have evidence in each place."""
    if len(quotes) > 1:
        evidence = [(one.start, one.end) for one in event.evidence]
        yield "evidence in repeats", all(shared(evidence, [quote]) for quote in quotes)


def _who(arguments: Sequence[Argument]) -> list[str]:
    return [f"{one.entity} for {one.for_}" for one in arguments]
