"""Readouts: who met or called whom, as the withheld title of a US State Department readout says."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.domain import Argument, Event, Reading, Value
from dragoman.score.names import Names, plain, stands_for
from dragoman.score.outcome import Case, Slip, context
from dragoman.score.tally import Tally, share

CONTACT = {"meeting": frozenset({"meeting", "talks", "visit"}), "call": frozenset({"call"})}
KINDS = frozenset().union(*CONTACT.values())
HOST = "USA"


class Counterpart(Value, frozen=True):
    """A country and the surname of who speaks for it."""

    country: str
    surname: str


class Contact(Value, frozen=True):
    """What the title says."""

    kind: str
    us: str
    counterparts: tuple[Counterpart, ...]


class Readout(Value, frozen=True):
    """A gold readout."""

    id: str
    published: str
    text: str
    gold: Contact


def judge(gold: Readout, reading: Reading) -> Case:
    """Look for the act of the title among the contact events that happened."""
    names = Names(reading)
    act = gold.gold
    contacts = [
        event
        for event in reading.events
        if event.kind in KINDS and event.modality == "happened" and event.polarity == "affirmed"
    ]
    met = [_met(event, act, names) for event in contacts]
    whole = [event for event, found in zip(contacts, met, strict=True) if len(found) == len(act.counterparts)]
    right = [event for event in whole if event.kind in CONTACT[act.kind]]
    pairs = frozenset[Counterpart]().union(*met)
    tallies = {
        "acts": Tally(min(1, len(right)), len(contacts), 1),
        "pairs found": share(len(pairs), len(act.counterparts)),
    }
    if whole:
        tallies["kind right"] = share(min(1, len(right)))
    slips = [_other(gold.text, event) for event in contacts if event not in right[:1]]
    if not right:
        slips.insert(0, _missed(gold, reading.events, names))
    return Case(gold.id, tallies, tuple(slips))


def note(cases: Sequence[Case]) -> str:
    """How many contact events are not those of the titles: many are real."""
    others = sum(slip.sort == "other" for case in cases for slip in case.slips)
    return f"{others / max(1, len(cases)):.2f} other contact events a readout, to be read by eye (--errors)"


def _met(event: Event, act: Contact, names: Names) -> frozenset[Counterpart]:
    """The counterparts who stand across from the American of the title in an event."""
    best: frozenset[Counterpart] = frozenset()
    for ours, theirs in ((event.actors, event.targets), (event.targets, event.actors)):
        if any(_american(one, act.us, names) for one in ours):
            found = frozenset(who for who in act.counterparts if any(_is(one, who, names) for one in theirs))
            best = max(best, found, key=len)
    return best


def _american(argument: Argument, surname: str, names: Names) -> bool:
    return stands_for(argument) == HOST and names.person(argument).endswith(plain(surname))


def _is(argument: Argument, who: Counterpart, names: Names) -> bool:
    return stands_for(argument) == who.country and plain(who.surname) in names.person(argument)


def _other(text: str, event: Event) -> Slip:
    evidence = event.evidence[0]
    return Slip("other", f"another {event.kind}", context(text, evidence.start, evidence.end), _sides(event))


def _missed(gold: Readout, events: Sequence[Event], names: Names) -> Slip:
    act = gold.gold
    wanted = f"{act.kind}: {act.us}; " + ", ".join(f"{one.surname} ({one.country})" for one in act.counterparts)
    contacts = [event for event in events if event.kind in KINDS]
    if not contacts:
        return Slip("missed", "no contact event", context(gold.text, 0, 400), wanted)
    nearest = max(contacts, key=lambda event: (len(_met(event, act, names)), len(event.actors) + len(event.targets)))
    first = nearest.evidence[0]
    return Slip(
        "missed",
        _cause(nearest, act, names),
        context(gold.text, first.start, first.end),
        f"{wanted} | read: {_sides(nearest)}",
    )


def _cause(event: Event, act: Contact, names: Names) -> str:
    """Why the nearest contact event is not the act of the title: the first thing that fails."""
    everybody = (*event.actors, *event.targets)
    if len(_met(event, act, names)) == len(act.counterparts):
        if event.modality != "happened" or event.polarity != "affirmed":
            return f"read as {event.modality} and {event.polarity}"
        return f"read as {event.kind} where it is a {act.kind}"
    if not any(_american(one, act.us, names) for one in everybody):
        return "the American is not in it"
    for who in act.counterparts:
        named = [one for one in everybody if plain(who.surname) in names.person(one)]
        if not named:
            return "the counterpart is not in it"
        if not any(stands_for(one) == who.country for one in named):
            return "the counterpart acts for somebody else"
    return "on the same side"


def _sides(event: Event) -> str:
    def side(arguments: Sequence[Argument]) -> str:
        return ", ".join(f"{one.entity or '?'} ({one.for_ or '-'})" for one in arguments) or "nobody"

    return f"{side(event.actors)} - {side(event.targets)} [{event.rule}]"
