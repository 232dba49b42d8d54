"""Decide: which words are cues and which stretch each of them gives, by weights learnt from annotated articles.

Two log-linear models over hashed features: whether a word is a cue, and which of its stretches is the content.  They
are trained on PolNeAR (Newell et al. 2018) by ``scripts/train_attribution.py``, which alone writes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from dragoman import lexicon
from dragoman.reading.attribution.content_features import content_features
from dragoman.reading.attribution.cue_features import cue_features, possible_cues, subjects
from dragoman.reading.attribution.cues import FRAMES
from dragoman.reading.attribution.stretches import Stretch, Stretches
from dragoman.reading.attribution.tree import Tree

WEIGHTS = "attribution.npy"
LEAST_CUE = -2.2  # log-odds under which a word's stretches are not looked at
LEAST = 0.3  # probability that cue and content are right, from which on a claim is made
SAME = 0.8  # intersection over union from which on two contents are one
CLAUSE = 1 << FRAMES.index("clause")
ALIKE = 0.5  # and from which on one is as good as the other

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of weights for the features of cues and one for those of contents."""

    cue: Row
    content: Row


@dataclass(frozen=True, slots=True)
class Decision:
    """A cue and its content, as tokens, and how probable it is that both are right."""

    cue: int
    first: int
    last: int
    shape: str
    probability: float


@cache
def weights() -> Weights:
    """The weights that are shipped."""
    with lexicon.opened(WEIGHTS) as file:
        cue, content = np.load(file).astype(np.float32)
    return Weights(cue, content)


def decide(tree: Tree, by: Weights) -> list[Decision]:
    """The cues of a report with their contents, in the order of the cues."""
    possible = possible_cues(tree)
    if not len(possible):
        return []
    subject = subjects(tree)
    odds = by.cue[cue_features(tree, possible, subject)].sum(axis=0)
    stretches = Stretches(tree)
    kept = [
        (cue, odd, found)
        for cue, odd in zip(possible.tolist(), odds.tolist(), strict=True)
        if (odd > LEAST_CUE or is_embedded(tree, cue)) and (found := stretches.of(cue))
    ]
    if not kept:
        return []
    worth = by.content[content_features(tree, [found for _, _, found in kept], subject)].sum(axis=0)
    decisions = []
    at = 0
    for _, odd, found in kept:
        decisions.append(_best(tree, odd, found, worth[at : at + len(found)]))
        at += len(found)
    sure = _distinct(tree, [one for one in decisions if one.probability >= LEAST])
    cues = {one.cue for one in sure}
    inner = [one for one in decisions if one.cue not in cues and is_embedded(tree, one.cue)]
    return sorted([*sure, *(one for one in inner if tree.head[one.cue] in cues)], key=lambda one: one.cue)


def is_embedded(tree: Tree, cue: int) -> bool:
    """Whether a verb of saying with its own clause is itself what another says: "X said that the minister denied it".

    PolNeAR leaves such attributions unmarked, so that the weights would pass them over; chains of speakers need them.
    The subject is a noun: somebody who says what they themselves think is no further speaker.
    """
    if tree.dep[cue] != "ccomp" or tree.pos[cue] != "VERB" or not int(tree.ids["frames"][cue]) & CLAUSE:
        return False
    kids = tree.kids[cue]
    named = any(tree.dep[kid] == "nsubj" and kid < cue and tree.pos[kid] in ("NOUN", "PROPN") for kid in kids)
    return named and any(tree.dep[kid] == "ccomp" and kid > cue for kid in kids)


def _best(tree: Tree, odd: float, found: Sequence[Stretch], worth: Row) -> Decision:
    """The best stretch of a cue; those that are nearly the same speak for it."""
    shares = np.exp(worth - worth.max())
    shares /= shares.sum()
    best = int(np.argmax(worth))
    cue, first, last, shape, _ = found[best]
    content = sum(
        share
        for share, (_, other_first, other_last, _, _) in zip(shares.tolist(), found, strict=True)
        if union_share(tree, (first, last), (other_first, other_last)) >= ALIKE
    )
    return Decision(cue, first, last, shape, content / (1 + float(np.exp(-odd))))


def union_share(tree: Tree, one: tuple[int, int], other: tuple[int, int]) -> float:
    """Intersection over union of two stretches of tokens, in characters."""
    start, end = tree.start, tree.end
    common = min(end[one[1]], end[other[1]]) - max(start[one[0]], start[other[0]])
    if common <= 0:
        return 0.0
    return common / (end[one[1]] - start[one[0]] + end[other[1]] - start[other[0]] - common)


def _distinct(tree: Tree, decisions: Sequence[Decision]) -> list[Decision]:
    """One decision for one content: the most probable."""
    kept: list[Decision] = []
    for one in sorted(decisions, key=lambda each: (-each.probability, each.cue)):
        if all(union_share(tree, (one.first, one.last), (other.first, other.last)) <= SAME for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.cue)
