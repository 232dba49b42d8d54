"""WARC: the pages of a web archive (ISO 28500), one after the other; packed ones too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST

REPORTS = re.compile(r"(?:text/(?:html|plain|xml)|application/(?:(?:(?:xhtml|rss|atom)\+)?xml|pdf))\b", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class Capture:
    """One page as it was captured; `data` is None where it is larger than 20 MB."""

    __slots__ = ("charset", "data", "url")

    def __init__(self, url: str | None, charset: str | None, data: bytes | None) -> None:
        self.url, self.charset, self.data = url, charset, data


def captures(stream: io.BufferedReader) -> Iterator[Capture]:
    """Yield the pages that were answered with 200; images, scripts, redirects and errors are no reports.

    Raises
    ------
    BadInput
        When the archive is broken.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(stream, record_types=kinds, parse_http=True, auto_decode="all"):
            url = record.headers.get("WARC-Target-URI")
            url = url.strip("<>") if url else None
            kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
            if record.is_http and record.http_headers.status_code != 200:
                continue
            if not REPORTS.match(kind or "") or (url and urlsplit(url).path == "/robots.txt"):
                continue
            declared = record.http_charset if record.is_http else None
            if declared is None and (found := CHARSET.search(kind or "")):
                declared = found[1]
            data = record.reader.read(LARGEST + 1)
            yield Capture(url, declared, data if len(data) <= LARGEST else None)
    except BadInput:
        raise
    except Exception as error:  # its C++ says by many kinds of error that a record is broken
        raise BadInput(f"is a broken WARC file ({str(error).splitlines()[0] if str(error) else error!r})") from None
