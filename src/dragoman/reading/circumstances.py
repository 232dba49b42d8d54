"""Circumstances: when, where, about what and how much an act was."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from dragoman.domain import Entity, Place, Quantity, Time, Topic
from dragoman.reading.matters import matters
from dragoman.reading.names import Geography
from dragoman.reading.numerals import ordinal
from dragoman.reading.parse import Parsed
from dragoman.reading.reference import Cast, Reference
from dragoman.reading.syntax import COPULAS, SUBJECT, verbs
from dragoman.reading.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Token

DISTANCES = frozenset({"kilometre", "mile", "metre"})  # say where something lies, not how much was done
CLIMB = 6  # steps from a time or place up to the act it belongs to
NEAR = 60  # tokens around an act among which its place is looked for
REMOTE = frozenset({"call", "letter"})  # whose sides are in two places: what stands behind "in" is the subject
BESIDE = frozenset({"after", "before", "following", "since", "until"})  # what stands behind is another's time
SAID = frozenset({"dobj", "obj", "ccomp", "xcomp", "prep"})  # what is said
QUALIFYING = frozenset({"nummod", "compound", "nmod", "amod", "poss"})
CONTACTS = frozenset({"meeting", "call", "talks", "visit", "conference", "delegation"})


class Circumstances:
    """Finds the circumstances of the acts of one report."""

    def __init__(
        self,
        parsed: Parsed,
        cast: Cast,
        times: Sequence[Time],
        quantities: Sequence[Quantity],
        entities: Mapping[str, Entity],
        places: Geography,
        topics: Callable[[int, int], list[Topic]],
    ) -> None:
        self.parsed = parsed
        self.cast = cast
        self.times = times
        self.quantities = quantities
        self.entities = entities
        self.places = places
        self.topics_in = topics
        self.starts = [token.idx for token in parsed.doc]

    def _token_at(self, offset: int) -> Token:
        index = bisect_left(self.starts, offset)
        if index == len(self.starts) or self.starts[index] > offset:
            index = max(index - 1, 0)
        return self.parsed.doc[index]

    def _bounds(self, sentence: int) -> tuple[int, int]:
        span = self.parsed.sentences[sentence]
        return span.start_char, span.end_char

    @staticmethod
    def _words(told: Told) -> set[int]:
        words = {told.token.i, *(token.i for token in told.tokens)}
        head = told.token.head
        said_of = told.token.tag_ == "VB" and head.dep_ == "attr" and head.head.lemma_ in COPULAS
        if said_of and told.token.dep_ in ("acl", "relcl"):
            words |= {head.i, head.head.i}  # "on Friday became the first country to recognise"
        if told.token.dep_ in ("dobj", "nsubj", "nsubjpass", "xcomp", "attr") and head.pos_ in ("VERB", "AUX"):
            words.add(head.i)
        return words

    def _belongs(self, token: Token, words: set[int]) -> int | None:
        """How many steps a token hangs below an act, or None where another verb stands between."""
        at = token
        for steps in range(CLIMB):
            if at.i in words:
                return steps
            if at.pos_ in ("VERB", "AUX") and steps and at.dep_ not in ("aux", "auxpass", "xcomp"):
                return None
            if at.head == at:
                return None
            at = at.head
        return None

    def time(self, told: Told) -> Time | None:
        """The time expression that hangs on the act, or the only one in its clause."""
        low, high = self._bounds(told.sentence)
        words = self._words(told)
        best: tuple[int, Time] | None = None
        for time in self.times:
            if not low <= time.at.start < high or time.type == "SET" or time.granularity == "reference":
                continue
            own = {told.token.i} if told.frame.speech else words
            if self._of_a_thing(time, own) or self._of_another(time, words):
                continue
            steps = self._below(time, words)
            if steps is not None and (best is None or steps < best[0]):
                best = (steps, time)
        return best[1] if best else None

    def _of_a_thing(self, time: Time, words: set[int]) -> bool:
        """Whether a time only qualifies a noun that is not the act's own ("its 1967 borders", "today's decision")."""
        token = self._token_at(time.at.start)
        while time.at.start <= token.head.idx < time.at.end and token.head != token:
            token = token.head
        return token.dep_ in QUALIFYING and token.head.i not in words and token.head.pos_ in ("NOUN", "PROPN")

    def _of_another(self, time: Time, words: set[int]) -> bool:
        """Whether a time is that of something before it: "after Monday's vote", "the first since 2002"."""
        at = self._token_at(time.at.start)
        for _ in range(CLIMB):
            if at.i in words or at.head == at:
                return False
            if at.dep_ == "pobj" and at.head.lower_ in BESIDE and at.idx >= time.at.end:
                return True
            if at.lower_ == "since" or (at.dep_ == "pobj" and at.head.lower_ == "since"):
                return any(one.lower_ == "first" for word in words for one in self.parsed.doc[word].children)
            at = at.head
        return False

    def _below(self, time: Time, words: set[int]) -> int | None:
        """The least number of steps from any word of a time expression up to the act."""
        first = self._token_at(time.at.start)
        found = [
            steps
            for token in self.parsed.doc[first.i : self._token_at(time.at.end - 1).i + 1]
            if (steps := self._belongs(token, words)) is not None
        ]
        return min(found, default=None)

    def place(self, told: Told) -> Place | None:
        """Where: the nearest "in" or "at" with a place that hangs on the act or on its parts."""
        if told.kind in REMOTE:
            return None
        words = self._words(told)
        parts = {
            token
            for one in (*told.actors, *told.targets)
            for token in range(one.first, one.last)
            if one.sentence == told.sentence
        }
        sentence, act = self.parsed.sentences[told.sentence], told.token.i
        for token in self.parsed.doc[max(sentence.start, act - NEAR) : min(sentence.end, act + NEAR)]:
            if token.lower_ not in ("in", "at") or token.dep_ != "prep":
                continue
            if token.i < act - 12 and token.head.i not in words:
                continue
            if told.frame.speech and not self._of_saying(token, told.token):
                continue
            if token.head.i not in words and token.head.i not in parts and self._belongs(token, words) is None:
                continue
            place = self._named(token, told.frame.speech)
            if place is not None:
                return place
        return self._gone_to(told) if told.frame.act.travels else None

    @staticmethod
    def _of_saying(preposition: Token, verb: Token) -> bool:
        """Whether a place is where something is said, not where what is said is ("condemned the attack in Chad")."""
        between = (child for child in verb.children if verb.i < child.i < preposition.i)
        return preposition.head.i == verb.i and not any(child.dep_ in SAID for child in between)

    def _gone_to(self, told: Told) -> Place | None:
        """The place that a journey is told to go to: its target, where that is the name of a place or a country."""
        for target in told.targets:
            if target.sentence == told.sentence and (place := self._place(self.cast.at(target.first))) is not None:
                return place
        return None

    def _named(self, preposition: Token, itself: bool) -> Place | None:
        """The most exact place named behind a preposition ("Qatar's capital Doha"), or only its object itself."""
        found: list[Place] = []
        for thing in preposition.children:
            if thing.dep_ != "pobj":
                continue
            for token in (thing,) if itself else (thing, *thing.subtree):
                if token.i - preposition.i > 8:
                    continue
                place = self._place(self.cast.at(token.i))
                if place is not None and place.city is not None:
                    return place
                found += [place] if place is not None else []
        return found[0] if found else None

    def _place(self, one: Reference | None) -> Place | None:
        """The place that a name is of."""
        if one is None or one.entity is None:
            return None
        name = self.parsed.text[one.start : one.end]
        if one.kind == "place":
            city = self.entities[one.entity].name if one.entity in self.entities else name
            return Place(
                name=name, city=city, country=self.places.country_of(one.entity), start=one.start, end=one.end
            )
        if one.kind == "polity" and one.form == "name" and one.by != "demonym":
            return Place(name=name, city=None, country=one.entity, start=one.start, end=one.end)
        return None

    def topics(self, told: Told) -> tuple[Topic, ...]:
        """What was talked about, in the act's sentence and in those behind it that go on to say so."""
        if told.kind not in CONTACTS and told.frame.act.type not in ("REQUEST", "CONSULT", "AGREE"):
            return ()
        end = self._bounds(told.sentence)[1]
        start = max([told.token.idx, *(one.end for one in told.targets if one.sentence == told.sentence)])
        found = dict.fromkeys(self.topics_in(min(start, end), end))
        if told.kind in CONTACTS:
            found |= dict.fromkeys(self._in_words(told, told.sentence, (told.token.idx, end)))
            for sentence in self._continued(told):
                found |= dict.fromkeys(self.topics_in(*self._bounds(sentence)))
                found |= dict.fromkeys(self._in_words(told, sentence, self._bounds(sentence)))
        seen: dict[str, Topic] = {}
        for topic in found:
            seen.setdefault(topic.topic, topic)
        return tuple(seen.values())

    def _in_words(self, told: Told, sentence: int, within: tuple[int, int]) -> Iterator[Topic]:
        """What is discussed in a sentence and holds no topic of the lexicon, as the text has it."""
        text = self.parsed.text
        parties = {token for one in (*told.actors, *told.targets) for token in range(one.first, one.last)}
        for start, end in matters(told.token, self.parsed.sentences[sentence], sentence == told.sentence, parties):
            if within[0] <= start and end <= within[1] and not self.topics_in(start, end):
                yield Topic(topic=text[start:end], start=start, end=end)

    def _continued(self, told: Told) -> Iterator[int]:
        passage = self.parsed.passage_of[told.sentence]
        for sentence in range(told.sentence + 1, len(self.parsed.sentences)):
            if self.parsed.passage_of[sentence] != passage or sentence > told.sentence + 4:
                return
            if any(
                token.lemma_ in verbs()["discussing"] and token.pos_ == "VERB"
                for token in self.parsed.sentences[sentence]
            ):
                yield sentence

    def amounts(self, told: Told) -> tuple[Quantity, ...]:
        """The quantities that hang on the act."""
        low, high = self._bounds(told.sentence)
        words = self._words(told)
        return tuple(
            one for one in self.quantities if low <= one.start < high and self._hangs(self._token_at(one.start), words)
        )

    def _hangs(self, token: Token, words: set[int]) -> bool:
        """Like `_belongs`, but through infinitives and relatives ("a deal to import", "in which six were killed")."""
        at = token
        for _ in range(CLIMB + 3):
            if at.i in words:
                return True
            if at.head == at or (at.pos_ == "VERB" and at.dep_ in ("ccomp", "conj")):
                return False
            at = at.head
        return False

    def rank(self, told: Told) -> int | None:
        """Which in a row the actor is ("the seventh country to accept")."""
        noun = told.token.head
        if noun.lemma_ in COPULAS:
            noun = next((child for child in noun.children if child.dep_ == "attr"), noun)
        if told.token.dep_ not in ("relcl", "acl", "xcomp", "advcl") or noun.pos_ not in ("NOUN", "PROPN"):
            return None
        for child in noun.children:
            if child.dep_ in ("amod", "nummod") and child.dep_ not in SUBJECT:
                number = ordinal(child.lower_)
                if number is not None:
                    return number
        return None
