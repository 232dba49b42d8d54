"""Events: acts with their circumstances, their chain of speakers and their evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.fuzz import token_set_ratio

from dragoman.domain import Argument, Attribution, Event, Evidence, Passage, Place, Span, Time
from dragoman.reading.attribution import Attributed
from dragoman.reading.circumstances import Circumstances
from dragoman.reading.frames import frames
from dragoman.reading.operators import operators
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import Cast, Reference
from dragoman.reading.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token

SAID = frozenset({"dobj", "ccomp", "xcomp", "prep", "acomp"})  # what belongs to the evidence of an act of speech
SAME_WORDS = 80  # per cent of words alike
AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})


class EventWriter:
    """Makes the events of one report out of what was told."""

    def __init__(
        self,
        text: str,
        parsed: Parsed,
        passages: Sequence[Passage],
        cast: Cast,
        attributed: Sequence[Attributed],
        circumstances: Circumstances,
    ) -> None:
        self.text = text
        self.parsed = parsed
        self.passages = passages
        self.cast = cast
        self.attributed = attributed
        self.circumstances = circumstances
        self.hosts: dict[str, str] = {}  # officials taken for those of the country they were met in

    def write(self, told: Sequence[Told]) -> list[Event]:
        """One event for each act told; told twice in the same words, one event with two pieces of evidence."""
        events: list[Event] = []
        alike: defaultdict[Likeness, list[int]] = defaultdict(list)
        for one in told:
            event = self._event(one)
            fellows = alike[_likeness(event)]
            twin = next(
                (at for at in fellows if _same_telling(events[at], event) and _same_words(events[at], event)), None
            )
            if twin is None:
                fellows.append(len(events))
                events.append(event)
            else:
                events[twin] = _joined(events[twin], event)
        events = [self._of_hosts(event) for event in events]
        numbered = [msgspec.structs.replace(one, id=f"e{at}") for at, one in enumerate(events, start=1)]
        return self._repeated(_linked(numbered))

    def _event(self, told: Told) -> Event:
        circumstances = self.circumstances
        time = circumstances.time(told)
        doubts = [*told.doubts, *self._doubts(told)]
        if time is not None and time.status != "resolved" and time.reason:
            doubts.append(f"“{time.text}”: {time.reason}")
        chain, said = self._chain(told)
        place = circumstances.place(told)
        several = place is not None and self.text.startswith(" and ", place.end)
        targets, doubt = _hosted(told, None if several else place)
        doubts += doubt
        if doubt:
            self.hosts |= {one.entity: one.for_ for one in targets if one.entity and one.for_}
        evidence = self._evidence(told, [one for one in (time.at if time else None, place) if one is not None])
        return Event(
            id="",
            type=told.type,
            kind=told.kind,
            actors=_arguments(told.actors),
            targets=_arguments(targets),
            about=_arguments(told.about),
            place=place,
            topics=circumstances.topics(told),
            time=time,
            said=said,
            quantities=circumstances.amounts(told),
            ordinal=circumstances.rank(told),
            modality=told.modality,
            polarity=told.polarity,
            attribution=chain,
            evidence=(evidence,),
            rule=told.rule,
            doubts=tuple(dict.fromkeys(doubts)),
        )

    def _of_hosts(self, event: Event) -> Event:
        """The event with the polity of officials who were taken for their hosts' where they were met."""
        parts = (*event.actors, *event.targets)
        bare = [one for one in parts if one.for_ is None and one.entity in self.hosts]
        if not bare:
            return event
        known = {one: msgspec.structs.replace(one, for_=self.hosts[one.entity or ""]) for one in bare}
        return msgspec.structs.replace(
            event,
            actors=tuple(known.get(one, one) for one in event.actors),
            targets=tuple(known.get(one, one) for one in event.targets),
            doubts=(*event.doubts, "an official without a polity is taken for one of the country of the meeting"),
        )

    def _doubts(self, told: Told) -> list[str]:
        doubts = []
        for one in (*told.actors, *told.targets, *told.about):
            if one.reason:
                doubts.append(f"“{self.text[one.start : one.end]}”: {one.reason}")
        if told.polarity == "denied" and any(token.dep_ == "dep" for token in (told.token,)):
            doubts.append("the sentence is broken where it denies this")
        return doubts

    def _evidence(self, told: Told, others: Sequence[Span | Place]) -> Evidence:
        """The span from the first to the last word of the act and of its parts, within its sentence."""
        sentence = self.parsed.sentences[told.sentence]
        tokens: list[Token] = [told.token, *told.tokens]
        tokens += [child for token in tuple(tokens) for child in token.children if child.dep_ in AUXILIARY]
        bounds = [(token.idx, token.idx + len(token)) for token in tokens]
        parts = (*told.actors, *told.targets, *told.about)
        bounds += [
            (one.start, one.end) for one in parts if one.sentence == told.sentence and self._near(one, told.token)
        ]
        bounds += [(one.start, one.end) for one in others]
        if told.frame.speech:
            bounds += [
                (child.left_edge.idx, child.right_edge.idx + len(child.right_edge))
                for child in told.token.children
                if child.i > told.token.i and (child.dep_ in SAID or _goes_with(child, told))
            ]
        start = max(min(low for low, _ in bounds), sentence.start_char)
        end = min(max(high for _, high in bounds), sentence.end_char)
        return Evidence(
            start=start, end=end, quote=self.text[start:end], passage=self.parsed.passage_of[told.sentence]
        )

    def _near(self, one: Reference, act: Token) -> bool:
        """Whether a part is the act's own, not shared with a verb before it ("condemned X and urged")."""
        return act.dep_ != "conj" or one.first > act.head.i

    def _chain(self, told: Told) -> tuple[tuple[Attribution, ...], Time | None]:
        """Who says it, the outermost first, and when it was said."""
        around = [
            one
            for one in self.attributed
            if one.content.start <= told.token.idx < one.content.end
            and not any(one.cue and one.cue.start <= token.idx < one.cue.end for token in (told.token, *told.tokens))
            and not self._own_attitude(one, told)
            and not self._known(one, told)
        ]
        around.sort(key=lambda one: (one.content.start - one.content.end, one.content.start))
        links = []
        said: Time | None = None
        for one in around:
            source = self.cast.at(one.source_head) if one.source_head is not None else None
            links.append(
                Attribution(
                    source=source.entity or source.for_ if source else None,
                    cue=self.text[one.cue.start : one.cue.end] if one.cue else None,
                    manner=one.manner,
                    source_span=one.words(source is not None and source.entity is not None),
                    cue_span=one.cue,
                )
            )
            if one.said_at is not None:
                said = next((time for time in self.circumstances.times if _overlap(time.at, one.said_at)), said)
        return tuple(links), said

    def _known(self, one: Attributed, told: Told) -> bool:
        """Whether a source only judges an act, as something known ("Russia's recognition of it was welcomed")."""
        if one.cue is None or told.token.pos_ != "NOUN":
            return False
        cue = self.parsed.doc.char_span(one.cue.start, one.cue.end, alignment_mode="expand")
        return cue is not None and any(token.lemma_ in operators().factive for token in cue)

    def _own_attitude(self, one: Attributed, told: Told) -> bool:
        """Whether a source is the actor, of whom it is told what they want ("is considering recognising")."""
        if one.rule == "cues.yaml#clause" or one.manner != "indirect" or one.source_head is None:
            return False
        source = self.cast.at(one.source_head)
        return source is not None and told.modality != "happened" and source.party in {a.party for a in told.actors}

    def _repeated(self, events: list[Event]) -> list[Event]:
        """Add the evidence that stands in repeated passages, word for word, at its own offsets."""
        repeats = [(at, one) for at, one in enumerate(self.passages) if one.kind == "repeat"]
        if not repeats:
            return events
        result = []
        for event in events:
            evidence = list(event.evidence)
            for at, passage in repeats:
                for known in event.evidence:
                    if known.passage != passage.repeats:
                        continue
                    start = self.text.find(known.quote, passage.start, passage.end)
                    if start >= 0:
                        end = start + len(known.quote)
                        evidence.append(Evidence(start=start, end=end, quote=known.quote, passage=at))
            result.append(msgspec.structs.replace(event, evidence=tuple(evidence)))
        return result


