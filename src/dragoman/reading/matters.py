"""Matters: what was talked about, in the words of the text, where the lexicon has no topic for it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from dragoman.reading.syntax import OBJECT, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

ABOUT = frozenset({"about", "on", "regarding", "concerning"})
BEFORE = frozenset({"amod", "compound", "nmod", "nummod", "punct", "npadvmod", "advmod", "quantmod"})
WHOSE = frozenset({"det", "poss"})
CLOSING = frozenset({",", ";", ":", ".", "(", "—", "–", "including", "which", "that", "who", "as", "while", "where"})
MOST = 14  # words of a matter


def matters(act: Token, sentence: Iterable[Token], own: bool, parties: Container[int]) -> Iterator[tuple[int, int]]:
    """The bounds of what is discussed in a sentence, of an act's own also of what stands behind its "about".

    None of them runs into the tokens of those who discuss it.
    """
    upto = 0
    for start, end in _discussed(act, sentence, own, parties):
        if start >= upto:
            yield start, end
            upto = end


def _discussed(act: Token, sentence: Iterable[Token], own: bool, parties: Container[int]) -> Iterator[tuple[int, int]]:
    for token in sentence:
        if token.pos_ == "VERB" and token.lemma_ in verbs()["discussing"] and _treats(token):
            for child in token.children:
                if child.dep_ in OBJECT:
                    yield from _listed(child, parties)
        elif own and token.lower_ in ABOUT and token.dep_ == "prep" and _hangs(token, act):
            for child in token.children:
                if child.dep_ == "pobj" and child.lemma_ not in verbs()["aside"]:
                    yield from _listed(child, parties)


def _treats(verb: Token) -> bool:
    """Whether a verb says what is talked about: "to address challenges" may be what is to be done about them."""
    return verb.lemma_ in ("discuss", "review") or verb.tag_ in ("VBD", "VBZ", "VBP")


def _hangs(preposition: Token, act: Token) -> bool:
    head = preposition.head
    return head.i == act.i or (act.dep_ in OBJECT and head.i == act.head.i)


def _listed(noun: Token, parties: Container[int]) -> Iterator[tuple[int, int]]:
    """The bounds of a noun's phrase, and of those in one list with it, where each has its own article or owner."""
    if noun.pos_ != "NOUN":
        return
    if _last(noun, parties) > noun.i or any(child.dep_ in ("compound", "amod", "nmod") for child in noun.children):
        yield _bounds(noun, parties)
    for other in noun.subtree:
        apart = other.dep_ in ("conj", "appos") and other.pos_ == "NOUN" and other.i > noun.i
        if apart and (other.head.i == noun.i or any(child.dep_ in WHOSE for child in other.children)):
            yield _bounds(other, parties)


def _bounds(noun: Token, parties: Container[int]) -> tuple[int, int]:
    """Where the phrase of a noun begins and ends in the text."""
    last = noun.doc[_last(noun, parties)]
    return noun.doc[_first(noun)].idx, last.idx + len(last)


def _first(noun: Token) -> int:
    before = (child.left_edge.i for child in noun.children if child.dep_ in BEFORE and child.i < noun.i)
    return min(before, default=noun.i)


def _last(noun: Token, parties: Container[int]) -> int:
    """The last word of what hangs on a noun, up to a comma, to another clause or to those who speak."""
    last = noun.i
    between = any(child.lower_ == "between" for child in noun.children)
    for token in noun.doc[noun.i + 1 : _first(noun) + MOST]:
        if token.lower_ in CLOSING or token.i in parties or not noun.is_ancestor(token):
            break
        if token.lower_ in ("and", "or") and not between and not _joins(token):
            break
        if token.pos_ in ("NOUN", "PROPN", "NUM") and token.dep_ not in ("compound", "amod", "nmod", "poss"):
            last = token.i
    return last


def _joins(conjunction: Token) -> bool:
    """Whether a conjunction can join two words in one matter: two names, or two words that are none."""
    if conjunction.i + 1 == len(conjunction.doc):
        return False
    before, behind = conjunction.nbor(-1), conjunction.nbor(1)
    if "PROPN" in (before.pos_, behind.pos_):
        return before.pos_ == behind.pos_
    return behind.pos_ in ("NOUN", "ADJ")
