"""Documentation of the columns, as ``docs/export.md`` has it; a test compares the two."""

from __future__ import annotations

from collections.abc import Iterable

from dragoman.export import gdelt, icews, plover
from dragoman.record.questions.flat import COLUMNS

MARK = "columns"


def document() -> str:
    """The tables of columns in Markdown."""
    flat = ((name, f"{said} ({kind.__name__})") for name, (kind, said) in COLUMNS.items())
    parts = [
        ("`csv`, `parquet`, `sheet` and the properties of `geojson`", flat),
        ("`plover`", ((name, one.meaning) for name, one in plover.COLUMNS.items())),
        ("`icews`", ((name, one.meaning) for name, one in icews.COLUMNS.items())),
        ("`gdelt`", ((name, one.meaning) for name, one in gdelt.COLUMNS.items())),
        ("`gdelt-mentions`", ((name, one.meaning) for name, one in gdelt.MENTIONS.items())),
    ]
    return "\n".join(_table(title, rows) for title, rows in parts)


def _table(title: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = [f"### {title}", "", "| column | what it holds |", "| --- | --- |"]
    lines += [f"| {name} | {said.replace('|', chr(92) + '|')} |" for name, said in rows]
    return "\n".join([*lines, ""])
