"""Telling: whether any word of a parsed report can tell a diplomatic act, before anybody in it is looked for.

It says no where the word fits no frame, or nobody can be where the frame has those whom it must have; that is asked of
every act before it is told (`acts`), and of headlines only the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.reading.beside import place_beside
from dragoman.reading.bodies import bodies
from dragoman.reading.descriptions import description_kinds
from dragoman.reading.frames import Frame, frames
from dragoman.reading.headlines import is_headline, present_forms
from dragoman.reading.inflection import noun_forms
from dragoman.reading.matching import Anchors, coordinates, follow, head_noun, noun_fits, verb_fits
from dragoman.reading.names.tables import regimes
from dragoman.reading.offices import offices
from dragoman.reading.parse import Parsed
from dragoman.reading.parts import Part, parts, vocabulary
from dragoman.reading.sides import mutual
from dragoman.reading.syntax import lemma, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})
HYPHENS = ("-", "–")


class _Diplomatic(NamedTuple):
    """The frames of acts that are no background, by lemma; and the words that tell one in a headline."""

    verbs: dict[str, list[Frame]]
    nouns: dict[str, list[Frame]]
    headlines: frozenset[str]


@cache
def _diplomatic() -> _Diplomatic:
    known = frames()
    of_verbs, of_nouns = (
        {word: kept for word, among in of.items() if (kept := [one for one in among if not one.act.background])}
        for of in (known.verbs, known.nouns)
    )
    told = {*of_nouns, *(form for word in of_verbs for form in present_forms(word))}
    return _Diplomatic(of_verbs, of_nouns, frozenset(told))


def can_tell(parsed: Parsed) -> bool:
    """Whether an act that is no background can be told in a report."""
    known = _diplomatic()
    every = parts(parsed.doc)
    words = vocabulary(every)
    return any(
        any(
            frame.possible(words) and _fits(parsed.doc[at], frame)
            for at in range(one.start, one.end)
            for frame in _frames(every[at], known)
        )
        or (is_headline(one) and any(_heads(part, known) for part in every[one.start : one.end]))
        for one in parsed.sentences
    )


def _frames(part: Part, known: _Diplomatic) -> Sequence[Frame]:
    """The frames that a word may tell."""
    if part.speech in NOUNS:
        return known.nouns.get(part.lemma, ())
    return known.verbs.get(part.lemma, ()) if part.speech in VERBS else ()


def _heads(part: Part, known: _Diplomatic) -> bool:
    """Whether a word tells an act in a headline."""
    return part.lower in known.headlines or part.plain in known.headlines


def _fits(token: Token, frame: Frame) -> bool:
    anchors = (noun_fits if token.pos_ in NOUNS else verb_fits)(token, frame.trigger)
    return anchors is not None and _peopled(token, frame, anchors)


def _peopled(token: Token, frame: Frame, anchors: Anchors) -> bool:
    """Whether words that can stand for somebody are where the frame has those whom it must have."""
    act, trigger = frame.act, frame.trigger
    if act.requested or trigger.some_party or trigger.located:
        return True
    actors = _somebody(token, trigger.actor, anchors)
    if not (actors or act.actor_optional or act.speaker_acts):
        return False
    elsewhere = act.of_states or act.each or bool(trigger.continues)  # the other side may stand before
    if act.target_optional or trigger.target_optional or elsewhere:
        return True
    targets = _somebody(token, trigger.target, anchors)
    if act.symmetric and not targets - actors:
        return mutual(token, trigger) and (len(actors) > 1 or any(map(_several, actors)))
    return bool(targets)


def _somebody(token: Token, paths: Sequence[str], anchors: Anchors) -> set[Token]:
    """Words in a part of an act, or right beside it (`beside`), that can stand for somebody."""
    found = {
        there
        for path in paths
        for there in follow(token, path, anchors)
        if lemma(there) in verbs()["goals"]
        or any(
            _stands_for_somebody(one)
            for one in (
                there,
                head_noun(there),
                *coordinates(there),
                *(x for x in there.children if x.dep_ == "appos"),
            )
        )
    }
    nearby = place_beside(token, paths)
    if nearby is not None and _stands_for_somebody(nearby):
        found.add(nearby)
    return found


def _several(token: Token) -> bool:
    """Whether a word can stand for more than one."""
    if token.tag_ not in ("NN", "NNP", "JJ"):
        return True
    return any(
        one.dep_ in ("cc", "conj", "appos") or one.text in HYPHENS
        for one in (*token.subtree, *token.doc[max(token.i - 1, 0) : token.i + 2])
    )


def _stands_for_somebody(token: Token) -> bool:
    """Whether a word is written as a name is, or is a pronoun or the noun of an office, a body or a description."""
    if token.pos_ in ("PROPN", "PRON") or token.dep_ == "poss" or _named(token.text):
        return True
    if token.pos_ == "NUM":
        return token.text.isalpha()  # "the two"
    before = token.doc[token.i - 2 : token.i]
    return len(before) == 2 and before[1].text in HYPHENS and _named(before[0].text)  # "Ban Ki-moon", "minister-elect"


def _named(word: str) -> bool:
    return not word.islower() or word in _nouns()


@cache
def _nouns() -> frozenset[str]:
    known = offices()
    heads = (*known.heads, *known.institutions, *known.groups, *bodies().heads, *description_kinds())
    named = (name for one in regimes().values() for name in (*one.names, *one.also))
    last = (word for name in named if (word := name.rpartition(" ")[2]).islower())  # "the Syrian opposition"
    return frozenset(last) | {form for head in heads for form in (head, *noun_forms(head))}
