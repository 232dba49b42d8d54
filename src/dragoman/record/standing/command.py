"""The command: `dragoman standing`."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.domain import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from sqlalchemy import Connection

    from dragoman.record.standing.ask import Known
    from dragoman.record.standing.lines import Standing, Turn

WIDE = 160  # characters, where the output is no terminal


class Shape(StrEnum):
    """How standing is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def standing(
    toward: Annotated[
        list[str] | None,
        typer.Argument(help="Who is treated: a regime or polity by any common name, id or ISO code."),
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="Who treats them; may be repeated.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day in the world; today.")] = None,
    known_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what the record had read by the end of that day.")
    ] = None,
    published_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only what reports published by that day tell.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="What changed after that day instead.")] = None,
    matrix: Annotated[bool, typer.Option("--matrix", help="Holders by those who are treated.")] = False,
    format: Annotated[Shape, typer.Option(help="table, json (a line for each row) or csv.")] = Shape.TABLE,
    record: Annotated[str, typer.Option(metavar="FILE_OR_URL", help="The record.")] = "dragoman.db",
) -> None:
    """Who recognises whom and how they are represented, as of a day: fact or claim, and on whose word."""
    if not toward and not by and not matrix:
        raise BadInput("name who is treated (dragoman standing TALIBAN), who treats them (--by TUR), or ask --matrix")
    from dragoman.record.standing.ask import Known
    from dragoman.record.store import Record

    known = Known(day("--as-of", as_of) or _today(), day("--known-by", known_by), day("--published-by", published_by))
    after = day("--since", since)
    if after is not None and after > known.as_of:
        raise BadInput(f"--since {after} lies after {known.as_of}, the day that is asked for (--as-of)")
    opened = Record(record)
    try:
        with opened.asking() as connection:
            towards = [_id(connection, name) for name in toward or ()] or (_contested() if matrix else [])
            holders = [_id(connection, name) for name in by or ()]
            if after is not None:
                _print_turns(_turns(connection, known, towards, holders, after), format)
                return
            found = _standings(connection, known, towards, holders)
            if found:
                _print(found, format, matrix=matrix, by=bool(holders) and len(towards) != 1)
            else:
                _nothing(connection, known)
            if format is Shape.TABLE and not matrix:
                _say_beside(connection, known, towards)
    finally:
        opened.close()


def day(name: str, given: str | None) -> str | None:
    """An ISO day as it was given.

    Raises
    ------
    BadInput
        When it is none.
    """
    from datetime import date

    if given is None:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise BadInput(f"{name} {given}: is no day such as 2022-07-26") from None


def _today() -> str:
    from datetime import date

    return date.today().isoformat()


def _id(connection: Connection, name: str) -> str:
    """Whoever is meant: by the lexicon, else by the record's own name."""
    from sqlalchemy import select

    from dragoman.reading.names import resolve, suggestions
    from dragoman.record import tables

    found = resolve(name)
    if found is None:
        columns = tables.entity.c
        found = connection.scalar(select(columns.id).where((columns.id == name) | (columns.name == name)).limit(1))
    if found is None:
        near = suggestions(name)
        raise BadInput(f"{name}: nobody is known by that name" + (f" ({', '.join(near)}?)" if near else ""))
    return found


def _contested() -> list[str]:
    """The regimes and polities whose recognition is contested: the columns of a matrix that names none."""
    from dragoman.reading.names import catalogue, contested

    return [id for id, one in catalogue().items() if one.kind == "regime" or id in contested()]


def _standings(connection: Connection, known: Known, toward: Sequence[str], holders: Sequence[str]) -> list[Standing]:
    from dragoman.record.standing.ask import pairs
    from dragoman.record.standing.lines import standings

    return standings(connection, pairs(connection, known, toward=toward, holders=holders))


def _turns(
    connection: Connection, known: Known, toward: Sequence[str], holders: Sequence[str], since: str
) -> list[Turn]:
    from dragoman.record.standing.ask import histories
    from dragoman.record.standing.changes import changes
    from dragoman.record.standing.lines import turns

    found = histories(connection, known, toward=toward, holders=holders)
    return turns(connection, list(changes(found, since, known.as_of)))


def _nothing(connection: Connection, known: Known) -> None:
    """Say why there is nothing, where a day is the reason."""
    from sqlalchemy import func, select

    from dragoman.record import tables

    first = connection.scalar(select(func.min(tables.report.c.added_at)))
    if known.read_by is not None and (first is None or first[:10] > known.read_by):
        typer.echo(
            f"the record had read nothing by {known.read_by}: its first report came in on {(first or 'no day')[:10]} "
            f"(--published-by asks for what had been published by then)",
            err=True,
        )
    else:
        typer.echo("nothing is read of this by then", err=True)


def _say_beside(connection: Connection, known: Known, toward: Sequence[str]) -> None:
    """Name those of whom more is told than is counted here."""
    from dragoman.record.standing.beside import beside
    from dragoman.record.standing.lines import names

    found = beside(connection, known, toward)
    called = names(connection, found)
    for id, many in found.items():
        typer.echo(f"not counted here: {many} toward {called[id]} (dragoman standing {id})", err=True)


def _print(found: Sequence[Standing], format: Shape, *, matrix: bool, by: bool) -> None:
    from dragoman.record.standing import table

    if format is Shape.JSON:
        _lines(found)
    elif format is Shape.CSV:
        typer.echo(table.matrix_csv(found) if matrix else table.standings_csv(found), nl=False)
    elif matrix:
        table.show_matrix(_console(), found)
    else:
        table.show(_console(), found, by=by)
        typer.echo(f"{len(found)} with something read; of all others nothing: silent, none known", err=True)


def _print_turns(found: Sequence[Turn], format: Shape) -> None:
    from dragoman.record.standing import table

    if format is Shape.JSON:
        _lines(found)
    elif format is Shape.CSV:
        typer.echo(table.turns_csv(found), nl=False)
    else:
        table.show_turns(_console(), found)


def _lines(found: Sequence[Standing] | Sequence[Turn]) -> None:
    import msgspec

    for one in found:
        typer.echo(msgspec.json.encode(one).decode())


def _console() -> Console:
    import sys

    from rich.console import Console

    return Console() if sys.stdout.isatty() else Console(width=WIDE, highlight=False)
