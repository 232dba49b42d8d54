"""Headlines: acts in lines without articles, which the parser takes for strings of nouns ("X signs deal with Y").

Read by word order alone: a party, a verb in the present, its object, and prepositions with parties behind them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.reading.frames import Frame, Trigger, frames
from dragoman.reading.parse import Parsed
from dragoman.reading.parties import Parties
from dragoman.reading.reference import Cast, Reference
from dragoman.reading.syntax import verbs
from dragoman.reading.told import Told

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

REACH = 6  # tokens from the verb to the noun it completes
LONGEST = 30  # tokens of a headline
STOPS = frozenset({".", "!", "?", "”", '"'})


def present_forms(lemma: str) -> tuple[str, str]:
    """The two forms a verb has in headlines: "sign", "signs"."""
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma, lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma, lemma[:-1] + "ies"
    return lemma, lemma + "s"


@cache
def _present() -> tuple[dict[str, str], frozenset[str]]:
    """The lemma of each form that a verb of the frames has in headlines; the forms of the light verbs."""
    return (
        {form: lemma for lemma in frames().verbs for form in present_forms(lemma)},
        frozenset(form for lemma in verbs()["light"] for form in present_forms(lemma)),
    )


def is_headline(sentence: Span) -> bool:
    """Whether a sentence can be a headline: short, and without a full stop."""
    return len(sentence) <= LONGEST and sentence[-1].text not in STOPS


class Headlines:
    """Reads the headlines of one report."""

    def __init__(self, parsed: Parsed, cast: Cast, parties: Parties) -> None:
        self.parsed = parsed
        self.cast = cast
        self.parties = parties
        self.verbs, self.light = _present()

    def read(self, sentence: int) -> Iterator[Told]:
        """The acts of a sentence that ends without a full stop."""
        span = self.parsed.sentences[sentence]
        if not is_headline(span):
            return
        for token in span[1:]:
            actor = self._before(token)
            if actor is None or token.pos_ in ("ADP", "DET", "PUNCT"):
                continue
            told = self._light(token, actor, span, sentence) or self._verb(token, actor, span, sentence)
            if told is not None:
                yield told
                return

    def _before(self, token: Token) -> Reference | None:
        """The party that ends right before a token."""
        one = self.cast.at(token.i - 1)
        if one is None or one.last != token.i or self.cast.at(token.i) is not None:
            return None
        return self.parties.acting(one, None, False, True, False)

    def _light(self, token: Token, actor: Reference, span: Span, sentence: int) -> Told | None:
        if token.lower_ not in self.light:
            return None
        for noun in span[token.i - span.start + 1 : token.i - span.start + 1 + REACH]:
            if noun.pos_ == "ADP":
                return None
            for form in {noun.lower_, noun.lemma_.lower()}:
                for frame in frames().nouns.get(form, ()):
                    if self._qualifies(frame, token, noun, span):
                        return self._told(frame, noun, actor, span, sentence, (token,))
        return None

    @staticmethod
    def _qualifies(frame: Frame, verb: Token, noun: Token, span: Span) -> bool:
        trigger = frame.trigger
        between = {one.lower_ for one in span if verb.i < one.i < noun.i}
        if trigger.modifier and between.isdisjoint(trigger.modifier):
            return False
        if not between.isdisjoint(trigger.not_modifier):
            return False
        behind = [one for one in span if one.i > noun.i]
        if trigger.infinitive:
            return any(
                one.lower_ == "to" and ahead.lemma_.lower() in trigger.infinitive for one, ahead in pairwise(behind)
            )
        return not trigger.complement

    def _verb(self, token: Token, actor: Reference, span: Span, sentence: int) -> Told | None:
        lemma = self.verbs.get(token.lower_)
        for frame in frames().verbs.get(lemma or "", ()):
            trigger = frame.trigger
            if trigger.object:
                noun = self._completing(token, trigger, span)
                told = self._told(frame, noun, actor, span, sentence, (token,)) if noun is not None else None
                if told is not None:
                    return told
                continue
            if trigger.particle or trigger.complement or trigger.as_ or trigger.infinitive:
                continue
            if trigger.words or trigger.passive or trigger.subject or trigger.clause or trigger.needs_infinitive:
                continue
            if "obj" in trigger.target:
                one = self.cast.at(token.i + 1) if token.i + 1 < span.end else None
                target = (
                    self.parties.acting(
                        one, trigger.target_kinds or frame.act.target_kinds or None, False, False, False
                    )
                    if one
                    else None
                )
                if target is not None:
                    return self._made(frame, token, actor, [target], sentence, ())
        return None

    @staticmethod
    def _completing(verb: Token, trigger: Trigger, span: Span) -> Token | None:
        """The object that a headline's verb needs, close behind it ("fire missiles")."""
        close = span[verb.i - span.start + 1 : verb.i - span.start + 1 + REACH]
        before: set[str] = set()
        for noun in close:
            if noun.pos_ == "ADP":
                return None
            if noun.lower_ in trigger.object or noun.lemma_.lower() in trigger.object:
                words = {*before, noun.lower_, noun.lemma_.lower()}
                return noun if not trigger.object_words or words & {*trigger.object_words} else None
            before |= {noun.lower_, noun.lemma_.lower()}
        return None

    def _told(
        self, frame: Frame, noun: Token, actor: Reference, span: Span, sentence: int, words: tuple[Token, ...]
    ) -> Told | None:
        wanted = {path.split(".")[-1] for path in frame.trigger.target}
        for one in span:
            if one.i > noun.i and one.lower_ in wanted and one.i + 1 < span.end:
                behind = self.cast.at(one.i + 1)
                kinds = frame.trigger.target_kinds or frame.act.target_kinds or None
                target = self.parties.acting(behind, kinds, False, False, one.lower_ == "in") if behind else None
                if target is not None and target.party != actor.party:
                    return self._made(frame, noun, actor, [target], sentence, words)
        return None

    @staticmethod
    def _made(
        frame: Frame, token: Token, actor: Reference, targets: list[Reference], sentence: int, words: tuple[Token, ...]
    ) -> Told:
        return Told(
            frame,
            token,
            frame.act.kind,
            frame.act.type,
            (actor,),
            tuple(targets),
            "happened",
            "affirmed",
            (),
            sentence,
            frame.rule,
            words,
            (),
        )
