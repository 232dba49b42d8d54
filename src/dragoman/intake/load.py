"""Load: a report from a path, an address or standard input."""

from __future__ import annotations

import re

from dragoman.domain import BadInput, DatedBy
from dragoman.intake.fetch import fetch
from dragoman.intake.files import read_file
from dragoman.intake.page import Page, declared_charset, is_feed, is_page, read_page
from dragoman.intake.source import Source, Taken
from dragoman.text import dateline, prepare
from dragoman.text.decode import decode
from dragoman.text.notices import Notices

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def load(where: str, *, allow_loopback: bool = False) -> Taken:
    """Take in one report: plain text or an HTML page, told by what it holds and not by its name.

    The date of publication is that of the page's metadata, else of a dateline with a year, else nothing.

    Parameters
    ----------
    where
        A path, an http or https address, or ``-`` for standard input.
    allow_loopback
        Whether addresses of the own machine may be fetched.

    Raises
    ------
    BadInput
        When there is no text to be had; the message is one line that says what and where.
    """
    name = "standard input" if where == "-" else where if where.isprintable() else ascii(where)
    try:
        if not ADDRESS.match(where):
            return _source(read_file(where, name), None, None, name)
        fetched = fetch(where, allow_loopback=allow_loopback)
        return _source(fetched.data, fetched.url, fetched.charset, name)
    except BadInput as error:
        raise BadInput(str(error) if name in str(error) else f"{name}: {error}") from None


def _source(data: bytes, url: str | None, charset: str | None, name: str) -> Taken:
    declared = charset or declared_charset(data)
    decoded = decode(data, declared)
    if is_feed(decoded.text):
        raise BadInput("the input is a feed of many reports, not one report")
    page = read_page(decoded.text, url, name) if is_page(decoded.text) else None
    prepared = prepare(page.text or "") if page else prepare(data, declared=declared)
    doubts = Notices(prepared.text, ()).encoding(decoded.doubt) if page else ()
    published, by = _published(page, prepared.text)
    return Taken(
        origin=name,
        text=prepared.text,
        title=page.title if page else None,
        outlet=page.outlet if page else None,
        url=url,
        published=published,
        dated_by=by,
        language=page.language if page else None,
        findings=(*doubts, *prepared.findings),
        source=Source(data, "html" if page else "text", charset),
    )


def _published(page: Page | None, text: str) -> tuple[str | None, DatedBy | None]:
    if page and page.published:
        return page.published, "metadata"
    line = dateline(text)
    return (line.date, "dateline") if line and line.date else (None, None)
