"""Quantities: numbers with their units, and of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import Quantity, Time
from dragoman.reading.numerals import ONES, SCALES, TENS, cardinal


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit and how it is written."""

    unit: str
    words: list[str]
    example: str
    of: bool = False


class UnitFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of ``units.yaml``."""

    units: list[Unit]
    symbols: dict[str, str]
    modifiers: dict[str, str]


@cache
def unit_entries() -> UnitFile:
    """Load ``units.yaml``."""
    return lexicon.entries("units.yaml", UnitFile)


@cache
def _by_word() -> dict[str, Unit]:
    return {word.lower(): unit for unit in unit_entries().units for word in unit.words}


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    file = unit_entries()
    words = _any([*ONES, *TENS, *SCALES])
    figure = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    scaled = rf"{figure}(?:[\s-]*(?:thousand|million|billion|trillion|mn|bn|m\b|k\b))?"
    number = rf"{scaled}|(?:a\s+)?(?:{words})(?:(?:[\s-]+|\s+and\s+)(?:{words}))*"
    mod = rf"(?:(?P<mod>{_any(list(file.modifiers))})\s+)?"
    money = rf"(?P<symbol>{_any(list(file.symbols))})\s?(?P<sum>{scaled})"
    unit = _any([word for one in file.units for word in one.words])
    counted = (
        rf"(?P<number>{number})[\s-]*(?:(?:more|other|new|additional|of\s+the|metric)\s+)?(?P<unit>{unit})(?![\w])"
    )
    of = r"(?:[ ]of[ ](?P<of>(?:[a-z]+[ ])?[a-z]+))?"
    return re.compile(rf"(?<![\w.,]){mod}(?:{money}|{counted}{of})", re.IGNORECASE)


def find_quantities(text: str, times: Sequence[Time]) -> list[Quantity]:
    """Find the quantities of a text.

    Parameters
    ----------
    text
        The canonical text.
    times
        The time expressions found in it: a quantity never overlaps one.

    Returns
    -------
    list of Quantity
        In text order; money in ISO 4217 codes.
    """
    taken = [(time.at.start, time.at.end) for time in times]
    return [one for one in _found(text) if not any(start < one.end and one.start < end for start, end in taken)]


def _found(text: str) -> Iterator[Quantity]:
    file, units = unit_entries(), _by_word()
    for match in _pattern().finditer(text):
        if match["symbol"]:
            value, unit, of = cardinal(_spaced(match["sum"])), file.symbols[match["symbol"].upper()], None
            end = match.end("sum")
        else:
            known = units[re.sub(r"\s+", " ", match["unit"].lower())]
            value, unit = cardinal(_spaced(match["number"])), known.unit
            of = _of(match) if known.of else None
            end = match.end("of") if of else match.end("unit")
        if value is None:
            continue
        mod = file.modifiers[re.sub(r"\s+", " ", match["mod"].lower())] if match["mod"] else None
        start = match.start()
        yield Quantity(value=value, unit=unit, of=of, start=start, end=end, text=text[start:end], mod=mod)


def _spaced(number: str) -> str:
    """Part a figure from the scale written against it ("5bn")."""
    return re.sub(r"(?<=\d)(?=[a-z])", " ", number, flags=re.IGNORECASE)


def _of(match: re.Match[str]) -> str | None:
    """What is measured: the noun behind "of", without what is only grammar."""
    words = (match["of"] or "").split()
    if not words or words[0].lower() in ("the", "its", "their", "his", "a", "an", "this", "these", "which", "whom"):
        return None
    if len(words) == 2 and words[1].lower() in (
        "to",
        "in",
        "for",
        "from",
        "and",
        "was",
        "were",
        "by",
        "at",
        "on",
        "with",
        "as",
    ):
        return words[0]
    return " ".join(words)
