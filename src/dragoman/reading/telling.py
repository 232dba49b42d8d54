"""Telling: whether any word of a parsed report can tell a diplomatic act, before anybody in it is looked for.

It says no where the word fits no frame, or nobody can be where the frame has those whom it must have; that is asked of
every act before it is told (`acts`), and of headlines only the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.reading.beside import FINITE, JOINING
from dragoman.reading.bodies import bodies
from dragoman.reading.descriptions import description_kinds
from dragoman.reading.frames import Frame, frames
from dragoman.reading.headlines import is_headline, present_forms
from dragoman.reading.inflection import noun_forms
from dragoman.reading.matching import Anchors, coordinates, follow, head_noun, noun_fits, verb_fits
from dragoman.reading.offices import offices
from dragoman.reading.parse import Parsed
from dragoman.reading.parts import Part, parts, vocabulary
from dragoman.reading.syntax import lemma, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

NOUNS = frozenset({"NOUN", "PROPN"})
VERBS = frozenset({"VERB", "AUX"})


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
    if act.requested or act.speaker_acts or trigger.some_party or trigger.located:
        return True
    actor = act.actor_optional or _somebody(token, trigger.actor, anchors)
    target = act.target_optional or trigger.target_optional or act.of_states
    if act.symmetric:
        return actor or _somebody(token, trigger.target, anchors)
    return actor and (target or _somebody(token, trigger.target, anchors))


def _somebody(token: Token, paths: Sequence[str], anchors: Anchors) -> bool:
    if "subj" in paths and token.tag_ in FINITE:
        return True  # whoever stands right before it
    if not JOINING.isdisjoint(path.rpartition(".")[2] for path in paths):
        return True  # whoever stands behind the next "with"
    return any(
        _stands_for_somebody(one) or lemma(there) in verbs()["goals"]
        for path in paths
        for there in follow(token, path, anchors)
        for one in (there, head_noun(there), *coordinates(there), *(x for x in there.children if x.dep_ == "appos"))
    )


def _stands_for_somebody(token: Token) -> bool:
    """Whether a word is written as a name is, or is a pronoun or the noun of an office, a body or a description."""
    return (
        token.pos_ in ("PROPN", "PRON") or not token.text.islower() or token.text in _nouns() or token.dep_ == "poss"
    )


@cache
def _nouns() -> frozenset[str]:
    known = offices()
    heads = (*known.heads, *known.institutions, *known.groups, *bodies().heads, *description_kinds())
    return frozenset(form for head in heads for form in (head, *noun_forms(head)))
