"""Sources: which reports are copies of one another, and which of them stands for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dragoman.record import tables
from dragoman.record.asked import in_parts, insert_new
from dragoman.record.copies import bands, nearest
from dragoman.record.ledger import append

Bands = Mapping[str, Sequence[int]]  # of reports (`dragoman.record.copies.bands`)


def find_copies(connection: Connection, texts: Mapping[str, str], at: str, by: str) -> int:
    """Find of which reports the new ones (id → text) are copies, and keep the pairs; how many are copies of any."""
    own = {report: bands(text) for report, text in texts.items()}
    file_bands(connection, own)
    return pair(connection, texts, own, at, by)


def pair(connection: Connection, texts: Mapping[str, str], own: Bands, at: str, by: str) -> int:
    """Keep of which other reports these (id → text), whose bands are filed, are copies; how many are of any."""
    pairs: list[dict[str, Any]] = []
    for report, near in _near(connection, own).items():
        asked = select(tables.report.c.id, tables.report.c.text)
        of = {row.id: row.text for row in in_parts(connection, asked, tables.report.c.id, near)}
        pairs += [
            {"report_id": report, "of_id": one, "likeness": likeness, "at": at}
            for one, likeness in nearest(texts[report], near, of.__getitem__)
        ]
    known = kept(connection, [one["report_id"] for one in pairs])
    append(connection, tables.copy, [one for one in pairs if one["of_id"] not in known[one["report_id"]]], at, by)
    return len({one["report_id"] for one in pairs})


def kept(connection: Connection, reports: Sequence[str]) -> dict[str, set[str]]:
    """Of which others each of these reports is known to be a copy."""
    columns = tables.copy.c
    found: dict[str, set[str]] = {report: set() for report in reports}
    for column, other in ((columns.report_id, columns.of_id), (columns.of_id, columns.report_id)):
        for own, its in in_parts(connection, select(column, other), column, reports):
            found[own].add(its)
    return found


def file_bands(connection: Connection, own: Bands) -> None:
    """Put the bands of reports into the index."""
    insert_new(connection, tables.band, [{"report_id": one, "band": band} for one in own for band in own[one]])


def _near(connection: Connection, own: Bands) -> dict[str, list[str]]:
    """Those reports that share a band with each of these; of two new ones only the later has the other."""
    sharing: dict[int, list[str]] = {}
    for report, its in own.items():
        for band in its:
            sharing.setdefault(band, []).append(report)
    place = {report: at for at, report in enumerate(own)}
    found: dict[str, set[str]] = {}
    for band, near in in_parts(connection, select(tables.band), tables.band.c.band, list(sharing)):
        for report in sharing[band]:
            if place.get(near, -1) < place[report]:
                found.setdefault(report, set()).add(near)
    return {report: sorted(found[report]) for report in sorted(found)}


def settle(connection: Connection, reports: Iterable[str]) -> dict[str, str]:
    """Settle which report stands for each of these and its copies: the earliest published, whoever came in first.

    Tellings of reports that are filed already are moved along.  Returns the source of each of the reports.
    """
    found = {report: report for report in reports}
    for report in _copied(connection, list(found)):
        if found[report] == report:
            alike = _alike(connection, report)
            found |= dict.fromkeys(alike, _first(connection, alike))
    columns = tables.syndication.c
    before = dict(in_parts(connection, select(columns.report_id, columns.source), columns.report_id, list(found)))
    moved = [{"report": one, "now": now} for one, now in found.items() if one in before and before[one] != now]
    if moved:
        for table, column in ((tables.syndication, "report_id"), (tables.telling, "report_id")):
            moving = update(table).where(table.c[column] == bindparam("report"))
            connection.execute(moving.values(source=bindparam("now")), moved)
    insert_new(
        connection,
        tables.syndication,
        [{"report_id": one, "source": now} for one, now in found.items() if one not in before],
    )
    return found


def _copied(connection: Connection, reports: Sequence[str]) -> list[str]:
    """Those of these reports that have a copy at all."""
    columns = tables.copy.c
    return sorted(
        {
            row[0]
            for column in (columns.report_id, columns.of_id)
            for row in in_parts(connection, select(column), column, reports)
        }
    )


def _alike(connection: Connection, report: str) -> set[str]:
    """The report with its copies, by way of others too."""
    columns = tables.copy.c
    seen, waiting = {report}, [report]
    while waiting:
        of = connection.scalars(select(columns.of_id).where(columns.report_id.in_(waiting)))
        by = connection.scalars(select(columns.report_id).where(columns.of_id.in_(waiting)))
        ahead = {*of, *by} - seen
        seen |= ahead
        waiting = sorted(ahead)
    return seen


def _first(connection: Connection, alike: set[str]) -> str:
    columns = tables.report.c
    dated: Sequence[Any] = connection.execute(select(columns.id, columns.published).where(columns.id.in_(alike))).all()
    return str(min(dated, key=lambda one: (one.published or "9999", one.id)).id)
