"""Review over HTTP: the queue, decisions, undoing them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from dragoman.record.questions.answers import EventPage
from dragoman.record.review import Made, unsure
from dragoman.record.review import Reviewer as Deciding
from dragoman.web.access.visitor import ApiWrite, Asked, Reader, Reviewer
from dragoman.web.api.answer import Shape, answer, rows
from dragoman.web.api.asking import After, Events, Form, Limit
from dragoman.web.api.schema import gives
from dragoman.web.deciding import Action, decide

router = APIRouter(tags=["review"])
LAST = 2**53 - 1  # the largest whole number that every reader of JSON has
Said = Annotated[str, Field(max_length=2000)]


class Decide(BaseModel):
    """A decision on an event, or on one telling of it."""

    event: Annotated[str, Field(max_length=12, description="Id of the event or telling.")]
    action: Action
    field: Said = Field("", description="What is corrected: kind, actors, targets, day, place, modality or polarity.")
    value: Said = Field("", description="What it is in truth.")
    into: Said = Field("", description="The event that it is the same as.")
    note: Said = ""


class Undo(BaseModel):
    """Which decision to take back; without a number, one's own last."""

    decision: Annotated[int, Field(ge=1, le=LAST)] | None = None


@router.get("/review", responses=gives(EventPage, table=True), response_class=Response)
def queue(
    desk: Asked, _: Reader, given: Events, limit: Limit = 50, after: After = None, shape: Form = Shape.JSON
) -> Response:
    """Events in doubt on which nobody has decided, the latest first."""
    found = unsure(desk.record, given, limit=limit, after=after)
    return rows(found, found.events, shape)


@router.post(
    "/decisions", status_code=201, responses=gives(Made, status=201), response_class=Response, dependencies=[ApiWrite]
)
def make(desk: Asked, who: Reviewer, given: Decide) -> Response:
    """Accept, reject, correct, merge, split or note."""
    made = decide(
        desk, who, given.event, given.action, field=given.field, value=given.value, into=given.into, note=given.note
    )
    return answer(made, 201)


@router.post(
    "/decisions/undo",
    status_code=201,
    responses=gives(Made, status=201),
    response_class=Response,
    dependencies=[ApiWrite],
)
def undo(desk: Asked, who: Reviewer, given: Undo) -> Response:
    """Take a decision back; what was decided in one act is undone as one."""
    return answer(Deciding(desk.record, who.name).undo(given.decision), 201)
