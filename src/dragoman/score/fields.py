"""Fields of an event against what a gold case wants of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dragoman.domain import Event, Place, Quantity, Time, Topic, Value
from dragoman.score.names import Names, plain

WORD = re.compile(r"[a-z]+")


class Spot(Value, frozen=True):
    """A gold place in two parts."""

    city: str | None = None
    country: str | None = None


class Amount(Value, frozen=True):
    """A gold quantity."""

    value: float
    unit: str
    of: str | None = None


def place_is(place: Place | None, wanted: str | Spot) -> bool:
    """Whether a place is the wanted one, by its name, its city or the code of its country."""
    if place is None:
        return False
    if isinstance(wanted, str):
        return place.country == wanted or plain(wanted) in {plain(place.name), plain(place.city or "")}
    city = wanted.city is None or plain(place.city or place.name) == plain(wanted.city)
    return city and (wanted.country is None or place.country == wanted.country)


def time_is(time: Time | None, wanted: str | None) -> bool:
    """Whether a time has the wanted value; nothing wanted means that no value may be given."""
    if wanted is None:
        return time is None or time.status != "resolved"
    return time is not None and time.timex == wanted


def amount_is(quantity: Quantity, wanted: Amount) -> bool:
    """Whether a quantity is the wanted number of the wanted thing, singular or plural."""
    said = _singular(f"{quantity.unit} {quantity.of or ''} {quantity.text}")
    return quantity.value == wanted.value and _singular(f"{wanted.unit} {wanted.of or ''}") <= said


def topic_is(text: str, topic: Topic, wanted: str) -> bool:
    """Whether a topic is the wanted one, by its name or by its words in the text."""
    return plain(wanted) in {plain(topic.topic), plain(text[topic.start : topic.end])}


def said_by(event: Event, wanted: Iterable[str], names: Names) -> bool:
    """Whether the chain of those who say it is those whom the gold names, and nobody else."""
    wanted = list(wanted)
    links = event.attribution
    return all(any(names.speaks(link.source, link.source_span, name) for link in links) for name in wanted) and all(
        any(names.speaks(link.source, link.source_span, name) for name in wanted) for link in links
    )


def _singular(words: str) -> set[str]:
    plurals = {"people": "person"}
    return {plurals.get(word, word.removesuffix("s")) for word in WORD.findall(words.lower())}
