"""Columns: readings as Parquet, the contract of a reading column for column.

Lists of the contract are lists of structs, so that ``SELECT unnest(events) FROM readings`` works as it stands.  Maps
with open keys (external ids, figures of a finding) are JSON text.  Beside the contract stand the rows that the record
makes of a reading (``row_telling`` and so on), so that a record takes them over without making them again.
"""

from __future__ import annotations

import types
import typing
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec
import pyarrow as pa

from dragoman.domain import Reading, Value
from dragoman.intake import Source
from dragoman.record import tables
from dragoman.record.copies import bands
from dragoman.record.originals import deflated, taken_from
from dragoman.record.rows import body, report_id, rows

PLAIN: Mapping[type, pa.DataType] = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
OWN = (  # what is known of a report beside its reading
    pa.field("report_id", pa.string(), nullable=False),  # as in a record
    pa.field("origin", pa.string(), nullable=False),  # the file and place it came from
    pa.field("bands", pa.list_(pa.int64()), nullable=False),  # MinHash bands of its text
    pa.field("body", pa.binary(), nullable=False),  # the reading as a record keeps it
    pa.field("original", pa.binary()),  # the bytes that it was taken from, deflated
    pa.field("original_id", pa.string()),  # their SHA-256
    pa.field("original_size", pa.int64()),  # bytes
    pa.field("form", pa.string()),  # how the text is taken from them: text, html, pdf, mail, entry or row
    pa.field("charset", pa.string()),  # declared with them
    pa.field("part", pa.string()),  # which part of them holds the text
)
ROWS: Mapping[str, str] = {  # tables of the record's index, by the names of `dragoman.record.rows.Rows`
    "tellings": "telling",
    "parties": "party",
    "steps": "step",
    "claims": "claim",
    "findings": "finding",
    "entities": "entity",
    "persons": "person",
}
Paths = Mapping[str, "Paths"] | None
COMMON = frozenset({"report_id", "reading_id", "added_at", "superseded_at"})
LATER: Mapping[str, frozenset[str]] = {  # columns that are only known when a row is stored
    "telling": COMMON | {"num", "source", "verdict"},
    "claim": COMMON | {"num"},
    "finding": COMMON | {"num"},
    "person": frozenset({"same_as", "reason"}),
}


@cache
def schema() -> pa.Schema:
    """The schema of the Parquet files: the columns of `OWN`, then the fields of `dragoman.Reading`."""
    made = (pa.field(f"row_{name}", pa.list_(_row(name)), nullable=False) for name in ROWS.values())
    return pa.schema([*OWN, *(_field(one) for one in msgspec.structs.fields(Reading)), *made])


def _row(name: str) -> pa.DataType:
    """The row of a table, without what is only known when it is stored."""
    known = [one for one in tables.metadata.tables[name].c if one.name not in LATER.get(name, COMMON)]
    return pa.struct([pa.field(one.name, PLAIN[one.type.python_type]) for one in known])


def _field(field: msgspec.structs.FieldInfo) -> pa.Field:
    kind, nullable = _kind(field.type)
    return pa.field(field.encode_name, kind, nullable=nullable)


def _kind(annotation: Any) -> tuple[pa.DataType, bool]:
    """The Arrow type of a field of the contract, and whether it may be null."""
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (types.UnionType, typing.Union):
        (inner,) = (one for one in args if one is not type(None))
        return _kind(inner)[0], True
    if origin is tuple:
        return pa.list_(_kind(args[0])[0]), False
    if origin is dict:
        return pa.string(), False
    if origin is typing.Literal:
        return pa.string(), False
    if isinstance(annotation, type) and issubclass(annotation, Value):
        return pa.struct([_field(one) for one in msgspec.structs.fields(annotation)]), False
    return PLAIN[annotation], False


def batch(given: Iterable[tuple[Reading, str, Source | None]]) -> pa.RecordBatch:
    """Readings, each with where its report came from and what it was taken from, as one batch of rows."""
    return pa.RecordBatch.from_pylist([_columns(*one) for one in given], schema=schema())


def _columns(reading: Reading, origin: str, source: Source | None) -> dict[str, Any]:
    report = report_id(reading.report)
    made = rows(reading, report, report, "")
    own = {"report_id": report, "origin": origin, "bands": bands(reading.report.text), "body": body(reading)}
    held = {"original": deflated(source.data), "original_size": len(source.data)} if source else {}
    filed = {f"row_{table}": getattr(made, name) for name, table in ROWS.items()}
    return {**own, **held, **taken_from(source), **_changed(msgspec.to_builtins(reading), OPEN, _as_text), **filed}


def sources(part: pa.RecordBatch | pa.Table) -> dict[str, Source]:
    """What reports were taken from, by their ids."""
    held = part.select(["report_id", "original", "form", "charset", "part"]).to_pylist()
    return {
        row["report_id"]: Source(zlib.decompress(row["original"]), row["form"], row["charset"], row["part"])
        for row in held
        if row["original"] is not None
    }


def readings(part: pa.RecordBatch | pa.Table) -> Iterator[tuple[Reading, str]]:
    """What `batch` was given."""
    fields = [one.encode_name for one in msgspec.structs.fields(Reading)]
    for row in part.select(["origin", *fields]).to_pylist():
        origin = row.pop("origin")
        yield msgspec.convert(_changed(row, OPEN, msgspec.json.decode), Reading), origin


def _as_text(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _opened(annotation: Any) -> Paths:
    """Where in a type of the contract its open maps are; None for one itself."""
    if typing.get_origin(annotation) is dict:
        return None
    found: dict[str, Paths] = {}
    for one in (annotation, *typing.get_args(annotation)):
        if isinstance(one, type) and issubclass(one, Value):
            fields = ((field.encode_name, _opened(field.type)) for field in msgspec.structs.fields(one))
            found |= {name: inner for name, inner in fields if inner is None or inner}
    return found


def _changed(value: Any, paths: Paths, change: Callable[[Any], Any]) -> Any:
    """A value of the contract in builtin types, its open maps changed in place."""
    if paths is None:
        return change(value)
    if isinstance(value, list | tuple):
        for one in value:
            _changed(one, paths, change)
    elif value is not None:
        for name, inner in paths.items():
            value[name] = _changed(value[name], inner, change)
    return value


OPEN = _opened(Reading)
