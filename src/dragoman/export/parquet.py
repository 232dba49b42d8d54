"""Parquet: the flat rows of events, with the meaning of each column in its metadata."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from dragoman.domain import BadInput
from dragoman.record.questions.answers import EventLine
from dragoman.record.questions.flat import COLUMNS, flat

GROUP = 10_000  # rows of a group


def write(path: Path, lines: Iterable[EventLine]) -> int:
    """Write a file; how many rows it has.

    Raises
    ------
    BadInput
        When pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise BadInput("Parquet needs pyarrow: pip install 'dragoman[parquet]'") from None
    types = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
    schema = pa.schema(
        [pa.field(name, types[kind], metadata={"description": said}) for name, (kind, said) in COLUMNS.items()]
    )
    waiting, number = iter(lines), 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while rows := [flat(line) for line in islice(waiting, GROUP)]:
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number
