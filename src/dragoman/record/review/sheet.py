"""Sheets: events as CSV for review in a spreadsheet, and the reviewed sheet back as decisions.

A sheet is the CSV of events with the columns `decision` and `note` in front.  A reviewer writes ``accept`` or
``reject`` there and corrects cells in place; what differs from the record becomes a correction.  A sheet is taken
whole or not at all, and a row whose event has changed since (`added_at`) is refused.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path

from sqlalchemy import Connection

from dragoman.domain import BadInput, Value
from dragoman.record.questions.flat import COLUMNS, flat
from dragoman.record.questions.shown import shown
from dragoman.record.review.correcting import value_of
from dragoman.record.review.reviewing import Reviewer

DECISIONS = ("accept", "reject")
EXTRA = ("decision", "note")
CORRECTED = ("kind", "actors", "targets", "place", "modality", "polarity")
NEEDED = ("event_id", "added_at")
SHOWN = 5  # bad rows that are named
LARGEST = 50_000_000  # bytes

Wanted = tuple[str, str, str | None, str | None, str | None]  # event, action, field, value, note


class Taken(Value, frozen=True, kw_only=True):
    """What came of a sheet."""

    rows: int
    judged: int
    corrected: int
    notes: int


def take(reviewer: Reviewer, path: Path) -> Taken:
    """Make decisions of a reviewed sheet.

    Raises
    ------
    BadInput
        When it cannot be read, or a row cannot be: bad rows are named by their line, and nothing is kept.
    """
    rows = list(_rows(path))
    wanted: list[Wanted] = []
    bad: list[str] = []
    with reviewer.record.asking() as connection:
        for line, row in rows:
            try:
                wanted += _wanted(connection, row)
            except BadInput as error:
                bad.append(f"line {line}: {error}")
    if bad:
        more = f"; and {len(bad) - SHOWN} more" if len(bad) > SHOWN else ""
        raise BadInput(f"{path}: {'; '.join(bad[:SHOWN])}{more}; nothing was kept")
    if wanted:
        reviewer.decide_all(wanted)
    actions = [action for _, action, *_ in wanted]
    return Taken(
        rows=len(rows),
        judged=sum(action in DECISIONS for action in actions),
        corrected=actions.count("correct"),
        notes=actions.count("note"),
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path}: is larger than {LARGEST // 1_000_000} MB")
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInput(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: is not UTF-8 at byte {error.start}; save it as “CSV UTF-8”") from None
    first = text.split("\n", 1)[0]
    reader = csv.reader(StringIO(text, newline=""), delimiter=";" if ";" in first and "," not in first else ",")
    try:
        head = next(reader, [])
        missing = [name for name in NEEDED if name not in head]
        if missing or len(set(head)) < len(head):
            raise BadInput(f"{path}: the first line must name the columns, {', '.join(missing or NEEDED)} among them")
        unknown = [name for name in head if name not in (*COLUMNS, *EXTRA)]
        if unknown:
            raise BadInput(f"{path}: {unknown[0]!r} is no column of a sheet")
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                raise BadInput(f"{path}: line {reader.line_num}: {len(cells)} cells, {len(head)} columns")
            yield reader.line_num, dict(zip(head, cells, strict=True))
    except csv.Error as error:
        raise BadInput(f"{path}: line {reader.line_num}: {error}") from None


def _wanted(connection: Connection, row: dict[str, str]) -> Sequence[Wanted]:
    id = row["event_id"].strip()
    decision, note = row.get("decision", "").strip().lower(), row.get("note", "").strip() or None
    if decision and decision not in DECISIONS:
        raise BadInput(f"decision {decision!r} is neither accept nor reject")
    there = shown(connection, id)
    if there.status != "current":
        raise BadInput(f"{id} is {there.status}")
    line = next((one.line for one in there.tellings if one.line.added_at == row["added_at"].strip()), None)
    if line is None:
        raise BadInput(f"{id} has changed since the sheet was made")
    now = {name: "" if cell is None else str(cell) for name, cell in flat(line).items()}
    changed = [(name, row[name]) for name in CORRECTED if name in row and row[name].strip() != now[name].strip()]
    if any(name in row and row[name].strip() != now[name] for name in ("day", "day_to")):
        first, last = (row.get(name, now[name]).strip() for name in ("day", "day_to"))
        moved = last == now["day_to"] and first != now["day"] and now["day"] == now["day_to"]
        changed.append(("day", first if moved else f"{first}/{last or first}"))
    for name, cell in row.items():
        if name in ("start", "end", "report_id") and cell.strip() != now[name]:
            raise BadInput(f"{name} cannot be corrected")
    if changed and decision == "reject":
        raise BadInput(f"{id} is rejected and corrected at once")
    for name, cell in changed:
        value_of(connection, name, cell)
    made: list[Wanted] = [(id, "correct", name, cell, note) for name, cell in changed]
    if decision:
        made.append((id, decision, None, None, note))
    if note and not made:
        made.append((id, "note", None, None, note))
    return made
