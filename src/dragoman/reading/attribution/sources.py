"""Sources: whose words, thoughts or wishes a cue gives, and when they were said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.domain import Span
from dragoman.reading.attribution.clauses import end, subtree_span
from dragoman.reading.attribution.cues import cues
from dragoman.reading.attribution.speakers import NOMINAL, speaker
from dragoman.reading.syntax import SUBJECT, owners, subjects

if TYPE_CHECKING:
    from spacy.tokens import Token

NO = frozenset({"no", "neither"})
AUXILIARY = frozenset({"aux", "auxpass", "neg", "prt"})
NEAR = 4  # tokens from a verb to its auxiliaries


def source(cue: Token) -> Token | None:
    """The head of the noun phrase of whoever a cue is of; None where nobody is named."""
    if phrase_end(cue) > cue.i:
        return _behind(cue)
    match cue.pos_:
        case "VERB" | "AUX":
            return speaker(cue)
        case "NOUN" | "PROPN":
            found = next((one for one in _of_noun(cue) if one.pos_ in NOMINAL), None)
            return found or (speaker(cue) if cue.pos_ == "PROPN" else None)
        case "ADJ":
            of_noun = [cue.head] if cue.dep_ == "amod" else []
            found = next(iter(subjects(cue.head) if cue.head.pos_ in ("VERB", "AUX") else of_noun), None)
            return found if found is not None and found.pos_ in NOMINAL else None
        case "ADP" | "SCONJ":
            return _behind(cue)
        case "PUNCT":
            return _beside(cue)
    return None


def relative(cue: Token, who: Token) -> Span | None:
    """The pronoun by which the clause of a verb takes up its source ("the minister, who has said that")."""
    if who not in (cue.head, cue.head.head) or cue.pos_ not in ("VERB", "AUX"):
        return None
    clause = cue if cue.dep_ == "relcl" else cue.head
    own = (one for one in clause.children if one.dep_ in SUBJECT and one.lower_ in ("who", "which"))
    return next((Span(start=one.idx, end=end(one)) for one in own), None)


def denied(source: Token) -> bool:
    """Whether nobody says it ("no official said that")."""
    return source.lower_ in ("nobody", "neither") or any(
        child.lower_ in NO and child.dep_ == "det" for child in source.children
    )


def _of_noun(noun: Token) -> Iterator[Token]:
    """Whose a noun is; of one that stands for those who hold a view ("is no fan of"), of whom it is said."""
    if noun.dep_ == "attr" and noun.lemma_.lower() in cues().holders:
        yield from subjects(noun.head)
    yield from (
        thing for child in noun.children if child.lower_ == "from" for thing in child.children if thing.dep_ == "pobj"
    )
    for one in owners(noun):
        lower = one.i < noun.i and one.head == noun and one.dep_ != "poss" and one.pos_ != "PROPN"
        if not lower or one.shape_[0] == "X" or one.lemma_.lower() in cues().sources:
            yield one


def _behind(word: Token) -> Token | None:
    """The object of a preposition, or of the last word of a phrase of several ("according to")."""
    last = word.doc[phrase_end(word)]
    found = next((child for child in last.children if child.dep_ in ("pobj", "pcomp") and child.i > last.i), None)
    if found is None and last.i + 1 < word.sent.end and last.nbor().pos_ in NOMINAL:
        found = last.nbor()
    return found


def _beside(mark: Token) -> Token | None:
    """The name before a colon, or behind a dash."""
    sentence = mark.sent
    if mark.text == ":":
        first = mark.i - 1
        while first >= sentence.start and (mark.doc[first].is_punct or mark.doc[first].is_space):
            first -= 1
        at = mark.doc[first] if first >= sentence.start else None
    else:
        at = next((one for one in sentence if one.i > mark.i and one.pos_ in NOMINAL), None)
    while at is not None and at.dep_ in ("compound", "pobj", "prep", "appos", "flat", "nmod") and at.head.i != mark.i:
        at = at.head
    return at if at is not None and at.pos_ in NOMINAL else None


def phrase_end(word: Token) -> int:
    """The last token of the phrase that a word opens, as the lexicon knows it; else the word's own place."""
    doc = word.doc
    for words in cues().phrases.get(word.lower_, ()):
        stop = word.i + len(words)
        if stop <= len(doc) and tuple(one.lower_ for one in doc[word.i : stop]) == words:
            return stop - 1
    return word.i


def cue_span(cue: Token) -> Span:
    """The cue with its auxiliaries and particles, or with the rest of its phrase."""
    if cue.pos_ not in ("VERB", "AUX"):
        return Span(start=cue.idx, end=end(cue.doc[phrase_end(cue)]))
    parts = [cue, *(child for child in cue.children if child.dep_ in AUXILIARY and abs(child.i - cue.i) < NEAR)]
    return Span(start=min(one.idx for one in parts), end=max(end(cue.doc[phrase_end(one)]) for one in parts))


def said_at(cue: Token) -> Span | None:
    """When it was said: "said in February that", "said on Monday"."""
    for child in cue.children:
        if child.dep_ == "npadvmod" or (child.dep_ == "advmod" and child.lower_ in ("yesterday", "today")):
            return subtree_span(child)
        if child.dep_ == "prep" and child.lower_ in ("on", "in", "at") and child.i > cue.i:
            thing = next((one for one in child.children if one.dep_ == "pobj"), None)
            if thing is not None and (thing.pos_ == "PROPN" or thing.like_num):
                return Span(start=child.idx, end=end(thing.right_edge))
    return None
