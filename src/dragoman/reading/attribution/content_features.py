"""Features of contents: what is known of each stretch that may be what a cue gives."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import xor

import numpy as np

from dragoman.reading.attribution.hashing import before, binned, bits, hashed
from dragoman.reading.attribution.stretches import Stretch
from dragoman.reading.attribution.tree import Ids, Places, Tree, number

LISTED = """
    shape, shape lemma, shape by, lemma by shape, lemma by, lemma first, first shape, word, word lemma, tag shape,
    tag lemma, dep firsttag, prev shape, next shape, next, cuetag shape, cuedep shape, firsttag lasttag, prev,
    nextdep shape, nextdep next, next next2, next nextdep lemma, frames shape, frames tag, frames shape tag,
    frames by shape, size shape, size, part shape, part side, marks side, marks shape, marks frames, side lemma,
    side frames cuetag, gap shape, gap lemma, whose shape, between side, commas shape, clauses shape,
    clauses verbs lemma, stops shape, edges shape, edges nextdep, ends side, ends shape, depth shape,
    dep depth side, marker shape, marker lemma, particle lemma shape, kids shape, kids lemma shape, obj shape,
    among shape, rivals shape, rivals rank, longest shape, longest lemma, subjtag shape, tag dep side,
    wordframes shape, cuepos side marks, dep lemma, nexttag shape, pos frames by, sense shape, sense by, sense side,
    sense tag, wordsense shape, sense by shape
"""
TEMPLATES = tuple(" ".join(one.split()) for one in LISTED.split(","))


def content_features(tree: Tree, stretches: Sequence[Sequence[Stretch]], subject: Places) -> Places:
    """The places of the features of some cues' stretches, of shape (templates, stretches)."""
    flat = [one for among in stretches for one in among]
    cue, first, last = (np.array([one[at] for one in flat], np.int64) for at in (0, 1, 2))
    shape, by = (np.array([number(str(one[at])) for one in flat], np.uint64) for at in (3, 4))
    columns = {"shape": shape, "by": by}
    head = _heads(tree, first, last)
    columns |= _of_cue(tree, cue)
    columns |= _of_head(tree, cue, first, last, head)
    columns |= _extent(tree, cue, first, last, subject[cue])
    columns |= _edges(tree, cue, first, last)
    columns |= _rivals([len(among) for among in stretches], last - first + 1, shape)
    return hashed(columns, TEMPLATES)


def _heads(tree: Tree, first: Places, last: Places) -> Places:
    """The uppermost token of each stretch, the first of several."""
    depth = np.zeros(tree.size, np.int64)
    here = np.arange(tree.size)
    while (moved := tree.head_of[here] != here).any():
        depth += moved
        here = tree.head_of[here]
    key = np.append(depth * tree.size + np.arange(tree.size), np.iinfo(np.int64).max)
    bounds = np.stack([first, last + 1], axis=1).reshape(-1)
    found: Places = np.minimum.reduceat(key, bounds)[::2] % tree.size
    return found


def _of_cue(tree: Tree, cue: Places) -> dict[str, Ids]:
    ids = tree.ids
    obj = tree.child("dobj")[cue]
    passive = tree.child("nsubjpass")[cue], tree.child("auxpass")[cue]
    return {
        "lemma": ids["word"][cue],
        "frames": ids["frames"][cue],
        "sense": ids["sense"][cue],
        "cuetag": ids["tag"][cue],
        "cuepos": ids["pos"][cue],
        "cuedep": ids["dep"][cue],
        "particle": tree.at("form", tree.child("prt")[cue]),
        "obj": tree.at("word", obj),
        "kids": bits(obj >= 0, *(one >= 0 for one in passive)),
    }


def _of_head(tree: Tree, cue: Places, first: Places, last: Places, head: Places) -> dict[str, Ids]:
    ids = tree.ids
    left, right = tree.left_of[head], tree.right_of[head]
    return {
        "word": ids["word"][head],
        "tag": ids["tag"][head],
        "pos": ids["pos"][head],
        "dep": ids["dep"][head],
        "wordframes": ids["frames"][head],
        "wordsense": ids["sense"][head],
        "marker": tree.at("form", tree.child("mark aux")[head]),
        "edges": bits(right == last, left == first, right > last, left < first),
        "depth": binned(_steps(tree, head, cue), 0, 1, 2, 3, 4),
    }


