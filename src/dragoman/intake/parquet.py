"""Parquet: reports in rows, read group after group, and of each only the columns that are asked for."""

from __future__ import annotations

import io
from dataclasses import replace

from dragoman.domain import BadInput
from dragoman.intake.lines import encoded
from dragoman.intake.place import Items, Place
from dragoman.intake.source import Refused, Source
from dragoman.intake.stream import seekable

BATCH = 256  # rows at once
GROUP = 2 << 30  # bytes of one row group, unpacked


def read_parquet(stream: io.BufferedReader, place: Place, groups: range | None = None) -> Items:
    """Read the rows of a Parquet file, or of some of its row groups.

    Raises
    ------
    BadInput
        When it is broken, has no column for the text, or pyarrow (the extra ``parquet``) is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise BadInput("is a Parquet file, which takes the extra parquet (pip install 'dragoman[parquet]')") from None
    try:
        file = pq.ParquetFile(seekable(stream), memory_map=False, pre_buffer=False)
        there = list(file.schema_arrow.names)
        wanted = place.columns.wanted(there)
        if not {name.casefold() for name in wanted} & {name.casefold() for name in place.columns.texts}:
            raise BadInput(
                f"has no column {' or '.join(place.columns.texts)} for the text; its columns are "
                f"{', '.join(there[:20])} (--text-column names the one to use)"
            )
        groups = range(file.num_row_groups) if groups is None else groups
        number = sum(file.metadata.row_group(group).num_rows for group in range(groups.start))
        for group in groups:
            if file.metadata.row_group(group).total_byte_size > GROUP:
                raise BadInput(f"has a row group of more than {GROUP >> 30} GB")
            for batch in file.iter_batches(BATCH, row_groups=[group], columns=wanted, use_threads=False):
                for row in batch.to_pylist():
                    number += 1
                    inner = replace(place, name=f"{place.name}:{number}")
                    try:
                        yield inner.taken(Source(encoded(row), "row"))
                    except BadInput as error:
                        yield Refused(inner.name, str(error))
    except (pa.ArrowException, OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"is a broken Parquet file ({str(error).splitlines()[0]})") from None
