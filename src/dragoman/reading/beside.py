"""Beside: parts of an act found by word order, where the parser lost them."""

from __future__ import annotations

from collections.abc import Sequence
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
    if "subj" in paths and act.tag_ in FINITE:
        return _before(doc, cast, act)
    wanted = {path.rpartition(".")[2] for path in paths} & JOINING
    return _behind(doc, cast, act, wanted) if wanted else None


def _before(doc: Doc, cast: Cast, act: Token) -> Token | None:
    at = act.i - 1
    while at > act.sent.start and doc[at].pos_ in ("ADV", "AUX", "PART"):
        at -= 1
    one = cast.at(at) if at >= act.sent.start else None
    if one is None or one.last != at + 1 or (one.first and doc[one.first - 1].pos_ == "ADP"):
        return None
    return doc[at]


def _behind(doc: Doc, cast: Cast, act: Token, wanted: set[str]) -> Token | None:
    end = min(act.i + REACH, act.sent.end)
    for at in range(act.i + 1, end):
        inner = doc[at].dep_ == "acl" and doc[at].tag_ in (NONFINITE if act.pos_ == "VERB" else GERUND)
        if doc[at].tag_ in FINITE or inner:
            return None  # "support for a conference discussing ties with": not who is supported
        if doc[at].lower_ in wanted:
            passed = SKIPPED | offices().titles
            ahead = next((one for one in range(at + 1, act.sent.end) if doc[one].lower_ not in passed), None)
            one = cast.at(ahead) if ahead is not None else None
            return doc[ahead] if ahead is not None and one is not None and not _qualifies(one, doc) else None
    return None


def _qualifies(one: Reference, doc: Doc) -> bool:
    """Whether a name is only said of a noun behind it that is nobody known ("with Iraqi rebels")."""
    last = doc[one.last - 1]
    return one.form == "name" and last.dep_ in ("amod", "compound", "nmod") and last.head.i >= one.last
