"""Reports over HTTP: what is in the record, readings by the contract, reading and adding."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field
from sqlalchemy import Connection, select, tuple_

from dragoman.domain import BadInput, Reading, Value
from dragoman.record import tables
from dragoman.web.access.visitor import ApiWrite, Asked, Reader, Reviewer, address_of
from dragoman.web.adding import Given, added, read_given
from dragoman.web.api.answer import Shape, answer, rows
from dragoman.web.api.asking import After, Form, Limit
from dragoman.web.api.schema import gives
from dragoman.web.pages.reports import latest
from dragoman.web.settings import LARGEST_TEXT

router = APIRouter(tags=["reports"])
SPLIT = "|"
Short = Annotated[str | None, Field(max_length=500)]


class ReportLine(Value, frozen=True, kw_only=True):
    """A report of the record."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str
    origin: str
    added_at: str
    added_by: str
    digest: str


class ReportPage(Value, frozen=True, kw_only=True):
    """Some reports, the last added first."""

    reports: tuple[ReportLine, ...]
    next: str | None = None


class ReportAdded(Value, frozen=True, kw_only=True):
    """A report that was added, or was there already."""

    id: str
    events: int


class Text(BaseModel):
    """A report to be read: its text or its address, and what is known of it."""

    text: Annotated[str, Field(min_length=1, max_length=LARGEST_TEXT, description="The text, or an http address.")]
    published: Annotated[str | None, Field(max_length=32, description="Such as 2022-07-26.")] = None
    title: Short = None
    outlet: Short = None
    url: Annotated[str | None, Field(max_length=2000)] = None

    def given(self) -> Given:
        """As it is read."""
        return Given(self.text, self.published or None, self.title, self.outlet, self.url)


@router.get("/reports", responses=gives(ReportPage, table=True), response_class=Response)
def list_reports(desk: Asked, _: Reader, limit: Limit = 50, after: After = None, shape: Form = Shape.JSON) -> Response:
    """The reports of the record, the last added first."""
    columns = tables.report.c
    names = ReportLine.__struct_fields__
    asked = select(*(columns[name] for name in names)).order_by(columns.added_at.desc(), columns.id.desc())
    if after is not None:
        at, split, one = after.partition(SPLIT)
        if not split:
            raise BadInput(f"{after[:40]!r}: is no place in a list")
        asked = asked.where(tuple_(columns.added_at, columns.id) < tuple_(at, one))

    def page(connection: Connection) -> ReportPage:
        found = connection.execute(asked.limit(limit + 1)).mappings().all()
        lines = tuple(ReportLine(**row) for row in found[:limit])
        more = f"{lines[-1].added_at}{SPLIT}{lines[-1].id}" if len(found) > limit else None
        return ReportPage(reports=lines, next=more)

    whole = desk.kept(("reports", limit, after), page)
    return rows(whole, whole.reports, shape)


@router.get("/reports/{report}/reading", responses=gives(Reading), response_class=Response)
def one_reading(desk: Asked, _: Reader, report: str) -> Response:
    """The newest reading of a report, by the contract."""
    with desk.asking() as connection:
        reading, _number = latest(connection, report)
    return answer(reading)


@router.post("/read", responses=gives(Reading), response_class=Response, dependencies=[ApiWrite])
async def read(desk: Asked, _: Reader, given: Text) -> Response:
    """Read a report by the contract; nothing is kept."""
    reading, _source = await desk.aside(read_given, desk, given.given())
    return answer(reading)


@router.post(
    "/reports",
    status_code=201,
    responses=gives(ReportAdded, status=201),
    response_class=Response,
    dependencies=[ApiWrite],
)
async def add(request: Request, desk: Asked, who: Reviewer, given: Text) -> Response:
    """Read a report and add it."""
    report, reading = await desk.aside(added, desk, given.given(), who, address_of(request))
    return answer(ReportAdded(id=report, events=len(reading.events)), 201)
