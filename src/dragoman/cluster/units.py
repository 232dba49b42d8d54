"""Units: an archive cut into pieces of work of some megabytes, each with a key that stays the same from run to run.

JSON lines are cut by bytes (a line belongs to the piece in which it begins, as in Hadoop's text splits), Parquet by
row groups; other files (WARC, feeds, archives, single reports) are whole pieces.  Small pieces share a unit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Literal

import fsspec
import msgspec

from dragoman.domain import BadInput
from dragoman.intake import Columns
from dragoman.intake.columns import USUAL
from dragoman.intake.lines import in_lines
from dragoman.intake.sniff import what
from dragoman.intake.stream import AHEAD

LEAST, MOST = 256 << 10, 1 << 20  # bytes of input in a unit: a worker holds the readings of one
SHARES = 32  # units that a small archive is cut into, more or less, so that many workers have something to do
PIECES = 2048  # in a unit, at the most
Cut = Literal["lines", "row-groups", "whole"]


class Piece(msgspec.Struct, frozen=True):
    """A part of a file: bytes ``[start, stop)`` of its lines, row groups ``[start, stop)``, or all of it.

    ``state`` tells a file from what it was before it changed (its time or tag).
    """

    path: str
    state: str
    cut: Cut
    start: int
    stop: int
    size: int


class Unit(msgspec.Struct, frozen=True):
    """Pieces that are read together and whose readings are kept together."""

    pieces: tuple[Piece, ...]

    @property
    def key(self) -> str:
        """Sixteen hexadecimal digits of what the unit holds: the same files, cut alike, give the same key."""
        return hashlib.sha256(msgspec.json.encode(self.pieces)).hexdigest()[:16]

    @property
    def size(self) -> int:
        """Bytes of input."""
        return sum(one.size for one in self.pieces)


def units(places: Sequence[str], size: int | None = None, columns: Columns = USUAL) -> Iterator[Unit]:
    """Cut an archive into units.

    Parameters
    ----------
    places
        Files and folders, as paths or as addresses that fsspec knows (``s3://…``).
    size
        Bytes of input in a unit, more or less; what suits the size of the archive where it is not given.
    columns
        Which columns of rows hold what.

    Raises
    ------
    BadInput
        When a place is not there.
    """
    size = size or _fitting(sum(map(_size, places)))
    waiting: list[Piece] = []
    held = 0
    for piece in (piece for place in places for piece in _pieces(place, size, columns)):
        if waiting and (held + piece.size > size or len(waiting) == PIECES):
            yield Unit(tuple(waiting))
            waiting, held = [], 0
        waiting.append(piece)
        held += piece.size
    if waiting:
        yield Unit(tuple(waiting))


def _fitting(whole: int) -> int:
    """Bytes of a unit of an archive; a power of two, so that few files more do not cut all of it anew."""
    return min(max(1 << (whole // SHARES).bit_length(), LEAST), MOST)


def _size(place: str) -> int:
    """Bytes of a file, or of all files of a folder."""
    try:
        files, path = fsspec.core.url_to_fs(place)
        return int(files.du(path) or 0)
    except (OSError, ImportError, ValueError) as error:
        raise BadInput(f"{place}: cannot be read ({error})") from None


def _pieces(place: str, size: int, columns: Columns) -> Iterator[Piece]:
    try:
        files, path = fsspec.core.url_to_fs(place)
        found = sorted(files.find(path)) if files.isdir(path) else [path]
        for name in found:
            if any(part.startswith(".") for part in name[len(path) :].split("/")):
                continue
            yield from _cut(files, name, size, columns)
    except (OSError, ImportError, ValueError) as error:
        raise BadInput(f"{place}: cannot be read ({error})") from None


def _cut(files: fsspec.AbstractFileSystem, name: str, size: int, columns: Columns) -> Iterator[Piece]:
    whole = int(files.size(name) or 0)
    path = files.unstrip_protocol(name).removeprefix("file://")
    state = files.ukey(name)
    with files.open(name, "rb") as opened:
        head = opened.read(AHEAD)
        if head.startswith(b"PAR1"):
            yield from _row_groups(opened, path, state)
            return
    if what(head, columns.texts) == "lines" and in_lines(head):
        for start in range(0, whole, size):
            stop = min(start + size, whole)
            yield Piece(path, state, "lines", start, stop, stop - start)
    else:
        yield Piece(path, state, "whole", 0, whole, whole)


def _row_groups(opened: fsspec.core.OpenFile, path: str, state: str) -> Iterator[Piece]:
    import pyarrow.parquet as pq

    told = pq.ParquetFile(opened).metadata
    for at in range(told.num_row_groups):
        yield Piece(path, state, "row-groups", at, at + 1, told.row_group(at).total_byte_size)
