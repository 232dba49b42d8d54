"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from dragoman.web import urls
from dragoman.web.access import audit, users
from dragoman.web.access.visitor import Admin, Asked, Reader, Sealed, address_of
from dragoman.web.guard.forged import SESSION
from dragoman.web.render import page

router = APIRouter(include_in_schema=False)
Field = Annotated[str, Form(max_length=1000)]


def _within(to: str) -> str:
    """An address of the desk; nobody is sent elsewhere by it."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() else urls.OVERVIEW


@router.get(urls.SIGN_IN)
def sign_in_page(request: Request, to: str = urls.OVERVIEW) -> Response:
    """Who are you?"""
    return page(request, "sign_in.html", to=_within(to), wrong=None)


@router.post(urls.SIGN_IN, dependencies=[Sealed])
def sign_in(request: Request, desk: Asked, name: Field, password: Field, to: Field = urls.OVERVIEW) -> Response:
    """Begin a session."""
    with desk.asking() as connection:
        visitor = users.by_password(connection, name, password)
    with desk.writing() as connection:
        if visitor is None:
            audit.note(connection, name[:64], address_of(request), "sign-in-refused", "")
        else:
            token = users.begin_session(connection, visitor.name)
            audit.note(connection, visitor.name, address_of(request), "sign-in", "")
    if visitor is None:
        wrong = "This name and password do not go together."
        return page(request, "sign_in.html", 401, to=_within(to), wrong=wrong)
    answer = RedirectResponse(_within(to), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        SESSION,
        token,
        max_age=int(users.SESSION.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=secure,
        path="/",
    )
    return answer


@router.post(urls.SIGN_OUT, dependencies=[Sealed])
def sign_out(request: Request, desk: Asked, visitor: Reader) -> Response:
    """End the session."""
    token = request.cookies.get(SESSION)
    with desk.writing() as connection:
        if token:
            users.end_session(connection, token)
        audit.note(connection, visitor.name, address_of(request), "sign-out", "")
    answer = RedirectResponse(urls.SIGN_IN, 303)
    answer.delete_cookie(SESSION, path="/")
    return answer


@router.get(urls.AUDIT)
def log(request: Request, desk: Asked, _: Admin) -> Response:
    """What was done through the desk."""
    with desk.asking() as connection:
        rows = audit.entries(connection)
    return page(request, "audit.html", rows=rows)
