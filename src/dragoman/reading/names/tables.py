"""The tables of names: polities, regimes, organizations, outlets and places, as the lexicon has them."""

from __future__ import annotations

import csv
import gzip
from functools import cache

import msgspec

from dragoman import lexicon


class Polity(msgspec.Struct, frozen=True):
    """A state or territory, by its ISO 3166-1 alpha-3 code (historical ones by ISO 3166-3's former code).

    ``seats`` are the cities of its government, the first spelling of each the usual one; ``lat`` and ``lon`` are
    those of the first seat.  ``cow`` is the Correlates of War state number, ``cow_abbr`` its abbreviation.
    """

    id: str
    iso2: str
    name: str
    official: str
    status: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    people: tuple[str, ...]
    seats: tuple[tuple[str, ...], ...]
    lat: float | None
    lon: float | None
    metonyms: tuple[str, ...]
    cow: str
    cow_abbr: str
    wikidata: str

    @property
    def demonyms(self) -> tuple[str, ...]:
        """Adjectives and nouns for its people."""
        return tuple(dict.fromkeys((*self.adjectives, *self.people)))


class Regime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An authority whose recognition is contested; ``claims`` is the polity it says it governs."""

    id: str
    name: str
    claims: str
    example: str
    article: bool = True
    names: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    wikidata: str = ""
    cow: str = ""


class Contested(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A polity whose statehood or government is disputed, and by whom."""

    polity: str
    by: tuple[str, ...]
    why: str
    example: str


class _Regimes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    regimes: tuple[Regime, ...]
    contested: tuple[Contested, ...]


class Organization(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An international organization, or an organ or movement of one polity (``of``)."""

    id: str
    name: str
    names: tuple[str, ...]
    example: str
    of: str | None = None
    unsure: tuple[str, ...] = ()
    wikidata: str = ""


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A news agency, paper or broadcaster, with the country of its seat."""

    id: str
    name: str
    names: tuple[str, ...]
    country: str
    example: str
    home: bool = False  # names its own country's officers without the country
    unsure: tuple[str, ...] = ()
    wikidata: str = ""


class Site(msgspec.Struct, frozen=True):
    """A city, region, sea or venue; ``country`` is None where it lies in no one polity."""

    id: str
    name: str
    names: tuple[str, ...]
    country: str | None
    lat: float | None
    lon: float | None
    population: int = 0
    geonames: str = ""


@cache
def polities() -> dict[str, Polity]:
    """All polities, by code."""
    return {row["id"]: _polity(row) for row in lexicon.table("polities.csv")}


def _polity(row: dict[str, str]) -> Polity:
    return Polity(
        id=row["id"],
        iso2=row["iso2"],
        name=row["name"],
        official=row["official"],
        status=row["status"],
        names=_cell(row["names"]),
        adjectives=_cell(row["adjectives"]),
        people=_cell(row["people"]),
        seats=tuple(tuple(seat.split("/")) for seat in _cell(row["seats"])),
        lat=_degrees(row["lat"]),
        lon=_degrees(row["lon"]),
        metonyms=_cell(row["metonyms"]),
        cow=row["cow"],
        cow_abbr=row["cow_abbr"],
        wikidata=row["wikidata"],
    )


@cache
def _regimes() -> _Regimes:
    return lexicon.entries("regimes.yaml", _Regimes)


@cache
def regimes() -> dict[str, Regime]:
    """All contested regimes, by id."""
    return {one.id: one for one in _regimes().regimes}


@cache
def contested() -> dict[str, Contested]:
    """The polities whose statehood or government is disputed, by code."""
    return {one.polity: one for one in _regimes().contested}


@cache
def organizations() -> dict[str, Organization]:
    """All organizations, by id."""
    return {one.id: one for one in lexicon.entries("organizations.yaml", tuple[Organization, ...])}


@cache
def outlets() -> dict[str, Outlet]:
    """All news outlets, by id."""
    return {one.id: one for one in lexicon.entries("outlets.yaml", tuple[Outlet, ...])}


@cache
def sites() -> dict[str, Site]:
    """All places, by id: the cities of GeoNames, and what ``places.csv`` adds or names otherwise."""
    with gzip.open((lexicon.DATA / "cities.csv.gz").open("rb"), "rt", encoding="utf-8", newline="") as file:
        found = {
            id: Site(id, name, _cell(names), country, float(lat), float(lon), int(population), geonames)
            for id, name, names, country, lat, lon, population, geonames in list(csv.reader(file))[1:]
        }
    for row in lexicon.table("places.csv"):
        city = found.get(row["id"])
        names = _cell(row["names"])
        found[row["id"]] = (
            msgspec.structs.replace(city, names=(*city.names, *names))
            if city
            else Site(
                row["id"], row["name"], names, row["country"] or None, _degrees(row["lat"]), _degrees(row["lon"])
            )
        )
    return found


def _cell(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _degrees(text: str) -> float | None:
    return float(text) if text else None
