"""Quoting: who quotes whom, two attributions in one: "the agency quoted the envoy as saying that ...".

PolNeAR, on political news of the United States, has next to none of them; agencies that report each other's news live
by them, and a chain of speakers needs both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from dragoman.domain import Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import hull, noun_phrase, trimmed
from dragoman.reading.attribution.cues import cues
from dragoman.reading.attribution.sources import cue_span
from dragoman.reading.attribution.speakers import NOMINAL
from dragoman.reading.parse import Parsed
from dragoman.reading.syntax import OBJECT, PASSIVE_SUBJECT, RELATIVE, agents, is_passive, subjects

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

CLAUSES = frozenset({"ccomp", "xcomp"})
RULE = "cues.yaml#quoting"


@dataclass(frozen=True, slots=True)
class Quoting:
    """Somebody quoted, in which sentence, by which two cues (tokens), by whom if it is said, and what they said.

    ``by`` is None where nobody is said to quote; ``behind`` says that who is quoted stands before the content, within
    what is quoted.
    """

    sentence: int
    cues: tuple[int, int]
    quoted: Source
    by: Source | None
    quoting: Span
    saying: Span
    content: Span
    behind: bool

    def attributions(self, content: Span) -> tuple[Attributed, ...]:
        """What who quotes gives, and what who is quoted does."""
        cue = self.saying if self.by is not None else hull((self.quoting, self.saying))
        inner = Attributed(self.quoted.span, self.quoted.head, cue, content, "indirect", RULE)
        if self.by is None:
            return (inner,)
        whole = hull((self.quoted.span, content)) if self.behind else content
        return Attributed(self.by.span, self.by.head, self.quoting, whole, "indirect", RULE), inner


class Source(NamedTuple):
    """The noun phrase of a source, and its head."""

    span: Span
    head: int


def quoting(parsed: Parsed) -> Iterator[Quoting]:
    """Yield those who are quoted in a report."""
    for index, sentence in enumerate(parsed.sentences):
        for verb in sentence:
            if verb.pos_ == "VERB" and verb.lemma_.lower() in cues().quoting:
                said = _said(verb)
                made = _made(index, sentence, verb, said) if said is not None else None
                if made is not None:
                    yield made


def _said(verb: Token) -> Token | None:
    """The verb behind "as", wherever the parser hung it."""
    for word in verb.subtree:
        gerund = word.dep_ == "pcomp" and word.i > verb.i and word.head.lower_ == "as"
        if gerund and word.lemma_.lower() in cues().frames:
            return word
    return None


def _made(index: int, sentence: Sentence, verb: Token, said: Token) -> Quoting | None:
    passive = is_passive(verb)
    roles = PASSIVE_SUBJECT if passive else OBJECT
    quoted = next((one for one in verb.children if one.dep_ in roles and one.pos_ in NOMINAL and one.i < said.i), None)
    if quoted is None or quoted.lower_ in RELATIVE:
        return None
    by = next((one for one in (agents(verb) if passive else subjects(verb)) if one.pos_ in NOMINAL), None)
    given = [child for child in said.children if child.i > said.i and child.dep_ in CLAUSES]
    given = given or [child for child in said.children if child.i > said.i and child.dep_ in OBJECT]
    opening = min(verb.i, *(one.left_edge.i for one in (quoted, by) if one is not None))
    words = said.doc[given[0].left_edge.i : said.right_edge.i + 1] if given else said.doc[sentence.start : opening]
    content = trimmed(words)
    if content is None:
        return None
    return Quoting(
        index,
        (verb.i, said.i),
        Source(noun_phrase(quoted), quoted.i),
        Source(noun_phrase(by), by.i) if by is not None else None,
        cue_span(verb),
        cue_span(said),
        content,
        bool(given) and not passive,
    )
