"""Very many readings, made of some real ones: each tile is the same readings some weeks on, with ids of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import archive
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman import Draft, read_all
from dragoman.cluster.columns import batch

REPORTS = 1500  # that are really read
WEEKS = 3  # from tile to tile: further apart than two tellings of one event may be
DATES = {"published", "day", "day_to"}


def write(folder: Path, events: int) -> int:
    """Write so many tellings, or somewhat more, as Parquet readings; how many there are."""
    drafts = (
        Draft(row["text"], row["published"], None, row["outlet"], row["url"], dated_by="column")
        for row in archive.archive(REPORTS)
    )
    real = pa.Table.from_batches([batch((one, "tile", None) for one in read_all(drafts, gated=True))])
    each = pc.sum(pc.list_value_length(real.column("row_telling"))).as_py()
    for number in range(-(-events // each)):
        path = folder / f"readings/month=tile-{number:05d}/tile.parquet"
        path.parent.mkdir(parents=True)
        pq.write_table(_tile(real, number), path, compression="zstd")
    return int(each * -(-events // each))


def names(folder: Path) -> list[str]:
    """The files, in order."""
    return sorted(str(path.relative_to(folder)) for path in folder.glob("readings/*/*.parquet"))


def _tile(real: pa.Table, number: int) -> pa.Table:
    mark = f"{number:04x}"

    def own(value: str) -> str:
        return mark + value[4:]

    def later(value: str) -> str:
        return _later(value, number * WEEKS * 7)

    columns = {}
    for name in real.column_names:
        column = real.column(name).combine_chunks()
        if name == "report_id":
            column = _mapped(column, own)
        elif name == "bands":
            bands = pc.bit_wise_xor(pc.list_flatten(column), pa.scalar(number << 40, pa.int64()))
            column = pa.ListArray.from_arrays(column.offsets, bands)
        elif name.startswith("row_"):
            column = _rows(column, own, later)
        columns[name] = column
    return pa.table(columns, schema=real.schema)


def _rows(column: pa.ListArray, own: Callable[[str], str], later: Callable[[str], str]) -> pa.ListArray:
    """A table's rows with the ids and days of a tile."""
    rows = column.flatten()
    fields = []
    for field in rows.type:
        values = rows.field(field.name)
        if field.name in ("origin", "event_id"):
            values = _mapped(values, own)
        elif field.name in DATES:
            values = _mapped(values, later)
        fields.append(values)
    return pa.ListArray.from_arrays(column.offsets, pa.StructArray.from_arrays(fields, fields=list(rows.type)))


def _mapped(values: pa.Array, change: Callable[[str], str]) -> pa.Array:
    coded = values.dictionary_encode()
    return pa.array([change(one) for one in coded.dictionary.to_pylist()], pa.string()).take(coded.indices)


def _later(value: str, days: int) -> str:
    try:
        return (date.fromisoformat(value[:10]) + timedelta(days=days)).isoformat() + value[10:]
    except (ValueError, OverflowError):
        return value
