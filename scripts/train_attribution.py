"""Train the weights of attribution (``attribution.npy``) on articles in which every attribution is marked.

    python scripts/train_attribution.py ../shared/gold/attribution/train.jsonl

The same articles give the same file, byte for byte.  The file holds two rows of numbers for hashed features, and no word
of the articles.  ``--folds 5`` trains on four fifths at a time, judges the fifth that was left out, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.lexicon import DATA
from dragoman.reading.attribution import decide
from dragoman.reading.attribution.content_features import content_features
from dragoman.reading.attribution.cue_features import cue_features, possible_cues, subjects
from dragoman.reading.attribution.decide import Weights
from dragoman.reading.attribution.hashing import BITS
from dragoman.reading.attribution.quotations import quotations
from dragoman.reading.attribution.stretches import Stretch, Stretches
from dragoman.reading.attribution.tree import Tree
from dragoman.reading.parse import model, parse
from dragoman.score.attribution import Article, Attributed
from dragoman.score.rows import converted, rows
from dragoman.score.spans import pairs, union_share
from dragoman.score.tally import Tally, total
from dragoman.text import prepare

SEED = 20220726
ROUNDS = 8  # passes over the cases; the weights are the mean of those after the second half of them
CUES_AT_ONCE, CONTENTS_AT_ONCE = 256, 64
CUE_RATE, CONTENT_RATE = 0.05, 0.1  # steps of AdaGrad (Duchi et al. 2011)
CUE_DECAY, CONTENT_DECAY = 1e-4, 3e-4
SHARPNESS = 15.0  # how much better a stretch counts as it overlaps the gold content more
LEAST = 0.3  # overlap from which on a stretch counts at all
BETTER = 0.25  # by how much another word of a gold cue must lead to a better content, to stand for it
EMPTY = frozenset({"PUNCT", "DET", "PRON", "PART", "NUM", "CCONJ", "SPACE"})
FIRST = ("VERB", "NOUN", "PROPN", "ADJ", "ADP", "SCONJ", "X", "ADV", "AUX")


@dataclass(frozen=True, slots=True)
class Case:
    """An article made ready: features and answers of its possible cues and of the stretches of its gold cues."""

    article: Article
    tree: Tree
    cues: np.ndarray  # (cues, templates)
    is_cue: np.ndarray
    contents: np.ndarray  # (stretches, templates)
    overlap: np.ndarray
    sizes: list[int]


def cases(path: Path) -> Iterator[Case]:
    """Read the articles and make them ready."""
    articles = converted(path, rows(path), list[Article])
    made = [prepare(one.text) for one in articles]
    parses = parse(model(), [(one.text, one.passages) for one in made])
    for article, prepared, parsed in zip(articles, made, parses, strict=True):
        if prepared.text != article.text:
            print(f"{article.id}: left out, its offsets do not hold once the text is mended")
            continue
        yield case(article, Tree(parsed, quotations(prepared.text, prepared.passages)))


def case(article: Article, tree: Tree) -> Case:
    """Make one article ready.  A word of a gold cue that does not stand for it is no example of either sort."""
    stretches = Stretches(tree)
    subject = subjects(tree)
    possible = possible_cues(tree)
    answer = np.zeros(tree.size)
    chosen: list[list[Stretch]] = []
    overlap: list[float] = []
    for gold in article.attributions:
        words = [at for at in tokens(tree, gold) if tree.sentence[at] >= 0]
        answer[[at for at in words if answer[at] == 0]] = np.nan
        if not words:
            continue
        head = min(words, key=lambda at: rank(tree, at))
        found = {at: stretches.of(at) for at in words if at == head or tree.pos[at] not in EMPTY}
        best = {at: max((share(tree, gold, one) for one in among), default=0.0) for at, among in found.items()}
        other = max(best, key=lambda at: (best[at], -at))
        head = other if best[other] > best[head] + BETTER else head
        answer[head] = 1
        if gold.content and len(found[head]) > 1 and best[head] >= LEAST:
            chosen.append(found[head])
            overlap += [share(tree, gold, one) for one in found[head]]
    contents = content_features(tree, chosen, subject).T if chosen else np.zeros((0, 0), np.int64)
    cues = cue_features(tree, possible, subject).T
    return Case(article, tree, cues, answer[possible], contents, np.array(overlap), [len(one) for one in chosen])


def tokens(tree: Tree, gold: Attributed) -> list[int]:
    """The tokens of a gold cue."""
    return [
        at
        for start, end in gold.cue
        for at in range(np.searchsorted(tree.ends, start, side="right"), np.searchsorted(tree.starts, end))
        if tree.pos[at] != "SPACE"
    ]


def rank(tree: Tree, at: int) -> tuple[bool, bool, int, int, int]:
    """Sort key of a gold cue's words: full words before auxiliaries, verbs, nouns and adjectives before others."""
    steps, here = 0, at
    while tree.head[here] != here:
        here, steps = tree.head[here], steps + 1
    part = tree.pos[at]
    order = FIRST.index(part) if part in FIRST else len(FIRST)
    return part in EMPTY, tree.dep[at] in ("aux", "auxpass", "neg", "poss"), order > 3, steps, at


def share(tree: Tree, gold: Attributed, one: Stretch) -> float:
    """Intersection over union of a stretch and a gold content."""
    return union_share(gold.content, [(tree.start[one[1]], tree.end[one[2]])]) if gold.content else 0.0


