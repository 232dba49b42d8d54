"""The command `dragoman sql`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.domain import BadInput

if TYPE_CHECKING:
    from dragoman.cluster.sql import Answer


class Shape(StrEnum):
    """How answers are printed."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def sql(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="SQL, such as “SELECT kind FROM events”.")],
    readings: Annotated[Path, typer.Argument(metavar="READINGS", help="The folder that dragoman add --ray filled.")],
    format: Annotated[Shape, typer.Option(help="table, csv, or jsonl: a line for each row.")] = Shape.TABLE,
) -> None:
    """Ask Parquet readings by SQL (DuckDB), without a server; docs/scale.md lists the views and their columns."""
    try:
        from dragoman.cluster.sql import ask
    except ImportError as error:
        raise BadInput(f"sql takes the extra cluster (pip install 'dragoman[cluster]'): {error}") from None
    _print(ask(question, readings), format)


def _print(answer: Answer, shape: Shape) -> None:
    if shape is Shape.CSV:
        import csv

        writer = csv.writer(sys.stdout)
        writer.writerow(answer.columns)
        writer.writerows(answer.rows)
    elif shape is Shape.JSONL:
        import msgspec

        for row in answer.rows:
            typer.echo(msgspec.json.encode(dict(zip(answer.columns, row, strict=True)), enc_hook=str).decode())
    else:
        from rich.console import Console
        from rich.table import Table

        table = Table(*map(str, answer.columns))
        for row in answer.rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        Console(highlight=False).print(table)
