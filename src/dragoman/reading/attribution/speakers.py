"""Speakers: whose words, thoughts or feelings a verb tells, through the clauses that the verb stands in.

Who does a verb is not always whose words it gives: a participle behind what somebody said is theirs ("said he saw no
need, telling reporters"), what moves somebody is felt by its object ("the vote angered Paris"), and somebody quoted is
the source of the words in which they are ("Rabat was quoted as saying").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.domain import Span
from dragoman.reading.attribution.clauses import subtree_span, trimmed
from dragoman.reading.attribution.cues import CLAUSE, cues
from dragoman.reading.syntax import OBJECT, PASSIVE_SUBJECT, SUBJECT, agents, is_passive, owners, subjects, verbs

if TYPE_CHECKING:
    from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
NAMING = frozenset({"NOUN", "PROPN", "PRON"})
VERBAL = frozenset({"VERB", "AUX"})
NOBODY = frozenset({"there", "this", "that", "which", "what"})
ASIDE = "contrast"
SAME = frozenset({"he", "she", "it", "they", "we", "i"})  # likely whoever said the clause that they are the subject of
INNER = frozenset({"ccomp", "xcomp", "conj", "advcl"})
MISREAD = frozenset({"advcl", "ccomp", "dep", "compound", "amod", "parataxis"})  # what the parser makes of a subject
NOT = frozenset({"n't", "n’t"})  # which the parser takes for a subject at times
NEAR = 4  # tokens from a verb to the subject behind it
RISE = 5  # clauses


def speaker(verb: Token) -> Token | None:
    """The head of the noun phrase of whoever a verb's words are; None where nobody is named."""
    if verb.lemma_.lower() in cues().impersonal:
        found = _of_seeming(verb)
    else:
        found = next((one for one in _ways(verb) if one.pos_ in NOMINAL and one.lower_ not in NOT), None)
    if found is None:
        return None
    if verb.dep_ == "acl" and found == verb.head and found.lemma_.lower() in cues().nouns:
        found = next((one for one in owners(found) if one.pos_ in NOMINAL), found)
    return None if _is_nobody(found) else found


def _is_nobody(word: Token) -> bool:
    """Whether a word stands for nothing that speaks ("it is worth mentioning that", "by contrast")."""
    if word.lower_ == "it":
        return any(one.dep_ in ("acomp", "prep") and one.lemma_ in verbs()["impersonal"] for one in word.head.children)
    return word.lower_ == ASIDE or (word.lower_ in NOBODY and word.pos_ in ("PRON", "DET"))


def tells(verb: Token) -> bool:
    """Whether a verb may have a clause for what is said."""
    return bool(cues().frames.get(verb.lemma_.lower(), 0) & CLAUSE)


def other_content(verb: Token) -> Span | None:
    """What a verb gives where its subject cannot be it.

    That is what moves those who are moved ("were angered that the talks had failed", "by the vote"), and the main
    clause behind another that begins with "as" ("as many have pointed out, ...").
    """
    if verb.lemma_.lower() in cues().moving and is_passive(verb):
        about = [child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i] or agents(verb)
        return subtree_span(about[0]) if about else None
    beside = verb.dep_ == "advcl" and tells(verb) and any(child.lower_ == "as" for child in verb.lefts)
    return (
        trimmed(verb.doc[verb.right_edge.i + 1 : verb.head.right_edge.i + 1])
        if beside and verb.i < verb.head.i
        else None
    )


def _ways(verb: Token) -> Iterator[Token]:
    yield from _moved(verb)
    yield from _quoted(verb)
    yield from _outer(verb)
    yield from _of_phrase(verb)
    yield from _nearest(verb)
    yield from subjects(verb)
    yield from _inverted(verb)
    if not is_passive(verb):
        yield from _misread(verb)


def _of_seeming(verb: Token) -> Token | None:
    """Who seems to say or think something; of other seeming nobody is the source."""
    said = any(child.dep_ == "xcomp" and child.lemma_.lower() in cues().frames for child in verb.children)
    return next((one for one in subjects(verb) if one.pos_ in NOMINAL), None) if said else None


def _moved(verb: Token) -> Iterator[Token]:
    """Who feels what a verb tells: the object of what moves them, the subject of a passive or of a copula."""
    if verb.lemma_.lower() not in cues().moving and not (verb.tag_ == "VBN" and verb.lower_ in cues().adjectives):
        return
    if verb.dep_ == "acomp" and verb.head.pos_ in VERBAL:
        yield from subjects(verb.head)
    passive = [child for child in verb.children if child.dep_ in PASSIVE_SUBJECT]
    if passive or verb.lemma_.lower() not in cues().moving:
        yield from passive
    elif not is_passive(verb):
        yield from (child for child in verb.children if child.dep_ in OBJECT)


