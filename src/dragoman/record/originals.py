"""Originals: the bytes that reports were taken from, each kept once by its SHA-256."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, select

from dragoman.intake import Source
from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.record.ledger import append

LEVEL = 6  # of deflate


def keep(connection: Connection, given: Iterable[Source], at: str, by: str) -> None:
    """Append those originals that are not there, deflated."""
    apart = {source.id: source for source in given}
    columns = tables.original.c
    there = {row.id for row in in_parts(connection, select(columns.id), columns.id, list(apart))}
    made = [
        {"id": one, "size": len(source.data), "body": deflated(source.data)}
        for one, source in apart.items()
        if one not in there
    ]
    append(connection, tables.original, made, at, by)


def deflated(data: bytes) -> bytes:
    """Bytes as they are kept."""
    return zlib.compress(data, LEVEL)


def taken_from(source: Source | None) -> dict[str, Any]:
    """The columns of a report that say what it was taken from and how."""
    if source is None:
        return dict.fromkeys(("original_id", "form", "charset", "part"))
    return {"original_id": source.id, "form": source.form, "charset": source.charset, "part": source.part}
