"""Agreement of two reviewers: Cohen's kappa.

Cohen, J. (1960): A coefficient of agreement for nominal scales. *Educational and Psychological Measurement* 20, 37–46.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection, select

from dragoman.domain import BadInput, Value
from dragoman.record import tables
from dragoman.record.review.decided import JUDGED
from dragoman.record.store import Record


class Agreement(Value, frozen=True, kw_only=True):
    """How far two reviewers agree on the tellings that both judged: accept, correct or reject.

    `kappa` is None where chance alone would make them agree on everything (both gave one judgement throughout).
    """

    one: str
    other: str
    both: int
    agreed: int
    observed: float
    expected: float
    kappa: float | None
    table: dict[str, dict[str, int]]
    differ: tuple[str, ...]


def agreement(record: Record, one: str, other: str) -> Agreement:
    """The agreement of two reviewers' last judgements.

    Raises
    ------
    BadInput
        When one of them judged nothing, or they judged nothing in common.
    """
    with record.asking() as connection:
        first, second = judgements(connection, one), judgements(connection, other)
    for name, judged in ((one, first), (other, second)):
        if not judged:
            raise BadInput(f"{name}: has judged nothing in this record")
    both = sorted(first.keys() & second.keys())
    if not both:
        raise BadInput(f"{one} and {other} have judged no event in common")
    counted = Counter((first[origin], second[origin]) for origin in both)
    return _of(one, other, counted, tuple(origin for origin in both if first[origin] != second[origin]))


def _of(one: str, other: str, counted: Counter[tuple[str, str]], differ: tuple[str, ...]) -> Agreement:
    total = counted.total()
    agreed = sum(counted[judged, judged] for judged in JUDGED)
    rows = {judged: sum(counted[judged, ours] for ours in JUDGED) for judged in JUDGED}
    columns = {judged: sum(counted[ours, judged] for ours in JUDGED) for judged in JUDGED}
    observed = agreed / total
    expected = sum(rows[judged] * columns[judged] for judged in JUDGED) / total**2
    return Agreement(
        one=one,
        other=other,
        both=total,
        agreed=agreed,
        observed=observed,
        expected=expected,
        kappa=None if expected == 1 else (observed - expected) / (1 - expected),
        table={judged: {ours: counted[judged, ours] for ours in JUDGED} for judged in JUDGED},
        differ=differ,
    )


def judgements(connection: Connection, by: str) -> dict[str, str]:
    """A reviewer's last judgement of each telling, undone ones left out; whoever corrected before has corrected."""
    columns = tables.decision.c
    undone = select(columns.undoes).where(columns.undoes.is_not(None))
    asked = (
        select(columns.origin, columns.action)
        .where(columns.by == by, columns.action.in_(JUDGED), columns.id.not_in(undone))
        .order_by(columns.id)
    )
    found: dict[str, str] = {}
    for row in connection.execute(asked):
        accepts_own = row.action == "accept" and found.get(row.origin) == "correct"
        found[row.origin] = "correct" if accepts_own else row.action
    return found
