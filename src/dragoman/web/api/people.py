"""Persons, claims and findings over HTTP."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from dragoman.record.questions import claims, findings, people, person
from dragoman.record.questions.answers import ClaimPage, FindingPage, PersonPage, PersonShown
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.api.answer import Shape, answer, rows
from dragoman.web.api.asking import After, Day, Form, Limit, Name
from dragoman.web.api.schema import gives

router = APIRouter(tags=["people and claims"])


@router.get("/people", responses=gives(PersonPage, table=True), response_class=Response)
def list_people(
    desk: Asked, _: Reader, polity: Name = None, limit: Limit = 50, after: After = None, shape: Form = Shape.JSON
) -> Response:
    """Persons, by whom they act for."""
    found = people(desk.record, polity=polity, limit=limit, after=after)
    return rows(found, found.persons, shape)


@router.get("/people/{name}", responses=gives(PersonShown), response_class=Response)
def one_person(desk: Asked, _: Reader, name: str, limit: Limit = 50, after: After = None) -> Response:
    """A person by id or name: spellings, offices and what they took part in."""
    return answer(person(desk.record, name, limit=limit, after=after))


@router.get("/claims", responses=gives(ClaimPage, table=True), response_class=Response)
def list_claims(
    desk: Asked,
    _: Reader,
    speaker: Name = None,
    since: Day = None,
    until: Day = None,
    limit: Limit = 50,
    after: After = None,
    shape: Form = Shape.JSON,
) -> Response:
    """Who says what, the latest first."""
    found = claims(desk.record, speaker=speaker, since=since, until=until, limit=limit, after=after)
    return rows(found, found.claims, shape)


@router.get("/findings", responses=gives(FindingPage, table=True), response_class=Response)
def list_findings(
    desk: Asked,
    _: Reader,
    kind: Name = None,
    verdict: Name = None,
    report: Name = None,
    limit: Limit = 50,
    after: After = None,
    shape: Form = Shape.JSON,
) -> Response:
    """What the checks noticed, the last added first."""
    found = findings(desk.record, kind=kind, verdict=verdict, report=report, limit=limit, after=after)
    return rows(found, found.findings, shape)
