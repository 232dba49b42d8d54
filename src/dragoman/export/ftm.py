"""FollowTheMoney entities, one a line.

There is no schema for diplomacy.  An event is an `Event` with those who take part, the report that tells it an
`Article`.  A `Sanction` or an `Occupancy` is only written for an affirmed act that happened, for it would be read as a
fact.  FollowTheMoney has no polarity, modality, attribution or offsets: they stand as plain text in `notes`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

import msgspec

from dragoman.export.actors import country
from dragoman.reading.names import catalogue
from dragoman.record.codes import DONE
from dragoman.record.questions.answers import EventLine, Part

SCHEMATA = {"polity": "PublicBody", "regime": "PublicBody", "organization": "Organization", "person": "Person"}
SANCTIONS = ("sanction", "asset-freeze", "travel-ban", "wanted-listing")
Entity = dict[str, Any]


def write(into: TextIO, lines: Iterable[EventLine]) -> int:
    """Write entities, each once; how many there are."""
    seen: set[str] = set()
    for line in lines:
        for one in entities(line):
            if one["id"] not in seen:
                seen.add(one["id"])
                into.write(msgspec.json.encode(one).decode() + "\n")
    return len(seen)


def entities(line: EventLine) -> Iterator[Entity]:
    """The entities that an event is written as."""
    article = _entity("Article", f"dragoman-report-{line.report}", title=line.outlet or line.report)
    article["properties"] |= _given(publisher=line.outlet, publishedAt=line.published, language="eng")
    yield article
    parties = [*line.actors, *line.targets]
    for part in (*parties, *line.about):
        yield from _party(part)
    dates = {"startDate": [line.day], "endDate": [line.day_to]} if line.day else {}
    notes = [
        f"{line.modality}, {line.polarity}" + (f"; said by {line.said_by}" if line.said_by else ""),
        f"“{line.quote}” [{line.start}–{line.end}] of report {line.report}",
        *([] if line.sure else ["the reader had doubts"]),
    ]
    event = _entity("Event", f"dragoman-{line.id}", name=line.sentence)
    event["properties"] |= dates | {"notes": notes, "keywords": [line.kind, line.type], "proof": [article["id"]]}
    event["properties"] |= _given(location=line.place, country=_iso2(line.country), recordId=line.id)
    involved = dict.fromkeys(id for part in parties for id in _ids(part))
    if involved:
        event["properties"]["involved"] = list(involved)
    yield event
    if line.polarity == "affirmed" and line.modality in DONE:
        yield from _facts(line, dates, article["id"])


def _facts(line: EventLine, dates: dict[str, list[str]], proof: str) -> Iterator[Entity]:
    """What an act that took place makes a fact: a sanction on its targets, the offices of those who took part."""
    if line.kind in SANCTIONS:
        for part in line.targets:
            for id in _ids(part)[:1]:
                sanction = _entity("Sanction", f"dragoman-{line.id}-on-{id}", entity=id)
                names = dict.fromkeys(one.who_name or one.name for one in line.actors if one.who_name or one.name)
                sanction["properties"] |= {"authority": list(names)} if names else {}
                sanction["properties"] |= _given(listingDate=line.day or None, program=line.kind) | {"proof": [proof]}
                yield sanction
    for part in (*line.actors, *line.targets):
        if part.office and part.entity and part.entity != part.who and part.who:
            office = " ".join(part.office.split())
            post = _entity("Position", _hashed("position", part.who, office.lower()), name=office)
            post["properties"] |= _given(country=_iso2(country(part)))
            yield post
            held = _entity("Occupancy", _hashed("occupancy", part.entity, part.who, office.lower(), line.day))
            held["properties"] |= {"holder": [_id(part.entity)], "post": [post["id"]], "proof": [proof]}
            held["properties"] |= _given(date=line.day or None)
            yield held


def _party(part: Part) -> Iterator[Entity]:
    for id, name in ((part.who, part.who_name), (part.entity, part.name)):
        if id is None or name is None:
            continue
        known = catalogue().get(id)
        kind = known.kind if known else "person" if id == part.entity and id != part.who else "organization"
        made = _entity(SCHEMATA.get(kind, "LegalEntity"), _id(id), name=name)
        wikidata = known.ids.get("wikidata") if known else None
        made["properties"] |= _given(wikidataId=wikidata, country=_iso2(country(part)))
        yield made


def _ids(part: Part) -> list[str]:
    return [_id(one) for one in dict.fromkeys((part.entity, part.who)) if one]


def _id(id: str) -> str:
    return f"dragoman-who-{id}"


def _hashed(kind: str, *parts: str) -> str:
    return f"dragoman-{kind}-{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:16]}"


def _entity(schema: str, id: str, **properties: str) -> Entity:
    return {"id": id, "schema": schema, "properties": {name: [value] for name, value in properties.items()}}


def _given(**properties: str | None) -> dict[str, list[str]]:
    return {name: [value] for name, value in properties.items() if value}


def _iso2(code: str | None) -> str | None:
    known = catalogue().get(code or "")
    return known.ids.get("iso2", "").lower() or None if known else None
