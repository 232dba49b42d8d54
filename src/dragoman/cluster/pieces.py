"""Pieces: the reports in a part of an archive."""

from __future__ import annotations

from collections.abc import Iterator

import fsspec

from dragoman.cluster.units import Piece
from dragoman.intake import Refused, Taken, collect
from dragoman.intake.collection import _line


def reports(piece: Piece) -> Iterator[Taken | Refused]:
    """The reports of a piece, in order."""
    if piece.cut == "lines":
        yield from _lines(piece)
    else:
        yield from collect([piece.path])


def _lines(piece: Piece) -> Iterator[Taken | Refused]:
    """The lines that begin in ``[start, stop)``."""
    with fsspec.open(piece.path, "rb") as opened:
        at = piece.start
        if at:
            opened.seek(at - 1)
            at += len(opened.readline()) - 1
        while at < piece.stop and (line := opened.readline()):
            if line.strip():
                yield _line(line, f"{piece.path}@{at}", len(line))
            at += len(line)
