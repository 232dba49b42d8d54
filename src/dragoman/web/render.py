"""Rendering: pages out of templates; all text is escaped, whoever wrote it."""

from __future__ import annotations

import secrets
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from dragoman.web import urls
from dragoman.web.desk import Desk
from dragoman.web.guard.forged import VISIT, visit_of

DAY = 10  # characters of an ISO date


@cache
def environment() -> Environment:
    """The templates of the desk, and the parts of a reading that they share with the page of one report."""
    made = Environment(
        loader=ChoiceLoader([PackageLoader("dragoman.web"), PackageLoader("dragoman.show")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"urls": urls, "version": version("dragoman")}
    made.filters |= {"day": day, "words": words, "counted": counted, "short": short, "fetchable": fetchable}
    return made


@lru_cache(4096)
def day(given: str | None) -> str:
    """An ISO date or moment as people write it: 24 July 2022."""
    try:
        found = date.fromisoformat((given or "")[:DAY])
    except ValueError:
        return given or "no date"
    return f"{found.day} {found:%B %Y}"


def words(given: str) -> str:
    """A term of the lexicon in words: accept-diplomats, accept diplomats."""
    return given.replace("-", " ")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: 1 report, 2,000 reports."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short(given: str, most: int = 280) -> str:
    """The beginning of a text, cut between words."""
    flat = " ".join(given.split())
    if len(flat) <= most:
        return flat
    return flat[:most].rsplit(" ", 1)[0].rstrip(",;:") + " …"


def fetchable(given: str | None) -> str | None:
    """An address that may be a link: reports bring their own, and some are scripts."""
    return given if given and given.lower().startswith(("http://", "https://")) else None


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A page of the desk."""
    desk: Desk = request.app.state.desk
    visit = visit_of(request)
    fresh = None if visit else secrets.token_urlsafe(16)
    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            visitor=getattr(request.state, "visitor", None),
            token=desk.seal.token(visit or fresh or ""),
            signs_in=desk.local() is None,
            **context,
        )
    )
    answer = HTMLResponse(html, status)
    if fresh:
        answer.set_cookie(
            VISIT, fresh, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
        )
    return answer
