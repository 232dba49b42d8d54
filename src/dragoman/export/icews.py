"""ICEWS: events as dyads in the columns of the ICEWS Coded Event Data (Boschee et al. 2015)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dragoman.export import actors
from dragoman.export.column import Column
from dragoman.export.located import country_name, located
from dragoman.record.codes import Code, code
from dragoman.record.questions.answers import EventLine, Part


class Dyad(NamedTuple):
    """One actor with one target of a coded event; `place` counts the dyads of an event from 0."""

    line: EventLine
    coded: Code
    place: int
    actor: Part | None
    target: Part | None


def dyads(line: EventLine) -> Iterator[Dyad]:
    """The dyads of an event that has a day and a CAMEO code; others have none."""
    coded = code(line.kind, line.modality, line.polarity)
    if coded is not None and line.day:
        for place, (actor, target) in enumerate(actors.pairs(line)):
            yield Dyad(line, coded, place, actor, target)


COLUMNS: Mapping[str, Column[Dyad]] = {
    "Event ID": Column(
        "Dragoman's stable event id; further dyads of an event have `/1`, `/2` … behind it, so that ids are unique",
        lambda one: f"{one.line.id}/{one.place}" if one.place else one.line.id,
    ),
    "Event Date": Column("first day, ISO 8601", lambda one: one.line.day),
    "Source Name": Column("who acts", lambda one: actors.name(one.actor)),
    "Source Sectors": Column("`Government` for polities and regimes", lambda one: _sector(one.actor)),
    "Source Country": Column(
        "by name; of a regime, the country it claims", lambda one: country_name(actors.country(one.actor))
    ),
    "Event Text": Column("the event in plain English", lambda one: one.line.sentence),
    "CAMEO Code": Column("a string that keeps its zeros", lambda one: one.coded.cameo),
    "Intensity": Column("Goldstein's value of the code, -10 to 10", lambda one: one.coded.goldstein),
    "Target Name": Column("who is acted on", lambda one: actors.name(one.target)),
    "Target Sectors": Column("as for the source", lambda one: _sector(one.target)),
    "Target Country": Column("as for the source", lambda one: country_name(actors.country(one.target))),
    "Story ID": Column("id of the report that is quoted", lambda one: one.line.report),
    "Sentence Number": Column("nothing: evidence has offsets instead"),
    "Publisher": Column("outlet", lambda one: one.line.outlet),
    "City": Column("city, where GeoNames has it", lambda one: at.city if (at := located(one.line)) else None),
    "District": Column("nothing"),
    "Province": Column("nothing"),
    "Country": Column("country of the place, by name", lambda one: country_name(one.line.country)),
    "Latitude": Column(
        "degrees; of the seat of government where only the country is told",
        lambda one: at.lat if (at := located(one.line)) else None,
    ),
    "Longitude": Column("degrees", lambda one: at.lon if (at := located(one.line)) else None),
}


def _sector(part: Part | None) -> str | None:
    return "Government" if actors.sector(part) else None
