"""The commands that ask a record: `dragoman events`, `show`, `timeline`, `people`, `claims`, `findings`, `cite`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.record.questions.options import filtered

if TYPE_CHECKING:
    from msgspec import Struct
    from rich.console import Console

    from dragoman.record.questions.answers import EventPage
    from dragoman.record.questions.filters import EventFilter
    from dragoman.record.store import Record

RecordOption = Annotated[
    str, typer.Option("--record", metavar="FILE_OR_URL", help="A file, or an address postgresql://…")
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")]
After = Annotated[str | None, typer.Option(metavar="CURSOR", help="Go on behind an earlier page.")]
DEFAULT = "dragoman.db"


class Shape(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class Citation(StrEnum):
    """Forms of citations."""

    PLAIN = "plain"
    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"


Format = Annotated[Shape, typer.Option(help="table, json (a line for each) or csv.")]


@contextmanager
def opened(where: str) -> Iterator[Record]:
    """A record that is there already."""
    from dragoman.record.store import Record

    record = Record(where)
    try:
        yield record
    finally:
        record.close()


@filtered
def events(
    given: EventFilter,
    *,
    limit: Limit = 50,
    after: After = None,
    format: Format = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """Events of the record, the latest first, by any of the filters."""
    from dragoman.record.questions import events as asked

    with opened(record) as there:
        _print_events(asked(there, given, limit=limit, after=after), format)


@filtered
def timeline(
    given: EventFilter,
    one: Annotated[str, typer.Argument(help="A polity, regime, organization or person.")],
    other: Annotated[str, typer.Argument(help="Another one.")],
    *,
    limit: Limit = 50,
    after: After = None,
    format: Format = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """What went on between two, the earliest first."""
    from dragoman.record.questions import timeline as asked

    with opened(record) as there:
        _print_events(asked(there, one, other, given, limit=limit, after=after), format)


def show(
    event: Annotated[str, typer.Argument(help="An event's id.")],
    known_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what the record had read by the end of that day.")
    ] = None,
    format: Annotated[Shape, typer.Option(help="table or json.")] = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """One event: all evidence in context, the rules that found it, readings and decisions."""
    from dragoman.record.questions import show as asked
    from dragoman.record.questions.flat import flat

    with opened(record) as there:
        found = asked(there, event, known=known_by)
    if format is Shape.CSV:
        from dragoman.record.questions.flat import COLUMNS

        _csv(list(COLUMNS), [flat(one.line) for one in found.tellings])
    elif format is Shape.JSON:
        _json([found])
    else:
        from dragoman.record.questions.printed import show as printed

        _console().print(printed(found))


def people(
    name: Annotated[str | None, typer.Argument(help="A person by id or name; all without.")] = None,
    polity: Annotated[str | None, typer.Option(help="Only those who act for it.")] = None,
    limit: Limit = 50,
    after: After = None,
    format: Format = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """Persons: their offices, spellings with the reason why they are one, and what they took part in."""
    from dragoman.record.questions import people as asked
    from dragoman.record.questions import person

    with opened(record) as there:
        if name is not None:
            shown = person(there, name, limit=limit, after=after)
            if format is Shape.CSV:
                _print_events(shown.events, format)
            elif format is Shape.JSON:
                _json([shown])
            else:
                from dragoman.record.questions.printed import person as printed

                _console().print(printed(shown))
            return
        page = asked(there, polity=polity, limit=limit, after=after)
    _print_rows(page.persons, format, page.next)


def claims(
    speaker: Annotated[str | None, typer.Option(help="Who says it, by any name.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after this day, month or year.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before this day, month or year.")] = None,
    limit: Limit = 50,
    after: After = None,
    format: Format = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """Who says what, the latest first."""
    from dragoman.record.questions import claims as asked

    with opened(record) as there:
        page = asked(there, speaker=speaker, since=since, until=until, limit=limit, after=after)
    _print_rows(page.claims, format, page.next)


def findings(
    kind: Annotated[str | None, typer.Option(help="Kind, such as distance; without it, all but gate.")] = None,
    verdict: Annotated[
        str | None, typer.Option(help="consistent, inconsistent, ambiguous, unresolved or defect.")
    ] = None,
    report: Annotated[str | None, typer.Option(help="The report of this id.")] = None,
    limit: Limit = 50,
    after: After = None,
    format: Format = Shape.TABLE,
    record: RecordOption = DEFAULT,
) -> None:
    """What the checks noticed in reports."""
    from dragoman.record.questions import findings as asked

    with opened(record) as there:
        page = asked(there, kind=kind, verdict=verdict, report=report, limit=limit, after=after)
    _print_rows(page.findings, format, page.next)


def cite(
    event: Annotated[str, typer.Argument(help="An event's id.")],
    format: Annotated[Citation, typer.Option(help="plain, bibtex, ris or csl.")] = Citation.PLAIN,
    record: RecordOption = DEFAULT,
) -> None:
    """Cite an event with its evidence."""
    from datetime import date

    from dragoman.record.cite import cite as cited
    from dragoman.record.questions import show as asked

    with opened(record) as there:
        typer.echo(cited(asked(there, event), format.value, date.today()))


def _print_events(page: EventPage, format: Shape) -> None:
    from dragoman.record.questions.flat import COLUMNS, flat

    if format is Shape.CSV:
        _csv(list(COLUMNS), [flat(one) for one in page.events])
    elif format is Shape.JSON:
        _json(page.events)
    else:
        from dragoman.record.questions.printed import events as printed

        _console().print(printed(page.events))
    _more(page.next)


def _print_rows(rows: Sequence[Struct], format: Shape, more: str | None) -> None:
    if format is Shape.JSON:
        _json(rows)
    elif format is Shape.CSV:
        import msgspec

        made = [msgspec.to_builtins(row) for row in rows]
        _csv(list(made[0]) if made else [], made)
    else:
        from dragoman.record.questions.printed import table

        _console().print(table(rows))
    _more(more)


def _more(cursor: str | None) -> None:
    if cursor is not None:
        typer.echo(f"there are more: --after {cursor}", err=True)


def _json(rows: Sequence[Struct]) -> None:
    import msgspec

    for row in rows:
        typer.echo(msgspec.json.encode(row).decode())


def _csv(columns: list[str], rows: Sequence[Mapping[str, object]]) -> None:
    import csv
    from io import StringIO

    into = StringIO()
    writer = csv.DictWriter(into, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    typer.echo(into.getvalue(), nl=False)


def _console() -> Console:
    from rich.console import Console

    from dragoman.show.terminal import WIDTH

    console = Console(highlight=False)
    return console if console.is_terminal else Console(width=WIDTH, highlight=False)
