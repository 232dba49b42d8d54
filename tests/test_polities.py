"""The tables of names: complete, consistent, and every entry found by its example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain

import pytest

from dragoman.reading.names import (
    capital_of,
    catalogue,
    contested,
    distance_km,
    find_names,
    find_topics,
    geography,
    namesakes,
    place,
    polity,
    polity_of_capital,
    regime,
    resolve,
    suggestions,
    tables,
)
from dragoman.reading.names.topics import topics

POLITIES = list(tables.polities().values())


def named(text: str) -> set[str]:
    return set(chain.from_iterable((one.entity or "", *(one.candidates or ())) for one in find_names(text)))


def test_all_states_are_there() -> None:
    status = Counter(one.status for one in POLITIES)
    assert status["member"] == 193
    assert status["observer"] == 2
    assert {"TWN", "XKX", "PSE", "VAT", "COK", "NIU", "ESH", "HKG", "MAC", "GRL"} <= {one.id for one in POLITIES}


def test_codes_are_well_formed_and_unique() -> None:
    for codes in ([one.iso2 for one in POLITIES if one.iso2], [one.wikidata for one in POLITIES]):
        assert not [code for code, times in Counter(codes).items() if times > 1]
    for one in POLITIES:
        assert len(one.id) == 3 and one.id.isupper()
        assert one.wikidata.startswith("Q")
        assert one.cow == "" or (one.cow.isdigit() and len(one.cow_abbr) == 3)
        if one.status == "member":
            assert one.cow and one.seats and one.lat is not None
            assert one.demonyms or one.id == "CAF"


def test_ids_are_unique_across_the_tables() -> None:
    of: list[Mapping[str, object]] = [
        tables.polities(),
        tables.regimes(),
        tables.organizations(),
        tables.outlets(),
        tables.sites(),
    ]
    assert not [id for id, times in Counter(chain.from_iterable(of)).items() if times > 1]
    assert len(catalogue()) == sum(len(one) for one in of)


@pytest.mark.parametrize("one", POLITIES, ids=lambda one: one.id)
def test_a_polity_is_found_by_each_of_its_names(one: tables.Polity) -> None:
    for name in filter(None, (one.name, one.official, *one.names, *one.demonyms, *one.metonyms)):
        assert one.id in named(f"He spoke of {name}.") | named(f"He spoke of {name} and of {one.name}."), name


@pytest.mark.parametrize("one", [one for one in POLITIES if one.seats], ids=lambda one: one.id)
def test_each_seat_is_a_place_of_its_polity(one: tables.Polity) -> None:
    for seat in one.seats:
        assert one.id in (capital_of(seat[0]), resolve(seat[0])) or one.id in named(f"He flew to {seat[0]}."), seat


@pytest.mark.parametrize("one", list(tables.regimes().values()), ids=lambda one: one.id)
def test_a_regime_is_found_in_its_example(one: tables.Regime) -> None:
    assert one.id in named(one.example)
    assert one.claims in tables.polities()
    claimed = polity(one.claims).name
    for name in (*one.names, *one.own, *one.also, *one.unsure, *one.demonyms):
        assert one.id in named(f"He spoke of the {name} in {claimed}."), name


@pytest.mark.parametrize("one", list(contested().values()), ids=lambda one: one.polity)
def test_a_contested_polity_is_found_in_its_example(one: tables.Contested) -> None:
    assert one.polity in named(one.example)
    assert set(one.by) <= set(tables.polities())


@pytest.mark.parametrize("one", [*tables.organizations().values(), *tables.outlets().values()], ids=lambda one: one.id)
def test_an_organization_or_outlet_is_found_in_its_example(one: tables.Organization | tables.Outlet) -> None:
    assert one.id in named(one.example)
    for name in (*one.names, *one.unsure):
        assert one.id in named(f"{one.example} It spoke of {name} newspaper."), name


def test_what_organizations_and_outlets_belong_to_is_known() -> None:
    assert {one.of for one in tables.organizations().values() if one.of} <= {*tables.polities(), *tables.regimes()}
    assert {one.country for one in tables.outlets().values()} <= set(tables.polities())
    assert len(tables.outlets()) >= 80 and len(tables.regimes()) >= 20


def test_namesakes_are_read_as_their_examples_say() -> None:
    for one in namesakes.several().values():
        assert set(one.candidates) & named(one.example), one.name
        assert set(one.candidates) <= set(catalogue())
    for phrase in namesakes.phrases():
        assert not [found for found in find_names(phrase.example) if found.text in phrase.phrase], phrase.phrase
    for name in namesakes.given().values():
        assert not [found for found in find_names(name.example) if found.text == name.name], name.name


def test_topics_are_found_in_their_examples() -> None:
    assert len(topics()) >= 40
    for topic in topics():
        assert topic.id in [one.topic for one in find_topics(topic.example, 0, len(topic.example))], topic.id


def test_distances_between_seats() -> None:
    assert distance_km("AFG", "MYS") == pytest.approx(4840, abs=15)
    assert distance_km("AFG", "IDN") == pytest.approx(6010, abs=15)
    assert distance_km("taliban", "IDN") == distance_km("AFG", "IDN")
    assert distance_km("FRA", "FRA") == 0
    with pytest.raises(KeyError):
        distance_km("AFG", "atlantis")


def test_capitals_and_countries() -> None:
    atlas = geography()
    assert (atlas.capital_of("kabul"), polity_of_capital("kyiv"), capital_of("Kiev")) == ("AFG", "UKR", "UKR")
    assert (atlas.capital_of("herat"), atlas.capital_of(None)) == (None, None)
    assert [atlas.country_of(id) for id in ("herat", "taliban", "red-sea")] == ["AFG", "AFG", None]
    assert (atlas.organ_of("us-state-department"), atlas.organ_of("nato")) == ("USA", None)
    assert place("davos").country == "CHE" and regime("taliban").claims == "AFG"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("Afghanistan", "AFG"), ("AFG", "AFG"), ("af", "AFG"), ("Afghan", "AFG"), ("kabul", "AFG"), ("Kiev", "UKR"),
        ("the Taliban", "taliban"), ("  ivory   coast ", "CIV"), ("US", "USA"), ("türkiye", "TUR"), ("UK", "GBR"),
        ("taliban", "taliban"),
        ("south-sudan", "SSD"), ("state department", "us-state-department"), ("Georgia", "GEO"), ("Congo", None),
        ("Afganistan", None), ("", None), ("PRC", "CHN"), ("Holy See", "VAT"), ("xkx", "XKX"),
    ],
)  # fmt: skip
def test_what_a_user_types_is_resolved(typed: str, id: str | None) -> None:
    assert resolve(typed) == id


def test_a_misspelt_state_is_never_guessed_but_suggested() -> None:
    assert resolve("Afganistan") is None
    assert "Afghanistan" in suggestions("Afganistan")
    assert "Malaysia" in suggestions("Malasia")


def test_the_bearers_of_an_ambiguous_name_are_suggested() -> None:
    assert suggestions("Congo") == ["Democratic Republic of the Congo", "Republic of the Congo"]
