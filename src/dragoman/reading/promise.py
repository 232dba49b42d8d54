"""Promise: how likely a word that can tell an act does so, from the words and names around it, before any parse.

A log-linear model over hashed features (Weinberger et al. 2009), learnt by ``scripts/train_gate.py`` from what the
reader finds.  Its weights are whole numbers, so that a sum is the same wherever it is made.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

from dragoman import lexicon
from dragoman.domain import Mention
from dragoman.reading.attribution.hashing import BITS
from dragoman.reading.names import catalogue

WEIGHTS = "gate.npy"
MASK = (1 << BITS) - 1
STEPS = 128  # of the weights, to one of the log-odds
BIAS, OPEN = -4.0, -4.5  # log-odds of a word of which nothing is known, and those from which on the gate is open
LEAST = round((OPEN - BIAS) * STEPS)
FAR, MANY = 12, 4  # distances and counts from which on all are one
NOBODY, CAPITAL, DIGIT = b".", b"C", b"9"
KINDS = {"polity": b"P", "regime": b"R", "organization": b"O", "place": b"L", "person": b"H"}
ACTING = frozenset({b"P", b"R", b"O"})
COUNTED = tuple(bytes([65 + at]) for at in range(FAR + 1))


class Sentence(NamedTuple):
    """What is known of a sentence before it is parsed."""

    text: str  # of the report
    spelt: Sequence[str]  # the words as they stand there
    told: Sequence[str]  # in lower case, without the possessive
    starts: Sequence[int]
    parties: Sequence[int]  # which words are, or begin, somebody
    named: Sequence[Mention]
    titled: bool  # capitals say nothing


def promising(sentence: Sentence, words: Mapping[int, str]) -> bool:
    """Whether one of some words, of which it is known what they are a form of, may tell an act."""
    by = _weights()
    kinds = kinds_of(sentence.named)
    return any(sum(map(by.__getitem__, places(sentence, *word, kinds))) >= LEAST for word in words.items())


@cache
def _weights() -> memoryview:
    """The weights that are shipped, of one byte each."""
    with lexicon.opened(WEIGHTS) as file:
        held = np.load(file)
    return memoryview(held.astype(np.int8))


def kinds_of(named: Sequence[Mention]) -> dict[int, bytes]:
    """The kind of each name, by where it starts."""
    known = catalogue()
    found = {}
    for one in named:
        entity = known.get(one.entity or "")
        found[one.start] = KINDS.get(entity.kind, b"B") if entity is not None else b"?"
    return found


def places(sentence: Sentence, at: int, lemma: str, kinds: Mapping[int, bytes]) -> list[int]:
    """Where the weights of a word's features are."""
    text, spelt, _, starts, parties, _, _ = sentence
    b, a, word, x, y = (_unit(sentence, here, at) for here in range(at - 2, at + 3))
    first, last = bisect_left(parties, at), bisect_left(parties, at + 1)
    who = _somebody(sentence, parties[first - 1], kinds) if first else NOBODY
    whom = _somebody(sentence, parties[last], kinds) if last < len(parties) else NOBODY
    near = COUNTED[min(at - parties[first - 1], FAR)] if first else NOBODY
    then = COUNTED[min(parties[last] - at, FAR)] if last < len(parties) else NOBODY
    many, more = COUNTED[min(first, MANY)], COUNTED[min(len(parties) - last, MANY)]
    place = starts[at]
    states = [start for start, kind in kinds.items() if kind in ACTING]
    before = sum(start < place for start in states)
    side, other = COUNTED[min(before, MANY)], COUNTED[min(len(states) - before, MANY)]
    end = place + len(spelt[at])
    behind = text[end : end + 1].encode()
    this, stem = word + b" ", lemma.encode() + b" "
    features = (
        word,
        word + near,
        word + then,
        word + near + then,
        word + many + more,
        word + behind,
        word + COUNTED[min(at, FAR)],
        word + COUNTED[min(len(spelt) - at, FAR)],
        a,
        b,
        x,
        y,
        this + a,
        this + b,
        this + x,
        this + y,
        a + b" " + x,
        b + b" " + a,
        x + b" " + y,
        this + a + b" " + x,
        this + x + b" " + y,
        near + then,
        who + near,
        whom + then,
        who + b" " + whom,
        this + who,
        this + whom,
        this + who + b" " + whom,
        this + who + near,
        this + whom + then,
        side + other,
        this + side + other,
        this + COUNTED[min(len(states), MANY)],
        stem,
        stem + a,
        stem + b,
        stem + x,
        stem + y,
        stem + near + then,
        stem + who + b" " + whom,
        stem + who + near,
        stem + whom + then,
    )
    return [crc32(one, seed) & MASK for seed, one in enumerate(features)]


def _unit(sentence: Sentence, here: int, at: int) -> bytes:
    """A word beside the one at a place, or what stands for all that are no plain words."""
    if not 0 <= here < len(sentence.told):
        return NOBODY
    first = sentence.spelt[here][0]
    if here == at or first.islower() or sentence.titled or (here == 0 and 0 not in sentence.parties[:1]):
        return sentence.told[here].encode()
    return CAPITAL if first.isupper() else DIGIT


def _somebody(sentence: Sentence, here: int, kinds: Mapping[int, bytes]) -> bytes:
    """Who stands at a place: a name by its kind, others by their word or their capital."""
    kind = kinds.get(sentence.starts[here])
    if kind is not None:
        return kind
    plain = sentence.titled or not sentence.spelt[here][0].isupper()
    return sentence.told[here].encode() if plain else CAPITAL
