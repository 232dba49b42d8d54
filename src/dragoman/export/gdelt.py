"""GDELT 2: events in its 61 columns, and mentions with character offsets.

The GDELT Event Database Data Format Codebook V2.0 (2015).  Files have no header, as GDELT's have none.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from dragoman.domain import Argument, Reading
from dragoman.export import actors
from dragoman.export.column import Cell, Column
from dragoman.export.icews import Dyad, dyads
from dragoman.export.located import country_name, located
from dragoman.record import tables
from dragoman.record.questions.answers import EventLine, Part
from dragoman.record.questions.filters import EventFilter
from dragoman.record.questions.listing import every
from dragoman.record.rows import unbody

WORLD_CITY, COUNTRY = 4, 1  # GDELT's kinds of places
WEB = 1  # GDELT's kind of mention
UNKNOWN = -1  # an offset that is not known


def number(one: Dyad) -> int:
    """A whole number of 60 bits for an event id; for further dyads, of a hash of id and place."""
    if one.place == 0:
        return int.from_bytes(base64.b32decode(one.line.id.upper() + "===="), "big") >> 4
    return int(hashlib.sha256(f"{one.line.id}/{one.place}".encode()).hexdigest()[:15], 16)


def _fraction(day: str) -> float:
    given = date.fromisoformat(day)
    return round(given.year + (given.timetuple().tm_yday - 1) / 365.25, 4)


def _actor(place: int) -> Mapping[str, Column[Dyad]]:
    label = f"Actor{place}"

    def part(one: Dyad) -> Part | None:
        return one.actor if place == 1 else one.target

    return {
        f"{label}Code": Column(
            "country code and GOV for polities and regimes, else empty",
            lambda one: f"{actors.country(part(one)) or ''}{actors.sector(part(one)) or ''}" or None,
        ),
        f"{label}Name": Column("name", lambda one: (actors.name(part(one)) or "").upper() or None),
        f"{label}CountryCode": Column(
            "ISO 3166-1 alpha-3 (CAMEO's are alike save for a few); of a regime, the country it claims",
            lambda one: actors.country(part(one)),
        ),
        f"{label}KnownGroupCode": Column("Dragoman's id of a contested regime", lambda one: actors.regime(part(one))),
        f"{label}EthnicCode": Column("nothing"),
        f"{label}Religion1Code": Column("nothing"),
        f"{label}Religion2Code": Column("nothing"),
        f"{label}Type1Code": Column("GOV for polities and regimes", lambda one: actors.sector(part(one))),
        f"{label}Type2Code": Column("nothing"),
        f"{label}Type3Code": Column("nothing"),
    }


def _geo(label: str, *, filled: bool) -> Mapping[str, Column[Dyad]]:
    if not filled:
        parts = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
        return {f"{label}_{part}": Column("nothing: the place is that of the act") for part in parts}
    return {
        f"{label}_Type": Column("4 for a city, 1 for a country", _geo_type),
        f"{label}_FullName": Column(
            "place and country by name",
            lambda one: (
                ", ".join(dict.fromkeys(part for part in (one.line.place, country_name(one.line.country)) if part))
                or None
            ),
        ),
        f"{label}_CountryCode": Column("nothing: GDELT's are FIPS 10-4, which Dragoman does not have"),
        f"{label}_ADM1Code": Column("nothing"),
        f"{label}_ADM2Code": Column("nothing"),
        f"{label}_Lat": Column("degrees", lambda one: at.lat if (at := located(one.line)) else None),
        f"{label}_Long": Column("degrees", lambda one: at.lon if (at := located(one.line)) else None),
        f"{label}_FeatureID": Column(
            "GeoNames id (GDELT's are of the GNS)", lambda one: at.geonames if (at := located(one.line)) else None
        ),
    }


def _geo_type(one: Dyad) -> int | None:
    at = located(one.line)
    return None if at is None else WORLD_CITY if at.precision == "place" else COUNTRY


def _moment(at: str) -> str:
    return at[:19].translate(str.maketrans("", "", "-T:")).ljust(14, "0")


COLUMNS: Mapping[str, Column[Dyad]] = {
    "GlobalEventID": Column(
        "the event id as a whole number of 60 bits; of a hash for further dyads of an event", number
    ),
    "Day": Column("YYYYMMDD", lambda one: one.line.day.replace("-", "")),
    "MonthYear": Column("YYYYMM", lambda one: one.line.day[:7].replace("-", "")),
    "Year": Column("YYYY", lambda one: one.line.day[:4]),
    "FractionDate": Column("year with the part of it that has passed", lambda one: _fraction(one.line.day)),
    **_actor(1),
    **_actor(2),
    "IsRootEvent": Column("1", lambda one: 1),
    "EventCode": Column("CAMEO code, a string that keeps its zeros", lambda one: one.coded.cameo),
    "EventBaseCode": Column("its first three digits", lambda one: one.coded.cameo[:3]),
    "EventRootCode": Column("its first two digits", lambda one: one.coded.root),
    "QuadClass": Column("1 and 2 verbal and material cooperation, 3 and 4 conflict", lambda one: one.coded.quad_class),
    "GoldsteinScale": Column("-10 to 10", lambda one: one.coded.goldstein),
    "NumMentions": Column("reports that tell the event", lambda one: one.line.tellings),
    "NumSources": Column("independent ones; copies count once", lambda one: one.line.sources),
    "NumArticles": Column("reports that tell the event", lambda one: one.line.tellings),
    "AvgTone": Column("nothing: Dragoman measures no tone"),
    **_geo("Actor1Geo", filled=False),
    **_geo("Actor2Geo", filled=False),
    **_geo("ActionGeo", filled=True),
    "DATEADDED": Column("YYYYMMDDHHMMSS, UTC", lambda one: _moment(one.line.added_at)),
    "SOURCEURL": Column("report id; mentions have addresses", lambda one: one.line.report),
}


class Mentioned(NamedTuple):
    """A dyad as one report tells it, with the report's address, the length of its text, and the offsets in it."""

    dyad: Dyad
    url: str | None
    length: int
    actor: int
    target: int
    start: int
    sure: bool
    outlet: str | None
    published: str | None
    report: str


