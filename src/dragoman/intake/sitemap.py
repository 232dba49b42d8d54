"""Sitemap: the addresses that a news site names (sitemaps.org 0.9, with the news extension)."""

from __future__ import annotations

import re

from dragoman.domain import BadInput
from dragoman.intake.found import Entries, Entry
from dragoman.intake.limits import ENTRIES

OTHER = re.compile("sitemap-(?:image|video)")  # extensions whose addresses are not of reports


def addresses_of(data: bytes) -> Entries:
    """Read a sitemap, or the addresses of further ones in an index.

    The day is that of the news extension: ``lastmod`` tells when a page was changed, not when it was published.

    Raises
    ------
    BadInput
        When it is not XML.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root is None:
        raise BadInput("the sitemap is not XML")
    entries: list[Entry] = []
    further: list[str] = []
    for one in root:
        if not isinstance(one.tag, str):
            continue
        names = [(*_name(inner.tag), inner) for inner in one.iter() if isinstance(inner.tag, str)]
        said = {name: " ".join((inner.text or "").split()) for space, name, inner in names if not OTHER.search(space)}
        url = said.get("loc") or ""
        if not url.startswith(("http://", "https://")):
            continue
        if _name(one.tag)[1] == "sitemap":
            further.append(url)
        elif len(entries) < ENTRIES:
            given = (said.get(name) or None for name in ("title", "publication_date", "name", "language"))
            title, published, outlet, language = given
            entries.append(Entry(url, title, None, published, outlet, language))
    return Entries(tuple(entries), tuple(further[:ENTRIES]))


def _name(tag: str) -> tuple[str, str]:
    """The namespace and the name; ``etree.QName`` refuses tags that a broken sitemap has."""
    space, _, name = tag.rpartition("}")
    return space, name
