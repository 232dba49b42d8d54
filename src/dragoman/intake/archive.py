"""Archive: the files in a ZIP or tar archive, read where they lie; nothing is written to any path of theirs."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import cast

from dragoman.domain import BadInput
from dragoman.intake.limits import MEMBERS, UNPACKED
from dragoman.intake.stream import Readable, Unpacked, buffered, seekable

OFFICE = ("[Content_Types].xml", "mimetype")  # first members of office documents
Member = tuple[str, io.BufferedReader]


def zipped(stream: io.BufferedReader) -> Iterator[Member]:
    """Yield the files of a ZIP archive, by name.

    Raises
    ------
    BadInput
        When it is broken, locked or an office document, or unpacks to more than it may.
    """
    try:
        with zipfile.ZipFile(seekable(stream)) as archive:
            infos = archive.infolist()
            if infos and infos[0].filename in OFFICE:
                raise BadInput("is an office document, which is not read")
            if len(infos) > MEMBERS:
                raise BadInput(f"holds more than {MEMBERS} files")
            total = 0
            for info in sorted(infos, key=lambda one: one.filename):
                if info.filename.endswith("/") or hidden(info.filename):  # is_dir() fails on an empty name
                    continue
                if info.flag_bits & 1:
                    raise BadInput("is locked with a password")
                with archive.open(info) as member:
                    inner = Unpacked(cast(Readable, member), max(info.compress_size, 1))
                    yield info.filename, buffered(inner)
                    total += inner.taken
                if total > UNPACKED:
                    raise BadInput(f"unpacks to more than {UNPACKED >> 30} GB")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"is a broken ZIP archive ({error or type(error).__name__})") from None


def tarred(stream: io.BufferedReader) -> Iterator[Member]:
    """Yield the files of a tar archive in its order; links and devices are left.

    Raises
    ------
    BadInput
        When it is broken or holds too many files.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for count, info in enumerate(archive):
                if count >= MEMBERS:
                    raise BadInput(f"holds more than {MEMBERS} files")
                archive.members = []  # type: ignore[attr-defined]  # it would keep them all
                member = archive.extractfile(info) if info.isreg() and not hidden(info.name) else None
                if member is not None:
                    yield info.name, buffered(Unpacked(cast(Readable, member), max(info.size, 1)))
    except (tarfile.TarError, EOFError, ValueError, zlib.error) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"is a broken tar archive ({error})") from None


def hidden(name: str) -> bool:
    """Tell whether a path is hidden, or of what a system adds to archives."""
    return any(
        part.startswith(".") and part not in (".", "..") for part in PurePosixPath(name).parts
    ) or name.startswith("__MACOSX/")
