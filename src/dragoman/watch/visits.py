"""Visits: what was fetched when and with what outcome, kept in the record, so that a restart knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select

from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.record.store import Record

FIRST_WAIT = timedelta(minutes=5)  # after the first failure; twice as long after each further one
LONGEST_WAIT = timedelta(days=1)
GIVEN_UP = 8  # failures in a row, after which a page is not asked for again; a feed always is
TAKEN = "taken"
STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to an address.

    Attributes
    ----------
    at, due
        When it was, and when the next one may be (None: at any time; for a page: never again).
    etag, modified
        The validators of the answer.
    outcome
        ``taken``, or in one line why not.
    failures
        How many visits in a row have failed.
    """

    url: str
    at: str
    etag: str | None = None
    modified: str | None = None
    outcome: str = TAKEN
    failures: int = 0
    due: str | None = None


def stamp(moment: datetime) -> str:
    """A moment as the record writes it."""
    return moment.astimezone(UTC).strftime(STAMP)


def visits(record: Record, urls: Sequence[str]) -> dict[str, Visit]:
    """The last visits to these addresses."""
    columns = tables.visit.c
    with record.asking() as connection:
        found = in_parts(connection, select(tables.visit), columns.url, list(dict.fromkeys(urls)))
        return {row.url: Visit(*row) for row in found}


def keep(record: Record, made: Sequence[Visit]) -> None:
    """Keep visits, each in the place of the one before."""
    apart = {one.url: one for one in made}
    if not apart:
        return
    columns = tables.visit.c
    with record.writing() as connection:
        urls = list(apart)
        for at in range(0, len(urls), 500):
            connection.execute(delete(tables.visit).where(columns.url.in_(urls[at : at + 500])))
        connection.execute(
            tables.visit.insert(),
            [{name: getattr(one, name) for name in Visit.__dataclass_fields__} for one in apart.values()],
        )


def failed(before: Visit | None, url: str, why: str, now: datetime, after: float | None = None) -> Visit:
    """A visit that failed and may go well another time: when to try again, at the server's wish if it has one."""
    failures = (before.failures if before else 0) + 1
    wait = min(FIRST_WAIT * 2 ** min(failures - 1, 12), LONGEST_WAIT)
    if after is not None:
        wait = min(max(timedelta(seconds=after), timedelta()), LONGEST_WAIT)
    etag, modified = (before.etag, before.modified) if before else (None, None)
    return Visit(url, stamp(now), etag, modified, why, failures, stamp(now + wait))


def is_due(visit: Visit | None, now: datetime) -> bool:
    """Whether an address may be asked now, as far as its failures go."""
    return visit is None or visit.due is None or visit.due <= stamp(now)


def is_open(visit: Visit | None, now: datetime) -> bool:
    """Whether a page is still to be fetched: never asked, or it failed in a way that may pass and it is time again."""
    if visit is None:
        return True
    return visit.due is not None and visit.failures < GIVEN_UP and visit.due <= stamp(now)
