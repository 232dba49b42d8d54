"""Standing: for one, a map and a table of how all others treat it, on a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.record.standing.ask import Known
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.naming import claims, name_of, place, the, why
from dragoman.web.render import page
from dragoman.web.standings import SORTS, grouped, lines, sorted_by
from dragoman.web.tracked import stops, tracked
from dragoman.web.when import day_of, today

router = APIRouter(include_in_schema=False)
Text = Annotated[str, Query(max_length=20)]


@router.get(urls.STANDING)
def tracked_page(request: Request, desk: Asked, _: Reader) -> Response:
    """All whose standing is known of."""
    return page(request, "tracked.html", tracked=desk.lately("tracked", tracked))


@router.get("/standing/{toward}")
def standing_page(
    request: Request, desk: Asked, _: Reader, toward: str, on: Text = "", known: Text = "", sort: Text = ""
) -> Response:
    """One's standing with all others, on a day, as it was known by a day."""
    day, by = day_of(on, "on") or today(), day_of(known, "known")
    now = desk.histories((toward,), (), Known(day))
    if not now:
        raise HTTPException(404, "nothing is known of anybody’s standing with that one")
    of = desk.histories((toward,), (), Known(day, by))
    found = desk.kept(("standings", toward, day, by), lambda connection: lines(connection, of, day))
    return page(
        request,
        "standing.html",
        toward=toward,
        name=name_of(desk, toward),
        the=the(desk, toward),
        why=why(toward),
        claims=claims(toward),
        on=day,
        known=by,
        sort=sort if sort in SORTS else "",
        stops=desk.kept(("stops", toward), lambda _: stops(now)),
        groups=grouped(found),
        found=sorted_by(found, sort),
        places={one.holder: place(one.holder) for one in found},
    )