MENTIONS: Mapping[str, Column[Mentioned]] = {
    "GlobalEventID": Column("as in the events", lambda one: number(one.dyad)),
    "EventTimeDate": Column("when the event was added, YYYYMMDDHHMMSS", lambda one: _moment(one.dyad.line.added_at)),
    "MentionTimeDate": Column(
        "day of publication, with zeros for the time",
        lambda one: _moment(one.published or "") if one.published else None,
    ),
    "MentionType": Column("1 (web)", lambda one: WEB),
    "MentionSourceName": Column("outlet", lambda one: one.outlet),
    "MentionIdentifier": Column("the report's address, or its id", lambda one: one.url or one.report),
    "SentenceID": Column("nothing: offsets are exact"),
    "Actor1CharOffset": Column(
        "where the actor is named, in code points; -1 where that is not known", lambda one: one.actor
    ),
    "Actor2CharOffset": Column("where the target is named", lambda one: one.target),
    "ActionCharOffset": Column("where the evidence begins", lambda one: one.start),
    "InRawText": Column("1", lambda one: 1),
    "Confidence": Column("100 where the reader had no doubts, else 50", lambda one: 100 if one.sure else 50),
    "MentionDocLen": Column("length of the text in code points", lambda one: one.length),
    "MentionDocTone": Column("nothing"),
    "MentionDocTranslationInfo": Column("nothing"),
    "Extras": Column("nothing"),
}


def events(connection: Connection, given: EventFilter) -> Iterator[list[Cell]]:
    """The rows of the events."""
    for line in every(connection, given):
        for one in dyads(line):
            yield [column.value(one) if column.value else None for column in COLUMNS.values()]


def mentions(connection: Connection, given: EventFilter) -> Iterator[list[Cell]]:
    """The rows of the mentions: one for each report that tells a dyad."""
    telling, report, reading = tables.telling, tables.report, tables.reading
    asked = (
        select(telling, report.c.url, report.c.text, reading.c.body)
        .join(report, report.c.id == telling.c.report_id)
        .join(reading, reading.c.id == telling.c.reading_id)
        .where(telling.c.superseded_at.is_(None))
        .order_by(telling.c.num)
    )
    for line in every(connection, given):
        found = list(dyads(line))
        if not found:
            continue
        for row in connection.execute(asked.where(telling.c.event_id == line.id)):
            told = unbody(row.body, row.text)
            for one in found:
                made = _mentioned(one, line, told, row)
                yield [column.value(made) if column.value else None for column in MENTIONS.values()]


def _mentioned(one: Dyad, line: EventLine, told: Reading, row: object) -> Mentioned:
    at = {name: getattr(row, name) for name in ("url", "start", "sure", "outlet", "published", "n")}
    event = told.events[at.pop("n")]
    return Mentioned(
        dyad=one,
        length=len(told.report.text),
        actor=_offset(event.actors, one.actor),
        target=_offset(event.targets, one.target),
        report=line.report,
        **at,
    )


def _offset(parts: tuple[Argument, ...], wanted: Part | None) -> int:
    for part in parts:
        if wanted is not None and wanted.who in (part.for_, part.entity):
            return part.start
    return UNKNOWN
