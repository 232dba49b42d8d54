"""Where events took place: coordinates of the place that a report names, or of the country's seat of government."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dragoman.reading.names import catalogue, place, polity, resolve
from dragoman.reading.people import slug
from dragoman.record.questions.answers import EventLine


@dataclass(frozen=True, slots=True)
class Located:
    """A point in degrees (WGS 84); `precision` is ``place`` or ``country`` (then it is the seat of government)."""

    lat: float
    lon: float
    precision: str
    city: str | None
    geonames: str | None


def located(line: EventLine) -> Located | None:
    """Where an event took place, as far as it is told."""
    return _located(line.place, line.country)


@lru_cache(maxsize=4096)
def _located(name: str | None, country: str | None) -> Located | None:
    for id in (slug(name), resolve(name)) if name else ():
        known = catalogue().get(id or "")
        if known is not None and known.kind == "place":
            site = place(known.id)
            if site.lat is not None and site.lon is not None and country in (None, site.country):
                return Located(site.lat, site.lon, "place", site.name, site.geonames or None)
    if country is None or country not in catalogue():
        return None
    seat = polity(country)
    if seat.lat is None or seat.lon is None:
        return None
    return Located(seat.lat, seat.lon, "country", None, None)


def country_name(code: str | None) -> str | None:
    """The name of a polity."""
    return catalogue()[code].name if code and code in catalogue() else code
