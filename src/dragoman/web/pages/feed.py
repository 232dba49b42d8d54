"""The feed: changes in standing as Atom (RFC 4287), for those who want to be told."""

from __future__ import annotations

import re
from typing import Annotated
from xml.etree import ElementTree as ET

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from dragoman.domain import BadInput
from dragoman.record.questions.who import who
from dragoman.record.standing.ask import Known
from dragoman.record.standing.lines import Turn
from dragoman.web import urls
from dragoman.web.access.visitor import Asked, Reader
from dragoman.web.desk import Desk
from dragoman.web.render import day
from dragoman.web.tracked import tracked
from dragoman.web.turns import contested, latest_turns
from dragoman.web.when import today

router = APIRouter(include_in_schema=False)
ATOM = "http://www.w3.org/2005/Atom"
MOST = 50  # entries
CONTROLS = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # not allowed in XML 1.0


@router.get(urls.CHANGES)
def feed(
    request: Request, desk: Asked, _: Reader, toward: Annotated[str | None, Query(max_length=200)] = None
) -> Response:
    """The latest changes toward one, or toward those whose standing is contested."""
    try:
        found = _toward(desk, toward) if toward else _contested(desk)
    except BadInput as error:
        raise HTTPException(404, str(error)) from None
    base = str(request.base_url).rstrip("/")
    root = ET.Element("feed", xmlns=ATOM)
    name = f": {found[0].toward_name}" if toward and found else ""
    here = f"{base}{urls.CHANGES}"
    _add(root, "title", f"Changes in standing{name}")
    _add(root, "id", here)
    _add(root, "updated", f"{found[0].day if found else '1970-01-01'}T00:00:00Z")
    ET.SubElement(ET.SubElement(root, "author"), "name").text = "Dragoman"
    ET.SubElement(root, "link", rel="self", href=here)
    for turn in found:
        _entry(root, turn, base)
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(data, media_type="application/atom+xml")


def _toward(desk: Desk, toward: str) -> list[Turn]:
    with desk.asking() as connection:
        ids = who(connection, toward).ids
    found = desk.histories(ids, (), Known(today()))
    return desk.kept(("feed", ids), lambda connection: latest_turns(connection, found, MOST))


def _contested(desk: Desk) -> list[Turn]:
    known = desk.lately("tracked", tracked)
    return desk.lately("feed", lambda connection: latest_turns(connection, contested(connection, known), MOST))


def _entry(root: ET.Element, turn: Turn, base: str) -> None:
    entry = ET.SubElement(root, "entry")
    on = turn.evidence[0].event if turn.evidence else ""
    address = f"{base}{urls.pair(turn.holder, turn.toward)}"
    said = f" (a claim of {', '.join(turn.on_word_of[:2])})" if turn.basis == "claim" else ""
    _add(
        entry,
        "title",
        f"{turn.holder_name} toward {turn.toward_name}: {turn.what} {turn.after.replace('-', ' ')}{said}",
    )
    _add(entry, "id", f"{address}#{turn.day}-{turn.what.replace(' ', '-')}-{turn.after.replace(' ', '-')}")
    _add(entry, "updated", f"{turn.day}T00:00:00Z")
    ET.SubElement(entry, "link", href=f"{base}{urls.event(on)}" if on else address)
    quote = f"“{turn.evidence[0].quote}”" if turn.evidence else ""
    _add(
        entry, "summary", f"{day(turn.day)}: {turn.before.replace('-', ' ')} → {turn.after.replace('-', ' ')}. {quote}"
    )


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = CONTROLS.sub("�", text)
