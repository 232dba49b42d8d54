"""An entity: a person's offices, spellings and meetings; a polity's or an organization's partners and people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response
from sqlalchemy import select

from dragoman.domain import BadInput
from dragoman.reading.names import catalogue
from dragoman.record import tables
from dragoman.record.questions import EventFilter, claims, events, people, person
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.desk import Desk
from dragoman.web.facets import found as first
from dragoman.web.naming import claims as claimed
from dragoman.web.naming import name_of, why
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)
PAGE = 20
SAID = 6


@router.get("/entities/{entity}")
def entity_page(
    request: Request, desk: Asked, _: Reader, entity: str, after: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """All about an entity."""
    kind = kind_of(desk, entity)
    if kind is None:
        raise HTTPException(404, "nobody of that id is in this record")
    try:
        said = claims(desk.record, speaker=entity, limit=SAID).claims
    except BadInput:
        said = ()
    if kind == "person":
        shown = person(desk.record, entity, limit=PAGE, after=after or None)
        more = urls.entity(entity, after=shown.events.next) if shown.events.next else None
        return page(request, "person.html", shown=shown, events=shown.events.events, said=said, next=more)
    given = EventFilter(parties=(entity,))
    try:
        found, counted = desk.kept(("found", given), lambda connection: first(connection, given, PAGE))
        if after:
            found = events(desk.record, given, limit=PAGE, after=after)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    partners = [one for one in counted.facets[0].values if one[0] != entity]
    acting = (
        people(desk.record, polity=entity, limit=12).persons if kind in ("polity", "regime", "organization") else ()
    )
    more = urls.entity(entity, after=found.next) if found.next else None
    return page(
        request,
        "entity.html",
        entity=entity,
        kind=kind,
        name=name_of(desk, entity),
        why=why(entity),
        claims=claimed(entity),
        counted=counted,
        partners=partners,
        acting=acting,
        events=found.events,
        said=said,
        next=more,
    )


def kind_of(desk: Desk, entity: str) -> str | None:
    """What an entity is: by the record, else by the lexicon."""
    columns = tables.entity.c
    with desk.asking() as connection:
        kind: str | None = connection.scalar(select(columns.kind).where(columns.id == entity))
    known = catalogue().get(entity)
    return kind or (known.kind if known else None)
