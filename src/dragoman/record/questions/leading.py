"""Leading: which condition of a question is followed first, and the question as one statement of SQL.

Databases guess how many rows answer to a condition.  Here they are counted, up to `COUNTED`, in an index; the rarest
one leads, and where it is not rare its index is walked in the order of days, so that a page ends the walk.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import CTE, Connection, FromClause, ScalarSelect, Select, exists, func, literal, select, tuple_

from dragoman.record import tables
from dragoman.record.questions.conditions import Asked, Condition, Lead, Part
from dragoman.record.questions.text import TOLD, match

FEW = 15_000  # rows that can be gone through and sorted
COUNTED = (1_000, FEW, 60_000)  # rows that are counted at most, until one condition is rarer
TELLING, OTHER = tables.telling.alias("t"), tables.telling.alias("o")  # made once: an alias has many columns
LED, AGAIN = tables.party.alias("p"), tables.party.alias("again")


def lead(connection: Connection, asked: Asked) -> Lead:
    """The condition that leads."""
    candidates = list(_candidates(asked))
    if not candidates:
        return Lead("day")
    if len(candidates) == 1 and candidates[0].ordered:
        return candidates[0]
    for most in COUNTED:
        numbers = (_counted(asked, one, most) for one in candidates)
        counted = sorted(zip(connection.execute(select(*numbers)).one(), range(len(candidates)), strict=True))
        if counted[0][0] < most:
            break  # the others are no rarer
    for number, at in counted:
        if number <= FEW or candidates[at].ordered:
            return candidates[at]
    return Lead("day")


def _candidates(asked: Asked) -> Iterator[Lead]:
    given = asked.given
    kind = given.kinds[0] if len(given.kinds) == 1 else None
    for part in asked.parts:
        single = len(part.who.ids) == 1
        yield Lead(None, part, kind if single and not part.who.person else None, ordered=single)
    if asked.text is not None and asked.sqlite:
        yield Lead("text", ordered=False)
    if asked.place:
        yield Lead("place")
    if asked.country:
        yield Lead("country")
    if given.outlet:
        yield Lead("outlet")
    if given.kinds:
        yield Lead("kind", ordered=len(given.kinds) == 1)
    if given.types:
        yield Lead("type", ordered=len(given.types) == 1)
    if given.modalities and tables.USUAL["modality"] not in given.modalities:
        yield Lead("modality", ordered=len(given.modalities) == 1)
    if given.polarity and given.polarity != tables.USUAL["polarity"]:
        yield Lead("polarity")
    if given.verdict and given.verdict != "none":
        yield Lead("verdict")
    if given.sure is False and given.verdict == "none" and given.known is None:
        yield Lead("unsure")


def _counted(asked: Asked, one: Lead, most: int) -> ScalarSelect[int]:
    telling, party = tables.telling, tables.party
    given = asked.given
    if one.part is not None:
        conditions = [one.part.of(party), *asked.days(party)]
        rows = select(literal(1)).select_from(party).where(*conditions)
        if one.kind:
            rows = rows.where(party.c.kind == one.kind)
    elif one.column == "text":
        rows = select(literal(1)).select_from(TOLD).where(match(asked.text or ""))
    else:
        values: dict[str | None, Any] = {
            "kind": telling.c.kind.in_(given.kinds),
            "type": telling.c.type.in_(given.types),
            "modality": telling.c.modality.in_(given.modalities) & tables.unusual(telling, "modality"),
            "polarity": (telling.c.polarity == given.polarity) & tables.unusual(telling, "polarity"),
            "verdict": telling.c.verdict == given.verdict,
            "unsure": tables.unsure(telling),
            "country": telling.c.country == asked.country,
            "place": func.lower(telling.c.place) == func.lower(asked.place),
            "outlet": func.lower(telling.c.outlet) == func.lower(given.outlet),
        }
        rows = select(literal(1)).select_from(telling).where(values[one.column], *asked.days(telling))
    return select(func.count()).select_from(rows.limit(most).subquery()).scalar_subquery()


def statement(
    connection: Connection, asked: Asked, *, newest: bool = True, after: tuple[str, int] | None = None
) -> Select[Any]:
    """The day and number of tellings by which events are found, each event once, in the order of their days."""
    chosen = lead(connection, asked)
    hits = None
    if chosen.column == "text":  # searched for once, not for every telling anew
        found = select(TOLD.c.rowid.label("num")).where(match(asked.text or ""))
        hits = found.cte("hits").prefix_with("MATERIALIZED")
    telling, led = TELLING, TELLING
    asking: Select[Any] = select(telling.c.day, telling.c.num)
    if chosen.part is not None:
        led = LED
        asking = asking.select_from(led).join(telling, telling.c.num == led.c.num).where(*_of(asked, chosen, led))
    asking = asking.where(*asked.all(telling, chosen, led=led, hits=hits))
    if chosen.part is not None:
        asking = asking.where(~_again(asked, chosen.part, led, telling))
    day, num = led.c.day, led.c.num
    if chosen.ordered:
        asking = asking.where(~_nearer(asked, telling, chosen, newest, hits))
    else:
        asking, day, num = _first(asked, asking, telling, newest)
    if after is not None:
        here, there = tuple_(day, num), tuple_(literal(after[0]), literal(after[1]))
        asking = asking.where(here < there if newest else here > there)
    return asking.order_by(day.desc(), num.desc()) if newest else asking.order_by(day, num)


def _first(asked: Asked, asking: Select[Any], telling: FromClause, newest: bool) -> tuple[Select[Any], Any, Any]:
    """Of each event the telling that comes first, where all that answer have to be gone through and sorted."""
    order = [asked.bare(column) for column in (telling.c.day, telling.c.num)]
    place = func.row_number().over(
        partition_by=asked.bare(telling.c.event_id), order_by=[one.desc() for one in order] if newest else order
    )
    found = asking.add_columns(place.label("place")).subquery("found")
    return select(found.c.day, found.c.num).where(found.c.place == 1), found.c.day, found.c.num


def _of(asked: Asked, chosen: Lead, party: FromClause) -> list[Condition]:
    """The rows of somebody's parts."""
    part = chosen.part
    assert part is not None
    found = [part.of(party), party.c.role.in_(part.roles), *asked.days(party)]
    if chosen.kind:
        found.append(party.c.kind == chosen.kind)
    return found


def _again(asked: Asked, part: Part, party: FromClause, telling: FromClause) -> Condition:
    """That somebody has a part in this telling before this one; asked last, when all else is so."""
    earlier = tuple_(asked.bare(AGAIN.c.role), AGAIN.c.place) < tuple_(party.c.role, party.c.place)
    theirs = (AGAIN.c.role.in_(part.roles), asked.bared(part, AGAIN))
    return exists(select(literal(1)).where(AGAIN.c.num == telling.c.num, *theirs, earlier))


def _nearer(asked: Asked, telling: FromClause, chosen: Lead, newest: bool, hits: CTE | None) -> Condition:
    """That another telling of the event is found before this one."""
    other = OTHER
    here = tuple_(telling.c.day, telling.c.num)
    there = tuple_(asked.bare(other.c.day), asked.bare(other.c.num))
    nearer = there > here if newest else there < here
    return exists(
        select(literal(1)).where(
            other.c.event_id == telling.c.event_id, nearer, *asked.all(other, chosen, led=None, hits=hits)
        )
    )
