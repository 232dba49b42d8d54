"""Train the weights and the network of attribution on articles in which every attribution is marked.

    python scripts/train_attribution.py ../shared/gold/attribution/train.jsonl

The same articles give the same files, byte for byte: ``attribution.npy``, two rows of numbers for hashed features, and
``attribution_network.npy``, the columns of a small network; neither holds a word of the articles.  The network learns
from candidates whose weights were trained without their article.  ``--folds 5`` trains on four fifths at a time, judges
the fifth that was left out, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dragoman.lexicon import DATA
from dragoman.reading.attribution import decide
from dragoman.reading.attribution.candidates import Weights, candidates
from dragoman.reading.attribution.content_features import content_features
from dragoman.reading.attribution.context import base, context
from dragoman.reading.attribution.cue_features import cue_features, possible_cues, subjects
from dragoman.reading.attribution.hashing import BITS
from dragoman.reading.attribution.network import NETWORK, OUTPUTS
from dragoman.reading.attribution.quotations import quotations
from dragoman.reading.attribution.stretches import Stretch, Stretches
from dragoman.reading.attribution.together import together
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
HALF = 0.5  # and from which on it is right
BETTER = 0.25  # by how much another word of a gold cue must lead to a better content, to stand for it
PARTS = 5  # the articles are parted so for the candidates from which the network learns
NETWORKS, HIDDEN = 5, 64  # networks whose mean is taken, hidden units of each
NETWORK_ROUNDS, NETWORK_AT_ONCE, NETWORK_RATE = 20, 128, 3e-3
DROPPED, DROPPED_HIDDEN = 0.1, 0.4  # part of the inputs and of the hidden units left out of each step
EMPTY = frozenset({"PUNCT", "DET", "PRON", "PART", "NUM", "CCONJ", "SPACE"})
FIRST = ("VERB", "NOUN", "PROPN", "ADJ", "ADP", "SCONJ", "X", "ADV", "AUX")


@dataclass(frozen=True, slots=True)
class Case:
    """An article made ready: features and answers of its possible cues and of the stretches of its gold cues."""

    article: Article
    tree: Tree
    answer: np.ndarray  # for each token, whether it stands for a gold cue; NaN for the other words of one
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
        yield case(article, Tree(together([parsed])[0], quotations(prepared.text, prepared.passages)))


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
    return Case(
        article, tree, answer, cues, answer[possible], contents, np.array(overlap), [len(one) for one in chosen]
    )


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


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates with what is known of them, the log-linear odds, and the answers (NaN: none)."""

    known: np.ndarray
    odds: np.ndarray
    answer: np.ndarray


def examples(among: Sequence[Case]) -> Examples:
    """The candidates of all articles, each by weights that were trained without it."""
    made = []
    for part in range(PARTS):
        without = [one for at, one in enumerate(among) if at % PARTS != part]
        by = Weights(*trained(without or among).astype(np.float32))
        made += [some for one in among[part::PARTS] if (some := _examples(one, by)) is not None]
    return Examples(*(np.concatenate([getattr(one, name) for one in made]) for name in ("known", "odds", "answer")))


def _examples(one: Case, by: Weights) -> Examples | None:
    tree = one.tree
    found = candidates(tree, by)
    if found is None:
        return None
    contents = [gold.content for gold in one.article.attributions if gold.content]
    spans = zip(tree.starts[found.first].tolist(), tree.ends[found.last].tolist(), strict=True)
    right = [max((union_share(content, [span]) for content in contents), default=0.0) >= HALF for span in spans]
    is_cue = one.answer[found.cue]
    return Examples(context(tree, found), base(found), np.stack([is_cue, is_cue * np.array(right)], axis=1))


def network(among: Examples) -> np.ndarray:
    """The mean of some networks, each from another start, as one: a column for each hidden unit, on raw inputs."""
    mean, spread = among.known.mean(axis=0), np.maximum(among.known.std(axis=0), 0.1)
    known = ((among.known - mean) / spread).astype(np.float32)
    columns = []
    for at in range(NETWORKS):
        inner, bias, outer, shift = descended(known, among, np.random.default_rng(SEED + at))
        inner = inner / spread[:, None]
        columns.append(np.concatenate([inner, (bias - mean @ inner)[None], outer.T / NETWORKS]))
        unit = np.zeros((len(inner) + 1 + OUTPUTS, 1))  # the shift of the outputs, as a hidden unit that is always 1
        unit[len(inner)], unit[-OUTPUTS:, 0] = 1, shift / NETWORKS
        columns.append(unit)
    return np.concatenate(columns, axis=1).astype(np.float32)


