"""GeoJSON (RFC 7946): events as features; those without a place have no geometry and are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TextIO

import msgspec

from dragoman.export.located import located
from dragoman.record.questions.answers import EventLine
from dragoman.record.questions.flat import flat


def write(into: TextIO, lines: Iterable[EventLine]) -> int:
    """Write a feature collection; how many features it has."""
    into.write('{"type": "FeatureCollection", "features": [\n')
    number = 0
    for number, line in enumerate(lines, 1):
        at = located(line)
        feature = {
            "type": "Feature",
            "id": line.id,
            "geometry": {"type": "Point", "coordinates": [at.lon, at.lat]} if at else None,
            "properties": flat(line) | {"precision": at.precision if at else None},
        }
        into.write((",\n" if number > 1 else "") + msgspec.json.encode(feature).decode())
    into.write("\n]}\n")
    return number
