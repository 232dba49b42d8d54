"""Offsets: from the canonical text back to the bytes that it came from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

STRIDE = 4096  # characters between two byte offsets that are kept


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters ``[start, end)`` that stand for ``[source_start, source_end)`` of the source as a whole."""

    start: int
    end: int
    source_start: int
    source_end: int


@dataclass(frozen=True)
class ByteMap:
    """From characters of the decoded text to bytes of the source.

    Between the `pieces` (damaged runs, shown as replacement characters) the text encodes back to the very bytes.
    """

    text: str = field(repr=False)
    encoding: str
    skipped: int = 0  # bytes of the byte order mark
    pieces: tuple[Piece, ...] = ()

    @cached_property
    def _segments(self) -> tuple[list[Piece], list[int], list[int]]:
        segments = list(self._walk())
        return segments, [item.start for item in segments], [item.end for item in segments]

    @cached_property
    def _opaque(self) -> frozenset[Piece]:
        return frozenset(self.pieces)

    def _walk(self) -> Iterator[Piece]:
        at, byte = 0, self.skipped
        for piece in (*self.pieces, Piece(len(self.text), len(self.text), 0, 0)):
            while at < piece.start:
                upto = min(at + STRIDE, piece.start)
                size = self._size(at, upto)
                yield Piece(at, upto, byte, byte + size)
                at, byte = upto, byte + size
            if piece.end > piece.start:
                yield piece
                at, byte = piece.end, piece.source_end

    def _size(self, start: int, end: int) -> int:
        return len(self.text[start:end].encode(self.encoding, "surrogatepass"))

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Bytes of the characters ``[start, end)``; a cut inside a damaged run takes the whole run."""
        segments, starts, ends = self._segments
        if not segments:
            return self.skipped, self.skipped
        first = segments[min(bisect_right(ends, start), len(segments) - 1)]
        low = self._at(first, start, first.source_start)
        if start >= end:
            return low, low
        last = segments[max(bisect_left(starts, end) - 1, 0)]
        return low, self._at(last, end, last.source_end)

    def _at(self, segment: Piece, position: int, inside: int) -> int:
        if position <= segment.start:
            return segment.source_start
        if position >= segment.end:
            return segment.source_end
        if segment in self._opaque:
            return inside
        return segment.source_start + self._size(segment.start, position)


@dataclass(frozen=True)
class SourceMap:
    """From the canonical text to bytes of the source, through the `repairs` of mojibake."""

    decoded: ByteMap
    repairs: tuple[Piece, ...] = ()

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self.repairs]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Byte offsets in the source of the canonical characters ``[start, end)``.

        A cut inside a repaired run takes the whole run.  For text that was given as a string, the source is its
        UTF-8 encoding.
        """
        low = self._back(start, last=False)
        return self.decoded.source(low, max(low, self._back(end, last=True)) if end > start else low)

    def _back(self, position: int, *, last: bool) -> int:
        """Position in the decoded text; inside a repaired run, its start, or its end if `last`."""
        index = bisect_right(self._starts, position) - 1
        if index < 0:
            return position
        piece = self.repairs[index]
        if position == piece.start:
            return piece.source_start
        if position < piece.end:
            return piece.source_end if last else piece.source_start
        return piece.source_end + position - piece.end


def spliced(text: str, changes: Sequence[tuple[int, int, str]]) -> tuple[str, tuple[Piece, ...]]:
    """Put the `changes` (start, end, new words; in order, apart) into `text`; return it with their pieces."""
    parts: list[str] = []
    pieces: list[Piece] = []
    at = length = 0
    for start, end, new in changes:
        length += start - at
        parts += [text[at:start], new]
        pieces.append(Piece(length, length + len(new), start, end))
        at, length = end, length + len(new)
    return "".join([*parts, text[at:]]), tuple(pieces)