def _quoted(verb: Token) -> Iterator[Token]:
    """Who is quoted in the words that a verb gives: "was quoted as saying", "quoted the envoy as saying"."""
    if verb.lemma_.lower() in cues().quoting and is_passive(verb):
        yield from (child for child in verb.children if child.dep_ in PASSIVE_SUBJECT)
    above = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb.head
    while above.dep_ in ("dobj", "pobj", "prep") and above.pos_ not in VERBAL and above.head != above:
        above = above.head
    if verb.tag_ == "VBG" and above.pos_ in VERBAL and above.lemma_.lower() in cues().quoting:
        whom = PASSIVE_SUBJECT if is_passive(above) else OBJECT
        yield from (child for child in above.children if child.dep_ in whom and child.i < verb.i)


def _outer(verb: Token) -> Iterator[Token]:
    """Who said the clause that a participle or a coordinated verb hangs on: "said he saw no need, telling them"."""
    if any(child.dep_ in SUBJECT | PASSIVE_SUBJECT for child in verb.children):
        return
    participle = verb.tag_ == "VBG" and verb.dep_ == "advcl"
    if not participle and (verb.dep_ != "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN")):
        return
    inner = verb.head
    own = [child for child in inner.children if child.dep_ in SUBJECT]
    for _ in range(RISE):
        if inner.dep_ not in INNER or inner.head.pos_ not in VERBAL:
            return
        if (
            inner.dep_ == "ccomp"
            and inner.head.i < inner.i
            and cues().frames.get(inner.head.lemma_.lower(), 0) & CLAUSE
        ):
            break
        inner = inner.head
        own = own or [child for child in inner.children if child.dep_ in SUBJECT]
    else:
        return
    told = inner.head
    same = bool(own) and own[0].lower_ in SAME
    if same or (participle and tells(verb)) or (not participle and verb.tag_ == told.tag_ != verb.head.tag_):
        yield from subjects(told)


def _of_phrase(verb: Token) -> Iterator[Token]:
    """Who does what a verb says that qualifies no doer: "has nothing to say", "spent the week praising"."""
    noun = verb.head
    own = any(child.dep_ in SUBJECT | PASSIVE_SUBJECT for child in verb.children)
    if verb.dep_ not in ("acl", "relcl") or own or noun.pos_ not in ("NOUN", "PRON"):
        return
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.children)
    if not infinitive and (verb.tag_ != "VBG" or noun.lemma_.lower() in cues().sources):
        return
    above = noun.head if noun.dep_ in OBJECT else noun.head.head if noun.dep_ == "pobj" else noun
    if above.pos_ in VERBAL and not any(child.dep_ == "dative" for child in above.children):
        yield from subjects(above)


def _nearest(verb: Token) -> Iterator[Token]:
    """The last of several subjects that the parser gives a verb, of which none is coordinated with another."""
    own = [child for child in verb.children if child.dep_ in SUBJECT and child.i < verb.i]
    if len(own) > 1:
        yield from (one for one in reversed(own) if one.pos_ in NAMING)
    if own and own[-1].lower_ in NOT and verb.head.pos_ in VERBAL:
        yield from subjects(verb.head)


def _inverted(verb: Token) -> Iterator[Token]:
    """The subject behind its verb ("..., said X") that the parser took for something else."""
    before = any(child.dep_ == "ccomp" and child.i < verb.i for child in verb.children)
    for child in verb.rights:
        named = child.pos_ in ("PROPN", "PRON") or (before and child.pos_ == "NOUN")
        if child.dep_ in ("nsubj", "dobj", "dep", "attr") and named and child.i - verb.i < NEAR:
            yield child


def _misread(verb: Token) -> Iterator[Token]:
    """The noun before a finite verb that the parser took for something else than its subject."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP", "VB"):
        return
    lefts = list(verb.lefts)
    yield from (one for one in reversed(lefts) if one.dep_ in MISREAD and one.pos_ in NAMING)
    for one in reversed(lefts):
        yield from (
            inner
            for inner in reversed(list(one.subtree))
            if inner.dep_ == "appos" and inner.i < verb.i and inner.pos_ in NAMING and inner.head.i < inner.i
        )
