"""Spans: every place of a reading in its report's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dragoman.domain import Report, Value


def located(value: Any) -> Iterator[tuple[Value, int, int]]:
    """Every part of a reading that has a span, with where it begins and ends."""
    if isinstance(value, tuple):
        for one in value:
            yield from located(one)
    if not isinstance(value, Value) or isinstance(value, Report):
        return
    start, end = getattr(value, "start", None), getattr(value, "end", None)
    if isinstance(start, int) and isinstance(end, int):
        yield value, start, end
    for name in value.__struct_fields__:
        yield from located(getattr(value, name))
