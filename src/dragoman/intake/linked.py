"""Linked: the reports that a feed or a sitemap names, fetched, or taken from the feed itself."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from dragoman.domain import BadInput
from dragoman.intake.answer import Answer
from dragoman.intake.apart import read_entries
from dragoman.intake.dates import Told
from dragoman.intake.found import Entries, Entry
from dragoman.intake.limits import LINKED
from dragoman.intake.lines import encoded
from dragoman.intake.place import Items, Place
from dragoman.intake.sniff import declared_charset, declares_entities, what
from dragoman.intake.source import Refused, Source, Taken
from dragoman.intake.stream import PACKED, Counted, ahead, buffered, unzipped, whole
from dragoman.text.decode import decode

Fetched = Callable[[str, Place], Items]


def entries(
    kind: Literal["feed", "sitemap"], data: bytes, charset: str | None, url: str | None
) -> tuple[Entries, str | None]:
    """The entries of a feed or sitemap, and why its encoding is not certain.

    Raises
    ------
    BadInput
        When it declares entities, is broken, or takes too long.
    """
    decoded = decode(data, charset or declared_charset(data))
    words = decoded.text
    if declares_entities(words):
        raise BadInput(f"the {kind} declares entities, which are not expanded")
    return read_entries(kind, words.encode("utf-8", "replace"), url), decoded.doubt


def named_in(answer: Answer) -> tuple[Literal["feed", "sitemap"], Entries, str | None]:
    """What a feed or sitemap that was fetched names, be it gzip'd or not, and why its encoding is not certain.

    Raises
    ------
    BadInput
        When it is neither, or cannot be read.
    """
    stream = buffered(Counted(io.BytesIO(answer.data)))
    if (packed := what(ahead(stream))) in PACKED:
        stream = unzipped(stream, packed)
    data = whole(stream)
    kind = what(data)
    if kind not in ("feed", "sitemap"):
        raise BadInput("is neither a feed nor a sitemap")
    return kind, *entries(kind, data, answer.charset, answer.url)


def told_of(entry: Entry) -> tuple[Told, ...]:
    """What a feed or sitemap says of the day of a report."""
    return (("feed", entry.published),) if entry.published else ()


def from_feed(entry: Entry, place: Place) -> Taken | Refused:
    """The report as the feed itself has it."""
    if not entry.text:
        return Refused(place.name, "the feed has no text of it")
    row = {
        "url": entry.url,
        "title": entry.title,
        "published": entry.published,
        "outlet": entry.outlet,
        "language": entry.language,
        "author": entry.author,
        "text": entry.text,
    }
    return replace(place, told=()).taken(Source(encoded(row), "entry", part="text"))


def known_by(one: Taken | Refused, entry: Entry) -> Taken | Refused:
    """A report with what the feed says of it, where its page does not say so."""
    if isinstance(one, Refused):
        return one
    return replace(
        one,
        title=one.title or entry.title,
        outlet=one.outlet or entry.outlet,
        language=one.language or entry.language,
        author=one.author or entry.author,
    )


def read_linked(kind: Literal["feed", "sitemap"], data: bytes, place: Place, fetched: Fetched) -> Items:
    """Take in what a feed or sitemap names.

    A feed that was fetched has its pages fetched; where one cannot be, its text in the feed is taken.  A feed in a
    file gives the text that it holds.
    """
    if place.linked > LINKED:
        raise BadInput(f"a {kind} that another one leads to, which is not followed")
    found, doubt = entries(kind, data, place.charset, place.url)
    for number, entry in enumerate(found.entries, start=1):
        inner = replace(place, name=f"{place.name}#{entry.url or number}", url=None, charset=None, told=told_of(entry))
        own = replace(inner, doubt=doubt)
        if place.fetcher is None or entry.url is None:
            yield (from_feed(entry, own) if kind == "feed" else Refused(inner.name, ONLY_AN_ADDRESS))
            continue
        for one in fetched(entry.url, replace(inner, linked=LINKED + 1)):
            if isinstance(one, Refused) and entry.text:
                yield from_feed(entry, own)
            else:
                yield known_by(one, entry)
    for further in found.further:
        inner = replace(place, name=further, url=None, charset=None, linked=place.linked + 1)
        if place.fetcher is None or inner.linked > LINKED:
            yield Refused(further, ONLY_AN_ADDRESS if place.fetcher is None else "sitemaps lead to it too deep")
        else:
            yield from fetched(further, inner)


ONLY_AN_ADDRESS = "a sitemap in a file holds no reports: add the address of the sitemap to have them fetched"
