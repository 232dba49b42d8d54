"""The domain: what a reading is made of.

Invariants
----------
- Every offset is a Python string index (code points) into ``Report.text``; ``text[start:end] == quote``, always.
- Everything here is frozen and says nothing of how it was found, save by the name of the rule.
- The JSON of these types is the published contract (``dragoman schema``).
"""

from __future__ import annotations

from typing import Literal

import msgspec

PassageKind = Literal["body", "heading", "repeat", "trailer", "fragment", "dateline"]
EntityKind = Literal["polity", "regime", "person", "organization", "outlet", "place", "body"]
MentionBy = Literal["name", "alias", "transliteration", "demonym", "metonymy", "office", "description", "pronoun"]
Modality = Literal["happened", "ongoing", "planned", "requested", "conditional", "possible"]
Polarity = Literal["affirmed", "denied"]
Manner = Literal["direct", "indirect", "mixed"]
TimeStatus = Literal["resolved", "ambiguous", "unresolved"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
DatedBy = Literal["given", "json-ld", "opengraph", "time", "metadata", "feed", "header", "column", "dateline", "name"]
Verdict = Literal["consistent", "inconsistent", "ambiguous", "defect", "unresolved"]


class Value(msgspec.Struct, frozen=True, gc=False):
    """A frozen, JSON-able value of the domain: no circle can be made of such, so Python need not look for one."""


class Span(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``[start, end)`` in the report's canonical text."""

    start: int
    end: int


class Evidence(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A span with its words; ``passage`` is the index of the passage it stands in."""

    start: int
    end: int
    quote: str
    passage: int = 0


class Report(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One news text and what is known of it; ``id`` is the SHA-256 of the canonical text.

    ``dated_by`` says what the day of publication was told by, where it was not given with the text;
    ``author`` is who wrote the report, as its page, feed or row says.
    """

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    published: str | None
    language: str
    text: str
    dated_by: DatedBy | None = None
    author: str | None = None


class Passage(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A paragraph; ``repeats`` is the index of the passage that it repeats.

    ``language`` (ISO 639-1) stands only where it is not the language that the report is read in; such a passage is
    kept and not read.
    """

    start: int
    end: int
    kind: PassageKind
    repeats: int | None = None
    language: str | None = None


class Entity(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody or something that can act, be acted on, or speak."""

    id: str
    kind: EntityKind
    name: str
    ids: dict[str, str] = {}


class Mention(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An entity in a span, and how it was resolved (``entity`` is None where it could not be)."""

    entity: str | None
    start: int
    end: int
    text: str
    by: MentionBy
    candidates: tuple[str, ...] | None = None
    reason: str | None = None


class Argument(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody's part in an event: who (``entity``), for whom (``for``), as what (``office``).

    ``start`` and ``end`` are those of the mention in the text.  ``entity`` is the polity itself where a polity
    acts in its own name, and None where an office without a name acts or a pronoun could not be settled.
    """

    entity: str | None
    for_: str | None = msgspec.field(name="for", default=None)
    office: str | None = None
    start: int
    end: int
    candidates: tuple[str, ...] | None = None


class Topic(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an event was about: a topic of the lexicon, or the words themselves where the lexicon has none."""

    topic: str
    start: int
    end: int


class Place(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where: the name in the text, the city if it is one, and the ISO 3166-1 alpha-3 code of the country."""

    name: str
    city: str | None
    country: str | None
    start: int
    end: int


class Time(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A TIMEX3 value, the closed interval of days it covers, and what it rests on.

    ``start`` and ``end`` are ISO dates (days, inclusive); ``at`` is the expression's span in the text.
    """

    timex: str | None
    type: TimeType
    start: str | None
    end: str | None
    granularity: str
    anchor: str | None
    status: TimeStatus
    text: str
    at: Span
    mod: str | None = None
    candidates: tuple[str, ...] | None = None
    reason: str | None = None
    rule: str = ""


class Quantity(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A number with its unit, and of what: 350000 tonne of oil."""

    value: float
    unit: str
    of: str | None
    start: int
    end: int
    text: str
    mod: str | None = None


class Attribution(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One link of the chain of those who say it (the outermost first in an event's ``attribution``)."""

    source: str | None
    cue: str | None
    manner: Manner
    source_span: Span | None = None
    cue_span: Span | None = None


class Event(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One diplomatic act, as the text has it.

    ``about`` holds what is asked for or spoken of (the regime whose recognition is requested); ``said`` is when it
    was said, where that differs from when it happened; ``doubts`` are the reasons why a person should look.
    """

    id: str
    type: str
    kind: str
    actors: tuple[Argument, ...]
    targets: tuple[Argument, ...]
    about: tuple[Argument, ...] = ()
    place: Place | None = None
    topics: tuple[Topic, ...] = ()
    time: Time | None = None
    said: Time | None = None
    quantities: tuple[Quantity, ...] = ()
    ordinal: int | None = None
    modality: Modality
    polarity: Polarity
    attribution: tuple[Attribution, ...] = ()
    evidence: tuple[Evidence, ...]
    same_as: str | None = None
    rule: str
    doubts: tuple[str, ...] = ()


class Claim(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An attributed proposition, whether or not an event was found in it."""

    source: str | None
    source_span: Span | None
    cue: Span | None
    content: Span
    manner: Manner
    events: tuple[str, ...] = ()
    said: Time | None = None
    doubts: tuple[str, ...] = ()


class Finding(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a check or the text stage noticed, in words and figures."""

    kind: str
    verdict: Verdict
    start: int
    end: int
    quote: str
    why: str
    figures: dict[str, float | int | str] = {}


class Maker(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What made a reading: versions of the reader and the model, digest of the lexicon."""

    reader: str
    model: str
    lexicon: str


class Reading(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that was read out of one report."""

    report: Report
    passages: tuple[Passage, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    times: tuple[Time, ...]
    quantities: tuple[Quantity, ...]
    findings: tuple[Finding, ...]
    made_by: Maker


class BadInput(ValueError):  # noqa: N818 - it names what the user gave, not a fault of ours
    """The input cannot be read; the message is one line that says what and where."""
