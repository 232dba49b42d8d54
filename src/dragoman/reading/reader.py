"""The reader: from a report's text to its reading, stage by stage."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from dragoman import lexicon
from dragoman.checks import Evidence, check
from dragoman.domain import (
    BadInput,
    Claim,
    DatedBy,
    Entity,
    Event,
    Finding,
    Maker,
    Mention,
    Passage,
    Reading,
    Report,
    Time,
)
from dragoman.reading.acts import ActReader
from dragoman.reading.attribution import Attributed, find_attributions
from dragoman.reading.casting import Casting
from dragoman.reading.circumstances import Circumstances
from dragoman.reading.coreference import Coreference, Speech
from dragoman.reading.events import EventWriter, speech_events
from dragoman.reading.gate import gate
from dragoman.reading.issuers import issuer
from dragoman.reading.mended import mend
from dragoman.reading.names import catalogue, find_names, find_topics, geography
from dragoman.reading.parse import DEFAULT_MODEL, Parsed, model, model_version, one_thread, parse
from dragoman.reading.parties import Parties
from dragoman.reading.quantities import find_quantities
from dragoman.reading.reference import Cast
from dragoman.reading.telling import can_tell
from dragoman.reading.times import find_times
from dragoman.reading.times.tense import tense_of
from dragoman.reading.told import Told
from dragoman.reading.words import words
from dragoman.text import Prepared, dateless_finding, parsed_findings, prepare
from dragoman.text.languages import marked, reading_of

if TYPE_CHECKING:
    from spacy.language import Language

    from dragoman.intake import Taken

LONGEST = 150_000  # words of a report, which take 1.6 GB to read
CHARACTERS = 16_000  # about as many as a batch of the parser has tokens for
MOST = 1_000  # reports in one batch, with those that the gate shuts out
FEW, SMALL = 2, 0.5  # sentences that can tell an act, and their part of a report, up to which they are parsed first
UNTOLD = "no diplomatic act is told in the report; it was not read on"
CLOSED = "the words of the report promise no diplomatic act; it was not parsed"
FOREIGN = "no passage is in a language that is read; the report was not parsed"


@dataclass(frozen=True, slots=True)
class Draft:
    """A report on its way into the reader: its text, or its source bytes, and what is known of it."""

    source: str | bytes
    published: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str = "en"
    dated_by: DatedBy | None = None
    findings: tuple[Finding, ...] = ()  # of the intake
    author: str | None = None

    @classmethod
    def of(cls, taken: Taken, published: str | None = None) -> Draft:
        """The draft of a report that was taken in; `published`, where given, goes before its own date."""
        return cls(
            taken.text,
            published or taken.published,
            taken.title,
            taken.outlet,
            taken.url,
            dated_by="given" if published else taken.dated_by,
            findings=taken.findings,
            author=taken.author,
        )


def read(
    text: str | bytes,
    published: str | None = None,
    *,
    title: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    model: str | None = None,
    language: str = "en",
) -> Reading:
    """Read one report.

    Parameters
    ----------
    text
        The report; bytes are decoded by what they hold.
    published
        The day of publication (ISO 8601).  Without it relative dates stay unresolved.
    title, outlet, url
        What is known of the report; they are kept, and not read but for whether the title says that it is a joint
        statement.
    model
        Name of an installed spaCy model; that of the language where none is given.
    language
        The language to read in (ISO 639-1), one of those in the lexicon's ``languages.yaml``; passages in others are
        kept and marked.

    Returns
    -------
    Reading
        The same for the same input, lexicon and model, byte for byte.

    Raises
    ------
    BadInput
        When the text cannot be read, the date is no date or the language is not read.
    """
    draft = Draft(text, published, title, outlet, url, language)
    return next(read_all([draft], model=model or reading_of(language).model))


def read_all(drafts: Iterable[Draft], *, model: str = DEFAULT_MODEL, gated: bool = False) -> Iterator[Reading]:
    """Read many reports in batches, in order.

    Parameters
    ----------
    drafts
        The reports.
    model
        Name of an installed spaCy model.
    gated
        Parse only reports whose words can tell a diplomatic act (`dragoman.reading.gate`), and read on only where one
        is told.  Of the others the reading holds the text and its passages, the names if it was parsed, and a finding
        that says why no more.

    Yields
    ------
    Reading
        One for each draft.

    Raises
    ------
    BadInput
        At the first report that cannot be read.
    """
    nlp = _model(model)
    for batch in _batches(_taken_up(given, gated) for given in drafts):
        with one_thread(), _uncollected():
            _parse(nlp, batch, gated)
            _act(batch, gated)
        for one in batch:
            if one.parsed is None or one.acted is None or one.attributed is None:
                yield _unread_reading(one, model)
            else:
                yield _reading(one, one.parsed, one.acted, one.attributed, model)
            one.parsed = one.acted = one.attributed = None


@contextmanager
def _uncollected() -> Iterator[None]:
    """While it lasts Python looks for no circles to clear away: none is made here, and it goes through the lexicon."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(slots=True)
