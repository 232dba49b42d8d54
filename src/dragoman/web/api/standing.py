"""Standing over HTTP: who treats whom as what on a day, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from sqlalchemy import Connection

from dragoman.domain import BadInput, Value
from dragoman.record.questions.filters import cursor, place_of
from dragoman.record.questions.who import who
from dragoman.record.standing.ask import Known, following
from dragoman.record.standing.changes import Change, changes
from dragoman.record.standing.lines import Standing, Turn, standings, turns
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.api.answer import Shape, rows
from dragoman.web.api.asking import After, Day, Form, Limit, Name
from dragoman.web.api.schema import gives
from dragoman.web.desk import Desk
from dragoman.web.turns import EVER
from dragoman.web.when import day_of, today

router = APIRouter(tags=["standing"])


class StandingPage(Value, frozen=True, kw_only=True):
    """Who treats whom as what, on a day; of all others nothing is known."""

    on: str
    known_by: str | None
    standings: tuple[Standing, ...]


class ChangePage(Value, frozen=True, kw_only=True):
    """A page of changes in standing, in order of their days."""

    since: str
    until: str
    changes: tuple[Turn, ...]
    next: str | None


def _ids(desk: Desk, names: list[str | None]) -> list[str]:
    with desk.asking() as connection:
        return [one for name in names if name for one in who(connection, name).ids]


def _standing(desk: Desk, toward: str | None, by: str | None, known: Known, shape: Shape) -> Response:
    towards, holders = _ids(desk, [toward]), _ids(desk, [by])
    asked = ("api standing", toward, by, known)
    of = desk.histories(towards, holders, known)
    found = desk.kept(asked, lambda connection: standings(connection, following(of, known.as_of)))
    return rows(StandingPage(on=known.as_of, known_by=known.read_by, standings=tuple(found)), found, shape)


@router.get("/standing/{toward}", responses=gives(StandingPage, table=True), response_class=Response)
def standing_toward(
    desk: Asked,
    _: Reader,
    toward: str,
    on: Day = None,
    known: Day = None,
    published: Day = None,
    shape: Form = Shape.JSON,
) -> Response:
    """How all others treat one, on a day, as it was known or had been published by a day."""
    return _standing(desk, toward, None, _known(on, known, published), shape)


@router.get("/standing", responses=gives(StandingPage, table=True), response_class=Response)
def standing_by(
    desk: Asked,
    _: Reader,
    by: Annotated[str, Query(max_length=200, description="Who treats the others.")],
    on: Day = None,
    known: Day = None,
    published: Day = None,
    shape: Form = Shape.JSON,
) -> Response:
    """How one treats all others, on a day."""
    return _standing(desk, None, by, _known(on, known, published), shape)


def _known(on: str | None, known: str | None, published: str | None) -> Known:
    day = day_of(on or "", "on") or today()
    return Known(day, day_of(known or "", "known"), day_of(published or "", "published"))


@router.get("/changes", responses=gives(ChangePage, table=True), response_class=Response)
def list_changes(
    desk: Asked,
    _: Reader,
    toward: Name = None,
    by: Name = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 50,
    after: After = None,
    shape: Form = Shape.JSON,
) -> Response:
    """What changed in the standing toward one, or by one, after `since`."""
    if not toward and not by:
        raise BadInput("name whose standing: toward or by")
    towards, holders = _ids(desk, [toward]), _ids(desk, [by])
    first, last = day_of(since or "", "since") or EVER, day_of(until or "", "until") or today()
    day, before = place_of(after) or ("", 0)

    of = desk.histories(towards, holders, Known(last))

    def page(connection: Connection) -> ChangePage:
        found = list(islice(changes(of, first, last, at_least=day), before, before + limit + 1))
        given = found[:limit]
        more = _cursor(given, day, before) if len(found) > limit else None
        return ChangePage(since=first, until=last, changes=tuple(turns(connection, given)), next=more)

    whole = desk.kept(("changes", toward, by, last, first, limit, after), page)
    return rows(whole, whole.changes, shape)


def _cursor(given: Sequence[Change], day: str, before: int) -> str:
    """The last day, and how many of its changes were given, with those before on the `day` that the page began at."""
    last = given[-1].day
    return cursor(last, (before if last == day else 0) + sum(one.day == last for one in given))
