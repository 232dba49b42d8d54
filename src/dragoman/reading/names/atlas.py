"""The atlas: the catalogue of known entities, where they lie, and how far apart."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import asin, cos, radians, sin, sqrt
from types import MappingProxyType

from dragoman.domain import Entity
from dragoman.reading.names import tables
from dragoman.reading.names.tables import Polity, Regime, Site

EARTH = 6371.0088  # mean radius in kilometres (IUGG)


@cache
def catalogue() -> Mapping[str, Entity]:
    """Every entity that the lexicon knows, by id."""
    found: dict[str, Entity] = {}
    for polity in tables.polities().values():
        ids = {"iso3": polity.id, "iso2": polity.iso2, "wikidata": polity.wikidata, "cow": polity.cow}
        found[polity.id] = Entity(id=polity.id, kind="polity", name=polity.name, ids=_given(ids))
    for regime in tables.regimes().values():
        ids = {"wikidata": regime.wikidata, "cow": regime.cow, "claims": regime.claims}
        found[regime.id] = Entity(id=regime.id, kind="regime", name=regime.name, ids=_given(ids))
    for organization in tables.organizations().values():
        ids = {"wikidata": organization.wikidata, "of": organization.of or ""}
        found[organization.id] = Entity(
            id=organization.id, kind="organization", name=organization.name, ids=_given(ids)
        )
    for outlet in tables.outlets().values():
        ids = {"wikidata": outlet.wikidata, "country": outlet.country}
        found[outlet.id] = Entity(id=outlet.id, kind="outlet", name=outlet.name, ids=_given(ids))
    for site in tables.sites().values():
        ids = {"geonames": site.geonames, "country": site.country or ""}
        found[site.id] = Entity(id=site.id, kind="place", name=site.name, ids=_given(ids))
    return MappingProxyType(found)


def _given(ids: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in ids.items() if value}


def polity(id: str) -> Polity:
    """The polity of that code; KeyError when there is none."""
    return tables.polities()[id]


def regime(id: str) -> Regime:
    """The regime of that id; KeyError when there is none."""
    return tables.regimes()[id]


def place(id: str) -> Site:
    """The place of that id; KeyError when there is none."""
    return tables.sites()[id]


@cache
def _seats() -> dict[str, str]:
    by_name = {
        (spelling, polity.id): polity.id
        for polity in tables.polities().values()
        for seat in polity.seats
        for spelling in seat
    }
    found: dict[str, str] = {}
    for site in tables.sites().values():
        polity = by_name.get((site.name, site.country or ""))
        if polity is not None:
            best = found.get(site.id)
            found[site.id] = best or polity
    return found | {seat: regime.id for regime in tables.regimes().values() for seat in regime.seats}


def polity_of_capital(place: str) -> str | None:
    """The polity whose government has its seat in that place (by place id), or None."""
    return _seats().get(place)


def distance_km(one: str, other: str) -> float:
    """Great-circle distance between the first seats of two polities, or between two places, in kilometres.

    Haversine formula on a sphere of the Earth's mean radius; within half a per cent of the ellipsoid.

    Parameters
    ----------
    one, other
        Codes of polities, or ids of regimes (the polity they claim) or places.

    Raises
    ------
    KeyError
        When one of them is not known or has no coordinates.
    """
    lat, lon = _point(one)
    to_lat, to_lon = _point(other)
    north, east = radians(to_lat - lat) / 2, radians(to_lon - lon) / 2
    chord = sin(north) ** 2 + cos(radians(lat)) * cos(radians(to_lat)) * sin(east) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))


def _point(id: str) -> tuple[float, float]:
    if id in tables.regimes():
        id = tables.regimes()[id].claims
    at: Polity | Site = tables.polities()[id] if id in tables.polities() else tables.sites()[id]
    if at.lat is None or at.lon is None:
        raise KeyError(f"{id} has no coordinates")
    return at.lat, at.lon


class Geography:
    """What polity an entity belongs to, in three senses."""

    def capital_of(self, entity: str | None) -> str | None:
        """The polity whose government has its seat in that place."""
        return _seats().get(entity or "")

    def seat_of_regime(self, entity: str | None) -> bool:
        """Whether a place is the seat of a regime's government and of no state's."""
        return _seats().get(entity or "") in tables.regimes()

    def organ_of(self, entity: str | None) -> str | None:
        """The polity whose organ that organization is."""
        organization = tables.organizations().get(entity or "")
        return organization.of if organization else None

    def country_of(self, entity: str | None) -> str | None:
        """The polity that a place lies in, or that a regime claims."""
        site = tables.sites().get(entity or "")
        if site is not None:
            return site.country
        regime = tables.regimes().get(entity or "")
        return regime.claims if regime else None


@cache
def geography() -> Geography:
    """The one geography of the lexicon."""
    return Geography()
