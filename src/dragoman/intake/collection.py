"""Collections: folders, files of JSON lines (plain or gzip'd) and single reports, one report after the other.

What a file is, is told by what it holds.  One that cannot be taken in is named with its reason and does not stop the
rest.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST
from dragoman.intake.load import ADDRESS, load
from dragoman.intake.source import Refused, Taken
from dragoman.text import prepare

GZIP = b"\x1f\x8b"
DAY_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "body", "content"),
    "published": ("published", "date", "published_at", "pub_date"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "sources", "publisher"),
    "url": ("url", "link"),
}


def total_size(places: Iterable[str]) -> int | None:
    """Bytes of all files in these places; None where standard input or an address is among them."""
    size = 0
    for place in places:
        if place == "-" or ADDRESS.match(place):
            return None
        size += sum(file.stat().st_size for file in _files(Path(place)) if file.is_file())
    return size


def collect(places: Iterable[str]) -> Iterator[Taken | Refused]:
    """Take in every report in these places, in order; folders in the order of names.

    Parameters
    ----------
    places
        Files, folders, addresses, or ``-`` for standard input.

    Raises
    ------
    BadInput
        When a place itself is not there.
    """
    for place in places:
        if place == "-" or ADDRESS.match(place):
            yield _single(place, 0)
            continue
        path = Path(place)
        if not path.exists():
            raise BadInput(f"{place}: no such file or folder")
        for file in _files(path):
            yield from _file(file)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.is_file() and not any(part.startswith(".") for part in inner.relative_to(path).parts):
                yield inner
    else:
        yield path


def _file(file: Path) -> Iterator[Taken | Refused]:
    try:
        with file.open("rb") as raw:
            head = raw.read(2)
            raw.seek(0)
            if head == GZIP:
                with gzip.GzipFile(fileobj=raw) as opened:
                    yield from _lines(file, opened, raw)
                return
            if raw.peek(64)[:64].lstrip()[:1] == b"{":
                yield from _lines(file, raw, raw)
                return
        yield _single(str(file), file.stat().st_size)
    except (OSError, EOFError, zlib.error) as error:
        yield Refused(str(file), f"cannot be read ({error})")


def _single(place: str, size: int) -> Taken | Refused:
    try:
        taken = load(place)
    except BadInput as error:
        return Refused(place, str(error).removeprefix(f"{place}: "), size)
    if taken.published is None and (named := _named_day(place)):
        taken = replace(taken, published=named, dated_by="name")
    return replace(taken, origin=place, size=size)


def _named_day(place: str) -> str | None:
    """The day in a file's name ("2022-07-26-taliban.txt")."""
    found = DAY_IN_NAME.search(Path(place).name) if not ADDRESS.match(place) else None
    return "-".join(found.groups()) if found else None


def _lines(file: Path, opened: BinaryIO | gzip.GzipFile, raw: BinaryIO) -> Iterator[Taken | Refused]:
    before = 0
    number = 0
    while line := opened.readline(LARGEST + 1):
        number += 1
        at = raw.tell()
        size, before = at - before, at
        if not line.strip():
            continue
        origin = f"{file}:{number}"
        if len(line) > LARGEST:
            yield Refused(origin, f"line longer than {LARGEST >> 20} MB", size)
            return
        yield _line(line, origin, size)


def _line(line: bytes, origin: str, size: int) -> Taken | Refused:
    try:
        row: Any = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return Refused(origin, f"is not JSON ({error})", size)
    if not isinstance(row, dict):
        return Refused(origin, "is not a JSON object", size)
    found = {name: _column(row, names) for name, names in COLUMNS.items()}
    text = found["text"]
    if not text or not text.strip():
        return Refused(origin, f"has no text (looked for {', '.join(COLUMNS['text'])})", size)
    try:
        canonical = prepare(text).text
    except BadInput as error:
        return Refused(origin, str(error), size)
    return Taken(
        origin,
        canonical,
        found["published"],
        found["title"],
        found["outlet"],
        found["url"],
        size,
        dated_by="column" if found["published"] else None,
    )


def _column(row: Mapping[str, Any], names: Iterable[str]) -> str | None:
    for name in names:
        value = row.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and value:
            return value
    return None