class Descent:
    """AdaGrad over hashed features, with the mean of the later rounds as its answer."""

    def __init__(self, rate: float, decay: float) -> None:
        self.weights = np.zeros(1 << BITS)
        self.squares = np.ones(1 << BITS)
        self.sum = np.zeros(1 << BITS)
        self.rounds = 0
        self.rate, self.decay = rate, decay

    def step(self, features: np.ndarray, slope: np.ndarray, size: int) -> None:
        """Take a step: the slope of the loss at each example, for all features of it."""
        places, inverse = np.unique(features.ravel(), return_inverse=True)
        slopes = np.bincount(inverse, np.repeat(slope, features.shape[1]), len(places))
        slopes += self.decay * size * self.weights[places]
        self.squares[places] += slopes * slopes
        self.weights[places] -= self.rate * slopes / np.sqrt(self.squares[places])

    def close(self, at: int) -> None:
        """Close a round."""
        if at >= ROUNDS // 2:
            self.sum += self.weights
            self.rounds += 1

    @property
    def mean(self) -> np.ndarray:
        """The mean of the weights after each later round, in the precision in which they are kept."""
        return (self.sum / self.rounds).astype(np.float16)


def cue_weights(features: np.ndarray, answer: np.ndarray) -> np.ndarray:
    """Logistic regression: is a word a cue?"""
    draw, descent = np.random.default_rng(SEED), Descent(CUE_RATE, CUE_DECAY)
    for at in range(ROUNDS):
        order = draw.permutation(len(features))
        for begin in range(0, len(order), CUES_AT_ONCE):
            some = order[begin : begin + CUES_AT_ONCE]
            odds = descent.weights[features[some]].sum(axis=1)
            descent.step(features[some], 1 / (1 + np.exp(-odds)) - answer[some], CUES_AT_ONCE)
        descent.close(at)
    return descent.mean


def content_weights(features: np.ndarray, overlap: np.ndarray, sizes: Sequence[int]) -> np.ndarray:
    """Multinomial regression over the stretches of each cue: which overlaps the gold content most (Cao et al. 2007)?"""
    ends = np.cumsum(sizes)
    groups = [np.arange(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    wanted = np.zeros(len(overlap))
    for group in groups:
        some = overlap[group]
        wanted[group] = np.exp(SHARPNESS * (some - some.max())) * (some >= LEAST)
        wanted[group] /= wanted[group].sum()
    draw, descent = np.random.default_rng(SEED), Descent(CONTENT_RATE, CONTENT_DECAY)
    for at in range(ROUNDS):
        order = draw.permutation(len(groups)).tolist()
        for begin in range(0, len(order), CONTENTS_AT_ONCE):
            chosen = [groups[one] for one in order[begin : begin + CONTENTS_AT_ONCE]]
            some = np.concatenate(chosen)
            worth = descent.weights[features[some]].sum(axis=1)
            lengths = [len(one) for one in chosen]
            first = np.cumsum([0, *lengths[:-1]])
            shares = np.exp(worth - np.repeat(np.maximum.reduceat(worth, first), lengths))
            shares /= np.repeat(np.add.reduceat(shares, first), lengths)
            descent.step(features[some], shares - wanted[some], CONTENTS_AT_ONCE)
        descent.close(at)
    return descent.mean


def trained(among: Sequence[Case]) -> np.ndarray:
    """The weights of cues and of contents, in one array of two rows."""
    answer = np.concatenate([one.is_cue for one in among])
    sure = ~np.isnan(answer)
    cue = cue_weights(np.concatenate([one.cues for one in among])[sure], answer[sure])
    ranked = [one for one in among if one.sizes]
    content = content_weights(
        np.concatenate([one.contents for one in ranked]),
        np.concatenate([one.overlap for one in ranked]),
        [size for one in ranked for size in one.sizes],
    )
    return np.stack([cue, content])


def judged(case: Case, by: Weights) -> dict[str, Tally]:
    """Contents and cues as decided, against the gold, as ``dragoman score`` counts them."""
    tree, decided = case.tree, decide.decide(case.tree, by)
    contents = [one.content for one in case.article.attributions if one.content]
    cues = [one.cue for one in case.article.attributions if one.cue]
    given = [[(tree.start[one.first], tree.end[one.last])] for one in decided]
    given_cues = [[(tree.start[one.cue], tree.end[one.cue])] for one in decided]
    right, right_cues = pairs(contents, given, union_share, 0.5), pairs(cues, given_cues, union_share, 0.0)
    return {
        "content": Tally(len(right), len(given), len(contents)),
        "cue": Tally(len(right_cues), len(given_cues), len(cues)),
    }


def cross_validated(among: Sequence[Case], folds: int) -> None:
    """Train on all folds but one, judge that one; print the sums."""
    found: list[dict[str, Tally]] = []
    for fold in range(folds):
        by = Weights(*trained([one for at, one in enumerate(among) if at % folds != fold]).astype(np.float32))
        found += [judged(one, by) for one in among[fold::folds]]
    for measure in ("content", "cue"):
        tally = total(one[measure] for one in found)
        print(f"{measure}: precision {tally.precision:.3f}, recall {tally.recall:.3f}, F1 {tally.f1:.3f}")


def main() -> None:
    """Train, or cross-validate."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("articles", type=Path, help="articles, a JSON object a line: id, text, attributions")
    options.add_argument("--out", type=Path, default=Path(str(DATA / decide.WEIGHTS)), help="the file to write")
    options.add_argument("--folds", type=int, default=0, help="cross-validate, and write nothing")
    given = options.parse_args()
    among = list(cases(given.articles))
    if given.folds:
        cross_validated(among, given.folds)
        return
    np.save(given.out, trained(among))
    print(
        f"{len(among)} articles, {sum(len(one.sizes) for one in among)} attributions; {given.out.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
