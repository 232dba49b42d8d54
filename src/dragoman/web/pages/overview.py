"""The overview: where somebody begins who has never seen the record."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.record.review import unsure as queue
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.front import came_in, front
from dragoman.web.render import page
from dragoman.web.tracked import tracked

router = APIRouter(include_in_schema=False)
UNSURE = 4


@router.get(urls.OVERVIEW)
def overview_page(request: Request, desk: Asked, _: Reader) -> Response:
    """What came in, what changed in standing, what needs review; how to begin where there is nothing yet."""
    came = desk.kept("came", came_in)
    if not came.reports:
        return page(request, "begin.html", record=desk.settings.record)
    known = desk.lately("tracked", tracked)
    unsure = desk.kept("unsure", lambda _: queue(desk.record, limit=UNSURE).events)
    return page(
        request,
        "overview.html",
        came=came,
        front=desk.lately("front", lambda connection: front(connection, known)),
        unsure=unsure,
    )
