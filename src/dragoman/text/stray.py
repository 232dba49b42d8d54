"""Stray sentences: what a quotation mark that closes too early leaves behind, told from the parse."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.domain import Finding
from dragoman.text.phrases import phrases

if TYPE_CHECKING:
    from spacy.tokens import Span

    from dragoman.reading.parse import Parsed

CLOSED = re.compile(r"[.!?,]\s?(?:[\"”»]|'')\s+$")
LONGEST = 25  # tokens
BARE = frozenset({"VB", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass", "expl"})
WHY = (
    "A sentence without a subject after the closing quotation mark: it seems to belong to what is quoted, whose mark "
    "closes too early."
)


def parsed_findings(parsed: Parsed) -> tuple[Finding, ...]:
    """Find sentences at the end of a paragraph that belong inside the quotation before them.

    Such a sentence follows a closing mark, begins with a bare verb and has no subject.  Reporters do not give
    orders: what reads as one is the rest of an enumeration that was cut from its quotation.  Words to the reader
    ("Read more ...") are none.
    """
    pairs = zip(parsed.sentences, parsed.passage_of, strict=True)
    ends = [list(group)[1:][-1:] for _, group in groupby(pairs, key=lambda pair: pair[1])]
    return tuple(_finding(sentence) for end in ends for sentence, _ in end if _is_stray(sentence))


def _is_stray(sentence: Span) -> bool:
    words = [token for token in sentence if not token.is_space]
    if not 2 < len(words) <= LONGEST or words[0] != sentence.root or words[0].tag_ not in BARE:
        return False
    if not words[0].is_title or words[0].lower_ in phrases().reader_address.words or words[-1].text != ".":
        return False
    if any(token.is_quote for token in words) or any(child.dep_ in SUBJECTS for child in words[0].children):
        return False
    document = sentence.doc
    first = words[0].i
    return CLOSED.search("".join(token.text_with_ws for token in document[max(0, first - 4) : first])) is not None


def _finding(sentence: Span) -> Finding:
    quote = sentence.text.strip()
    start = sentence.start_char + sentence.text.index(quote)
    return Finding(
        kind="fragment", verdict="defect", start=start, end=start + len(quote), quote=quote, why=WHY, figures={}
    )