def _goes_with(child: Token, told: Told) -> bool:
    """Whether a word belongs to what is said: a particle, or the infinitive of what is asked for."""
    return child.lower_ in told.frame.trigger.particle or (child.dep_ == "advcl" and child.tag_ == "VB")


def _hosted(told: Told, place: Place | None) -> tuple[Sequence[Reference], list[str]]:
    """Officials met in a country, whose polity is not said, are taken for that country's."""
    if told.frame.act.type != "CONSULT" or place is None or place.country is None:
        return told.targets, []
    if told.kind in ("call", "letter"):
        return told.targets, []  # nobody was met anywhere
    if any(one.party in (None, one.entity, place.country) for one in told.actors if one.kind == "person"):
        return told.targets, []  # the actor may be the host
    if any(one.entity == place.country for one in told.actors):
        return told.targets, []
    bare = [one for one in told.targets if one.office and one.for_ is None]
    if not bare or len(bare) < len(told.targets):
        return told.targets, []
    hosts = [replace(one, for_=place.country) for one in bare]
    return hosts, [f"officials without a polity are taken for those of the country they were met in, {place.name}"]


def _arguments(references: Sequence[Reference]) -> tuple[Argument, ...]:
    apart = {(one.entity or (one.start, one.end), one.for_): one for one in reversed(references)}
    return tuple(one.argument() for one in references if apart[one.entity or (one.start, one.end), one.for_] is one)


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def parties(event: Event) -> tuple[frozenset[str], frozenset[str]]:
    """The parties on the two sides of an event: polities, regimes, organizations, or the entities themselves."""
    actors = frozenset(party for one in event.actors if (party := one.for_ or one.entity))
    return actors, frozenset(party for one in event.targets if (party := one.for_ or one.entity))