class _TakenUp:
    """A report that is being read."""

    draft: Draft
    made: Prepared
    closed: str = ""  # why it is not read, or not read on
    first: Sequence[Passage] = ()  # what is parsed of it before the rest
    names: Sequence[Mention] = ()
    parsed: Parsed | None = None
    attributed: Sequence[Attributed] | None = None
    acted: _Acted | None = None

    def speeches(self) -> Sequence[Speech]:
        """Where somebody speaks, of those whose words are known."""
        if self.attributed is None:
            raise _Unheard
        return [
            Speech(one.source_head, one.content.start, one.content.end, one.manner != "indirect", at)
            for at, one in enumerate(self.attributed)
            if one.source_head is not None
        ]


class _Unheard(Exception):  # noqa: N818 - it is no error: the acts are read again once it is known
    """Acts rest on who says what, which has not been looked for yet."""


def _taken_up(given: Draft, gated: bool) -> _TakenUp:
    """Prepare a report, and have the gate look at it."""
    found = marked(prepare(given.source), given.language)
    made = found.prepared
    if len(made.text) > LONGEST and (words := len(made.text.split())) > LONGEST:
        raise BadInput(f"too long to be a report: {words:,} words, where {LONGEST:,} are read")
    one = _TakenUp(replace(given, language=found.language) if found.language != given.language else given, made)
    if not found.readable:
        one.closed, one.names = FOREIGN, find_names(made.text)
        return one
    one.first = made.passages
    names = cache(lambda: find_names(made.text))
    if gated:
        sentences = gate().sentences(made.text, made.passages, names)
        if not sentences:
            one.closed = CLOSED
            return one
        size = sum(end - start for start, end in sentences)
        if len(sentences) <= FEW and size < SMALL * sum(each.end - each.start for each in made.passages):
            one.first = [Passage(start=start, end=end, kind="body") for start, end in sentences]
    one.names = names()
    return one


def _batches(reports: Iterable[_TakenUp]) -> Iterator[list[_TakenUp]]:
    """So many reports as have about the characters of one batch to be parsed."""
    batch: list[_TakenUp] = []
    size = 0
    for one in reports:
        batch.append(one)
        size += sum(each.end - each.start for each in one.first) if not one.closed else 0
        if size >= CHARACTERS or len(batch) >= MOST:
            yield batch
            batch, size = [], 0
    yield batch


def _parse(nlp: Language, batch: Sequence[_TakenUp], gated: bool) -> None:
    """Parse what is open of a batch; behind the gate of what can tell an act."""
    opened = [one for one in batch if not one.closed]
    again = []
    for one, parsed in zip(opened, parse(nlp, [(one.made.text, one.first) for one in opened]), strict=True):
        mend(parsed, one.names)
        if gated and not can_tell(parsed):
            one.closed = UNTOLD
        elif one.first is one.made.passages:
            one.parsed = parsed
        else:
            again.append(one)
    for one, parsed in zip(again, parse(nlp, [(one.made.text, one.made.passages) for one in again]), strict=True):
        mend(parsed, one.names)
        one.parsed = parsed


def _act(batch: Sequence[_TakenUp], gated: bool) -> None:
    """Read the acts of what is parsed, and find who says what.

    Behind the gate the latter is found only where acts rest on it or a diplomatic one is told, in many reports
    together all the same.
    """
    if not gated:
        _hear(batch)
    unheard = [one for one in batch if not _told(one, gated)]
    _hear(batch)
    for one in unheard:
        _told(one, gated)


def _told(one: _TakenUp, gated: bool) -> bool:
    """Read the acts of a report, if it is parsed; false where they rest on who says what, which is not known yet."""
    if one.parsed is not None:
        try:
            one.acted = _acted(one, one.parsed)
        except _Unheard:
            return False
        if gated and not one.acted.diplomatic:
            one.closed, one.parsed, one.acted = UNTOLD, None, None
    return True


def _hear(reports: Sequence[_TakenUp]) -> None:
    """Find who says what in those reports in which it is not known yet, together."""
    parses = [(one, one.parsed) for one in reports if one.parsed is not None and one.attributed is None]
    found = find_attributions([(parsed, one.made.text, one.made.passages) for one, parsed in parses])
    for (one, _), attributed in zip(parses, found, strict=True):
        one.attributed = attributed


def _unread_reading(one: _TakenUp, model: str) -> Reading:
    """The reading of a report that the gate shut out, or of which no passage is in a language that is read."""
    draft, made, names, why = one.draft, one.made, one.names, one.closed
    known = catalogue()
    ids = {candidate for one in names for candidate in (one.entity, *(one.candidates or ()))}
    closed = Finding(kind="gate", verdict="consistent", start=0, end=0, quote="", why=why)
    return Reading(
        report=_report(draft, made.text),
        passages=tuple(made.passages),
        entities=tuple(known[one] for one in sorted(one for one in ids if one) if one in known),
        mentions=tuple(names),
        events=(),
        claims=(),
        times=(),
        quantities=(),
        findings=(closed, *draft.findings, *made.findings),
        made_by=maker(model),
    )


