"""Pieces: the reports in a part of an archive."""

from __future__ import annotations

import io
from dataclasses import replace

import fsspec

from dragoman.cluster.units import Piece
from dragoman.intake import Columns
from dragoman.intake.collection import reports as every
from dragoman.intake.dates import named_day
from dragoman.intake.files import shown
from dragoman.intake.lines import read_each
from dragoman.intake.parquet import read_parquet
from dragoman.intake.place import Items, Place
from dragoman.intake.stream import Counted, buffered


def reports(piece: Piece, columns: Columns) -> Items:
    """The reports of a piece, in order.

    Parameters
    ----------
    piece
        Where they are.
    columns
        Which columns of rows hold what.
    """
    name = shown(piece.path)
    day = named_day(name.rsplit("/", 1)[-1])
    place = Place(name, columns=columns, told=(("name", day),) if day else ())
    with fsspec.open(piece.path, "rb") as raw:
        if piece.cut == "lines":
            lines = buffered(Counted(io.BytesIO(_lines(raw, piece))))
            yield from read_each(lines, replace(place, name=f"{name}@{piece.start}"))
        elif piece.cut == "row-groups":
            yield from read_parquet(buffered(Counted(raw)), place, range(piece.start, piece.stop))
        else:
            yield from every(buffered(Counted(raw)), place)


def _lines(raw: io.BufferedReader, piece: Piece) -> bytes:
    """The lines that begin in ``[start, stop)``, whole."""
    at = piece.start
    if at:
        raw.seek(at - 1)
        at += len(raw.readline()) - 1
    if at >= piece.stop:
        return b""
    data = raw.read(piece.stop - at)
    return data if data.endswith(b"\n") else data + raw.readline()
