"""Lines: reports as JSON, one object a line, or one array or object in all."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import msgspec

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST
from dragoman.intake.place import Items, Place
from dragoman.intake.source import Refused, Source
from dragoman.intake.stream import ahead, whole


def read_lines(stream: io.BufferedReader, place: Place) -> Items:
    """Read JSON lines; a bad line is named and does not stop the rest."""
    if in_lines(ahead(stream)):
        yield from read_each(stream, place)
    else:
        yield from _whole(stream, place)


def read_each(stream: io.BufferedReader, place: Place) -> Items:
    """Read lines of which each is an object of its own."""
    for number, line in enumerate(_lines(stream), start=1):
        inner = replace(place, name=f"{place.name}:{number}")
        if len(line) > LARGEST:
            yield Refused(inner.name, f"line longer than {LARGEST >> 20} MB")
            return
        if line.strip():
            yield inner.taken(Source(line.strip(), "row"))


def _lines(stream: io.BufferedReader) -> Iterator[bytes]:
    while line := stream.readline(LARGEST + 1):
        yield line


def in_lines(head: bytes) -> bool:
    """Tell whether the first line is an object of its own (or is too long to tell)."""
    first, end, _ = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if not end:
        return not first.startswith(b"[")
    try:
        return isinstance(msgspec.json.decode(first), dict)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return first.rstrip().endswith(b"}")


def _whole(stream: io.BufferedReader, place: Place) -> Items:
    """Read one array of objects, or one object over several lines; text that only looks like it is taken as text."""
    data = whole(stream)
    try:
        value: Any = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield place.taken(Source(data, "text", place.charset))
        return
    rows = value if isinstance(value, list) else [value]
    for number, row in enumerate(rows, start=1):
        inner = replace(place, name=f"{place.name}:{number}") if isinstance(value, list) else place
        if isinstance(row, dict):
            yield inner.taken(Source(encoded(row), "row"))
        else:
            yield Refused(inner.name, "is not a JSON object")


def encoded(row: dict[str, Any]) -> bytes:
    """A row as the JSON object that is kept of it.

    Raises
    ------
    BadInput
        When a value cannot be held in JSON.
    """
    try:
        return msgspec.json.encode(row, enc_hook=str)
    except (TypeError, ValueError, UnicodeEncodeError, RecursionError) as error:
        raise BadInput(f"cannot be kept as JSON ({error})") from None
