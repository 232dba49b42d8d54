"""Document: from the bytes of one report to its text and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dragoman.domain import BadInput, DatedBy, Finding
from dragoman.intake.apart import read_page
from dragoman.intake.columns import USUAL, Columns
from dragoman.intake.dates import Told, published
from dragoman.intake.found import Page
from dragoman.intake.sniff import declared_charset, is_page
from dragoman.intake.source import Source, Taken
from dragoman.text import prepare
from dragoman.text.decode import decode
from dragoman.text.notices import Notices


def take(
    source: Source, origin: str, *, url: str | None = None, told: Sequence[Told] = (), columns: Columns = USUAL
) -> Taken:
    """Take in one report.

    Parameters
    ----------
    source
        Its bytes; the same bytes give the same text.
    origin
        What to call it.
    url
        The address that it came from.
    told
        What is known of its day from elsewhere, such as a file's name.
    columns
        Which columns to look into, where it is a row.

    Raises
    ------
    BadInput
        When there is no text to be had.
    """
    if source.form in ("row", "entry"):
        return _row(source, origin, url, told, columns)
    if source.form == "text":
        return _text(source, origin, url, told)
    if source.form == "html":
        decoded = decode(source.data, source.charset or declared_charset(source.data))
        page = read_page("html", decoded.text.encode("utf-8", "replace"), url)
        return _page(page, source, origin, url, told, decoded.doubt)
    page = read_page("pdf" if source.form == "pdf" else "mail", source.data)
    return _page(page, source, origin, url, told, page.doubt)


def _text(source: Source, origin: str, url: str | None, told: Sequence[Told]) -> Taken:
    prepared = prepare(source.data, declared=source.charset)
    day, by, findings = published(told, prepared.text)
    return Taken(
        origin,
        prepared.text,
        day,
        url=url,
        dated_by=by,
        findings=(*findings, *prepared.findings),
        source=source,
    )


def _page(
    page: Page, source: Source, origin: str, url: str | None, told: Sequence[Told], doubt: str | None = None
) -> Taken:
    prepared = prepare(page.text or "")
    day, by, findings = published([*page.dates, *told], prepared.text)
    return Taken(
        origin,
        prepared.text,
        day,
        page.title,
        page.outlet,
        url,
        dated_by=by,
        language=page.language,
        findings=(*doubted(prepared.text, doubt), *findings, *prepared.findings),
        source=source,
        author=page.author,
    )


def doubted(text: str, doubt: str | None) -> tuple[Finding, ...]:
    """Say that the encoding of what the text was taken from was not certain, where that counts."""
    return () if text.isascii() else tuple(Notices(text, ()).encoding(doubt))


def _row(source: Source, origin: str, url: str | None, told: Sequence[Told], columns: Columns) -> Taken:
    """The report in a row; `source.part`, once it is known, names the column of its text."""
    row = row_of(source.data)
    if source.form == "entry":
        columns = USUAL
    found = columns.cell(row, "text") if source.part is None else (source.part, row.get(source.part))
    part, words = found or ("", None)
    if not isinstance(words, str) or not words.strip():
        there = ", ".join(list(row)[:12])
        raise BadInput(f"has no text (looked for {', '.join(columns.texts)}; its columns are {there})")
    link = columns.words(row, "url") or url
    by: DatedBy = "feed" if source.form == "entry" else "column"
    cell = columns.cell(row, "published")
    ways: list[Told] = [(by, str(cell[1]))] if cell else []
    if is_page(words):
        page = read_page("piece", words.encode("utf-8", "replace"), link)
        ways = [*ways, *page.dates]
        words = page.text or ""
    else:
        page = Page(None)
    prepared = prepare(words)
    day, used, findings = published([*ways, *told], prepared.text)
    return Taken(
        origin,
        prepared.text,
        day,
        columns.words(row, "title") or page.title,
        columns.words(row, "outlet") or page.outlet,
        link,
        dated_by=used,
        language=columns.words(row, "language") or page.language,
        findings=(*findings, *prepared.findings),
        source=Source(source.data, source.form, None, part),
        author=columns.words(row, "author") or page.author,
    )


def row_of(data: bytes) -> Mapping[str, Any]:
    """Read a row that is kept as a JSON object.

    Raises
    ------
    BadInput
        When it is not one.
    """
    try:
        row: Any = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput(f"is not JSON ({error})") from None
    if not isinstance(row, dict):
        raise BadInput("is not a JSON object")
    return row
