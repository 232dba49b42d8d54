"""The gate: whether a report can hold a diplomatic act at all.

Told from words alone, before any parse: in one sentence there must be a form of a frame's word that can be of that
part of speech, a word of each kind that the frame needs beside it, and somebody on each side of it that the frame must
have; and what stands around it must promise that it tells the act (`promise`).  Background acts (attacks, arrests,
elections) do not open the gate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from dragoman import lexicon
from dragoman.domain import Mention, Passage
from dragoman.reading.bodies import bodies
from dragoman.reading.descriptions import description_kinds
from dragoman.reading.frames import Frame, frames
from dragoman.reading.inflection import noun_forms, verb_forms
from dragoman.reading.names import find_names
from dragoman.reading.offices import offices
from dragoman.reading.parse import READ
from dragoman.reading.promise import Sentence, promising

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
# A sentence ends for sure only behind a word in lower case: "U.S.", "Gen." and "No." end none.
SENTENCE = re.compile(r"(?<=[a-z]{3}[.!?])[\"”’')]*\s+(?=[\"“‘(]?[A-Z])")
REACH, LEADS, AHEAD = 6, 6, 3
KEPT = 50_000  # words whose needs are remembered
POSSESSIVE = ("'s", "’s")


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Some words, with an example of one at work."""

    example: str
    words: frozenset[str]


class GateWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file ``gate.yaml``."""

    before_nouns: Listed
    before_verbs: Listed
    pronouns: Listed
    no_names: Listed
    prepositions: Listed


@dataclass(frozen=True, slots=True)
class _Need:
    """What a sentence must have beside one form of a frame's word."""

    word: str
    verb: bool
    bare: bool  # the form may be of the other part of speech: "vote", "votes"
    groups: tuple[frozenset[str], ...]  # a word of each
    actor: bool
    target: bool
    prepositions: frozenset[str]  # one of these behind the word; empty where none is needed
    sides: bool  # actor before the word, target behind it


class _Needs(dict[str, Sequence[_Need]]):
    """What each form needs; of a word as it stands in a text, its form or its last part is looked up, and kept."""

    def __missing__(self, word: str) -> Sequence[_Need]:
        form = _plain(word)
        found = self.get(form, ()) or (self.get(form.rpartition("-")[2], ()) if "-" in form else ())
        if len(self) < KEPT:
            self[word] = found
        return found


_Hit = tuple[int, _Need]  # a word, by its place in the sentence, and what it needs


