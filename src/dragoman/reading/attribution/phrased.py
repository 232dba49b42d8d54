"""Phrased: what a phrase gives that names its source: "in the view of one envoy", "in the minister's words".

Articles that weights are learnt from hold next to none of these, which are few and mean nothing else; "according to",
which they hold often, is left to the weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dragoman.domain import Span
from dragoman.reading.attribution.attributed import Attributed
from dragoman.reading.attribution.clauses import end, noun_phrase, trimmed
from dragoman.reading.attribution.cues import cues
from dragoman.reading.attribution.sources import phrase_end
from dragoman.reading.attribution.speakers import NAMING, NOMINAL
from dragoman.reading.parse import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

OWN = frozenset({"my", "our", "your"})  # of those who speak of their own thoughts
LEARNT = "according"


class Phrased(NamedTuple):
    """An attribution by a phrase, its sentence, and its tokens, of which none is another cue."""

    sentence: int
    tokens: range
    attributed: Attributed


def phrased(parsed: Parsed) -> Iterator[Phrased]:
    """Yield what phrases give in a report."""
    for index, sentence in enumerate(parsed.sentences) if _told().search(parsed.text) else ():
        for word in sentence:
            found = _phrase(word)
            if found is not None and (made := _made(index, sentence, word, *found)) is not None:
                yield made


@cache
def _told() -> re.Pattern[str]:
    """A word that each phrase has, by which texts without any are passed over."""
    known = cues()
    listed = [words for first, among in known.phrases.items() if first != LEARNT for words in among]
    marks = {*known.voices, *(max(words, key=len) for words in listed)}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(marks)))})\b", re.IGNORECASE)


def _phrase(word: Token) -> tuple[Token, Token, Token] | None:
    """The source of a phrase that a word opens, the last token of its cue, and that of the phrase."""
    if word.lower_ == LEARNT or word.pos_ not in ("ADP", "SCONJ"):
        return None
    last = word.doc[phrase_end(word)]
    if last != word:
        source = next((one for one in last.children if one.dep_ in ("pobj", "pcomp") and one.i > last.i), None)
        return (source, last, source.right_edge) if source is not None else None
    noun = next((one for one in word.children if one.dep_ == "pobj" and one.i > word.i), None)
    if noun is None or noun.lower_ not in cues().voices or word.lower_ != "in":
        return None
    owner = next((one for one in noun.children if one.dep_ == "poss" and one.lower_ not in OWN), None)
    return (owner, noun, noun) if owner is not None and noun.right_edge == noun else None


def _made(index: int, sentence: Sentence, first: Token, source: Token, cue: Token, last: Token) -> Phrased | None:
    if source.pos_ not in NOMINAL:
        return None
    doc = sentence.doc
    before, behind = trimmed(doc[sentence.start : first.i]), trimmed(doc[last.i + 1 : sentence.end])
    if not any(one.pos_ in NAMING for one in doc[sentence.start : first.i]):
        before = None
    sides = [one for one in (before, behind) if one is not None]
    if not sides:
        return None
    content = Span(start=sides[0].start, end=sides[-1].end)
    start = first if cue != last or source.i > cue.i else cue
    told = Attributed(
        noun_phrase(source), source.i, Span(start=start.idx, end=end(cue)), content, "indirect", "cues.yaml#phrase"
    )
    return Phrased(index, range(first.i, last.i + 1), told)
