"""Found: what a parser of untrusted bytes finds in them, as it comes back from the worker."""

from __future__ import annotations

from typing import Literal

import msgspec

from dragoman.domain import DatedBy

Job = Literal["html", "piece", "pdf", "mail", "feed", "sitemap"]


class Page(msgspec.Struct, frozen=True):
    """What a page, document or message says of its report; `text` is None where no report was found.

    `dates` are days of publication (as they were written) and what each was told by, the surest first; `doubt` says
    why its encoding is not certain.
    """

    text: str | None
    title: str | None = None
    outlet: str | None = None
    dates: tuple[tuple[DatedBy, str], ...] = ()
    language: str | None = None
    doubt: str | None = None
    author: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """One report of a feed or sitemap: its address, and what is said of it; `text` may be HTML."""

    url: str | None
    title: str | None = None
    text: str | None = None
    published: str | None = None
    outlet: str | None = None
    language: str | None = None
    author: str | None = None


class Entries(msgspec.Struct, frozen=True):
    """What a feed or sitemap holds: its reports, and the addresses of further sitemaps."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()


class Order(msgspec.Struct, frozen=True):
    """What the worker is asked: bytes of a kind, and the address that they came from."""

    job: Job
    data: bytes
    url: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """What the worker answers: one of these, `refused` being the reason in one line."""

    page: Page | None = None
    entries: Entries | None = None
    refused: str | None = None
