"""Train the gate's weights on what the reader finds without the gate in a stream of reports.

    python scripts/train_gate.py ../shared/corpus/current-events-to-2019.jsonl.gz

The same reports give the same file, byte for byte: ``gate.npy``, a number for each of many hashed features; no word of
the reports can be read back from it.  The examples of the lexicon are learnt from too.  ``--folds 5`` trains on the
other years for each fifth of them, says how many items of the stream open the gate, and how many of its events those
have, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

import msgspec
import numpy as np
from train_attribution import Descent, asked

from dragoman import Draft, Reading, read_all
from dragoman.reading.frames import frames
from dragoman.reading.gate import gate
from dragoman.reading.inflection import noun_forms, verb_forms
from dragoman.reading.names import find_names
from dragoman.reading.promise import BIAS, OPEN, STEPS, WEIGHTS, kinds_of, places
from dragoman.score.rows import converted, rows

SEED = 20220726
ROUNDS, AT_ONCE, RATE, DECAY = 8, 256, 0.05, 1e-4
BACKGROUND = frames().background
KEPT = (0.98, 0.985, 0.99, 0.992, 0.995)


class Item(msgspec.Struct, frozen=True):
    """A report with its day."""

    text: str
    published: str


@dataclass(frozen=True, slots=True)
class Case:
    """A report made ready: features and answers of the words that can tell an act, and how many events it has."""

    year: int | None  # None where it is only learnt from
    features: list[list[int]]
    told: list[bool]
    events: int


@cache
def forms() -> dict[str, frozenset[str]]:
    """The forms of the words by which each rule tells an act."""
    known = frames()
    found: dict[str, set[str]] = {}
    for among, inflected in ((known.verbs, verb_forms), (known.nouns, noun_forms)):
        for word, there in among.items():
            for frame in there:
                found.setdefault(frame.rule, set()).update(inflected(word))
    return {rule: frozenset(words) for rule, words in found.items()}


def cases(items: Sequence[Item], judged: bool) -> list[Case]:
    """Read reports without the gate and make them ready."""
    readings = read_all(Draft(one.text, one.published) for one in items)
    return [
        case(int(item.published[:4]) if judged else None, reading)
        for item, reading in zip(items, readings, strict=True)
    ]


def case(year: int | None, reading: Reading) -> Case:
    """Make a report ready."""
    text = reading.report.text
    events = [one for one in reading.events if one.kind not in BACKGROUND]
    features, answers = [], []
    for _, _, sentence, words in gate().candidates(text, reading.passages, cache(partial(find_names, text))):
        kinds = kinds_of(sentence.named)
        for at, lemma in words.items():
            word, start = sentence.told[at], sentence.starts[at]
            features.append(places(sentence, at, lemma, kinds))
            answers.append(
                any(
                    word in forms().get(event.rule, ()) and any(one.start <= start < one.end for one in event.evidence)
                    for event in events
                )
            )
    return Case(year, features, answers, len(events))


def trained(among: Iterable[Case]) -> np.ndarray:
    """The weights, by logistic regression, as whole numbers."""
    every = list(among)
    features = np.array([one for case in every for one in case.features])
    told = np.array([one for case in every for one in case.told], float)
    draw, descent = np.random.default_rng(SEED), Descent(RATE, DECAY)
    for at in range(ROUNDS):
        order = draw.permutation(len(features))
        for begin in range(0, len(order), AT_ONCE):
            some = order[begin : begin + AT_ONCE]
            odds = descent.weights[features[some]].sum(axis=1) + BIAS
            descent.step(features[some], 1 / (1 + np.exp(-odds)) - told[some], AT_ONCE)
        descent.close(at)
    return np.clip(np.round(descent.sum / descent.rounds * STEPS), -127, 127).astype(np.int8)


def best(case: Case, by: np.ndarray) -> float:
    """The highest log-odds of a report's words."""
    return max((int(by[one].sum()) / STEPS + BIAS for one in case.features), default=-np.inf)


def cross_validated(every: Sequence[Case], folds: int) -> None:
    """Judge each part of the years by weights that were trained without it; print what the gate keeps."""
    judged = [one for one in every if one.year is not None]
    years = np.array([one.year for one in judged])
    odds = np.full(len(judged), -np.inf)
    for fold in range(folds):
        by = trained(one for one in every if one.year is None or one.year % folds != fold)
        for at in np.flatnonzero(years % folds == fold):
            odds[at] = best(judged[at], by)
    events = np.array([one.events for one in judged])
    say(odds, events, OPEN)
    order = np.argsort(-odds)
    kept = np.cumsum(events[order]) / events.sum()
    for share in KEPT:
        say(odds, events, odds[order[min(int(np.searchsorted(kept, share)), len(order) - 1)]])


def say(odds: np.ndarray, events: np.ndarray, least: float) -> None:
    """Print what opens at some log-odds."""
    opened = odds >= least
    share = events[opened].sum() / max(1, events.sum())
    print(f"log-odds {least:.2f}: {opened.mean():.2%} of items, {share:.2%} of events")


def main() -> None:
    """Train, or cross-validate."""
    given = asked(__doc__, "stream", "reports, a JSON object a line: text, published")
    stream = [one for one in converted(given.stream, rows(given.stream), list[Item]) if one.text.strip()]
    every = cases(stream, judged=True)
    examples = [frame.trigger.example for frame in frames().all if not frame.act.background]
    every += cases([Item(one, "2021-01-01") for one in dict.fromkeys(examples)], judged=False)
    if given.folds:
        cross_validated(every, given.folds)
        return
    np.save(given.out / WEIGHTS, trained(every))
    print(f"{len(every)} reports, {sum(one.events for one in every)} events")


if __name__ == "__main__":
    main()
