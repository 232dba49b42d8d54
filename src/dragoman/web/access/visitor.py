"""Visitors: who sends a request, and whether they may."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool

from dragoman.web.access.roles import Role, Visitor
from dragoman.web.access.users import by_session
from dragoman.web.desk import Desk
from dragoman.web.guard.forged import SESSION, own_origin, sealed


class SignIn(Exception):  # noqa: N818 - it is what has to be done
    """Nobody is signed in, and somebody must be."""


def desk_of(request: Request) -> Desk:
    """The desk that is asked."""
    desk: Desk = request.app.state.desk
    return desk


def _visitor(request: Request) -> Visitor | None:
    desk = desk_of(request)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    session = request.cookies.get(SESSION)
    with desk.asking() as connection:
        if scheme.lower() == "bearer":
            return desk.keys.visitor(connection, given.strip())
        return by_session(connection, session) if session else None


async def visitor(request: Request) -> Visitor:
    """Who asks.

    Raises
    ------
    SignIn
        When nobody is signed in.
    """
    found = desk_of(request).local() or await run_in_threadpool(_visitor, request)
    if found is None:
        raise SignIn
    request.state.visitor = found
    return found


def _as(role: Role) -> Callable[..., Awaitable[Visitor]]:
    async def allowed(who: Annotated[Visitor, Depends(visitor)]) -> Visitor:
        if not who.may(role):
            raise HTTPException(403, f"this needs the role {role}; you are {who.role}")
        return who

    return allowed


async def api_write(request: Request) -> None:
    """Refuse writing that a browser sends for another site; a key is never sent by a browser of itself."""
    own_origin(request)
    if request.cookies.get(SESSION) and not request.headers.get("authorization"):
        await sealed(request)


Asked = Annotated[Desk, Depends(desk_of)]
Reader = Annotated[Visitor, Depends(_as("reader"))]
Reviewer = Annotated[Visitor, Depends(_as("reviewer"))]
Admin = Annotated[Visitor, Depends(_as("admin"))]
Sealed = Depends(sealed)
ApiWrite = Depends(api_write)


def address_of(request: Request) -> str:
    """Where a request comes from, for the audit."""
    return request.client.host if request.client else "unknown"
