"""Feed: the entries of an RSS or Atom feed."""

from __future__ import annotations

from typing import Any

from dragoman.intake.found import Entries, Entry
from dragoman.intake.limits import ENTRIES


def entries_of(data: bytes, url: str | None) -> Entries:
    """Read a feed with feedparser, which makes do with broken ones; its entities were refused before.

    Each entry brings the fullest text that the feed has of it, as HTML.
    """
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", **({"content-location": url} if url else {})}
    read: Any = feedparser.parse(data, response_headers=headers, sanitize_html=False)
    outlet = _words(read.feed.get("title"))
    language = (read.feed.get("language") or "").split("-")[0].lower() or None
    return Entries(tuple(_entry(one, outlet, language) for one in read.entries[:ENTRIES]))


def _entry(one: Any, outlet: str | None, language: str | None) -> Entry:
    texts = [part.get("value") or "" for part in one.get("content") or ()] + [one.get("summary") or ""]
    link = one.get("link")
    source = one.get("source") or {}
    return Entry(
        url=link if isinstance(link, str) and link.startswith(("http://", "https://")) else None,
        title=_words(one.get("title")),
        text=max(texts, key=len).strip() or None,
        published=one.get("published") or None,
        outlet=_words(source.get("title")) or outlet,
        language=language,
        author=_words(one.get("author")),
    )


def _words(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
