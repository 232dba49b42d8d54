"""Telling: whether any word of a parsed report can tell a diplomatic act, before anybody in it is looked for.

Exact where it says no: what it looks at (`matching`, and the words of headlines) is asked first of every act too.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.reading.frames import Frame, frames
from dragoman.reading.headlines import is_headline, present_forms
from dragoman.reading.matching import noun_fits, verb_fits
from dragoman.reading.parse import Parsed
from dragoman.reading.syntax import lemma

if TYPE_CHECKING:
    from spacy.tokens import Token


class _Diplomatic(NamedTuple):
    """The frames of acts that are no background, by lemma; and the words that tell one in a headline."""

    verbs: dict[str, list[Frame]]
    nouns: dict[str, list[Frame]]
    headlines: frozenset[str]


@cache
def _diplomatic() -> _Diplomatic:
    known = frames()
    verbs, nouns = (
        {word: kept for word, among in of.items() if (kept := [one for one in among if not one.act.background])}
        for of in (known.verbs, known.nouns)
    )
    return _Diplomatic(verbs, nouns, frozenset({*nouns, *(form for word in verbs for form in present_forms(word))}))


def can_tell(parsed: Parsed) -> bool:
    """Whether an act that is no background can be told in a report."""
    known = _diplomatic()
    return any(
        any(_fits(token, known) for token in sentence)
        or (
            is_headline(sentence)
            and any(token.lower_ in known.headlines or token.lemma_.lower() in known.headlines for token in sentence)
        )
        for sentence in parsed.sentences
    )


def _fits(token: Token, known: _Diplomatic) -> bool:
    part = token.pos_
    if part in ("NOUN", "PROPN"):
        return any(noun_fits(token, frame.trigger) is not None for frame in known.nouns.get(lemma(token), ()))
    if part in ("VERB", "AUX"):
        return any(verb_fits(token, frame.trigger) is not None for frame in known.verbs.get(lemma(token), ()))
    return False
