"""Days that are asked for in addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime

from dragoman.domain import BadInput


def today() -> str:
    """The day, in UTC."""
    return datetime.now(UTC).date().isoformat()


def day_of(given: str, name: str) -> str | None:
    """A day that was asked for, or None where none was.

    Raises
    ------
    BadInput
        When it is no day.
    """
    if not given:
        return None
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        raise BadInput(f"{name} {given!r}: is no day such as 2022-07-26") from None
