"""Answers: what the record says to a question, as frozen structs that are JSON-able."""

from __future__ import annotations

from typing import Literal

from dragoman.domain import Maker, Value

Status = Literal["current", "merged", "retired"]


class Part(Value, frozen=True, kw_only=True):
    """Somebody's part in an event: who acts (`who`), by whom (`entity`, a person where one is named), as what."""

    who: str | None
    who_name: str | None
    entity: str | None
    name: str | None
    office: str | None = None


class EventLine(Value, frozen=True, kw_only=True):
    """One event, as one telling of it has it, with what all its tellings amount to.

    `day` and `day_to` are ISO days, "" where nothing is known; `dated` says what they rest on.  `quote` stands at
    `start` to `end` of the text of `report`.  `sources` counts the independent reports (copies count once), `differ`
    names the fields in which tellings disagree.
    """

    id: str
    telling: str
    kind: str
    type: str
    modality: str
    polarity: str
    day: str
    day_to: str
    dated: str
    place: str | None
    country: str | None
    actors: tuple[Part, ...]
    targets: tuple[Part, ...]
    about: tuple[Part, ...]
    sentence: str
    said_by: str | None
    claim: bool
    sure: bool
    verdict: str | None
    outlet: str | None
    published: str | None
    report: str
    quote: str
    start: int
    end: int
    rule: str
    added_at: str
    tellings: int
    sources: int
    differ: tuple[str, ...]


class EventPage(Value, frozen=True, kw_only=True):
    """Some events; `next` is the cursor of the page behind them, None at the end."""

    events: tuple[EventLine, ...]
    next: str | None = None


class Total(Value, frozen=True, kw_only=True):
    """How many; `exact` is False where counting was stopped at `number`."""

    number: int
    exact: bool


class Quoted(Value, frozen=True, kw_only=True):
    """A piece of evidence in its context: ``text[start:end] == quote``, `before` and `after` stand around it.

    `sha256` is that of the text's UTF-8; the offsets count code points (W3C Web Annotation: TextPositionSelector and
    TextQuoteSelector).
    """

    start: int
    end: int
    quote: str
    before: str
    after: str
    sha256: str


class Said(Value, frozen=True, kw_only=True):
    """One link of an attribution, outermost first."""

    source: str | None
    name: str
    cue: str | None
    manner: str


class Decision(Value, frozen=True, kw_only=True):
    """A reviewer's decision on a telling; `undone` when a later one took it back."""

    id: int
    at: str
    by: str
    action: str
    telling: str
    field: str | None
    value: str | None
    note: str | None
    undoes: int | None
    undone: bool


class Joined(Value, frozen=True, kw_only=True):
    """Why a telling came to stand in an event."""

    at: str
    by: str
    event: str
    reason: str


class Telling(Value, frozen=True, kw_only=True):
    """What one report tells of an event, with all that a person needs to check it."""

    line: EventLine
    title: str | None
    url: str | None
    copy_of: str | None
    evidence: tuple[Quoted, ...]
    said: tuple[Said, ...]
    when: str | None
    topics: tuple[str, ...]
    doubts: tuple[str, ...]
    read: str
    corrected: tuple[str, ...]
    made_by: Maker
    made_at: str
    joined: tuple[Joined, ...]


class Shown(Value, frozen=True, kw_only=True):
    """An event with all its evidence.

    `asked` is the id that was asked for; `status` is ``merged`` where it now redirects to `id`, and ``retired`` where
    no current reading tells it any more (then `tellings` are those of the past).
    """

    asked: str
    id: str
    status: Status
    line: EventLine
    tellings: tuple[Telling, ...]
    decisions: tuple[Decision, ...]


class Spelling(Value, frozen=True, kw_only=True):
    """A spelling of a person's name, and why it is held to be this person."""

    id: str
    name: str
    reason: str | None


class Held(Value, frozen=True, kw_only=True):
    """An office that a person is given, with the first and last day of the acts it was given in."""

    office: str
    polity: str | None
    polity_name: str | None
    first: str
    last: str
    times: int


class PersonLine(Value, frozen=True, kw_only=True):
    """A person, for a polity."""

    id: str
    name: str
    polity: str | None
    polity_name: str | None
    spellings: int


class PersonPage(Value, frozen=True, kw_only=True):
    """Some persons, by polity and name."""

    persons: tuple[PersonLine, ...]
    next: str | None = None


class PersonShown(Value, frozen=True, kw_only=True):
    """A person with spellings, offices and what they took part in."""

    line: PersonLine
    spellings: tuple[Spelling, ...]
    offices: tuple[Held, ...]
    events: EventPage


class ClaimLine(Value, frozen=True, kw_only=True):
    """Something said: who says what, in which report, where."""

    speaker: str | None
    name: str
    cue: str | None
    manner: str
    day: str
    quote: str
    start: int
    end: int
    report: str
    outlet: str | None


class ClaimPage(Value, frozen=True, kw_only=True):
    """Some claims."""

    claims: tuple[ClaimLine, ...]
    next: str | None = None


class FindingLine(Value, frozen=True, kw_only=True):
    """What a check noticed."""

    kind: str
    verdict: str
    quote: str
    start: int
    end: int
    why: str
    report: str
    outlet: str | None
    published: str | None


class FindingPage(Value, frozen=True, kw_only=True):
    """Some findings."""

    findings: tuple[FindingLine, ...]
    next: str | None = None
