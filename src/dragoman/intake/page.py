"""Page: the report in an HTML page, found by a worker that can be ended."""

from __future__ import annotations

import re
import subprocess
import sys

import msgspec

from dragoman.domain import BadInput
from dragoman.intake.limits import PAGE_SECONDS

HEAD = 4096  # characters or bytes in which a page says that it is one
CHARSET = re.compile(rb"<(?:meta[^>]+charset|\?xml[^>]+encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|section|meta|script)\b",
    re.IGNORECASE | re.DOTALL,
)
FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)


class Page(msgspec.Struct, frozen=True):
    """What a page says of its report; `text` is None where no report was found."""

    text: str | None
    title: str | None
    outlet: str | None
    published: str | None
    language: str | None


def declared_charset(data: bytes) -> str | None:
    """Tell the charset that a page names in its head."""
    found = CHARSET.search(data[:HEAD])
    return found[1].decode("ascii") if found else None


def is_page(text: str) -> bool:
    """Tell whether `text` is an HTML page, by how it begins."""
    return MARKUP.match(text[:HEAD]) is not None


def is_feed(text: str) -> bool:
    """Tell whether `text` is an RSS or Atom feed."""
    return FEED.match(text[:HEAD]) is not None


def read_page(html: str, url: str | None, where: str) -> Page:
    """Find the report in a page, in a process of its own with 10 seconds and 1 GiB.

    Raises
    ------
    BadInput
        When no report is found, or it takes too long or too much memory.
    """
    command = [sys.executable, "-P", "-m", "dragoman.intake.worker", url or ""]
    try:
        done = subprocess.run(
            command, input=html.encode("utf-8", "replace"), capture_output=True, timeout=PAGE_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise BadInput(f"{where}: the page takes longer than {PAGE_SECONDS:.0f} seconds to read") from None
    if done.returncode:
        raise BadInput(f"{where}: the page cannot be read (the worker ended with {done.returncode})")
    page = msgspec.json.decode(done.stdout, type=Page)
    if not page.text or page.text.isspace():
        raise BadInput(f"{where}: no report was found in the page")
    return page
