"""Sniff: what bytes are, told by what they hold and never by a name."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Collection
from typing import Literal

from dragoman.text.decode import MARKS

What = Literal[
    "gzip",
    "bzip2",
    "xz",
    "zip",
    "tar",
    "parquet",
    "warc",
    "pdf",
    "html",
    "feed",
    "sitemap",
    "mail",
    "lines",
    "csv",
    "text",
]

HEAD = 4096  # characters or bytes in which a page says that it is one
PROLOGUE = (  # possessive, as many a comment could be divided in many ways
    r"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+|<!doctype\s++(?!html)[^>\[]{1,200}+(?:\[[^\]]*+\])?+\s*+>\s*+)*+"
)
CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
MARKUP = re.compile(
    PROLOGUE + r"<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|script|title|link|p|h[1-6]|table)\b",
    re.IGNORECASE | re.DOTALL,
)
FEED = re.compile(PROLOGUE + r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
SITEMAP = re.compile(PROLOGUE + r"<(?:\w+:)?(?:urlset|sitemapindex)\b", re.IGNORECASE | re.DOTALL)
ENTITIES = re.compile(r"<!(?:ENTITY|DOCTYPE[^<>\[]*+\[)", re.IGNORECASE)
OBJECT = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
HEADERS = re.compile(r"(?:From [^\n]*\n)?(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\n(?:[ \t][^\n]*\n)*+){3,}")
FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9-]*):", re.MULTILINE)
DELIMITERS = ",;\t|"


def what(head: bytes, columns: Collection[str] = ()) -> What:
    """Tell what a stream is by its first bytes.

    Parameters
    ----------
    head
        The first 64 KB, or all of it.
    columns
        Names of columns that make a first line that of a table.
    """
    magic: tuple[tuple[bytes, What], ...] = (
        (b"\x1f\x8b", "gzip"),
        (b"BZh", "bzip2"),
        (b"\xfd7zXZ\0", "xz"),
        (b"PK\x03\x04", "zip"),
        (b"PK\x05\x06", "zip"),
        (b"PAR1", "parquet"),
        (b"WARC/", "warc"),
        (b"%PDF-", "pdf"),
    )
    for start, kind in magic:
        if head.startswith(start):
            return kind
    if head[257:262] == b"ustar":
        return "tar"
    return _written(_words(head), columns)


def _written(words: str, columns: Collection[str]) -> What:
    if SITEMAP.match(words[:HEAD]):
        return "sitemap"
    if FEED.match(words[:HEAD]):
        return "feed"
    if MARKUP.match(words[:HEAD]):
        return "html"
    if OBJECT.match(words):
        return "lines"
    if is_mail(words):
        return "mail"
    return "csv" if dialect(words, columns) else "text"


def _words(head: bytes) -> str:
    for mark, name in MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, "ignore")
    zeros = head[:HEAD].count(0)
    if zeros * 5 >= len(head[:HEAD]) * 2 and zeros:
        return head.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", "ignore")
    return head.decode("latin-1")


def declared_charset(data: bytes) -> str | None:
    """Tell the charset that a page names in its head."""
    found = CHARSET.search(data[:HEAD])
    return found[1].decode("ascii") if found else None


def known_charset(name: str | None) -> str | None:
    """The name, if Python knows a charset by it."""
    try:
        return codecs.lookup(name).name if name else None
    except (LookupError, ValueError):
        return None


def is_page(text: str) -> bool:
    """Tell whether `text` is an HTML page or a piece of one, by how it begins."""
    return MARKUP.match(text[:HEAD]) is not None


def declares_entities(text: str) -> bool:
    """Tell whether XML has entities of its own, by which a few bytes can grow without end."""
    return ENTITIES.search(text) is not None


def is_mail(words: str) -> bool:
    """Tell whether a text begins with the header of a message (RFC 5322)."""
    block = HEADERS.match(words.replace("\r\n", "\n")[: 4 * HEAD])
    if not block:
        return False
    named = {name.lower() for name in FIELD.findall(block.group())}
    return bool(named & {"from", "received"}) and bool(
        named & {"message-id", "mime-version", "received", "content-type", "return-path"}
    )


def dialect(words: str, columns: Collection[str]) -> str | None:
    """The delimiter of a table, where the first line names one of the `columns`; else None.

    A table whose first line names none of them is told by its first lines: short names, and as many cells in each.
    """
    lines = words.splitlines()
    if not lines or len(lines[0]) > HEAD:
        return None
    wanted = {name.casefold() for name in columns}
    for delimiter in DELIMITERS:
        names = _cells(lines[0], delimiter)
        if len(names) < 2 or len(set(names)) < len(names):
            continue
        if wanted & {name.strip().casefold() for name in names}:
            return delimiter
        if len(names) >= 3 and all(re.fullmatch(r"\s*[A-Za-z_][\w .-]{0,30}", name) for name in names):
            second = _cells(lines[1], delimiter) if len(lines) > 1 else []
            if len(second) == len(names) and delimiter in words:
                return delimiter
    return None


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
