"""The network: who engages whom, as a drawing and as a table."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from dragoman.record.questions.filters import first_day, last_day
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.desk import Desk
from dragoman.web.engaged import latest_day, network
from dragoman.web.groups import groups
from dragoman.web.render import page
from dragoman.web.when import today

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=20)]
WINDOW = timedelta(days=365)


def window(desk: Desk, since: str, until: str) -> tuple[str, str]:
    """The days that are asked for; without any, the year up to the latest event that is not ahead of us."""
    latest = min(desk.kept("latest day", latest_day) or today(), today())
    end = last_day("until", until or None) or latest
    start = first_day("since", since or None)
    try:
        return start or (date.fromisoformat(end) - WINDOW).isoformat(), end
    except OverflowError:
        return "0001-01-01", end


@router.get(urls.NETWORK)
def network_page(
    request: Request,
    desk: Asked,
    _: Reader,
    since: Text = "",
    until: Text = "",
    kind: Text = "",
    least: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """Who engages whom between two days, by kind."""
    start, end = window(desk, since, until)
    kinds = groups().get(kind, ())
    found = desk.kept(
        ("network", start, end, kind, least), lambda connection: network(connection, start, end, kinds, least)
    )
    return page(
        request,
        "network.html",
        network=found,
        since=start,
        until=end,
        kind=kind if kinds else "",
        kinds=list(groups()),
        least=least,
    )
