"""Candidates: the words of a report that the log-linear weights take for possible cues, each with its best stretch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dragoman.reading.attribution.content_features import content_features
from dragoman.reading.attribution.cue_features import cue_features, possible_cues, subjects
from dragoman.reading.attribution.cues import CLAUSE
from dragoman.reading.attribution.stretches import Stretches
from dragoman.reading.attribution.tree import Places, Tree

LEAST_CUE = -3.5  # log-odds under which a word's stretches are not looked at
ALIKE = 0.5  # intersection over union from which on one stretch is as good as another

Row = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of weights for the features of cues and one for those of contents."""

    cue: Row
    content: Row


@dataclass(frozen=True, slots=True)
class Candidates:
    """Words that may be cues, in the order of the text, with what each of them gives if it is one.

    Attributes
    ----------
    cue
        The word.
    subject
        Whose it may be (-1: nobody's).
    odds
        Log-odds that it is a cue.
    first, last, shape
        Its best stretch, as tokens, and the sort of it.
    content
        Probability that this stretch, or one that is nearly the same, is the content.
    among
        How many stretches it has.
    embedded
        Whether it is what another says and has a clause of its own.
    """

    cue: Places
    subject: Places
    odds: Row
    first: Places
    last: Places
    shape: tuple[str, ...]
    content: Row
    among: Places
    embedded: NDArray[np.bool_]


def candidates(tree: Tree, by: Weights) -> Candidates | None:
    """The candidates of a report; None where there is none."""
    possible = possible_cues(tree)
    if not len(possible):
        return None
    subject = subjects(tree)
    odds = by.cue[cue_features(tree, possible, subject)].sum(axis=0)
    stretches = Stretches(tree)
    kept = [
        (cue, odd, embedded, found)
        for cue, odd in zip(possible.tolist(), odds.tolist(), strict=True)
        if ((embedded := is_embedded(tree, cue)) or odd > LEAST_CUE) and (found := stretches.of(cue))
    ]
    if not kept:
        return None
    among = np.array([len(found) for _, _, _, found in kept], np.int64)
    worth = by.content[content_features(tree, [found for _, _, _, found in kept], subject)].sum(axis=0)
    flat = np.array([one[1:3] for _, _, _, found in kept for one in found], np.int64)
    begin = np.cumsum(among) - among
    best = begin + np.array([worth[at : at + size].argmax() for at, size in zip(begin, among, strict=True)])
    shares = np.exp(worth - np.repeat(worth[best], among))
    alike = union_shares(tree, flat, flat[np.repeat(best, among)]) >= ALIKE
    content = np.add.reduceat(shares * alike, begin) / np.add.reduceat(shares, begin)
    cue = np.array([one[0] for one in kept], np.int64)
    return Candidates(
        cue,
        subject[cue],
        np.array([one[1] for one in kept], np.float32),
        flat[best, 0],
        flat[best, 1],
        tuple(one[3][at][3] for one, at in zip(kept, (best - begin).tolist(), strict=True)),
        content.astype(np.float32),
        among,
        np.array([one[2] for one in kept], np.bool_),
    )


def is_embedded(tree: Tree, cue: int) -> bool:
    """Whether a verb of saying with its own clause is itself what another says: "X said that the minister denied it".

    PolNeAR leaves such attributions unmarked, so that the weights would pass them over; chains of speakers need them.
    """
    return tree.dep[cue] == "ccomp" and tells(tree, cue)


def tells(tree: Tree, cue: int) -> bool:
    """Whether a word is a verb of saying with a clause of its own, of a named speaker.

    The subject is a noun: somebody who says what they themselves think is no further speaker.
    """
    if tree.pos[cue] != "VERB" or not int(tree.ids["frames"][cue]) & CLAUSE:
        return False
    kids = tree.kids[cue]
    named = any(tree.dep[kid] == "nsubj" and kid < cue and tree.pos[kid] in ("NOUN", "PROPN") for kid in kids)
    return named and any(tree.dep[kid] == "ccomp" and kid > cue for kid in kids)


def union_shares(tree: Tree, some: Places, others: Places) -> NDArray[np.float64]:
    """Intersection over union of some stretches (n, first and last token) with as many others, in characters."""
    start, end = tree.starts, tree.ends
    common = np.minimum(end[some[:, 1]], end[others[:, 1]]) - np.maximum(start[some[:, 0]], start[others[:, 0]])
    common = np.maximum(common, 0)
    lengths = end[some[:, 1]] - start[some[:, 0]] + end[others[:, 1]] - start[others[:, 0]]
    shares: NDArray[np.float64] = common / np.maximum(1, lengths - common)
    return shares
