"""PLOVER: events in the columns of POLECAT.

Halterman, A. et al. (2023): PLOVER and POLECAT: A New Political Event Ontology and Dataset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dragoman.export import actors
from dragoman.export.column import Column
from dragoman.export.located import country_name, located
from dragoman.record.codes import code, plover_quad
from dragoman.record.questions.answers import EventLine, Part

VERSION = "DRAGOMAN"


def _joined(values: Sequence[str | None]) -> str | None:
    return ";".join(dict.fromkeys(value for value in values if value)) or None


def _intensity(line: EventLine) -> float | None:
    coded = code(line.kind, line.modality, line.polarity)
    return coded.goldstein if coded else None


def _side(side: str, label: str, who: str) -> Mapping[str, Column[EventLine]]:
    def parts(line: EventLine) -> Sequence[Part]:
        return line.actors if side == "actor" else line.targets

    return {
        f"{label} Name": Column(
            f"polities, regimes and organizations that {who}, apart by semicolons",
            lambda line: _joined([actors.name(one) for one in parts(line)]),
        ),
        f"{label} Country": Column(
            "ISO 3166-1 alpha-3; of a regime, the country that it claims",
            lambda line: _joined([actors.country(one) for one in parts(line)]),
        ),
        f"{label} COW": Column(
            "Correlates of War numbers", lambda line: _joined([actors.cow(one) for one in parts(line)])
        ),
        f"Primary {label} Sector": Column(
            "GOV for polities and regimes, else empty",
            lambda line: next((actors.sector(one) for one in parts(line) if actors.sector(one)), None),
        ),
        f"{label} Sectors": Column("the same", lambda line: _joined([actors.sector(one) for one in parts(line)])),
        f"{label} Title": Column("offices as told", lambda line: _joined([one.office for one in parts(line)])),
        f"{label} Name Raw": Column(
            "persons' names, or as above", lambda line: _joined([one.name for one in parts(line)])
        ),
        f"Wikipedia {label} ID": Column(
            "Wikidata ids (Dragoman keeps no Wikipedia titles)",
            lambda line: _joined([actors.wikidata(one) for one in parts(line)]),
        ),
    }


COLUMNS: Mapping[str, Column[EventLine]] = {
    "Event ID": Column("Dragoman's stable event id", lambda line: line.id),
    "Event Date": Column("first day, ISO 8601", lambda line: line.day or None),
    "Event Type": Column("PLOVER type", lambda line: line.type),
    "Event Mode": Column("Dragoman's kind; it is finer than PLOVER's modes and not the same", lambda line: line.kind),
    "Intensity": Column("Goldstein's value of the CAMEO code; not POLECAT's own scale", _intensity),
    "Quad Code": Column("PLOVER's quad class of the type, in words", lambda line: plover_quad(line.type)),
    "Contexts": Column(
        "what PLOVER calls auxiliary modes: modality, polarity, and `attributed` for a claim, apart by semicolons",
        lambda line: ";".join([line.modality, line.polarity, *(["attributed"] if line.claim else [])]),
    ),
    **_side("actor", "Actor", "act"),
    **_side("target", "Recipient", "are acted on"),
    "Placename": Column("place as told", lambda line: line.place),
    "City": Column(
        "city, where the place is one that GeoNames has", lambda line: at.city if (at := located(line)) else None
    ),
    "District": Column("nothing"),
    "Province": Column("nothing"),
    "Country": Column("country of the place, by name", lambda line: country_name(line.country)),
    "Latitude": Column(
        "degrees; of the seat of government where only the country is told",
        lambda line: at.lat if (at := located(line)) else None,
    ),
    "Longitude": Column("degrees", lambda line: at.lon if (at := located(line)) else None),
    "GeoNames ID": Column("of the city", lambda line: at.geonames if (at := located(line)) else None),
    "Raw Placename": Column("place as told", lambda line: line.place),
    "Feature Type": Column(
        "`place` or `country`: how exact the point is", lambda line: at.precision if (at := located(line)) else None
    ),
    "Source": Column("outlet of the report that is quoted", lambda line: line.outlet),
    "Publication Date": Column("its day of publication", lambda line: line.published),
    "Story People": Column(
        "persons in the event (not in the whole story)",
        lambda line: _joined([one.name for one in (*line.actors, *line.targets) if one.entity != one.who]),
    ),
    "Story Organizations": Column("nothing"),
    "Story Locations": Column("nothing"),
    "Language": Column("en", lambda line: "en"),
    "Version": Column("DRAGOMAN", lambda line: VERSION),
}
