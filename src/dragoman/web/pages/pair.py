"""The dossier of a pair: every step between two, what was said of it, and what contradicts it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.domain import BadInput
from dragoman.record.questions import EventFilter, timeline
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.groups import groups
from dragoman.web.naming import name_of
from dragoman.web.render import page
from dragoman.web.turns import between, gathered
from dragoman.web.when import day_of, today

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=40)]
PAGE = 40
SAID = 8


@router.get("/pairs/{one}/{other}")
def pair_page(
    request: Request,
    desk: Asked,
    _: Reader,
    one: str,
    other: str,
    kind: Text = "",
    on: Text = "",
    known: Text = "",
    after: Text = "",
) -> Response:
    """How two treat each other, the steps that led there, the timeline, claims, refusals and contradictions."""
    day, by = day_of(on, "on") or today(), day_of(known, "known")
    given = EventFilter(kinds=groups().get(kind, ()), until=day, known=by)
    try:
        found = timeline(desk.record, one, other, given, limit=PAGE, after=after or None)
        denied = timeline(desk.record, one, other, EventFilter(polarity="denied", until=day, known=by), limit=SAID)
        claimed = timeline(desk.record, one, other, EventFilter(attributed=True, until=day, known=by), limit=SAID)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    stands, turned = desk.kept(
        ("between", one, other, day, by), lambda connection: between(connection, one, other, day, by)
    )
    names = {each: name_of(desk, each) for each in (one, other)}
    more = urls.pair(one, other, kind=kind, on=on, known=known, after=found.next) if found.next else None
    return page(
        request,
        "pair.html",
        one=one,
        other=other,
        names=names,
        stands=stands,
        turned=gathered(turned, mutual=True),
        found=found.events,
        denied=denied.events,
        claimed=claimed.events,
        differing=[event for event in found.events if event.differ],
        next=more,
        kinds=list(groups()),
        kind=kind if kind in groups() else "",
        on=day if on else "",
        known=by,
    )
