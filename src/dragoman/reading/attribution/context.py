"""Context: what is known of a candidate beside the others of its sentence, of its report and of its stretch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dragoman.reading.attribution.candidates import ALIKE, Candidates, Row, union_shares
from dragoman.reading.attribution.hashing import before
from dragoman.reading.attribution.tree import Ids, Places, Tree, number, picked

NONE = -6.0  # log-odds where there is no other candidate
SCALE = 3.0  # by which log-odds are divided
NEAR = 2  # sentences to either side in which stretches may overlap
PARTS = ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADV", "ADP", "SCONJ", "PUNCT")
DEPS = (
    *("ROOT", "ccomp", "xcomp", "conj", "advcl", "relcl", "acl", "prep", "pobj", "dobj", "nsubj", "parataxis", "amod"),
    *("punct", "pcomp"),
)
SENSES, FRAMES, SORTS = 41, 5, 12  # bits of a word's senses and frames as a cue, and of its sort as a source


def context(tree: Tree, among: Candidates) -> Row:
    """What is known of each candidate, of shape (candidates, columns)."""
    report = np.searchsorted(tree.begins, among.cue, side="right") - 1
    columns = [
        *_itself(tree, among),
        *_beside(tree, among),
        *_elsewhere(tree, among, report),
        *_rivals(tree, among, report),
        *_places(tree, among, report),
    ]
    known = [
        _one_of(tree.ids["pos"][among.cue], PARTS),
        _one_of(tree.ids["dep"][among.cue], DEPS),
        _bits(tree.ids["sense"][among.cue], SENSES),
        _bits(tree.ids["frames"][among.cue], FRAMES),
        _bits(tree.ids["frames"][tree.head_of[among.cue]], FRAMES),
        _bits(picked(tree.ids["sort"], among.subject), SORTS),
    ]
    return np.concatenate([np.stack(columns, axis=1), *known], axis=1).astype(np.float32)


def base(among: Candidates) -> Row:
    """Log-odds by the log-linear weights that each candidate is a cue, and that both it and its stretch are right."""
    both = np.clip(among.content / (1 + np.exp(-among.odds)), 1e-4, 1 - 1e-4)
    return np.stack([among.odds, np.log(both / (1 - both))], axis=1)


def _itself(tree: Tree, among: Candidates) -> list[NDArray[np.floating]]:
    cue = 1 / (1 + np.exp(-among.odds))
    return [
        among.odds / SCALE,
        np.log(among.content + 1e-3),
        np.log(cue * among.content + 1e-3),
        np.log(among.among),
        np.log1p(among.last - among.first),
        among.embedded.astype(np.float64),
        (among.subject >= 0).astype(np.float64),
    ]


def _beside(tree: Tree, among: Candidates) -> list[NDArray[np.floating]]:
    """The odds of its head, of its likeliest child, of its neighbours and of the likeliest other in the sentence."""
    cue, odds = among.cue, among.odds.astype(np.float64)
    head = tree.head_of[cue]
    all_odds = np.full(tree.size, NONE)
    all_odds[cue] = odds
    child = np.full(tree.size, NONE)
    np.maximum.at(child, head, np.where(head != cue, odds, NONE))
    sentence = tree.sentence[cue]
    same = sentence[1:] == sentence[:-1]
    previous = np.concatenate([[NONE], np.where(same, odds[:-1], NONE)])
    following = np.concatenate([np.where(same, odds[1:], NONE), [NONE]])
    others = _greatest(len(cue), *_pairs(sentence, 0), odds)
    found = np.where(head != cue, all_odds[head], NONE), child[cue], previous, following, others
    return [one / SCALE for one in found]


def _elsewhere(tree: Tree, among: Candidates, report: Places) -> list[NDArray[np.floating]]:
    """The same word elsewhere in the report: its mean odds and how often; and how much is said in the report."""
    odds = among.odds.astype(np.float64)
    _, lemma = np.unique(tree.ids["lemma"][among.cue], return_inverse=True)
    _, word = np.unique(lemma + report * len(lemma), return_inverse=True)  # in each report by itself
    others = np.bincount(word)[word] - 1
    mean = (np.bincount(word, odds)[word] - odds) / np.maximum(1, others)
    first = np.array([one for one, _ in tree.sentences])
    sentences = np.maximum(1, np.diff(np.searchsorted(first, tree.begins)))
    told = np.bincount(report, 1 / (1 + np.exp(-odds)))[report] / sentences[report]
    return [np.where(others > 0, mean, NONE) / SCALE, np.log1p(others), told]


def _rivals(tree: Tree, among: Candidates, report: Places) -> list[NDArray[np.floating]]:
    """The odds of those in whose stretch it stands, that stand in its stretch, and that have nearly the same one."""
    cue, odds, size = among.cue, among.odds.astype(np.float64), len(among.cue)
    one, other = _pairs(tree.sentence[cue], NEAR)
    together = report[one] == report[other]
    one, other = one[together], other[together]
    stretch = np.stack([among.first, among.last], axis=1)
    within = (among.first[other] <= cue[one]) & (cue[one] <= among.last[other])
    holds = (among.first[one] <= cue[other]) & (cue[other] <= among.last[one])
    alike = union_shares(tree, stretch[one], stretch[other]) >= ALIKE
    inside, held, rival = (_greatest(size, one[some], other[some], odds) for some in (within, holds, alike))
    return [inside / SCALE, held / SCALE, rival / SCALE, np.where(rival > NONE, (odds - rival) / SCALE, 2.0)]


def _places(tree: Tree, among: Candidates, report: Places) -> list[NDArray[np.floating]]:
    """Where it stands in its sentence and its report, and what is quoted of it, its stretch and its sentence."""
    cue, first, stop = among.cue, tree.first_of[among.cue], tree.stop_of[among.cue]
    quoted = tree.quote >= 0
    counted = before(quoted)
    return [
        quoted[cue].astype(np.float64),
        (counted[among.last + 1] - counted[among.first]) / (among.last - among.first + 1),
        (counted[stop] > counted[first]).astype(np.float64),
        np.log1p(cue - first),
        np.log1p(stop - cue),
        (cue - tree.begins[report]) / np.diff(tree.begins)[report],
    ]


def _pairs(sentence: Places, near: int) -> tuple[Places, Places]:
    """The pairs of different candidates in the same sentence, or so many sentences from each other."""
    low = np.searchsorted(sentence, sentence - near)
    high = np.searchsorted(sentence, sentence + near, side="right")
    sizes = high - low
    one = np.repeat(np.arange(len(sentence)), sizes)
    other = np.arange(len(one)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(low, sizes)
    different = one != other
    return one[different], other[different]


def _greatest(size: int, one: Places, other: Places, odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each candidate, the greatest odds of those that it is paired with."""
    found = np.full(size, NONE)
    np.maximum.at(found, one, odds[other])
    return found


def _one_of(ids: Ids, words: tuple[str, ...]) -> NDArray[np.bool_]:
    known = np.array([number(word) for word in words], np.uint64)
    return np.asarray(ids[:, None] == known)


def _bits(ids: Ids, size: int) -> Ids:
    return np.asarray(ids[:, None] >> np.arange(size, dtype=np.uint64) & np.uint64(1))
