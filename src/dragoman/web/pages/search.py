"""Search: events by text and facets."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.domain import BadInput
from dragoman.record.questions import EventFilter, events
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.facets import found as first
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)
PAGE = 25
Text = Annotated[str, Query(max_length=200)]
FIELDS = ("q", "who", "kind", "outlet", "since", "until", "modality", "polarity", "said")


@router.get(urls.SEARCH)
def search_page(
    request: Request,
    desk: Asked,
    _: Reader,
    q: Text = "",
    who: Text = "",
    kind: Text = "",
    outlet: Text = "",
    since: Text = "",
    until: Text = "",
    modality: Text = "",
    polarity: Text = "",
    said: Text = "",
    after: Text = "",
) -> Response:
    """Events that fit, and what they could be narrowed to."""
    fields = dict(zip(FIELDS, (q, who, kind, outlet, since, until, modality, polarity, said), strict=True))
    given = EventFilter(
        text=q or None,
        parties=(who,) if who else (),
        kinds=(kind,) if kind else (),
        outlet=outlet or None,
        since=since or None,
        until=until or None,
        modalities=(modality,) if modality else (),
        polarity=polarity or None,
        attributed={"claim": True, "report": False}.get(said),
    )
    try:
        found, counted = desk.kept(("found", given), lambda connection: first(connection, given, PAGE))
        if after:
            found = events(desk.record, given, limit=PAGE, after=after)
    except BadInput as error:
        return page(request, "search.html", fields=fields, wrong=str(error), found=None, facets=None, next=None)
    more = urls.search(**fields, after=found.next) if found.next else None
    return page(request, "search.html", fields=fields, wrong=None, found=found.events, facets=counted, next=more)
