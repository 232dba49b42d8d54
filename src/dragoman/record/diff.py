"""Differences: what a newer reading of a report changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from sqlalchemy import Connection, select

from dragoman.domain import BadInput, Value
from dragoman.record import tables
from dragoman.record.inheriting import inherit
from dragoman.record.rows import Row, Rows, rows, unbody

TOLD = ("kind", "modality", "polarity", "day", "day_to", "place", "country", "said_by", "quote", "sure")
ROLES = ("actor", "target", "about")


class Changed(Value, frozen=True, kw_only=True):
    """One event that came, went or changed; ``fields`` has what it was and is, by field."""

    report: str
    origin: str
    what: Literal["new", "gone", "changed"]
    kind: str
    quote: str
    fields: dict[str, tuple[str, str]]


class Compared(Value, frozen=True, kw_only=True):
    """Two readings of one report, by their numbers and who made them."""

    report: str
    title: str
    before: int
    after: int
    made_before: str
    made_after: str
    changed: tuple[Changed, ...]


def compare(
    connection: Connection, report: str | None = None, before: str | None = None, after: str | None = None
) -> Iterator[Compared]:
    """Compare readings of reports.

    Parameters
    ----------
    report
        One report's id; all that were read more than once where none is given.
    before, after
        Digests of lexicons (their first characters); the last reading but one and the last where none is given.

    Raises
    ------
    BadInput
        When there is no such report.
    """
    columns = tables.reading.c
    asked = select(columns.id, columns.report_id, columns.reader, columns.model, columns.lexicon).order_by(
        columns.report_id, columns.id
    )
    if report is not None:
        if connection.scalar(select(tables.report.c.id).where(tables.report.c.id == report)) is None:
            raise BadInput(f"{report}: no report of that id is in the record")
        asked = asked.where(columns.report_id == report)
    by_report: dict[str, list[Any]] = {}
    for row in connection.execute(asked):
        by_report.setdefault(row.report_id, []).append(row)
    for made in by_report.values():
        later = _last(made, after)
        earlier = _last([row for row in made if later and row.id < later.id], before)
        if earlier is not None and later is not None:
            yield _compared(connection, earlier, later)


def _last(made: list[Any], lexicon: str | None) -> Any:
    return next((row for row in reversed(made) if lexicon is None or row.lexicon.startswith(lexicon)), None)


def _compared(connection: Connection, earlier: Any, later: Any) -> Compared:
    given = connection.execute(select(tables.report).where(tables.report.c.id == later.report_id)).one()
    bodies = tables.reading.c
    old, new = (
        rows(
            unbody(connection.execute(select(bodies.body).where(bodies.id == one.id)).scalar_one(), given.text),
            given.id,
            given.id,
            given.added_at,
        )
        for one in (earlier, later)
    )
    inherit(new, [_Old(row) for row in old.tellings])
    return Compared(
        report=given.id,
        title=given.title or given.origin,
        before=earlier.id,
        after=later.id,
        made_before=_maker(earlier),
        made_after=_maker(later),
        changed=tuple(_changed(given.id, _tellings(old), _tellings(new))),
    )


class _Old:
    """A telling's row as the index gives it."""

    def __init__(self, row: Row) -> None:
        self.__dict__ |= row


def _maker(row: Any) -> str:
    return f"reader {row.reader}, model {row.model}, lexicon {row.lexicon}"


def _tellings(made: Rows) -> dict[str, Row]:
    told = {}
    for place, row in enumerate(made.tellings):
        parts = {role: [] for role in ROLES}  # type: dict[str, list[str]]
        for part in made.parties:
            if part["num"] == place:
                words = (part["entity"], part["who"] if part["who"] != part["entity"] else None, part["office"])
                parts[part["role"]].append(" · ".join(word for word in words if word))
        fields = {name: "" if row[name] is None else str(row[name]) for name in TOLD}
        told[row["origin"]] = fields | {role: ", ".join(of) for role, of in parts.items()}
    return told


def _changed(report: str, old: Mapping[str, Row], new: Mapping[str, Row]) -> Iterator[Changed]:
    for origin, row in new.items():
        if origin not in old:
            yield Changed(report=report, origin=origin, what="new", kind=row["kind"], quote=row["quote"], fields={})
            continue
        fields = {name: (old[origin][name], row[name]) for name in row if row[name] != old[origin][name]}
        if fields:
            yield Changed(
                report=report, origin=origin, what="changed", kind=row["kind"], quote=row["quote"], fields=fields
            )
    for origin, row in old.items():
        if origin not in new:
            yield Changed(report=report, origin=origin, what="gone", kind=row["kind"], quote=row["quote"], fields={})
