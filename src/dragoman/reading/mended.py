"""Mended: verbs in the present that the parser takes for nouns ("Chad severs ties", "The U.S. summons him").

Owners too, where the parser took them for something else ("commended Peru's initiatives").

News tells in the present what is done today, and a plain model knows many of these forms best as nouns.  A sentence
whose root is such a form, with a name right before it and its object behind it, is given its verb, subject and object;
one whose root is a finite verb without a subject, the name right before it or before its auxiliaries.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache
from typing import TYPE_CHECKING

from dragoman.domain import Mention
from dragoman.reading.frames import frames
from dragoman.reading.headlines import present_forms
from dragoman.reading.syntax import SUBJECT

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from dragoman.reading.parse import Parsed

BEFORE = frozenset({"nsubj", "compound", "nmod", "npadvmod", "advmod", "dep", "amod"})  # what the subject is taken for
BEHIND = frozenset({"dobj", "appos", "dep", "npadvmod", "nmod", "attr", "oprd"})  # what the object is taken for
FINITE = frozenset({"VBD", "VBP", "VBZ"})
APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
DATED = re.compile(r" (January|February|March|April|May|June|July|August|September|October|November|December) \d")
REACH = 5  # words behind a mark of possession up to what is owned
OUTER = frozenset({"conj", "cc", "punct"})  # what belongs to the verb, not to its object


@cache
def _bases() -> dict[str, tuple[str, bool]]:
    """Forms of the present: the verb's lemma, and whether the form is the third person's."""
    return {form: (lemma, form != lemma) for lemma in frames().verbs if lemma != "be" for form in present_forms(lemma)}


def mend(parsed: Parsed, names: Sequence[Mention]) -> None:
    """Give such sentences their verbs, in place."""
    named = {one.end for one in names if one.by != "demonym"}
    marked = "'" in parsed.text or "’" in parsed.text
    for one in names:
        if one.by != "demonym" and DATED.match(parsed.text, one.end):
            _dated(parsed, one)
    strings = parsed.doc.vocab.strings
    bare = (
        (parsed.doc.to_array(["TAG", "DEP"]) == [strings["VB"], strings["compound"]]).all(axis=1).nonzero()[0].tolist()
    )
    for sentence in parsed.sentences:
        for token in sentence if marked else ():
            if token.text in APOSTROPHES and token.i > sentence.start:
                _own(token, sentence)
        for at in bare:
            if sentence.start < at < sentence.end:
                _freed(parsed.doc[at])
        root = sentence.root
        if root.pos_ in ("NOUN", "PROPN", "VERB") and root.i > sentence.start:
            _mend(sentence, _raised(root), named)
            _aided(root, named)


def _dated(parsed: Parsed, name: Mention) -> None:
    """Part a place from the month behind it that the parser took for its noun ("will travel to Chad July 25")."""
    span = parsed.doc.char_span(name.start, name.end)
    if span is None or span.end >= len(parsed.doc):
        return
    place, month = span[-1], parsed.doc[span.end]
    before = parsed.doc[max(span.start - 1, 0)]
    if place.head != month or place.dep_ not in ("compound", "nmod"):
        return
    if month.dep_ == "pobj":
        place.head, place.dep_ = month.head, "pobj"
        month.head, month.dep_ = place.head.head, "npadvmod"
    elif before.dep_ == "cc" and before.head.i < before.i:
        place.head, place.dep_ = before.head, "conj"


def _own(mark: Token, sentence: Span) -> None:
    """Make the word before a mark of possession the owner of the noun behind it, where the parser did not."""
    owner = mark.nbor(-1)
    if owner.dep_ == "poss" or owner.pos_ not in ("NOUN", "PROPN") or owner.idx + len(owner) != mark.idx:
        return
    if mark.tag_ != "POS" and (
        owner.text[-1:] != "s" or any(one.text in ("‘", "'") for one in sentence[: mark.i - sentence.start])
    ):
        return  # it closes a quotation
    thing = None
    for token in sentence[mark.i + 1 - sentence.start : mark.i + 1 - sentence.start + REACH]:
        if token.pos_ in ("NOUN", "PROPN"):
            thing = token
        elif (token.pos_ not in ("ADJ", "NUM") and token.dep_ != "amod") or thing is not None:
            break
    apart = thing is not None and (thing.i != owner.head.i or owner.dep_ == "nsubj")
    if thing is not None and apart and not owner.is_ancestor(thing):
        owner.head, owner.dep_ = thing, "poss"


def _freed(verb: Token) -> None:
    """Free an infinitive that the parser made a part of its object ("agreed to normalise relations")."""
    noun, mark = verb.head, verb.nbor(-1)
    if mark.lower_ != "to" or noun.i < verb.i or noun.head.i != mark.i or verb.lower_ not in _bases():
        return
    above = mark.head
    verb.pos_, verb.lemma_ = "VERB", _bases()[verb.lower_][0]
    verb.head, verb.dep_ = above, "xcomp"
    mark.head, mark.dep_, mark.tag_, mark.pos_ = verb, "aux", "TO", "PART"
    noun.head, noun.dep_ = verb, "dobj"


def _mend(sentence: Span, root: Token, named: Container[int]) -> None:
    known = _bases().get(root.lower_)
    finite = root.pos_ == "VERB" and root.tag_ in FINITE
    if (known is None and not finite) or root.i == sentence.start:
        return
    before = root.nbor(-1)
    if before.pos_ != "PROPN" and before.idx + len(before) not in named:
        return
    if any(child.dep_ in ("poss", "auxpass", "aux") for child in root.lefts):
        return
    subject = next((child for child in root.lefts if child.dep_ in BEFORE and child.i == before.i), None)
    subject = subject or next((child for child in root.lefts if child.dep_ in BEFORE and child.pos_ == "PROPN"), None)
    if subject is None or (root.pos_ == "VERB" and any(child.dep_ in SUBJECT for child in root.lefts)):
        return
    if root.pos_ != "VERB":
        assert known is not None
        lemma, third = known
        joined = any(token.lower_ == "and" for token in sentence.doc[sentence.start : root.i])
        behind = next((child for child in root.rights if child.dep_ in BEHIND and child.pos_ != "VERB"), None)
        if behind is None or not (third or joined):
            return
        root.pos_, root.tag_, root.lemma_ = "VERB", "VBZ" if third else "VBP", lemma
        behind.dep_ = "dobj"
    subject.dep_ = "nsubj"


def _aided(root: Token, named: Container[int]) -> None:
    """Make the name right before a verb's auxiliaries its subject, where it has none ("Nauru would no longer")."""
    aids = [child for child in root.lefts if child.dep_ in ("aux", "auxpass")]
    if root.pos_ != "VERB" or not aids or any(child.dep_ in SUBJECT for child in root.lefts):
        return
    for child in root.lefts:
        if child.dep_ in BEFORE and child.i == aids[0].i - 1 and child.idx + len(child) in named:
            child.dep_ = "nsubjpass" if any(one.dep_ == "auxpass" for one in aids) else "nsubj"


def _raised(root: Token) -> Token:
    """The form that is taken for a part of its object ("The Republic severs ties"), made the root instead."""
    if root.pos_ not in ("NOUN", "PROPN"):
        return root
    for form in root.lefts:
        taken = form.dep_ in SUBJECT or (form.dep_ in ("amod", "compound") and form.tag_ in ("VB", "VBP", "VBZ"))
        if taken and form.lower_ in _bases() and form.i > form.sent.start and form.nbor(-1).pos_ == "PROPN":
            break
    else:
        return root
    for child in list(root.children):
        if child.i != form.i and (child.dep_ in SUBJECT or (child.i > root.i and child.dep_ in OUTER)):
            child.head = form
    form.head, form.dep_ = form, "ROOT"
    root.head, root.dep_ = form, "dobj"
    return form
