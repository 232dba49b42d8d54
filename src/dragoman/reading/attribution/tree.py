"""Tree: the parse and the quotations as plain columns, which are read many times faster than spaCy's tokens."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dragoman.domain import Span
from dragoman.reading.attribution.cues import cues

if TYPE_CHECKING:
    from spacy.strings import StringStore

Ids = NDArray[np.uint64]
Places = NDArray[np.int64]
COLUMNS: list[int | str] = ["HEAD", "DEP", "POS", "TAG", "LEMMA", "LOWER", "IDX", "LENGTH"]
OFFSET = COLUMNS.index("IDX")
UNNAMED = frozenset({"PROPN", "NUM"})  # a name or a number stands for its part of speech


class Columns(NamedTuple):
    """A parse as an array of a row for each token, the first token of each sentence and the one behind, passages."""

    table: Ids
    strings: StringStore
    sentences: list[tuple[int, int]]
    passages: Sequence[int]  # of the sentences


class Tree:
    """One column for each attribute of the tokens.

    Attributes
    ----------
    begins
        First token of each report, where several are put together, and the one behind the last.
    head, left, right, start, end
        For each token, its head, the first and the last token of its subtree, and its offsets.
    dep, pos, tag, lemma, lower
        Its relation, parts of speech, lemma and form, as strings.
    ids
        The same columns as numbers, and ``word`` and ``form``, in which names and numbers are not told apart.
    kids
        The children of each token, in order.
    sentence, passage
        The sentence of each token (-1: none) and the passage of each sentence.
    sentences
        First token of each sentence and the one behind it.
    quotes, quote
        First and last token of each quotation; the quotation of each token (-1: none).
    """

    def __init__(self, columns: Columns, quoted: Sequence[Span], begins: Sequence[int] = (0,)) -> None:
        table, strings, self.sentences, self.passage = columns
        self.size = len(table)
        self.begins: Places = np.array([*begins, self.size], np.int64)
        places = np.arange(self.size)
        self.head_of: Places = table[:, 0].astype(np.int64) + places
        self.starts: Places = table[:, OFFSET].astype(np.int64)
        self.ends: Places = self.starts + table[:, 7].astype(np.int64)
        self.ids: dict[str, Ids] = {}
        self._apart: dict[str, tuple[list[str], Places]] = {}  # different words of a column, which each token has
        texts: dict[str, list[str]] = {}
        for at, name in enumerate(("dep", "pos", "tag", "lemma", "lower"), start=1):
            column = table[:, at].tolist()
            places_of = {one: place for place, one in enumerate(dict.fromkeys(column))}
            words = [strings[one].lower() if name == "lemma" else strings[one] for one in places_of]
            held = [places_of[one] for one in column]
            self._apart[name] = words, np.array(held, np.int64)
            self.ids[name] = np.array([number(word) for word in words], np.uint64)[self._apart[name][1]]
            texts[name] = [words[one] for one in held]
        self.dep, self.pos, self.tag = texts["dep"], texts["pos"], texts["tag"]
        self.lemma, self.lower = texts["lemma"], texts["lower"]
        unnamed = self.among("pos", UNNAMED)
        self.ids["word"] = np.where(unnamed, self.ids["pos"], self.ids["lemma"])
        self.ids["form"] = np.where(unnamed, self.ids["pos"], self.ids["lower"])
        self.head: list[int] = self.head_of.tolist()
        self.start: list[int] = self.starts.tolist()
        self.end: list[int] = self.ends.tolist()
        self.left_of, self.right_of = _edges(self.head_of)
        self.left: list[int] = self.left_of.tolist()
        self.right: list[int] = self.right_of.tolist()
        self.kids: list[list[int]] = [[] for _ in self.head]
        for token, head in enumerate(self.head):
            if head != token:
                self.kids[head].append(token)
        self.sentence = _held(self.size, self.sentences)
        self.first_of, self.stop_of = (
            np.array([*(one[at] for one in self.sentences), 0])[self.sentence] for at in (0, 1)
        )
        self.quotes = self._quotes(quoted)
        self.quote = _held(self.size, [(first, last + 1) for first, last in self.quotes])
        self.quote_at: list[int] = self.quote.tolist()
        self._senses()
        self._padded: dict[str, Ids] = {}
        self._children: dict[str, Places] = {}

    def _quotes(self, quoted: Sequence[Span]) -> list[tuple[int, int]]:
        first = np.searchsorted(self.starts, [one.start for one in quoted])
        last = np.searchsorted(self.ends, [one.end for one in quoted], side="right") - 1
        return [(int(a), int(b)) for a, b in zip(first, last, strict=True) if a <= b]

    def _senses(self) -> None:
        """Look the words up in the lexicon: frames and senses of cues, senses of sources, as sets of bits."""
        found = [senses(word, part) for word, part in zip(self.lemma, self.pos, strict=True)]
        for name, column in zip(
            ("frames", "sense", "sort"), zip(*found, strict=True) if found else ((),) * 3, strict=True
        ):
            self.ids[name] = np.array(column, np.uint64)

    def among(self, column: str, words: Container[str]) -> NDArray[np.bool_]:
        """For each token, whether it has one of some words in a column."""
        apart, held = self._apart[column]
        return np.array([word in words for word in apart], np.bool_)[held]

    def at(self, column: str, places: Places) -> Ids:
        """What a column has at some tokens, nought where there is no token (-1)."""
        if column not in self._padded:
            self._padded[column] = np.append(self.ids[column], np.uint64(0))
        return self._padded[column][places]

    def child(self, deps: str, *, behind: bool = False) -> Places:
        """For each token, its first child with one of some relations, or the first of them behind it (-1: none)."""
        key = f"{deps} {behind}"
        if key not in self._children:
            holds = self.among("dep", deps.split())
            own = np.arange(self.size)
            holds &= self.head_of < own if behind else self.head_of != own
            found = np.flatnonzero(holds)[::-1]
            made = np.full(self.size, -1)
            made[self.head_of[found]] = found
            self._children[key] = made
        return self._children[key]


@lru_cache(maxsize=1 << 16)
def number(word: str) -> int:
    """The number of a word: 64 bits that are the same everywhere; nought for no word."""
    return int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()) if word else 0


@lru_cache(maxsize=1 << 16)
def senses(lemma: str, part: str) -> tuple[int, int, int]:
    """The frames of a word, its senses as a cue and its sort as a source."""
    known = cues()
    sense = 0
    if part in ("VERB", "AUX", "PROPN"):
        sense = known.verbs.get(lemma, 0)
    if part in ("NOUN", "PROPN"):
        sense |= known.nouns.get(lemma, 0) << 24
    if part == "ADJ":
        sense = known.verbs.get(lemma, 0) | known.adjectives.get(lemma, 0) << 30
    if part == "PROPN" and sense:
        sense |= 1 << 40
    sort = {"PROPN": 1 << 10, "PRON": 1 << 11}.get(part) or known.sources.get(lemma, 0)
    return known.frames.get(lemma, 0), sense, sort


def picked(column: NDArray[Any], at: Places) -> NDArray[Any]:
    """The values of a column at some tokens, nought where there is no token (-1)."""
    return np.where(at >= 0, column[at], column.dtype.type(0))


def _held(size: int, stretches: Sequence[tuple[int, int]]) -> Places:
    """For each token, which of some stretches it stands in (-1: none)."""
    held = np.full(size, -1)
    for at, (first, stop) in enumerate(stretches):
        held[first:stop] = at
    return held


def _edges(head: Places) -> tuple[Places, Places]:
    """The first and last token of each subtree: pass the edges up until nothing moves."""
    left = np.arange(len(head))
    right = left.copy()
    while True:
        before = left.sum() - right.sum()
        np.minimum.at(left, head, left.copy())
        np.maximum.at(right, head, right.copy())
        if left.sum() - right.sum() == before:
            return left, right