class Gate:
    """What each form of the frames' words needs."""

    def __init__(self, every: Iterable[tuple[Frame, bool]]) -> None:
        self._words = lexicon.entries("gate.yaml", GateWords)
        known = offices()
        self._parties = frozenset(
            {*known.heads, *known.institutions, *known.groups}
            | {form for head in (*bodies().heads, *description_kinds()) for form in noun_forms(head)}
        )
        forms: dict[str, dict[_Need, None]] = {}
        for frame, verb in every:
            if not frame.act.background:
                self._add(forms, frame, verb)
        self._needs = _Needs({form: tuple(needs) for form, needs in forms.items()})

    def _add(self, forms: dict[str, dict[_Need, None]], frame: Frame, verb: bool) -> None:
        act, trigger = frame.act, frame.trigger
        groups = tuple(
            frozenset(form for word in words for form in (*verb_forms(word), *noun_forms(word)))
            for words in (
                trigger.object,
                trigger.object_words,
                trigger.subject,
                [*trigger.as_, *trigger.as_words],
                trigger.infinitive,
                trigger.adjective,
                trigger.modifier,
                trigger.words,
                trigger.particle if verb else [],
                [word for among in trigger.complement.values() for word in among],
            )
            if words
        )
        steps = frozenset(path.partition(".")[0] if verb else path.rpartition(".")[2] for path in trigger.target)
        led = steps <= self._words.prepositions.words and not act.symmetric
        target = not (act.target_optional or trigger.target_optional or trigger.some_party)
        within = any(path.startswith("subj.") for path in trigger.target)  # the target may stand in the subject
        for word in trigger.lemma:
            for form in verb_forms(word) if verb else noun_forms(word):
                need = _Need(
                    word,
                    verb,
                    form == word or form.endswith("s"),
                    groups,
                    not act.actor_optional,
                    target,
                    steps if led and target and not (verb and form.endswith(("ed", "en"))) else frozenset(),
                    verb and not (act.symmetric or act.media or within),
                )
                forms.setdefault(form, {})[need] = None

    def sentences(
        self, text: str, passages: Sequence[Passage], names: Callable[[], Sequence[Mention]] | None = None
    ) -> list[tuple[int, int]]:
        """The sentences, by their offsets, whose words can tell an act, with somebody to do it, and promise to.

        Parameters
        ----------
        text, passages
            The canonical text and its passages; those that are not read are left out.
        names
            Finds the names in the text, and is asked only if the words are there.
        """
        names = names or cache(lambda: find_names(text))
        found = self.candidates(text, passages, names)
        return [(start, end) for start, end, sentence, words in found if promising(sentence, words)]

    def candidates(
        self, text: str, passages: Sequence[Passage], names: Callable[[], Sequence[Mention]]
    ) -> Iterator[tuple[int, int, Sentence, dict[int, str]]]:
        """Yield the sentences with words that can tell an act by the rules, and what those are a form of, by place."""
        for start, end in _sentences(text, passages):
            told = WORD.findall(_lower(text[start:end]))
            needed = list(map(self._needs.__getitem__, told))
            if not any(needed):
                continue
            hits = [(at, need) for at, needs in enumerate(needed) for need in needs]
            told = list(map(_plain, told))
            hits = self._grouped(hits, told)
            if not hits:
                continue
            spelt = WORD.findall(text, start, end)
            titled = _titled(spelt)
            hits = [one for one in hits if self._part_of_speech(*one, spelt, told, titled)]
            if not hits:
                continue
            starts = [one.start() for one in WORD.finditer(text, start, end)]
            named = [one for one in names() if start <= one.start < end]
            parties = self._parties_in(spelt, told, starts, named)
            words = {
                at: need.word
                for at, need in hits
                if self._peopled(at, need, parties) and (not need.prepositions or self._led(at, need, told, parties))
            }
            if words:
                yield start, end, Sentence(text, spelt, told, starts, parties, named, titled), words

    @staticmethod
    def _grouped(hits: list[_Hit], told: Sequence[str]) -> list[_Hit]:
        """Those of the words that have a word of each kind beside them that they need."""
        there = {*told}
        there.update(part for word in told if "-" in word for part in word.split("-"))
        return [(at, need) for at, need in hits if all(not group.isdisjoint(there) for group in need.groups)]

    def _part_of_speech(self, at: int, need: _Need, spelt: Sequence[str], told: Sequence[str], titled: bool) -> bool:
        """Whether the word can be a verb, or a noun, where it stands."""
        before = told[at - 1] if at else ""
        if need.verb:
            name = at > 0 and at < len(spelt) and spelt[at][0].isupper() and not titled
            return not name and not (need.bare and before in self._words.before_nouns.words)
        return not (need.bare and before in self._words.before_verbs.words and told[at][-1] != "s")

    def _parties_in(
        self, spelt: Sequence[str], told: Sequence[str], starts: Sequence[int], named: Sequence[Mention]
    ) -> list[int]:
        """Which words are, or begin, names, offices, bodies, persons and pronouns."""
        found: list[int] = []
        spans = iter([*((one.start, one.end) for one in named), (1 << 62, 1 << 62)])
        start, end = next(spans)
        for at, (written, word, place) in enumerate(zip(spelt, told, starts, strict=False)):
            while place >= end:
                start, end = next(spans)
            if place >= start:
                begins = place == start or not found or starts[found[-1]] < start
            elif written[0].isupper():
                begins = word not in self._words.no_names.words
            else:
                begins = word in self._parties or word in self._words.pronouns.words
            if begins:
                found.append(at)
        return found

    @staticmethod
    def _peopled(at: int, need: _Need, parties: Sequence[int]) -> bool:
        """Whether there is somebody for each part that the frame must have."""
        before, behind = [one for one in parties if one < at], [one for one in parties if one > at]
        if need.sides:
            near = not need.target or (bool(behind) and behind[0] - at <= REACH)
            return (bool(before) or not need.actor) and near
        return len(before) + len(behind) >= 1 + (need.actor and need.target)

    @staticmethod
    def _led(at: int, need: _Need, told: Sequence[str], parties: Sequence[int]) -> bool:
        """Whether a preposition stands behind the word, soon behind a verb, and somebody soon behind that."""
        last = min(at + 1 + LEADS, len(told)) if need.verb else len(told)
        return any(
            told[here] in need.prepositions and any(0 < one - here <= AHEAD for one in parties)
            for here in range(at + 1, last)
        )


def _sentences(text: str, passages: Sequence[Passage]) -> Iterator[tuple[int, int]]:
    for passage in passages:
        if passage.kind in READ and not passage.language:
            at = passage.start
            for gap in SENTENCE.finditer(text, at, passage.end):
                yield at, gap.start()
                at = gap.end()
            yield at, passage.end


def _lower(text: str) -> str:
    """A text in lower case, as long as it was: "İ" becomes two characters otherwise."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := one.lower()) == 1 else one for one in text)


def _plain(word: str) -> str:
    return word[:-2] if word[-2:] in POSSESSIVE else word


def _titled(words: Sequence[str]) -> bool:
    """Whether the sentence is written as a title, where capitals say nothing."""
    long = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in long) >= 0.8 * len(long)


@cache
def gate() -> Gate:
    """The gate of the lexicon's frames."""
    known = frames()
    verbs = {id(frame) for found in known.verbs.values() for frame in found}
    return Gate((frame, id(frame) in verbs) for frame in known.all)
