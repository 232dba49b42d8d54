"""Fragments: stray remnants of a sentence, left in a paragraph by editing or translation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.text.phrases import phrases

SENTENCE_END = re.compile(
    r"(?<!\.)(?<=(?P<last>\w)|[)\]%])\.(?P<space>[^\S\n]+|\n[^\S\n]*)(?P<first>[a-z]+)(?![\w@:/’'&-]|\.\w)"
)
MAYBE_END = re.compile(r"\.\s+[a-z]")
BEFORE = re.compile(r"[\w.&’'-]+$")
STOP = re.compile(r"[.!?…](?=[\s\"”»’)\]]|$)")
NEXT = re.compile(r"\S")
LONGEST = 12  # words
FEWEST_BEFORE = 3  # words of the sentence before
ENDED = re.compile(r"\w[.!?][\"”»)]*$")
REMNANT = re.compile(r"[a-z]+(?:,?[^\S\n]+[\w’'-]+){0,5}\.?")


@dataclass(frozen=True, slots=True)
class Cut:
    """A fragment in a paragraph, by offsets into it."""

    start: int
    end: int


def fragments(paragraph: str) -> list[Cut]:
    """Find runs in lower case that begin after the end of a sentence and reach the end of the paragraph or sentence.

    No fragment: what follows an abbreviation, an initial, an ellipsis or a closing quotation mark; names that begin
    in lower case; and paragraphs whose sentences all begin in lower case.
    """
    if not MAYBE_END.search(paragraph):  # quick to tell, and true of most
        return []
    if not paragraph[:1].isupper() and paragraph[:1] not in "\"“«‘'([" and not paragraph[:1].isdigit():
        return []
    return [cut for found in SENTENCE_END.finditer(paragraph) if (cut := _cut(paragraph, found))]


def _cut(paragraph: str, found: re.Match[str]) -> Cut | None:
    known = phrases()
    before = BEFORE.search(paragraph[max(found.start() - 40, 0) : found.start()])
    word = before.group().casefold() if before else ""
    if found["first"] in known.lower_case_starts.words or word in known.abbreviations.words:
        return None
    if "." in word or (before and len(word) == 1 and word.isalpha()) or _begins(paragraph, found):
        return None
    start = found.start("first")
    stop = STOP.search(paragraph, start)
    end = stop.end() if stop else len(paragraph)
    if stop and stop.group() != ".":
        return None
    rest = NEXT.search(paragraph, end)
    run = paragraph[start:end]
    if len(run.split(None, LONGEST)) > LONGEST or any(mark in run for mark in '"“”«»'):
        return None
    if rest and not rest.group().isupper():
        return None
    return Cut(start, end)


def is_remnant(paragraph: str, before: str) -> bool:
    """Tell whether a whole paragraph is a few words in lower case, after one that ended its sentence."""
    first = re.match(r"[a-z]+", paragraph)
    return (
        first is not None
        and first.group() not in phrases().lower_case_starts.words
        and REMNANT.fullmatch(paragraph) is not None
        and ENDED.search(before[-12:]) is not None
    )


def _begins(paragraph: str, found: re.Match[str]) -> bool:
    """Tell whether too few words stand before for a sentence to have ended: "Calif. may raise its minimum wage"."""
    return found.end() < 80 and paragraph.count(" ", 0, found.end()) < FEWEST_BEFORE
