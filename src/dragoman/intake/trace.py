"""Trace: from the text of a report back to the bytes that it was taken from."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from functools import cached_property

from dragoman.domain import BadInput
from dragoman.intake.document import take
from dragoman.intake.sniff import declared_charset
from dragoman.intake.source import Source
from dragoman.text import Prepared, prepare
from dragoman.text.decode import decode

UNSEEN = re.compile(
    r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL
)
TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
SPACE = re.compile(r"[\s\u200b\ufeff]+")


@dataclass(frozen=True)
class Trace:
    """Tells whether spans of a report's text are in the bytes that it was taken from.

    Taken from the same bytes again, the text is the same, and every offset holds.  Where it is not (another version
    of a parser finds another text), the words of a span must stand in what the bytes show, white space apart.
    """

    source: Source = field(repr=False)
    text: str = field(repr=False)
    url: str | None = None

    @cached_property
    def same(self) -> bool:
        """Whether the bytes give the same text again."""
        try:
            return take(self.source, "the original", url=self.url).text == self.text
        except BadInput:
            return False

    @cached_property
    def _prepared(self) -> Prepared | None:
        """For plain text, the way from its characters to its bytes."""
        return prepare(self.source.data, declared=self.source.charset) if self.source.form == "text" else None

    @cached_property
    def _shown(self) -> str:
        data = self.source.data
        words = decode(data, self.source.charset or declared_charset(data)).text
        return _squeezed(html.unescape(TAG.sub(" ", UNSEEN.sub(" ", words))))

    def holds(self, start: int, end: int) -> bool:
        """Tell whether ``text[start:end]`` is in the original."""
        words = self.text[start:end]
        if not self.same:
            try:
                return _squeezed(words) in self._shown
            except BadInput:
                return False
        if self._prepared is None:
            return True
        low, high = self._prepared.source_map.source(start, end)
        if not 0 <= low <= high <= len(self.source.data):
            return False
        read = self._read(low, high)
        return self._mended(start, end) or read == words or (self._as_one and words in (read or ""))

    @property
    def _as_one(self) -> bool:
        """Whether all of the text stands for all of the bytes: no span of it has bytes of its own."""
        assert self._prepared
        pieces = self._prepared.source_map.decoded.pieces
        return any((one.start, one.source_end) == (0, len(self.source.data)) for one in pieces)

    def _read(self, low: int, high: int) -> str | None:
        assert self._prepared
        try:
            return self.source.data[low:high].decode(self._prepared.encoding)
        except UnicodeDecodeError:
            return None

    def _mended(self, start: int, end: int) -> bool:
        """Whether damaged or repaired characters stand in the span, whose bytes say something else."""
        assert self._prepared
        repairs = self._prepared.source_map.repairs
        return "\ufffd" in self.text[start:end] or any(one.start < end and start < one.end for one in repairs)


def _squeezed(words: str) -> str:
    return SPACE.sub("", words)
