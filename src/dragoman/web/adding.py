"""Adding: a report that came over the network is read, and kept where that is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dragoman.domain import BadInput, Reading
from dragoman.examples import BRIEF
from dragoman.intake import Taken, load
from dragoman.reading.reader import Draft
from dragoman.record import add, known, report_id
from dragoman.web.access import audit
from dragoman.web.access.roles import Visitor
from dragoman.web.desk import Desk
from dragoman.web.settings import LARGEST_TEXT

ADDRESS = re.compile(r"\s*https?://\S+\s*", re.IGNORECASE)
EXAMPLE_DAY = "2022-07-26"


@dataclass(frozen=True, slots=True)
class Given:
    """A text or an address, and what is known of the report."""

    text: str
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None


def read_given(desk: Desk, given: Given) -> tuple[Reading, Taken | None]:
    """Read what was given; with its source where it was fetched.

    Raises
    ------
    BadInput
        When it cannot be fetched or read, or is too long.
    """
    if not given.text.strip():
        raise BadInput("there is no text to read")
    if ADDRESS.fullmatch(given.text):
        source = load(given.text.strip())
        _fits(source.text)
        draft = replace(
            Draft.of(source, given.published),
            title=given.title or source.title,
            outlet=given.outlet or source.outlet,
        )
        return desk.worker.read(draft), source
    _fits(given.text)
    return desk.worker.read(Draft(given.text, given.published, given.title, given.outlet, given.url)), None


def _fits(text: str) -> None:
    if len(text) > LARGEST_TEXT:
        raise BadInput(
            f"the report has {len(text):,} characters; {LARGEST_TEXT:,} are read here, dragoman add takes more"
        )


def example() -> Given:
    """The report that is shipped."""
    return Given(BRIEF.read_text(encoding="utf-8"), EXAMPLE_DAY)


def there(desk: Desk, reading: Reading) -> str | None:
    """The report's id where it is in the record already."""
    report = report_id(reading.report)
    return report if known(desk.record, [report]) else None


def keep(desk: Desk, reading: Reading, taken: Taken | None, who: Visitor, address: str) -> str:
    """Add a reading; the report's id."""
    report = report_id(reading.report)
    origin = taken.url if taken is not None and taken.url else "pasted"
    sources = {report: taken.source} if taken is not None and taken.source is not None else {}
    add(desk.record, [(reading, origin)], by=who.name, sources=sources)
    with desk.writing() as connection:
        audit.note(connection, who.name, address, "add", report)
    return report


def added(desk: Desk, given: Given, who: Visitor, address: str) -> tuple[str, Reading]:
    """Read a report and add it: its id, and what was read."""
    reading, taken = read_given(desk, given)
    return keep(desk, reading, taken, who, address), reading
