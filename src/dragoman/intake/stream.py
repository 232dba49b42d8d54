"""Stream: bytes of a file or of a member of an archive, counted, capped and open to a look ahead."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Protocol

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST, RATIO, RATIO_FROM, SPOOLED, UNPACKED

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

AHEAD = 1 << 16  # bytes that can be looked at before they are read
PACKED = ("gzip", "bzip2", "xz")
BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)  # of packed streams


class Readable(Protocol):
    """Whatever gives bytes."""

    def read1(self, size: int, /) -> bytes:
        """Give at most `size` bytes, those that are at hand, and none at the end."""
        ...


class Counted(io.RawIOBase):
    """Counts the bytes that are read from a file; `taken` is how many."""

    def __init__(self, source: io.BufferedReader | io.BytesIO) -> None:
        self._source = source
        self.taken = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be moved in."""
        return self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a place."""
        return self._source.seek(offset, whence)

    def tell(self) -> int:
        """Tell the place."""
        return self._source.tell()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Read into `buffer`."""
        size = self._source.readinto(buffer)
        self.taken += size
        return size


class Unpacked(io.RawIOBase):
    """What a packed stream holds; it stops where that grows out of all proportion.

    Parameters
    ----------
    source
        Gives the unpacked bytes.
    packed
        Tells how many packed bytes they were made of so far.

    Raises
    ------
    BadInput
        While it is read: past 16 GB, or 250 bytes for each packed one.
    """

    def __init__(self, source: Readable, packed: Counted | int) -> None:
        self._source = source
        self._packed = packed
        self._broken: Exception | None = None
        self.taken = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill `buffer`, save at the end of the stream, or where it breaks off; that is told when read on."""
        if self._broken is not None:
            raise self._broken
        view = memoryview(buffer).cast("B")
        filled = 0
        while filled < len(view):
            try:
                piece = self._source.read1(len(view) - filled)
            except BROKEN as error:
                self._broken = error
                if not filled:
                    raise
                break
            if not piece:
                break
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self.taken += filled
        self._check()
        return filled

    def _check(self) -> None:
        packed = self._packed if isinstance(self._packed, int) else self._packed.taken
        if self.taken > UNPACKED:
            raise BadInput(f"unpacks to more than {UNPACKED >> 30} GB")
        if self.taken > RATIO_FROM and self.taken > RATIO * max(packed, 1):
            raise BadInput(f"unpacks to more than {RATIO} times its size")


def buffered(raw: io.RawIOBase) -> io.BufferedReader:
    """A stream that can be looked ahead in by 64 KB."""
    return io.BufferedReader(raw, AHEAD)


def ahead(stream: io.BufferedReader) -> bytes:
    """The first bytes, which stay to be read."""
    return stream.peek(AHEAD)[:AHEAD]


def unzipped(stream: io.BufferedReader, kind: str) -> io.BufferedReader:
    """What a packed stream holds (``gzip``, ``bzip2`` or ``xz``), all of its members after one another."""
    packed = Counted(stream)
    source = io.BufferedReader(packed, AHEAD)
    if kind == "gzip":
        return buffered(Unpacked(gzip.GzipFile(fileobj=source), packed))
    return buffered(Unpacked(bz2.BZ2File(source) if kind == "bzip2" else lzma.LZMAFile(source), packed))


def seekable(stream: io.BufferedReader) -> io.BufferedReader | SpooledTemporaryFile[bytes]:
    """The stream where it can be moved about in: what is packed is unpacked to a file of the system's first.

    Raises
    ------
    BadInput
        When that takes more than 1 GB.
    """
    if stream.seekable():
        return stream
    kept: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=16 << 20)  # noqa: SIM115
    size = 0
    while piece := stream.read(1 << 20):
        size += len(piece)
        if size > SPOOLED:
            kept.close()
            raise BadInput(f"is of more than {SPOOLED >> 30} GB within an archive")
        kept.write(piece)
    kept.seek(0)
    return kept


def whole(stream: io.BufferedReader) -> bytes:
    """All bytes of one report.

    Raises
    ------
    BadInput
        When they are more than 20 MB, or none.
    """
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise BadInput(f"larger than {LARGEST >> 20} MB")
    if not data:
        raise BadInput("is empty")
    return data
