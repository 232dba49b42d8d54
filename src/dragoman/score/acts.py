"""Act cases: a sentence or two, the events that are in it, and the kinds that are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from dragoman.domain import Argument, Event, Reading, Value
from dragoman.score.fields import place_is, said_by, time_is
from dragoman.score.names import Names, plain, stands_for
from dragoman.score.outcome import Case, Slip, added, context
from dragoman.score.spans import pairs
from dragoman.score.tally import Tally, share

SYMMETRIC = frozenset({"meeting", "talks", "call"})
UNSET = msgspec.UNSET
Unset = msgspec.UnsetType
Checked = dict[str, tuple[bool, object, object]]  # field -> right, wanted, read


class Act(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event that a case wants; a field that is not given is not judged."""

    kind: str
    actors: tuple[str, ...] | Unset = UNSET
    targets: tuple[str, ...] | Unset = UNSET
    about: tuple[str, ...] | Unset = UNSET
    modality: str | Unset = UNSET
    polarity: str | Unset = UNSET
    source: str | Unset | None = UNSET
    persons: tuple[str, ...] | Unset = UNSET
    place: str | Unset | None = UNSET
    date: str | Unset | None = UNSET


class ActCase(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text with its events, and kinds that are not in it; ``miss`` says why it is known to be read wrongly."""

    text: str
    published: str | None = None
    events: tuple[Act, ...] = ()
    absent: tuple[str, ...] = ()
    miss: str | None = None


def judge(gold: ActCase, reading: Reading) -> Case:
    """Pair events with the wanted acts of the same kind, so that the most fields are right."""
    names = Names(reading)
    events = reading.events
    tallies: list[tuple[str, Tally]] = []
    slips: list[Slip] = []
    same = pairs(gold.events, events, lambda act, event: _fit(act, event, names), 0.0)
    for i, act in enumerate(gold.events):
        if i not in same:
            there = ", ".join(event.kind for event in events) or "nothing"
            tallies.append((act.kind, Tally(0, 0, 1)))
            slips.append(Slip("missed", act.kind, gold.text, f"read: {there}"))
            continue
        checked = _fields(act, events[same[i]], names)
        tallies.append((act.kind, Tally(1, 1, 1)))
        tallies += [(f"· {field}", share(right)) for field, (right, _, _) in checked.items()]
        tallies.append(("· all fields", share(all(right for right, _, _ in checked.values()))))
        slips += [
            Slip("wrong", field, gold.text, f"{act.kind}: wanted {wanted}, read {read} [{events[same[i]].rule}]")
            for field, (right, wanted, read) in checked.items()
            if not right
        ]
    judged = {act.kind for act in gold.events} | set(gold.absent)
    for event in _rest(events, set(same.values()), judged):
        tallies.append((event.kind, Tally(0, 1, 0)))
        evidence = event.evidence[0]
        slips.append(
            Slip("spurious", event.kind, context(reading.report.text, evidence.start, evidence.end), event.rule)
        )
    kinds = {event.kind for event in events}
    tallies += [("· absent kinds", share(kind not in kinds)) for kind in gold.absent]
    return Case(gold.text[:60], added(tallies), tuple(slips))


def _rest(events: Sequence[Event], paired: set[int], judged: set[str]) -> Iterator[Event]:
    return (event for j, event in enumerate(events) if j not in paired and event.kind in judged)


def _fit(act: Act, event: Event, names: Names) -> float:
    if act.kind != event.kind:
        return 0.0
    checked = _fields(act, event, names).values()
    return 1 + sum(right for right, _, _ in checked)


def _fields(act: Act, event: Event, names: Names) -> Checked:
    """Judge each field that the case gives."""
    checked: Checked = {}

    def parties(field: str, wanted: set[str], arguments: Sequence[Argument]) -> None:
        read = {stands_for(one) for one in arguments}
        checked[field] = (read == wanted, sorted(wanted), sorted(map(str, read)))

    both = (*event.actors, *event.targets)
    if act.kind in SYMMETRIC and act.actors is not UNSET and act.targets is not UNSET:
        parties("parties", {*act.actors, *act.targets}, both)
    else:
        for field, wanted, arguments in (
            ("actors", act.actors, event.actors),
            ("targets", act.targets, event.targets),
        ):
            if wanted is not UNSET:
                parties(field, set(wanted), both if act.kind in SYMMETRIC else arguments)
    if act.about is not UNSET:
        parties("about", set(act.about), event.about)
    if act.modality is not UNSET:
        checked["modality"] = (event.modality == act.modality, act.modality, event.modality)
    if act.polarity is not UNSET:
        checked["polarity"] = (event.polarity == act.polarity, act.polarity, event.polarity)
    if act.source is not UNSET:
        right = said_by(event, [act.source] if act.source else [], names)
        checked["source"] = (right, act.source, [one.source for one in event.attribution])
    if act.persons is not UNSET:
        there = [names.person(one) for one in both]
        checked["persons"] = (all(any(plain(one) in who for who in there) for one in act.persons), act.persons, there)
    if act.place is not UNSET:
        right = event.place is None if act.place is None else place_is(event.place, act.place)
        checked["place"] = (right, act.place, event.place and event.place.name)
    if act.date is not UNSET:
        checked["date"] = (time_is(event.time, act.date), act.date, event.time and event.time.timex)
    return checked
