"""Decided: what reviewers' decisions on a telling amount to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from dragoman.record import tables
from dragoman.record.asked import in_parts

JUDGED = ("accept", "reject", "correct")


@dataclass(slots=True)
class Decided:
    """The last verdict, and the last correction of each field, by whomever; what was undone is left out."""

    verdict: str | None = None
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether a reviewer holds that the event took place as it now stands."""
        return self.verdict == "accept"


def decided(connection: Connection, origins: Sequence[str], until: str) -> dict[str, Decided]:
    """What was decided on tellings up to a moment; those without any such decision are left out.

    Who corrects an event accepts it as corrected.
    """
    columns = tables.decision.c
    asked = select(tables.decision).where(columns.at <= until)
    rows: list[Any] = sorted(in_parts(connection, asked, columns.origin, sorted(set(origins))), key=lambda row: row.id)
    undone = {row.undoes for row in rows if row.undoes is not None}
    found: defaultdict[str, Decided] = defaultdict(Decided)
    for row in rows:
        if row.id in undone or row.action not in JUDGED:
            continue
        one = found[row.origin]
        one.verdict = "reject" if row.action == "reject" else "accept"
        if row.action == "correct":
            one.fields[row.field] = row.value or ""
    return dict(found)
