"""Answers: the record's frozen structs as JSON, or as CSV where they are rows."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from enum import StrEnum
from io import StringIO
from typing import Any

import msgspec
from fastapi.responses import Response

from dragoman.domain import Value

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run (OWASP, CSV injection)


class Shape(StrEnum):
    """How rows are given."""

    JSON = "json"
    CSV = "csv"


def answer(value: Value, status: int = 200) -> Response:
    """A struct as JSON."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def rows(whole: Value, found: Sequence[Value], shape: Shape) -> Response:
    """A page of rows: the page itself as JSON, or its rows as CSV with the cursor of the next page in a header."""
    if shape is Shape.JSON:
        return answer(whole)
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")  # RFC 4180
    names = found[0].__struct_fields__ if found else ()
    writer.writerow(names)
    writer.writerows([_cell(getattr(one, name)) for name in names] for one in found)
    following = getattr(whole, "next", None)
    headers = {"x-next": following} if following else {}
    data = made.getvalue().encode("utf-8", "surrogatepass")
    return Response(data, media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: Any) -> Any:
    """A value in a cell; parts and evidence by what names them."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return _safe("; ".join(str(_cell(one)) for one in value))
    if isinstance(value, Value):
        for name in ("name", "who_name", "level", "event", "who"):
            if getattr(value, name, None):
                return _safe(str(getattr(value, name)))
        return ""
    return _safe(value) if isinstance(value, str) else value


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
