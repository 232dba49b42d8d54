"""Paste: a text or an address is read at once, then added or not."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.domain import BadInput
from dragoman.show.page import headline, paragraphs
from dragoman.show.phrases import Sayer
from dragoman.web import urls
from dragoman.web.access.roles import Visitor
from dragoman.web.access.visitor import Asked, Reader, Reviewer, Sealed, address_of
from dragoman.web.adding import Given, added, example, keep, read_given, there
from dragoman.web.desk import Desk
from dragoman.web.render import page
from dragoman.web.settings import LARGEST_TEXT

router = APIRouter(include_in_schema=False)
EMPTY: dict[str, Any] = {"text": "", "published": "", "title": "", "outlet": ""}
Short = Annotated[str, Form(max_length=500)]


@router.get(urls.PASTE)
def paste_page(request: Request, _: Reader) -> Response:
    """An empty form."""
    return page(request, "paste.html", most=LARGEST_TEXT, wrong=None, **EMPTY)


@router.post(urls.PASTE, dependencies=[Sealed])
async def paste(
    request: Request,
    desk: Asked,
    visitor: Reader,
    text: Annotated[str, Form()] = "",
    published: Short = "",
    title: Short = "",
    outlet: Short = "",
    add: Short = "",
) -> Response:
    """Show what is read; add it where that is asked for."""
    fields: dict[str, Any] = {"text": text, "published": published, "title": title, "outlet": outlet}
    return await desk.aside(_read, request, desk, visitor, fields, add)


def _read(request: Request, desk: Desk, visitor: Visitor, fields: dict[str, Any], add: str) -> Response:
    title, outlet = fields["title"].strip() or None, fields["outlet"].strip() or None
    try:
        reading, source = read_given(desk, Given(fields["text"], fields["published"] or None, title, outlet))
    except BadInput as error:
        return page(request, "paste.html", 400, most=LARGEST_TEXT, wrong=str(error), **fields)
    if add:
        if not visitor.may("reviewer"):
            raise HTTPException(403, f"adding needs the role reviewer; you are {visitor.role}")
        return RedirectResponse(urls.report(keep(desk, reading, source, visitor, address_of(request))), 303)
    return page(
        request,
        "read.html",
        reading=reading,
        sayer=Sayer(reading),
        paragraphs=paragraphs(reading),
        title=headline(reading),
        links={},
        lit="",
        given=fields,
        there=there(desk, reading),
    )


@router.post(urls.EXAMPLE, dependencies=[Sealed])
async def add_example(request: Request, desk: Asked, visitor: Reviewer) -> Response:
    """Read the shipped report into the record."""
    report, _ = await desk.aside(added, desk, example(), visitor, address_of(request))
    return RedirectResponse(urls.report(report), 303)
