"""Decide: which words are cues and which stretch each of them gives, by weights learnt from annotated articles.

Two log-linear models over hashed features say how likely a word is a cue, and which of its stretches is the content; a
small network then looks at each candidate beside the others.  All are trained on PolNeAR (Newell et al. 2018) by
``scripts/train_attribution.py``, which alone writes the weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from dragoman import lexicon
from dragoman.reading.attribution.candidates import Row, Weights, candidates, is_embedded, tells
from dragoman.reading.attribution.network import chances, network
from dragoman.reading.attribution.tree import Tree

WEIGHTS = "attribution.npy"
LEAST = 0.32  # mean of the chances that the cue is right, and that cue and content are, from which on a claim is made
SAME = 0.5  # intersection over union above which two contents are one
NESTED = 0.8  # and where one's cue stands in the other's content: "he said that he wants to leave"


@dataclass(frozen=True, slots=True)
class Decision:
    """A cue and its content, as tokens, and how probable it is that they are right."""

    cue: int
    first: int
    last: int
    shape: str
    probability: float


@cache
def weights() -> Weights:
    """The log-linear weights that are shipped."""
    with lexicon.opened(WEIGHTS) as file:
        cue, content = np.load(file).astype(np.float32)
    return Weights(cue, content)


def decide(tree: Tree, by: Weights | None = None, then: Row | None = None) -> list[Decision]:
    """The cues of a report with their contents, in the order of the cues; by the weights and the network shipped."""
    found = candidates(tree, by or weights())
    if found is None:
        return []
    probable = chances(tree, found, network() if then is None else then).mean(axis=1)
    columns = (found.cue, found.first, found.last, found.shape, probable)
    decisions = [Decision(*one) for one in zip(*(np.asarray(column).tolist() for column in columns), strict=True)]
    sure = _distinct(tree, [one for one in decisions if one.probability >= LEAST])
    cues = {one.cue for one in sure}
    likely = (found.embedded | (found.odds > 0)).tolist()
    rest = [one for one, kept in zip(decisions, likely, strict=True) if kept and one.cue not in cues]
    return sorted([*sure, *(one for one in rest if _within(tree, one, sure))], key=lambda one: one.cue)


def _within(tree: Tree, one: Decision, sure: Sequence[Decision]) -> bool:
    """Whether somebody named tells it in what another says, as a chain of speakers needs it."""
    return tells(tree, one.cue) and any(
        tree.head[one.cue] == other.cue if is_embedded(tree, one.cue) else other.first <= one.cue <= other.last
        for other in sure
    )


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
        if not any(_same(tree, one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda each: each.cue)


def _same(tree: Tree, one: Decision, other: Decision) -> bool:
    nested = one.first <= other.cue <= one.last or other.first <= one.cue <= other.last
    shared = union_share(tree, (one.first, one.last), (other.first, other.last))
    return shared > (NESTED if nested else SAME)
