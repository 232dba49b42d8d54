"""Readings: the folder of Parquet files that an archive is read into, and what of it is finished.

::

    READINGS/readings/month=2022-07/<unit>.parquet   the readings of one unit that were published in one month
    READINGS/done/<unit>.json                        written last: what the unit holds, and what was refused
    READINGS/trying/<unit>.json                      the report that is being read; a worker that died leaves it

The folder may be a path or an address that fsspec knows.  A file is there whole or not at all: on a file system it is
moved to its name when it is complete, and object stores show an object only then.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import fsspec
import msgspec

from dragoman.domain import Maker
from dragoman.intake import Columns, Refused
from dragoman.intake.columns import USUAL

UNDATED = "unknown"  # the month of reports that bear no date


class Options(msgspec.Struct, frozen=True):
    """How an archive is read, the same on every worker."""

    model: str
    gated: bool = True
    published: str | None = None
    columns: Columns = USUAL


class Done(msgspec.Struct, frozen=True):
    """What came of a unit."""

    unit: str
    made_by: Maker
    options: Options
    reports: int
    events: int
    size: int
    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]  # where from, and why

    def refusals(self) -> list[Refused]:
        """What could not be read."""
        return [Refused(origin, reason) for origin, reason in self.refused]


class Trying(msgspec.Struct, frozen=True):
    """The reports of a unit that a worker died over, and the one being read."""

    at: int | None  # None while they are read in batches
    dead: tuple[int, ...] = ()


class Readings:
    """The folder of readings.

    Parameters
    ----------
    where
        A path or an address.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self.files, self.root = fsspec.core.url_to_fs(where)
        self.local = "file" in (
            self.files.protocol if isinstance(self.files.protocol, tuple) else (self.files.protocol,)
        )

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A file that is there, when it is closed, whole or not at all."""
        final = f"{self.root}/{name}"
        self.files.makedirs(final.rsplit("/", 1)[0], exist_ok=True)
        path = f"{final}.part" if self.local else final
        with self.files.open(path, "wb") as opened:
            yield opened
        if self.local:
            self.files.mv(path, final)

    def put(self, name: str, value: msgspec.Struct) -> None:
        """Write a small JSON file."""
        with self.writing(name) as opened:
            opened.write(msgspec.json.encode(value))

    def drop(self, name: str) -> None:
        """Remove a file if it is there."""
        if self.files.exists(f"{self.root}/{name}"):
            self.files.rm(f"{self.root}/{name}")

    def trying(self, unit: str) -> Trying | None:
        """What a worker that died left behind."""
        path = f"{self.root}/trying/{unit}.json"
        return msgspec.json.decode(self.files.cat_file(path), type=Trying) if self.files.exists(path) else None

    def done(self) -> dict[str, Done]:
        """The finished units, by key."""
        folder = f"{self.root}/done"
        if not self.files.isdir(folder):
            return {}
        names = [name for name in sorted(self.files.find(folder)) if name.endswith(".json")]
        told = (msgspec.json.decode(self.files.cat_file(name), type=Done) for name in names)
        return {one.unit: one for one in told}

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Open a file of the folder."""
        with self.files.open(f"{self.root}/{name}", "rb") as opened:
            yield opened
