"""Collections: whatever is in files, folders, archives and addresses, one report after the other.

What a file is, is told by what it holds.  One that cannot be taken in is named with its reason and does not stop the
rest.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from dragoman.domain import BadInput
from dragoman.intake.answer import Answer
from dragoman.intake.archive import tarred, zipped
from dragoman.intake.columns import USUAL, Columns
from dragoman.intake.dates import named_day
from dragoman.intake.fetch import ADDRESS, Fetcher
from dragoman.intake.files import opened, shown, tree
from dragoman.intake.lines import read_lines
from dragoman.intake.linked import read_linked
from dragoman.intake.place import Items, Place
from dragoman.intake.sniff import what
from dragoman.intake.source import Form, Refused, Source
from dragoman.intake.stream import BROKEN, PACKED, Counted, ahead, buffered, unzipped, whole
from dragoman.intake.table import read_table
from dragoman.intake.warc import captures

FORMS: dict[str, Form] = {"html": "html", "pdf": "pdf", "mail": "mail", "text": "text"}


def total_size(places: Iterable[str]) -> int | None:
    """Bytes of all files in these places; None where standard input or an address is among them."""
    size = 0
    for place in places:
        if place == "-" or ADDRESS.match(place):
            return None
        size += sum(file.stat().st_size for file in tree(Path(place)) if file.is_file())
    return size


def collect(places: Iterable[str], *, columns: Columns = USUAL, fetcher: Fetcher | None = None) -> Items:
    """Take in every report in these places, in order; folders in the order of names.

    Parameters
    ----------
    places
        Files, folders, addresses, or ``-`` for standard input.
    columns
        Which columns of rows hold what.
    fetcher
        Fetches addresses; one of its own where none is given.

    Raises
    ------
    BadInput
        When a place itself is not there.
    """
    named = list(places)
    for place in named:
        if not place:  # which a path takes for the folder one is in
            raise BadInput("an empty name is no file, folder or address")
        if place != "-" and not ADDRESS.match(place) and not Path(place).exists():
            raise BadInput(f"{shown(place)}: no such file or folder")
    return _collected(named, columns, fetcher or Fetcher())


def _collected(places: Sequence[str], columns: Columns, fetcher: Fetcher) -> Items:
    for place in places:
        if ADDRESS.match(place):
            yield from fetched(place, Place(shown(place), columns=columns, fetcher=fetcher))
            continue
        for file in tree(Path(place)) if place != "-" else [place]:
            yield from _file(str(file), columns)


def fetched(url: str, place: Place) -> Items:
    """Take in what an address leads to: a report, or the reports that a feed or sitemap names."""
    assert place.fetcher
    try:
        answer = place.fetcher.get(url)
    except BadInput as error:
        yield Refused(place.name, str(error).removeprefix(f"{place.name}: "))
        return
    yield from answered(answer, place)


def answered(answer: Answer, place: Place) -> Items:
    """Take in what a server answered."""
    stream = buffered(Counted(io.BytesIO(answer.data)))
    yield from reports(stream, replace(place, url=answer.url, charset=answer.charset))


def _file(file: str, columns: Columns) -> Items:
    """The reports of one file, each with its share of the bytes."""
    name = "standard input" if file == "-" else shown(file)
    day = named_day(Path(file).name)
    place = Place(name, columns=columns, told=(("name", day),) if day else ())
    try:
        with opened(file) as raw:
            counted = Counted(raw)
            before = 0
            for one in reports(buffered(counted), place):
                size, before = counted.taken - before, counted.taken
                yield replace(one, size=size)
    except OSError as error:
        yield Refused(name, f"cannot be read ({error.strerror or error})")


def reports(stream: io.BufferedReader, place: Place) -> Items:
    """The reports of a stream; where it breaks off, that is said last."""
    with closing(_reports(stream, place)) as items:  # type: ignore[type-var]
        try:
            yield from items
        except GeneratorExit:
            raise
        except BadInput as error:
            yield Refused(place.name, str(error).removeprefix(f"{place.name}: "))
        except BROKEN as error:
            yield Refused(place.name, f"breaks off ({error})")
        except Exception as error:  # whatever a parser comes upon, it must not take the other reports down with it
            yield Refused(place.name, f"cannot be read ({type(error).__name__}: {error})")


def _reports(stream: io.BufferedReader, place: Place) -> Items:
    kind = what(ahead(stream), place.columns.texts)
    if kind in PACKED:
        yield from reports(unzipped(stream, kind), place.within(place.name))
    elif kind in ("zip", "tar"):
        yield from _members(stream, kind, place)
    elif kind == "warc":
        yield from _captures(stream, place)
    elif kind == "lines":
        yield from read_lines(stream, place)
    elif kind == "csv":
        yield from read_table(stream, place)
    elif kind == "parquet":
        from dragoman.intake.parquet import read_parquet

        yield from read_parquet(stream, place)
    elif kind in ("feed", "sitemap"):
        yield from read_linked(kind, whole(stream), place, fetched)
    else:
        yield place.taken(Source(whole(stream), FORMS[kind], place.charset))


def _members(stream: io.BufferedReader, kind: str, place: Place) -> Items:
    for name, member in zipped(stream) if kind == "zip" else tarred(stream):
        day = named_day(Path(name).name)
        inner = place.within(f"{place.name}/{shown(name)}", (("name", day),) if day else ())
        yield from reports(member, inner)


def _captures(stream: io.BufferedReader, place: Place) -> Items:
    for one in captures(stream):
        inner = replace(place, name=f"{place.name}#{one.url}", url=one.url, charset=one.charset, fetcher=None, told=())
        if one.data is None:
            yield Refused(inner.name, "larger than 20 MB")
            continue
        yield from reports(buffered(Counted(io.BytesIO(one.data))), inner)
