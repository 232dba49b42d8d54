"""Columns: what a table of an export holds, in words and as a function of the row's source."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TextIO, TypeVar

Source = TypeVar("Source")
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column(Generic[Source]):
    """A column: what it means, and how it is filled; None where Dragoman has nothing to put there."""

    meaning: str
    value: Callable[[Source], Cell] | None = None


def row(columns: Mapping[str, Column[Source]], source: Source) -> list[Cell]:
    """The cells of one row."""
    return [column.value(source) if column.value else None for column in columns.values()]


def write(
    into: TextIO, columns: Iterable[str], rows: Iterable[Iterable[Cell]], *, tabs: bool = False, head: bool = True
) -> int:
    """Write a table; how many rows it has.  With `tabs`, no cell holds a tab or a line break."""
    plain = csv.writer(into, lineterminator="\n")
    tabbed = csv.writer(into, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    if head:
        (tabbed if tabs else plain).writerow(columns)
    number = 0
    for cells in rows:
        number += 1
        if tabs:
            tabbed.writerow([" ".join(cell.split()) if isinstance(cell, str) else cell for cell in cells])
        else:
            plain.writerow(cells)
    return number
