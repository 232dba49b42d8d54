"""Review: a queue of what a person should look at; every decision is kept and can be undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.domain import BadInput
from dragoman.record.kinds import types
from dragoman.record.questions import EventFilter, events, show
from dragoman.record.questions.answers import EventLine, Shown
from dragoman.record.review import FIELDS, unsure, written
from dragoman.record.review import Reviewer as Deciding
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader, Reviewer, Sealed
from dragoman.web.deciding import Action, decide
from dragoman.web.desk import Desk
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)
AHEAD = 12  # events of the queue that are listed
NEAR = 6  # events that it may be the same as
Text = Annotated[str, Form(max_length=2000)]
Did = Annotated[int | None, Query(ge=1)]


@router.get(urls.REVIEW)
def queue_page(
    request: Request, desk: Asked, _: Reader, after: Annotated[str, Query(max_length=40)] = "", did: Did = None
) -> Response:
    """The first of the queue."""
    ahead = unsure(desk.record, limit=AHEAD, after=after or None).events
    if not ahead:
        return page(request, "reviewed.html", did=did, after=after)
    return _one(request, desk, show(desk.record, ahead[0].id), did)


@router.get("/review/{event}")
def review_page(request: Request, desk: Asked, _: Reader, event: str, did: Did = None) -> Response:
    """One event, in the queue or not."""
    try:
        shown = show(desk.record, event)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    return _one(request, desk, shown, did)


def _one(request: Request, desk: Desk, shown: Shown, did: int | None) -> Response:
    line = shown.line
    return page(
        request,
        "review.html",
        shown=shown,
        line=line,
        ahead=unsure(desk.record, limit=AHEAD).events,
        near=_near(desk, line),
        fields=FIELDS,
        now=_now(line),
        kinds=list(types()),
        did=did,
        wrong=None,
    )


def _now(line: EventLine) -> dict[str, str]:
    """What each field is, as a reviewer would write it."""
    return {
        "kind": line.kind,
        "actors": written(line.actors),
        "targets": written(line.targets),
        "day": line.day if line.day == line.day_to else f"{line.day}/{line.day_to}",
        "place": line.place or "",
        "modality": line.modality,
        "polarity": line.polarity,
    }


def _near(desk: Desk, line: EventLine) -> list[EventLine]:
    """Events of the same kind between the same, which it may be one with."""
    parties = tuple(dict.fromkeys(part.who for part in (*line.actors, *line.targets) if part.who))[:2]
    if not parties:
        return []
    try:
        found = events(desk.record, EventFilter(parties=parties, kinds=(line.kind,)), limit=NEAR + 1).events
    except BadInput:
        return []
    return [one for one in found if one.id != line.id][:NEAR]


@router.post("/review/{event}", dependencies=[Sealed])
def review(
    desk: Asked,
    who: Reviewer,
    event: str,
    action: Annotated[Action, Form()],
    field: Text = "",
    value: Text = "",
    into: Text = "",
    note: Text = "",
) -> Response:
    """Decide, then go on to the next in the queue; what is corrected or split stays in view."""
    made = decide(desk, who, event, action, field=field, value=value, into=into, note=note)
    stays = action in ("correct", "split", "note", "merge")
    to = urls.review(made.events[0] if made.events else event, did=made.decisions[0])
    return RedirectResponse(to if stays else urls.review(did=made.decisions[0]), 303)


@router.post("/undo", dependencies=[Sealed])
def undo(desk: Asked, who: Reviewer, decision: Annotated[int | None, Form(ge=1)] = None) -> Response:
    """Take the last decision back, or that of a number, and show what it was on."""
    made = Deciding(desk.record, who.name).undo(decision)
    return RedirectResponse(urls.review(made.events[0]) if made.events else urls.REVIEW, 303)
