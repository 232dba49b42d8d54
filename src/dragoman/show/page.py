"""A reading as one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.domain import Event, Reading, Span
from dragoman.show.phrases import Sayer
from dragoman.show.segments import Mark, Segment, segments

if TYPE_CHECKING:
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A passage on the page."""

    kind: str
    repeats: int | None
    pieces: tuple[Segment, ...]


@cache
def _template() -> Template:
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=ChoiceLoader([PackageLoader("dragoman.show"), PackageLoader("dragoman.show", "static")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")


def page(reading: Reading) -> str:
    """The page: the report with its spans, and beside it the events, claims and findings.

    All text of the report is escaped; scripts and styles stand in the page itself and nothing is fetched.
    """
    return _template().render(
        reading=reading,
        sayer=Sayer(reading),
        paragraphs=paragraphs(reading),
        title=headline(reading),
        text=reading.report.text,
    )


def paragraphs(reading: Reading) -> list[Paragraph]:
    """The passages, cut at the edges of all that is marked in them."""
    text = reading.report.text
    marks = list(_marks(reading))
    return [
        Paragraph(one.kind, one.repeats, tuple(segments(text, one.start, one.end, marks))) for one in reading.passages
    ]


def headline(reading: Reading) -> str:
    """The report's title, or how its text begins."""
    return reading.report.title or " ".join(reading.report.text.split()[:12]).rstrip(",;:") + " …"


def _marks(reading: Reading) -> Iterator[Mark]:
    for event in reading.events:
        yield from _event_marks(event)
    for at, claim in enumerate(reading.claims, start=1):
        yield from _mark(claim.content, f"c{at}", "content")
        yield from _mark(claim.source_span, f"c{at}", "source")
        yield from _mark(claim.cue, f"c{at}", "cue")
    for at, finding in enumerate(reading.findings, start=1):
        yield from _mark(Span(start=finding.start, end=finding.end), f"f{at}", "finding")


def _event_marks(event: Event) -> Iterator[Mark]:
    for span in event.evidence:
        yield Mark(span.start, span.end, event.id, "evidence")
    for role, parts in (("actor", event.actors), ("target", event.targets), ("about", event.about)):
        for one in parts:
            yield Mark(one.start, one.end, event.id, role)
    yield from _mark(event.time.at if event.time else None, event.id, "time")
    if event.place is not None:
        yield Mark(event.place.start, event.place.end, event.id, "place")
    for link in event.attribution:
        yield from _mark(link.source_span, event.id, "source")
        yield from _mark(link.cue_span, event.id, "cue")


def _mark(span: Span | None, of: str, role: str) -> Iterator[Mark]:
    if span is not None and span.end > span.start:
        yield Mark(span.start, span.end, of, role)
