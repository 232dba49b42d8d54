"""Page: the report in an HTML page, and the days of publication that the page tells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dragoman.domain import DatedBy
from dragoman.intake.found import Page

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
NODES = 5_000  # of a page's JSON-LD that are looked at
OPENGRAPH = ("article:published_time", "og:published_time", "og:article:published_time")
METADATA = (
    "datepublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date",
    "dc.date",
    "dc.date.issued",
)
SPACE = re.compile(r"\s+")
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
UNSEEN = frozenset({"script", "style", "template", "noscript"})
TIMES = (
    ".//time[@itemprop='datePublished']",
    ".//time[@pubdate]",
    ".//article//time[@datetime]",
    ".//header//time[@datetime]",
    ".//main//time[@datetime]",
)


def page_of(html: str, url: str | None) -> Page:
    """Extract the report and its metadata with trafilatura; days as JSON-LD, OpenGraph and ``<time>`` have them."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:
        return Page(None)
    language = (tree.get("lang") or "").split("-")[0].strip().lower() or None
    dates = tuple(_dates(tree))
    asked = {"original_date": True, "extensive_search": False}
    found = bare_extraction(
        tree, url=url, with_metadata=True, include_comments=False, date_extraction_params=asked, deduplicate=False
    )
    if not isinstance(found, Document):
        return Page(None, language=language)
    if found.date:
        dates = (*dates, ("metadata", found.date))
    return Page(found.text, found.title, found.sitename, dates, language, author=found.author)


def piece_of(html: str) -> str:
    """The text of a piece of HTML that is all report, as feeds and tables have it: a line for each paragraph."""
    from lxml.html import fragment_fromstring

    tree = fragment_fromstring(html, create_parent="div")
    parts: list[str] = []
    for step, one in _walk(tree):
        if one.tag in BLOCKS:
            parts.append("\n")
        if step == "in" and isinstance(one.tag, str) and one.tag not in UNSEEN:
            parts.append(SPACE.sub(" ", one.text or ""))
        if step == "out":
            parts.append(SPACE.sub(" ", one.tail or ""))
    lines = (" ".join(line.split(" ")).strip() for line in "".join(parts).split("\n"))
    return "\n".join(SPACE.sub(" ", line) for line in lines if line)


def _walk(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement]]:
    from lxml.etree import iterwalk

    unseen = 0
    for event, one in iterwalk(tree, events=("start", "end", "comment", "pi")):
        within = unseen
        if one.tag in UNSEEN:
            unseen += 1 if event == "start" else -1
        if event == "start" and not within:
            yield "in", one
        elif event != "start" and one is not tree and not unseen:
            yield "out", one


def _dates(tree: HtmlElement) -> Iterator[tuple[DatedBy, str]]:
    """The first day that each way of telling it gives."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        if published := _linked(script.text or ""):
            yield "json-ld", published
            break
    named = {
        (one.get("property") or one.get("name") or one.get("itemprop") or "").lower(): one.get("content") or ""
        for one in tree.iterfind(".//meta[@content]")
    }
    ways: tuple[tuple[DatedBy, tuple[str, ...]], ...] = (("opengraph", OPENGRAPH), ("metadata", METADATA))
    for by, names in ways:
        said = next((named[name] for name in names if named.get(name)), None)
        if said:
            yield by, said
        if by == "opengraph" and (time := _time(tree)):
            yield "time", time


def _time(tree: HtmlElement) -> str | None:
    for path in TIMES:
        for one in tree.iterfind(path):
            said = one.get("datetime") or one.get("content") or one.text
            if said:
                return str(said)
    return None


def _linked(script: str) -> str | None:
    """The ``datePublished`` of an article in JSON-LD (schema.org), be the script broken or not."""
    try:
        waiting: list[Any] = [json.loads(script)]
    except (ValueError, RecursionError):
        found = PUBLISHED.search(script)
        return found[1] if found else None
    first = None
    for _ in range(NODES):
        if not waiting:
            break
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            said = node.get("datePublished")
            if isinstance(said, str):
                kinds = node.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).endswith(("Article", "Posting", "Report")) for kind in kinds):
                    return said
                first = first or said
            waiting += [value for value in node.values() if isinstance(value, dict | list)]
    return first