def descended(known: np.ndarray, among: Examples, draw: np.random.Generator) -> list[np.ndarray]:
    """One network, by Adam (Kingma and Ba 2015) with dropout (Srivastava et al. 2014)."""
    width, size = known.shape[1], len(known)
    sure, answer = ~np.isnan(among.answer), np.nan_to_num(among.answer)
    held = [
        draw.standard_normal((width, HIDDEN)) / np.sqrt(width),
        np.zeros(HIDDEN),
        draw.standard_normal((HIDDEN, OUTPUTS)) / np.sqrt(HIDDEN),
        np.zeros(OUTPUTS),
    ]
    first, second = [np.zeros_like(one) for one in held], [np.zeros_like(one) for one in held]
    steps, step = NETWORK_ROUNDS * -(-size // NETWORK_AT_ONCE), 0
    for _ in range(NETWORK_ROUNDS):
        order = draw.permutation(size)
        for begin in range(0, size, NETWORK_AT_ONCE):
            some = order[begin : begin + NETWORK_AT_ONCE]
            given = known[some] * (draw.random((len(some), width)) >= DROPPED) / (1 - DROPPED)
            total_in = given @ held[0] + held[1]
            kept = (draw.random(total_in.shape) >= DROPPED_HIDDEN) * (total_in > 0) / (1 - DROPPED_HIDDEN)
            hidden = total_in * kept
            odds = among.odds[some] + hidden @ held[2] + held[3]
            slope = (1 / (1 + np.exp(-odds)) - answer[some]) * sure[some] / len(some)
            back = (slope @ held[2].T) * kept
            step += 1
            rate = NETWORK_RATE * (1 - step / (steps + 1))
            for at, change in enumerate((given.T @ back, back.sum(axis=0), hidden.T @ slope, slope.sum(axis=0))):
                first[at] += 0.1 * (change - first[at])
                second[at] += 0.001 * (change * change - second[at])
                moved = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
                held[at] -= rate * moved
    return held


def judged(case: Case, by: Weights, then: np.ndarray) -> dict[str, Tally]:
    """Contents and cues as decided, against the gold, as ``dragoman score`` counts them."""
    tree, decided = case.tree, decide.decide(case.tree, by, then)
    contents = [one.content for one in case.article.attributions if one.content]
    cues = [one.cue for one in case.article.attributions if one.cue]
    given = [[(tree.start[one.first], tree.end[one.last])] for one in decided]
    given_cues = [[(tree.start[one.cue], tree.end[one.cue])] for one in decided]
    right, right_cues = pairs(contents, given, union_share, HALF), pairs(cues, given_cues, union_share, 0.0)
    return {
        "content": Tally(len(right), len(given), len(contents)),
        "cue": Tally(len(right_cues), len(given_cues), len(cues)),
    }


def cross_validated(among: Sequence[Case], folds: int) -> None:
    """Train on all folds but one, judge that one; print the sums."""
    found: list[dict[str, Tally]] = []
    for fold in range(folds):
        others = [one for at, one in enumerate(among) if at % folds != fold]
        by, then = Weights(*trained(others).astype(np.float32)), network(examples(others))
        found += [judged(one, by, then) for one in among[fold::folds]]
    for measure in ("content", "cue"):
        tally = total(one[measure] for one in found)
        print(f"{measure}: precision {tally.precision:.3f}, recall {tally.recall:.3f}, F1 {tally.f1:.3f}")


def asked(document: str | None, name: str, holds: str) -> argparse.Namespace:
    """What is asked of a script that trains on a file."""
    options = argparse.ArgumentParser(description=document, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument(name, type=Path, help=holds)
    options.add_argument("--out", type=Path, default=Path(str(DATA)), help="the folder to write to")
    options.add_argument("--folds", type=int, default=0, help="cross-validate, and write nothing")
    return options.parse_args()


def main() -> None:
    """Train, or cross-validate."""
    given = asked(__doc__, "articles", "articles, a JSON object a line: id, text, attributions")
    among = list(cases(given.articles))
    if given.folds:
        cross_validated(among, given.folds)
        return
    made = {decide.WEIGHTS: trained(among), NETWORK: network(examples(among))}
    for name, array in made.items():
        np.save(given.out / name, array)
    print(f"{len(among)} articles, {sum(len(one.sizes) for one in among)} attributions")


if __name__ == "__main__":
    main()
