"""An event: all its evidence side by side, the history of its readings and reviews, how to cite it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.domain import BadInput
from dragoman.record.questions import show
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/events/{event}")
def event_page(request: Request, desk: Asked, _: Reader, event: str, known: str | None = None) -> Response:
    """The event; an id that was merged leads to the one it was merged into."""
    try:
        shown = show(desk.record, event, known=known or None)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    if shown.status == "merged" and shown.id != event:
        return RedirectResponse(urls.event(shown.id, known=known), 307)
    return page(request, "event.html", shown=shown, line=shown.line, known=known)
