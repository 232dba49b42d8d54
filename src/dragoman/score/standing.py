"""Standing that follows from the events of one report alone; what follows from many reports is the record's."""

from __future__ import annotations

from collections.abc import Iterator

from dragoman.domain import Argument, Event, Reading, Value
from dragoman.score.names import Names, stands_for
from dragoman.score.outcome import Judged, Slip
from dragoman.score.tally import Tally


class Accepted(Value, frozen=True):
    """Who accepts diplomats, and who is expected to."""

    reported: tuple[str, ...]
    expected: tuple[str, ...]


class Standing(Value, frozen=True, kw_only=True):
    """Who treats the target as what."""

    target: str
    accept_diplomats: Accepted
    met: tuple[str, ...]
    recognise: tuple[str, ...]


def standing(gold: Standing, reading: Reading) -> Iterator[Judged]:
    """Compare the lists, party by party."""
    names = Names(reading)
    for label, kind, modality, wanted in (
        ("accept diplomats", "accept-diplomats", "happened", gold.accept_diplomats.reported),
        ("expected to accept", "accept-diplomats", "planned", gold.accept_diplomats.expected),
        ("met", "meeting", "happened", gold.met),
        ("recognise", "recognition", "happened", gold.recognise),
    ):
        found = {
            party
            for event in reading.events
            if (event.kind, event.modality, event.polarity) == (kind, modality, "affirmed")
            for party in _across(event, gold.target, names)
        }
        tally = Tally(len(found & set(wanted)), len(found), len(wanted))
        detail = f"wanted {sorted(wanted)}, read {sorted(found)}"
        slip = Slip("wrong", f"standing: {label}", gold.target, detail) if found != set(wanted) else None
        yield "standing, from events", tally, slip


def _across(event: Event, target: str, names: Names) -> set[str]:
    """The parties on the other side of the target."""

    def there(arguments: tuple[Argument, ...]) -> bool:
        return any(names.bears(stands_for(one), target) for one in arguments)

    sides = [event.actors] if there(event.targets) else [event.targets] if there(event.actors) else []
    return {party for side in sides for one in side if (party := stands_for(one))}
