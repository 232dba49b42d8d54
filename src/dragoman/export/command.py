"""The command: `dragoman export`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.record.questions.command import DEFAULT, RecordOption, opened
from dragoman.record.questions.options import filtered

if TYPE_CHECKING:
    from dragoman.record.questions.filters import EventFilter


class Form(StrEnum):
    """What a record can be exported as."""

    CSV = "csv"
    SHEET = "sheet"
    JSONL = "jsonl"
    PARQUET = "parquet"
    PLOVER = "plover"
    ICEWS = "icews"
    GDELT = "gdelt"
    GDELT_MENTIONS = "gdelt-mentions"
    FTM = "ftm"
    GRAPHML = "graphml"
    GEXF = "gexf"
    GEOJSON = "geojson"
    DECISIONS = "decisions"


@filtered
def export(
    given: EventFilter,
    format: Annotated[Form, typer.Argument(help="A format; docs/export.md has their columns and what they lose.")],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    record: RecordOption = DEFAULT,
) -> None:
    """Write events to a file in a format of the field; `sheet` is a CSV for review in a spreadsheet."""
    from dragoman.export.formats import export as exported

    with opened(record) as there:
        number = exported(there, format.value, output, given)
    typer.echo(f"{number} written to {output}")
