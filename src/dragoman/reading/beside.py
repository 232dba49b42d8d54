"""Beside: parts of an act found by word order, where the parser lost them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman.reading.offices import offices
from dragoman.reading.reference import Cast, Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
GERUND = frozenset({"VBG"})
NONFINITE = frozenset({"VB", "VBG"})
JOINING = frozenset({"with", "between"})  # prepositions that are hardly ever anything but an act's
REACH = 14
SKIPPED = frozenset({"the", "a", "an", "his", "her", "both"})


def beside(doc: Doc, cast: Cast, act: Token, paths: Sequence[str]) -> Token | None:
    """The token where a part named by `paths` is to be found beside the act's word, or None.

    The subject is whoever stands right before a finite verb; the company of an act is whoever stands behind the
    next "with", before any other finite verb.
    """
    there = place_beside(act, paths)
    one = cast.at(there.i) if there is not None else None
    if there is None or one is None:
        return None
    if doc[one.first].tag_ == "PRP$" and one.form == "pronoun":
        return None  # "meet with our partners": not with us
    if there.i > act.i:
        return None if _qualifies(one, doc) else there
    if one.last != there.i + 1 or (one.first and doc[one.first - 1].pos_ == "ADP"):
        return None
    return there


def place_beside(act: Token, paths: Sequence[str]) -> Token | None:
    """Where `beside` looks for somebody."""
    if "subj" in paths and act.tag_ in FINITE:
        return _before(act)
    wanted = {path.rpartition(".")[2] for path in paths} & JOINING
    return _behind(act, wanted) if wanted else None


@cache
def _passed() -> frozenset[str]:
    """Words between a preposition and whoever stands behind it."""
    return SKIPPED | offices().titles


def _before(act: Token) -> Token | None:
    doc, first = act.doc, act.sent.start
    at = act.i - 1
    while at > first and doc[at].pos_ in ("ADV", "AUX", "PART"):
        at -= 1
    return doc[at] if at >= first else None


def _behind(act: Token, wanted: set[str]) -> Token | None:
    doc = act.doc
    for at in range(act.i + 1, min(act.i + REACH, act.sent.end)):
        inner = doc[at].dep_ == "acl" and doc[at].tag_ in (NONFINITE if act.pos_ == "VERB" else GERUND)
        if doc[at].tag_ in FINITE or inner:
            return None  # "support for a conference discussing ties with": not who is supported
        if doc[at].lower_ in wanted:
            return next((one for one in doc[at + 1 : act.sent.end] if one.lower_ not in _passed()), None)
    return None


def _qualifies(one: Reference, doc: Doc) -> bool:
    """Whether a name is only said of a noun behind it that is nobody known ("with Iraqi rebels")."""
    last = doc[one.last - 1]
    return one.form == "name" and last.dep_ in ("amod", "compound", "nmod") and last.head.i >= one.last
