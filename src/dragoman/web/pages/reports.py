"""A report: its text with highlighted spans, and beside it what was read."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy import Connection, select

from dragoman.domain import Reading
from dragoman.record import tables
from dragoman.record.rows import unbody
from dragoman.show.page import headline, paragraphs
from dragoman.show.phrases import Sayer
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)


def latest(connection: Connection, report: str) -> tuple[Reading, int]:
    """The newest reading of a report, and its number.

    Raises
    ------
    HTTPException
        404.
    """
    of, made = tables.report.c, tables.reading.c
    asked = (
        select(of.text, made.body, made.id)
        .join(tables.reading, made.report_id == of.id)
        .where(of.id == report)
        .order_by(made.id.desc())
        .limit(1)
    )
    row = connection.execute(asked).one_or_none()
    if row is None:
        raise HTTPException(404, "no such report in this record")
    return unbody(row.body, row.text), row.id


@router.get("/reports/{report}")
def report_page(request: Request, desk: Asked, _: Reader, report: str, event: str = "") -> Response:
    """The report; what it tells of `event` is lit."""
    with desk.asking() as connection:
        reading, number = latest(connection, report)
        of, told, copied = tables.report.c, tables.telling.c, tables.copy.c
        added = connection.execute(
            select(of.added_at.label("at"), of.added_by.label("by"), of.origin).where(of.id == report)
        ).one()
        tellings = connection.execute(select(told.n, told.event_id, told.origin).where(told.reading_id == number))
        links, lit = {}, ""
        for n, one, origin in tellings:
            links[reading.events[n].id] = urls.event(one)
            lit = reading.events[n].id if event in (one, origin) else lit
        copies = [
            {"id": one, "name": outlet or title or one, "likeness": likeness}
            for one, outlet, title, likeness in connection.execute(
                select(of.id, of.outlet, of.title, copied.likeness)
                .join(tables.copy, copied.of_id == of.id)
                .where(copied.report_id == report)
            )
        ]
    return page(
        request,
        "read.html",
        reading=reading,
        sayer=Sayer(reading),
        paragraphs=paragraphs(reading),
        title=headline(reading),
        links=links,
        lit=lit,
        added=added,
        copies=copies,
    )
