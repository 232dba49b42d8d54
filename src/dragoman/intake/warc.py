"""WARC: the pages of a web archive (ISO 28500), one after the other; packed ones too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST

REPORTS = re.compile(r"(?:text/(?:html|plain|xml)|application/(?:(?:(?:xhtml|rss|atom)\+)?xml|pdf))\b", re.IGNORECASE)
CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)


class Capture:
    """One page as it was captured; `data` is None where it is larger than 20 MB."""

    __slots__ = ("charset", "data", "url")

    def __init__(self, url: str | None, charset: str | None, data: bytes | None) -> None:
        self.url, self.charset, self.data = url, charset, data


class _Forward:
    """Lets a stream be read and nothing else; what it raises is kept, as fastwarc cannot bear it."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._at = 0
        self.failed: Exception | None = None

    def read(self, size: int = -1, /) -> bytes:
        """Give the next bytes; none once the stream has failed."""
        if self.failed is not None:
            return b""
        try:
            data = self._stream.read1(size)
        except Exception as error:
            self.failed = error
            return b""
        self._at += len(data)
        return data

    def tell(self) -> int:
        """Tell how many bytes were read."""
        return self._at


def captures(stream: io.BufferedReader) -> Iterator[Capture]:
    """Yield the pages that were answered with 200; images, scripts, redirects and errors are no reports.

    Raises
    ------
    BadInput
        When the archive is broken.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    kinds = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    forward = _Forward(stream)
    try:
        archive = ArchiveIterator(forward, record_types=kinds, parse_http=True, auto_decode="all")  # type: ignore[arg-type]
        for record in archive:
            url = record.headers.get("WARC-Target-URI")
            url = url.strip("<>") if url else None
            kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
            if record.is_http and record.http_headers.status_code != 200:
                continue
            if not REPORTS.match(kind or "") or (url or "").endswith("/robots.txt"):
                continue
            declared = record.http_charset if record.is_http else None
            if declared is None and (found := CHARSET.search(kind or "")):
                declared = found[1]
            data = record.reader.read(LARGEST + 1)
            if forward.failed is not None:
                break
            yield Capture(url, declared, data if len(data) <= LARGEST else None)
    except Exception as error:  # fastwarc says by many kinds of error that a record is broken
        if forward.failed is None:
            raise BadInput(
                f"is a broken WARC file ({str(error).splitlines()[0] if str(error) else error!r})"
            ) from None
    if forward.failed is not None:
        raise forward.failed