@cache
def maker(model: str = DEFAULT_MODEL) -> Maker:
    """What makes readings here: versions of the reader and the model, digest of the lexicon."""
    return Maker(reader=version("dragoman"), model=f"{model} {model_version(model)}", lexicon=lexicon.digest())


_model = model


def _reading(one: _TakenUp, parsed: Parsed, acted: _Acted, attributed: Sequence[Attributed], model: str) -> Reading:
    draft, made, names = one.draft, one.made, one.names
    text, passages = made.text, made.passages
    casting, cast = acted.casting, acted.cast
    times = find_times(text, draft.published, tense=tense_of(parsed), skip=_unread(passages))
    quantities = find_quantities(text, times)
    circumstances = Circumstances(
        parsed,
        cast,
        times,
        quantities,
        casting.entities,
        geography(),
        lambda start, end: find_topics(text, start, end),
    )
    events = EventWriter(text, parsed, passages, cast, attributed, circumstances).write(acted.told)
    claims = _claims(attributed, cast, events, times)
    mentions = _mentions(cast, names, text)
    entities = _entities(casting, events, claims, mentions)
    findings = [*draft.findings, *made.findings, *parsed_findings(parsed)]
    dateless = dateless_finding(text, draft.published)
    findings += [dateless] if dateless else []
    findings += check(
        Evidence(text, draft.published, passages, parsed, cast, casting.entities, events, times, quantities)
    )
    return Reading(
        report=_report(draft, text),
        passages=tuple(passages),
        entities=tuple(entities),
        mentions=tuple(mentions),
        events=tuple(events),
        claims=tuple(claims),
        times=tuple(times),
        quantities=tuple(quantities),
        findings=tuple(_in_order(findings)),
        made_by=maker(model),
    )


@dataclass(frozen=True, slots=True)
class _Acted:
    """Who is in a report, and the acts that are told of them."""

    casting: Casting
    cast: Cast
    told: Sequence[Told]

    @property
    def diplomatic(self) -> bool:
        return not all(one.frame.act.background for one in self.told)


def _acted(one: _TakenUp, parsed: Parsed) -> _Acted:
    columns = words(parsed, one.names, catalogue())
    casting = Casting(parsed, columns, catalogue(), geography())
    cast = casting.cast()
    Coreference(
        parsed, cast, casting.people, casting.entities, one.speeches, issuer(parsed, columns, cast, one.draft.title)
    ).run()
    casting.settle(cast)
    told = ActReader(parsed, cast, Parties(cast, columns, geography(), casting.entities), one.speeches).read()
    return _Acted(casting, cast, told)


def _report(draft: Draft, text: str) -> Report:
    return Report(
        id=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=draft.title,
        outlet=draft.outlet,
        url=draft.url,
        published=draft.published,
        language=draft.language,
        text=text,
        dated_by=draft.dated_by,
        author=draft.author,
    )


def _unread(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in passages if one.kind == "repeat" or one.language]


def _claims(
    attributed: Sequence[Attributed], cast: Cast, events: Sequence[Event], times: Sequence[Time]
) -> list[Claim]:
    claims = []
    for one in attributed:
        source = cast.at(one.source_head) if one.source_head is not None else None
        said = None
        if one.said_at is not None:
            said = next(
                (time for time in times if time.at.start < one.said_at.end and one.said_at.start < time.at.end), None
            )
        doubts = [*one.doubts]
        if source is not None and source.reason:
            doubts.append(source.reason)
        claims.append(
            Claim(
                source=(source.entity or source.for_) if source else None,
                source_span=one.words(source is not None and source.entity is not None),
                cue=one.cue,
                content=one.content,
                manner=one.manner,
                events=speech_events(one.content, events),
                said=said,
                doubts=tuple(doubts),
            )
        )
    return claims


def _mentions(cast: Cast, names: Sequence[Mention], text: str) -> list[Mention]:
    found = {(one.start, one.end): one for one in names}
    for one in cast.references:
        if one.form == "name" and (one.start, one.end) in found:
            continue
        if one.party is None and not one.reason:
            continue
        found[one.start, one.end] = Mention(
            entity=one.party if one.form == "office" and one.entity is None else one.entity,
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            by=one.by,
            candidates=one.candidates,
            reason=one.reason,
        )
    return [found[key] for key in sorted(found)]


def _entities(
    casting: Casting, events: Sequence[Event], claims: Sequence[Claim], mentions: Sequence[Mention]
) -> list[Entity]:
    used: set[str | None] = {one.entity for one in mentions} | {one.source for one in claims}
    for event in events:
        for argument in (*event.actors, *event.targets, *event.about):
            used |= {argument.entity, argument.for_, *(argument.candidates or ())}
        used |= {link.source for link in event.attribution}
        used.add(event.place.country if event.place else None)
    for mention in mentions:
        used |= set(mention.candidates or ())
    known = catalogue()
    ids = sorted(one for one in used if one)
    return [casting.entities.get(one) or known[one] for one in ids if one in casting.entities or one in known]


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    apart = {(one.start, one.end, one.kind): one for one in findings}
    return [apart[key] for key in sorted(apart)]
