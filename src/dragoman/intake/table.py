"""Table: reports in rows of CSV, whatever separates the cells, with a first line of names."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import replace

from dragoman.domain import BadInput
from dragoman.intake.limits import LARGEST
from dragoman.intake.lines import encoded
from dragoman.intake.place import Items, Place
from dragoman.intake.sniff import dialect
from dragoman.intake.source import Refused, Source, Taken
from dragoman.intake.stream import ahead
from dragoman.text.decode import decode


def read_table(stream: io.BufferedReader, place: Place) -> Items:
    """Read the rows of a table.

    Raises
    ------
    BadInput
        When it has no column for the text, or its quotes do not close.
    """
    head = ahead(stream)
    encoding, doubt = _encoding(head, place.charset)
    place = replace(place, doubt=doubt)
    words = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    start = head.decode(encoding, "ignore").lstrip("\ufeff")
    delimiter = dialect(start, place.columns.texts) or ","
    csv.field_size_limit(LARGEST)
    rows = csv.reader(_lines(words), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(rows, [])]
        if not {name.casefold() for name in names} & {name.casefold() for name in place.columns.texts}:
            raise BadInput(
                f"has no column {' or '.join(place.columns.texts)} for the text; its columns are "
                f"{', '.join(names[:20])} (--text-column names the one to use)"
            )
        for cells in rows:
            if any(cells):
                yield _row(dict(zip(names, cells, strict=False)), replace(place, name=f"{place.name}:{rows.line_num}"))
    except (csv.Error, UnicodeError) as error:
        raise BadInput(f"is no table from line {rows.line_num} on ({str(error).splitlines()[0]})") from None


def _row(row: dict[str, str], place: Place) -> Taken | Refused:
    """One row; a text with bytes that are not in the table's encoding is kept as these very bytes."""
    found = place.columns.cell(row, "text")
    if found and not found[1].isascii() and any("\udc80" <= letter <= "\udcff" for letter in found[1]):
        data = found[1].encode("utf-8", "surrogateescape")
        day = place.columns.words(row, "published")
        told = (("column", day), *place.told) if day else place.told
        link = place.columns.words(row, "url")
        taken = replace(place, told=told, url=link).taken(Source(data, "text"))
        if isinstance(taken, Refused):
            return taken
        title, outlet, author = (place.columns.words(row, name) for name in ("title", "outlet", "author"))
        return replace(taken, title=title, outlet=outlet, author=author)
    try:
        return place.taken(Source(encoded({name: _clean(cell) for name, cell in row.items()}), "row"))
    except BadInput as error:
        return Refused(place.name, str(error))


def _clean(cell: str) -> str:
    return cell.encode("utf-8", "replace").decode("utf-8") if not cell.isascii() else cell


def _encoding(head: bytes, declared: str | None) -> tuple[str, str | None]:
    """The encoding, of whole lines of the head, and why it is not certain; UTF-8 where a few bytes are not."""
    cut = len(head) if b"\0" in head else head.rfind(b"\n") + 1 or len(head)
    told = decode(head[:cut], declared)
    name = told.bytemap.encoding
    if name == "utf-8":
        return "utf-8-sig", None
    return ("utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else name), told.doubt


def _lines(words: io.TextIOWrapper) -> Iterator[str]:
    while line := words.readline(LARGEST + 1):
        if len(line) > LARGEST:
            raise BadInput(f"has a line longer than {LARGEST >> 20} MB")
        yield line
