"""Events over HTTP: lists, one with its evidence, timelines, facets, the network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from dragoman.domain import BadInput, Value
from dragoman.record.cite import cite
from dragoman.record.questions import count, events, show, timeline
from dragoman.record.questions.answers import EventPage, Shown, Total
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.api.answer import Shape, answer, rows
from dragoman.web.api.asking import After, Events, Form, Limit
from dragoman.web.api.schema import gives
from dragoman.web.engaged import Engaged, network
from dragoman.web.facets import Facets, facets
from dragoman.web.groups import groups
from dragoman.web.pages.network import window

router = APIRouter(tags=["events"])
CITATIONS = {
    "plain": "text/plain; charset=utf-8",
    "bibtex": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
CITED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The citation.",
        "content": {one.partition(";")[0]: {"schema": {}} for one in CITATIONS.values()},
    }
}


@router.get("/events", responses=gives(EventPage, table=True), response_class=Response)
def list_events(
    desk: Asked,
    _: Reader,
    given: Events,
    limit: Limit = 50,
    after: After = None,
    order: Literal["newest", "oldest"] = "newest",
    shape: Form = Shape.JSON,
) -> Response:
    """Events by a filter, each with one telling of it and what all its tellings amount to."""
    found = events(desk.record, given, limit=limit, after=after, newest=order == "newest")
    return rows(found, found.events, shape)


@router.get("/events/count", responses=gives(Total), response_class=Response)
def count_events(desk: Asked, _: Reader, given: Events) -> Response:
    """How many events there are, counted up to 10,000."""
    return answer(desk.kept(("count", given), lambda connection: count(desk.record, given)))


@router.get("/events/facets", responses=gives(Facets), response_class=Response)
def list_facets(desk: Asked, _: Reader, given: Events) -> Response:
    """What the latest events of a filter could be narrowed to."""
    return answer(desk.kept(("facets", given), lambda connection: facets(connection, given)))


@router.get("/events/{event}", responses=gives(Shown), response_class=Response)
def one_event(
    desk: Asked, _: Reader, event: str, known: Annotated[str | None, Query(max_length=40)] = None
) -> Response:
    """An event with all its evidence, readings and decisions; an id that was merged leads on (`status`)."""
    try:
        return answer(show(desk.record, event, known=known))
    except BadInput as error:
        raise HTTPException(404 if "no event" in str(error) else 400, str(error)) from None


@router.get("/events/{event}/cite", responses=CITED, response_class=Response)
def cite_event(
    desk: Asked, _: Reader, event: str, style: Literal["plain", "bibtex", "ris", "csl"] = "plain"
) -> Response:
    """An event as a citation."""
    try:
        shown = show(desk.record, event)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    made = cite(shown, style, datetime.now(UTC).date()) + "\n"
    return Response(made.encode("utf-8", "replace"), media_type=CITATIONS[style])


@router.get("/timeline/{one}/{other}", responses=gives(EventPage, table=True), response_class=Response)
def list_timeline(
    desk: Asked,
    _: Reader,
    one: str,
    other: str,
    given: Events,
    limit: Limit = 50,
    after: After = None,
    shape: Form = Shape.JSON,
) -> Response:
    """Everything between two, the earliest first."""
    found = timeline(desk.record, one, other, given, limit=limit, after=after)
    return rows(found, found.events, shape)


class NetworkPage(Value, frozen=True, kw_only=True):
    """Who engages whom, by independent sources."""

    since: str
    until: str
    pairs: tuple[Engaged, ...]
    tellings: int
    capped: bool


@router.get("/network", responses=gives(NetworkPage, table=True), response_class=Response)
def list_network(
    desk: Asked,
    _: Reader,
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    kind: Annotated[str, Query(max_length=40, description="A group of kinds, such as contact.")] = "",
    least: Annotated[int, Query(ge=1, le=1000)] = 1,
    shape: Form = Shape.JSON,
) -> Response:
    """The pairs with most independent sources between two days."""
    if kind and kind not in groups():
        raise BadInput(f"{kind!r} is no group of kinds; such are {', '.join(groups())}")
    start, end = window(desk, since, until)
    kinds = groups().get(kind, ())
    found = desk.kept(
        ("network", start, end, kind, least), lambda connection: network(connection, start, end, kinds, least)
    )
    whole = NetworkPage(since=start, until=end, pairs=found.pairs, tellings=found.tellings, capped=found.capped)
    return rows(whole, found.pairs, shape)
