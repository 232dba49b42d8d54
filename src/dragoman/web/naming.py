"""Naming: what the lexicon says of polities and regimes, for the pages."""

from __future__ import annotations

from dragoman.reading.names import catalogue, contested
from dragoman.reading.names.tables import polities, regimes
from dragoman.record.questions.lines import names
from dragoman.web.desk import Desk


def name_of(desk: Desk, one: str) -> str:
    """The name of an entity."""
    known = catalogue().get(one)
    if known is not None and known.kind != "place":
        return known.name
    return desk.kept(("name", one), lambda connection: names(connection, [one])).get(one, one)


def the(desk: Desk, one: str) -> str:
    """A name within a sentence, with its article where it takes one."""
    name, ruling = name_of(desk, one), regimes().get(one)
    return f"the {name}" if ruling is not None and ruling.article else name


def why(one: str) -> str | None:
    """Why the standing of one is contested."""
    of, disputed = claims(one), contested().get(one)
    if of is not None:
        return f"It holds or claims all or part of {of[1]}."
    return disputed.why if disputed else None


def claims(one: str) -> tuple[str, str] | None:
    """The polity whose government a regime says it is, or whose territory it holds: code and name."""
    ruling = regimes().get(one)
    return (ruling.claims, polities()[ruling.claims].name) if ruling is not None else None


def place(one: str) -> tuple[float, float] | None:
    """Where the seat of a polity's government stands: latitude and longitude."""
    known = polities().get(one)
    return (known.lat, known.lon) if known is not None and known.lat is not None and known.lon is not None else None
