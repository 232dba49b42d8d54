"""Engaged: who has to do with whom, weighted by independent sources."""

from __future__ import annotations

from sqlalchemy import Connection, case, func, select

from dragoman.domain import Value
from dragoman.record import tables
from dragoman.record.questions.lines import names

MOST = 20_000  # tellings that are counted, the latest first
SHOWN = 120  # pairs


class Engaged(Value, frozen=True):
    """Two who had to do with each other: in how many events, known from how many independent sources."""

    one: str
    one_name: str
    other: str
    other_name: str
    sources: int
    events: int


class Network(Value, frozen=True):
    """The pairs with most sources; `capped` when not all tellings were counted."""

    pairs: tuple[Engaged, ...]
    tellings: int
    capped: bool


def network(connection: Connection, since: str, until: str, kinds: tuple[str, ...], least: int) -> Network:
    """Who engaged whom between two days, in events of these kinds (all where none are named).

    A pair is of an actor and a target of one telling that happened and was affirmed; reports that are copies of one
    another count as one source.
    """
    telling, party, entity = tables.telling.c, tables.party, tables.entity
    current = (
        telling.superseded_at.is_(None),
        telling.polarity == "affirmed",
        telling.modality.in_(("happened", "ongoing")),
    )
    recent = select(telling.num, telling.source, telling.event_id).where(
        telling.day >= since, telling.day <= until, *current
    )
    if kinds:
        recent = recent.where(telling.kind.in_(kinds))
    latest = recent.order_by(telling.day.desc(), telling.num.desc()).limit(MOST).cte("latest")
    latest = latest.prefix_with("MATERIALIZED")  # gone through twice
    actor, target = party.alias(), party.alias()
    turned = actor.c.who > target.c.who
    one, other = case((turned, target.c.who), else_=actor.c.who), case((turned, actor.c.who), else_=target.c.who)
    sources, events = func.count(latest.c.source.distinct()), func.count(latest.c.event_id.distinct())
    pairs = (
        select(one.label("one"), other.label("other"), sources.label("sources"), events.label("events"))
        .select_from(latest)
        .join(actor, (actor.c.num == latest.c.num) & (actor.c.role == "actor"))
        .join(target, (target.c.num == latest.c.num) & (target.c.role == "target"))
        .where(actor.c.who != target.c.who)
        .group_by(one, other)
        .having(sources >= least)
        .cte("pairs")
        .prefix_with("MATERIALIZED")  # what each is need not be looked up for every telling
    )
    bears = ("polity", "regime", "organization")
    first, second = entity.alias(), entity.alias()
    number = select(func.count()).select_from(latest).scalar_subquery()
    asked = (
        select(pairs, number)
        .join(first, (first.c.id == pairs.c.one) & first.c.kind.in_(bears))
        .join(second, (second.c.id == pairs.c.other) & second.c.kind.in_(bears))
        .order_by(pairs.c.sources.desc(), pairs.c.events.desc(), pairs.c.one, pairs.c.other)
        .limit(SHOWN)
    )
    rows = connection.execute(asked).all()
    counted: int = rows[0][-1] if rows else connection.scalar(select(number)) or 0
    called = names(connection, {who for row in rows for who in row[:2]})
    made = tuple(Engaged(a, called.get(a, a), b, called.get(b, b), many, of) for a, b, many, of, _ in rows)
    return Network(made, counted, counted == MOST)


def latest_day(connection: Connection) -> str | None:
    """The latest day of an event that the record holds."""
    telling = tables.telling.c
    day: str | None = connection.scalar(select(func.max(telling.day)).where(telling.day != ""))
    return day