@cache
def _mutual() -> frozenset[str]:
    """The kinds of act that both sides do."""
    return frozenset(frame.act.kind for frame in frames().all if frame.act.symmetric)


Likeness = tuple[str, str, str, frozenset[frozenset[str]]]


def _likeness(event: Event) -> Likeness:
    """What two events share that may be one: only those alike are compared."""
    return event.kind, event.polarity, event.modality, frozenset(parties(event))


def _agree(one: Event, other: Event) -> bool:
    if (one.kind, one.polarity, one.modality) != (other.kind, other.polarity, other.modality):
        return False
    ours, theirs = parties(one), parties(other)
    if not any(ours) or (ours != theirs and (ours != theirs[::-1] or one.kind not in _mutual())):
        return False
    times = {time.start for time in (one.time, other.time) if time is not None and time.start}
    places = {place.name for place in (one.place, other.place) if place is not None}
    return len(times) < 2 and len(places) < 2


def _same_telling(one: Event, other: Event) -> bool:
    """Whether two tellings are one: the same act in one sentence, or in the same words with the same speakers."""
    if not _agree(one, other):
        return False
    near = abs(one.evidence[-1].start - other.evidence[0].start)
    overlapping = one.evidence[-1].end > other.evidence[0].start and near < 400
    sources = [link.source for link in one.attribution] == [link.source for link in other.attribution]
    return overlapping or (sources and one.evidence[0].quote == other.evidence[0].quote)


def _joined(one: Event, other: Event) -> Event:
    topics = {topic.topic: topic for topic in (*other.topics, *one.topics)}
    first = min(span.start for span in other.evidence)
    apart = bisect_right(one.evidence, first, key=lambda span: span.end)  # evidence is in text order
    spans = {(span.start, span.end): span for span in (*one.evidence[apart:], *other.evidence)}
    inside = {
        key for key in spans if any(key != rival and rival[0] <= key[0] and key[1] <= rival[1] for rival in spans)
    }
    return msgspec.structs.replace(
        one,
        evidence=(*one.evidence[:apart], *(span for key, span in spans.items() if key not in inside)),
        time=one.time or other.time,
        place=one.place or other.place,
        topics=tuple(topics.values()),
        actors=one.actors if len(one.actors) >= len(other.actors) else other.actors,
        targets=one.targets if len(one.targets) >= len(other.targets) else other.targets,
    )


def _same_words(one: Event, other: Event) -> bool:
    """Whether two acts of speech say about the same: two statements by one speaker are not one for that."""
    if not one.rule.startswith("acts/words"):
        return True
    return token_set_ratio(_said(one), _said(other)) >= SAME_WORDS


def _said(event: Event) -> str:
    """The words of an act of speech behind those who do it."""
    evidence = event.evidence[0]
    start = max((actor.end for actor in event.actors if evidence.start <= actor.start < evidence.end), default=0)
    return evidence.quote[max(start - evidence.start, 0) :] or evidence.quote


def _linked(events: list[Event]) -> list[Event]:
    """Say of each event that was told before, by others or in other words, which one it is."""
    result: list[Event] = []
    alike: defaultdict[Likeness, list[Event]] = defaultdict(list)
    for event in events:
        fellows = alike[_likeness(event)]
        twin = next((known for known in fellows if _agree(known, event) and _same_words(known, event)), None)
        persons = None if twin is None else _conflicting_persons(twin, event)
        if twin is None or persons:
            fellows.append(event)
            result.append(event)
        else:
            result.append(msgspec.structs.replace(event, same_as=twin.id))
    return result


def _conflicting_persons(one: Event, other: Event) -> bool:
    """Whether two events name different persons for the same party."""
    ours = {known.for_: known.entity for known in (*one.actors, *one.targets) if known.for_ and known.entity}
    theirs = {known.for_: known.entity for known in (*other.actors, *other.targets) if known.for_ and known.entity}
    return any(theirs.get(party, person) != person for party, person in ours.items())


def speech_events(claims_span: Span, events: Sequence[Event]) -> tuple[str, ...]:
    """The ids of the events told within a claim's content."""
    return tuple(
        event.id
        for event in events
        if any(claims_span.start <= span.start and span.end <= claims_span.end for span in event.evidence)
    )
