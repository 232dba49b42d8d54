"""Lines: standing as it is shown and exported, with names, words and ids of events instead of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select

from dragoman.domain import Value
from dragoman.reading.names import catalogue
from dragoman.record import tables
from dragoman.record.asked import in_parts
from dragoman.record.standing.ask import Told, told
from dragoman.record.standing.changes import Change
from dragoman.record.standing.pair import Ahead, Axis, Pair


class Source(Value, frozen=True, kw_only=True):
    """A piece of evidence: the event, on whose word, in which outlet and when it was published."""

    event: str
    said_by: str | None
    claim: bool
    outlet: str | None
    published: str | None
    quote: str


class Side(Value, frozen=True, kw_only=True):
    """One axis of standing; see `dragoman.record.standing.Axis`.  ``told`` counts tellings."""

    level: str
    basis: str | None
    on_facts: str
    since: str | None
    last: str | None
    implied: bool
    disputed: bool
    told: int
    on_word_of: tuple[str, ...]
    evidence: tuple[Source, ...]
    against: tuple[Source, ...]


class Coming(Value, frozen=True, kw_only=True):
    """A step that is expected or asked for; ``said`` is when."""

    axis: str
    level: str
    basis: str
    said: str
    on_word_of: tuple[str, ...]
    evidence: tuple[Source, ...]
    against: tuple[Source, ...]


class Standing(Value, frozen=True, kw_only=True):
    """How `holder` treats `toward`."""

    holder: str
    holder_name: str
    toward: str
    toward_name: str
    recognition: Side
    representation: Side
    expected: tuple[Coming, ...]
    asked: tuple[Coming, ...]
    refusals: tuple[Source, ...]
    sanctions: tuple[Source, ...]
    severed: tuple[Source, ...]
    flags: tuple[str, ...]


class Turn(Value, frozen=True, kw_only=True):
    """A change of standing."""

    day: str
    holder: str
    holder_name: str
    toward: str
    toward_name: str
    what: str
    before: str
    after: str
    basis: str | None
    on_word_of: tuple[str, ...]
    evidence: tuple[Source, ...]


def standings(connection: Connection, found: Sequence[Pair]) -> list[Standing]:
    """Pairs with their names and evidence."""
    nums = {num for one in found for num in _nums(one)}
    known = told(connection, nums)
    called = names(connection, {id for one in found for id in (one.holder, one.toward)})
    return [
        Standing(
            holder=one.holder,
            holder_name=called[one.holder],
            toward=one.toward,
            toward_name=called[one.toward],
            recognition=_side(one.recognition, known),
            representation=_side(one.representation, known),
            expected=tuple(_coming(ahead, known) for ahead in one.expected),
            asked=tuple(_coming(ahead, known) for ahead in one.asked),
            refusals=_sources(one.refusals, known),
            sanctions=_sources(one.sanctions, known),
            severed=_sources(one.severed, known),
            flags=one.flags,
        )
        for one in found
    ]


def turns(connection: Connection, found: Sequence[Change]) -> list[Turn]:
    """Changes with their names and evidence."""
    known = told(connection, {num for one in found for num in one.tellings})
    called = names(connection, {id for one in found for id in (one.holder, one.toward)})
    return [
        Turn(
            day=one.day,
            holder=one.holder,
            holder_name=called[one.holder],
            toward=one.toward,
            toward_name=called[one.toward],
            what=one.what,
            before=one.before,
            after=one.after,
            basis=one.basis,
            on_word_of=_on_word_of(one.tellings, known),
            evidence=_sources(one.tellings, known),
        )
        for one in found
    ]


def names(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """What the lexicon, or else the record, calls these."""
    wanted, lexicon, columns = sorted(set(ids)), catalogue(), tables.entity.c
    others = [id for id in wanted if id not in lexicon]
    called = {row.id: row.name for row in in_parts(connection, select(columns.id, columns.name), columns.id, others)}
    return {id: lexicon[id].name if id in lexicon else called.get(id, id) for id in wanted}


def _nums(one: Pair) -> set[int]:
    ahead = {num for each in (*one.expected, *one.asked) for num in (*each.tellings, *each.against)}
    sides = {num for side in (one.recognition, one.representation) for num in (*side.tellings, *side.against)}
    return {*ahead, *sides, *one.refusals, *one.sanctions, *one.severed}


def _side(axis: Axis, known: Mapping[int, Told]) -> Side:
    return Side(
        level=axis.level,
        basis=axis.basis,
        on_facts=axis.on_facts,
        since=axis.since,
        last=axis.last,
        implied=axis.implied,
        disputed=axis.disputed,
        told=axis.count,
        on_word_of=_on_word_of(axis.tellings, known),
        evidence=_sources(axis.tellings, known),
        against=_sources(axis.against, known),
    )


def _coming(ahead: Ahead, known: Mapping[int, Told]) -> Coming:
    return Coming(
        axis=ahead.axis,
        level=ahead.level,
        basis=ahead.basis,
        said=ahead.told,
        on_word_of=_on_word_of(ahead.tellings, known),
        evidence=_sources(ahead.tellings, known),
        against=_sources(ahead.against, known),
    )


def _on_word_of(nums: Iterable[int], known: Mapping[int, Told]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for num in nums for one in (known[num].said_by or known[num].outlet,) if one))


def _sources(nums: Iterable[int], known: Mapping[int, Told]) -> tuple[Source, ...]:
    """The evidence, each event once."""
    found: dict[str, Any] = {}
    for num in nums:
        one = known[num]
        found.setdefault(
            one.event,
            Source(
                event=one.event,
                said_by=one.said_by,
                claim=one.claim,
                outlet=one.outlet,
                published=one.published,
                quote=one.quote,
            ),
        )
    return tuple(found.values())