def _steps(tree: Tree, head: Places, cue: Places) -> Places:
    """How many steps up from a head to its cue; 4 for more, or none."""
    steps = np.full(len(head), 4)
    here = head
    for step in range(4):
        steps = np.where((here == cue) & (steps == 4), step, steps)
        here = tree.head_of[here]
    return steps


def _extent(tree: Tree, cue: Places, first: Places, last: Places, subject: Places) -> dict[str, Ids]:
    ids = tree.ids
    start, stop = tree.first_of[cue], tree.stop_of[cue]
    commas = before(tree.among("lower", (",", ";", "—", "–", "--")))
    finite = before(tree.among("tag", ("VBD", "VBZ", "VBP", "MD")))
    verbs = before(ids["pos"] == number("VERB"))
    stops = before(tree.among("lower", (".", "?", "!")))
    behind, inside = first > cue, (first <= cue) & (cue <= last)
    size = last - first + 1
    low = np.where(behind, cue + 1, np.minimum(last + 1, tree.size))
    high = np.maximum(np.where(behind, first, cue), low)
    between = (binned(counted[high] - counted[low], 1, 2) for counted in (commas, finite, verbs))
    together = np.uint64(9)
    comma, clause, verb = between
    return {
        "size": binned(size, 2, 3, 5, 8, 13, 20, 30, 50),
        "part": binned(10 * size / np.maximum(1, stop - start), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12),
        "side": np.where(inside, 2, np.where(behind, 1, 0)).astype(np.uint64),
        "gap": binned(np.where(behind, first - cue - 1, cue - last - 1), 1, 2, 3, 5, 8, 12),
        "between": comma * together + clause * np.uint64(3) + verb,
        "commas": binned(commas[last + 1] - commas[first], 1, 2, 3),
        "clauses": binned(finite[last + 1] - finite[first], 1, 2, 3),
        "verbs": binned(verbs[last + 1] - verbs[first], 1, 2, 3),
        "stops": binned(stops[last] - stops[first], 1, 2, 3),
        "whose": bits((subject >= first) & (subject <= last)),
        "subjtag": tree.at("tag", subject),
        "ends": binned(stop - 1 - last, 0, 1, 2, 3) * np.uint64(8) + binned(first - start, 0, 1, 2),
    }


def _edges(tree: Tree, cue: Places, first: Places, last: Places) -> dict[str, Ids]:
    ids = tree.ids
    start, stop = tree.first_of[cue], tree.stop_of[cue]
    prev = np.where(first - 1 >= start, first - 1, -1)
    following, second = (np.where(last + step < stop, np.minimum(last + step, tree.size - 1), -1) for step in (1, 2))
    quoted = tree.quote >= 0
    counted = before(quoted)
    held = counted[last + 1] - counted[first]
    there = counted[stop] - counted[start]
    left_out = (there > 0) & (counted[np.minimum(stop, last + 1)] - counted[np.maximum(start, first)] < there)
    mixed = (held > 0) & (held < last - first + 1)
    opening = tree.among("lower", ('"', "“", "”", "''", "``"))
    marks = bits(quoted[first], quoted[last], opening[first], opening[last], mixed, left_out, quoted[cue])
    return {
        "marks": marks,
        "first": ids["form"][first],
        "firsttag": ids["tag"][first],
        "lasttag": ids["tag"][last],
        "prev": tree.at("form", prev),
        "next": tree.at("form", following),
        "next2": tree.at("form", second),
        "nextdep": tree.at("dep", following),
        "nexttag": tree.at("tag", following),
    }


def _rivals(sizes: Sequence[int], length: Places, shape: Ids) -> dict[str, Ids]:
    """A stretch among the others of its cue: how many, which sorts, how long beside the longest."""
    rank = np.concatenate([np.arange(size) for size in sizes])
    among = np.repeat(sizes, sizes)
    shapes = shape.tolist()
    held: list[int] = []
    longest = np.zeros(len(shape))
    at = 0
    for size in sizes:
        part = slice(at, at + size)
        held += [reduce(xor, {*shapes[part]})] * size
        longest[part] = length[part] / length[part].max()
        at += size
    return {
        "rank": binned(rank, 1, 2, 3, 4, 5, 7, 9),
        "among": binned(among, 2, 4, 6, 8, 10, 14),
        "rivals": np.array(held, np.uint64),
        "longest": binned(10 * longest, 2, 3, 4, 6, 8, 10),
    }
