"""Repeats: paragraphs that say again, word for word or nearly, what an earlier one said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.text import headlines
from dragoman.text.phrases import WORD, phrases, words_of

SHORTEST = 10  # words: shorter sentences ("Thank you very much.") may be said twice
SHORTEST_LINE = 5  # words of a line without a full stop: a title that stands twice
SHINGLE = 3  # words
POSTINGS = 4  # paragraphs kept per shingle, so that the work stays linear
LONGEST = 50_000  # characters of a paragraph that is compared word by word
ALIKE = 0.5  # of the shingles of both, from which on two paragraphs are compared
NEAR = 0.9  # of the words of the longer that both have in the same order


@dataclass(frozen=True, slots=True)
class Repeat:
    """A paragraph (by index) that repeats the paragraph `of`; `shared` is the share of words in common."""

    index: int
    of: int
    shared: float


def repeats(paragraphs: Sequence[str]) -> dict[int, Repeat]:
    """Find the paragraphs that repeat an earlier one.

    Shingles of three words find the earlier paragraph.  A near repeat has nine tenths of its words in the same order,
    and no name, figure or negation is among the words that differ: otherwise it says something else.

    References
    ----------
    A. Broder, "On the resemblance and containment of documents", 1997.
    """
    if len(paragraphs) < 2:
        return {}
    seen: dict[tuple[str, ...], int] = {}
    index: dict[int, list[int]] = {}
    shingled: dict[int, frozenset[int]] = {}
    found: dict[int, Repeat] = {}
    for at, paragraph in enumerate(paragraphs):
        words = tuple(words_of(paragraph)) if len(paragraph) <= LONGEST else (paragraph,) * SHORTEST
        if len(words) < (
            SHORTEST_LINE if headlines.is_line(paragraph) and headlines.unstopped(paragraph) else SHORTEST
        ):
            continue
        if words in seen:
            found[at] = Repeat(at, seen[words], 1.0)
            continue
        seen[words] = at
        if len(paragraph) > LONGEST:
            continue
        shingles = _shingles(words)
        near = _nearest(shingles, index, shingled)
        shared = _shared(words_of(paragraphs[near]), words) if near is not None else 0.0
        if near is not None and shared >= NEAR and not _says_else(paragraphs[near], paragraph):
            found[at] = Repeat(at, near, round(shared, 3))
            continue
        shingled[at] = shingles
        for shingle in shingles:
            posting = index.setdefault(shingle, [])
            if len(posting) < POSTINGS:
                posting.append(at)
    return found


def _shingles(words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(hash(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def _nearest(shingles: frozenset[int], index: dict[int, list[int]], shingled: dict[int, frozenset[int]]) -> int | None:
    votes: Counter[int] = Counter()
    for shingle in shingles:
        votes.update(index.get(shingle, ()))
    if not votes:
        return None
    most = max(votes.values())
    best = min(at for at, count in votes.items() if count == most)
    alike = len(shingles & shingled[best]) / len(shingles | shingled[best])
    return best if alike >= ALIKE else None


def _shared(first: Sequence[str], second: Sequence[str]) -> float:
    from rapidfuzz.distance import LCSseq

    return LCSseq.normalized_similarity(first, second)


def _says_else(first: str, second: str) -> bool:
    """Tell whether a name, a figure or a negation is among the words that only one of the two has."""
    negations = phrases().negations.words
    words = [Counter(word.replace("’", "'") for word in WORD.findall(text)) for text in (first, second)]
    differing = (words[0] - words[1]) + (words[1] - words[0])
    return any(
        word.casefold() in negations or word.endswith("n't") or any(c.isdigit() or c.isupper() for c in word)
        for word in differing
    )
