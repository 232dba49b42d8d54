"""How fast Dragoman reads, against the bare spaCy pipeline on the same texts in the same run.

Every figure is a ratio of two things timed by turns on one machine; the absolute figures beside it say little
elsewhere.  Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from corpora import Corpus, corpora

from dragoman.examples import BRIEF
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.score.table import replace

MARK = "benchmark"
Row = dict[str, Any]
Texts = Sequence[tuple[str, str | None]]
BARE = f"""
import resource, sys, spacy
nlp = spacy.load({DEFAULT_MODEL!r})
for doc in nlp.pipe(open(path, encoding="utf-8").read() for path in sys.argv[1:]):
    len(doc)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
PEAK = """
import json, resource, sys
from dragoman import Draft, read_all
for reading in read_all(Draft(text, published) for text, published in json.load(sys.stdin)):
    len(reading.events)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
BARE_PEAK = f"""
import json, resource, sys, spacy
nlp = spacy.load({DEFAULT_MODEL!r})
for doc in nlp.pipe((text for text, _ in json.load(sys.stdin)), batch_size=32):
    len(doc)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
POOL = """
import json, sys, time
from dragoman import Draft
from dragoman.reading.pool import read_batches
size, gated, workers = map(int, sys.argv[1:])
drafts = [Draft(text, published) for text, published in json.load(sys.stdin)]
batches = [drafts[at : at + size] for at in range(0, len(drafts), size)]
outcomes = read_batches([batches[0][:16]] * 2 * workers + batches, gated=bool(gated), workers=workers)
for _ in range(2 * workers):
    next(outcomes)  # by now all workers have loaded the model
begun = time.perf_counter()
sum(len(one) for one in outcomes)
print(time.perf_counter() - begun)
"""


def throughput(corpus: Corpus, rounds: int) -> Row:
    """Time whole reading and the bare pipeline, with all its components, by turns."""
    import spacy

    from dragoman import Draft, read_all

    nlp = spacy.load(DEFAULT_MODEL)

    def read() -> int:
        return sum(len(one.events) for one in read_all(Draft(*each) for each in corpus.texts))

    def bare() -> int:
        return sum(len(doc) for doc in nlp.pipe((text for text, _ in corpus.texts), batch_size=32))

    ours, theirs = by_turns(read, bare, rounds)
    return {
        "what": f"speed, {corpus.name}: {len(corpus.texts)} texts, {corpus.characters:,} characters",
        "against": "bare pipeline",
        "Dragoman": f"{corpus.characters / median(ours):,.0f} characters/s",
        "it": f"{corpus.characters / median(theirs):,.0f} characters/s",
        **ratios([their / our for our, their in zip(ours, theirs, strict=True)]),
    }


def times_alone(corpus: Corpus, rounds: int) -> Row:
    """Time the finding and resolving of times alone, with the tenses of a parse that is not counted, in sentences."""
    from dragoman.reading.parse import model, parse
    from dragoman.reading.times import find_times
    from dragoman.reading.times.tense import tense_of
    from dragoman.text import prepare

    made = [prepare(text) for text, _ in corpus.texts]
    parsed = list(parse(model(), ((one.text, one.passages) for one in made)))
    sentences = sum(len(one.sentences) for one in parsed)

    def times() -> int:
        return sum(
            len(find_times(one.text, published, tense=tense_of(read)))
            for one, read, (_, published) in zip(made, parsed, corpus.texts, strict=True)
        )

    def bare() -> int:
        return sum(len(doc) for doc in model().pipe((one.text for one in made), batch_size=32))

    ours, theirs = by_turns(times, bare, rounds)
    return {
        "what": f"speed of the stage of times alone, {corpus.name}: {sentences:,} sentences",
        "against": "parse without entities",
        "Dragoman": f"{sentences / median(ours):,.0f} sentences/s",
        "it": f"{sentences / median(theirs):,.0f} sentences/s",
        **ratios([their / our for our, their in zip(ours, theirs, strict=True)]),
    }


def gated(stream: Corpus, rounds: int) -> list[Row]:
    """Time reading behind the gate against the bare pipeline, each item once; and count what the gate keeps."""
    import spacy

    from dragoman import Draft, read_all
    from dragoman.reading.frames import frames

    nlp = spacy.load(DEFAULT_MODEL)
    background = frames().background
    kept: list[int] = []

    def read(texts: Texts, gate: bool = True) -> list[int]:
        readings = read_all((Draft(*each) for each in texts), gated=gate)
        return [sum(event.kind not in background for event in one.events) for one in readings]

    def take(texts: Texts) -> None:
        kept.extend(read(texts))

    def bare(texts: Texts) -> int:
        return sum(len(doc) for doc in nlp.pipe((text for text, _ in texts), batch_size=32))

    parts = [stream.texts[at :: rounds + 1] for at in range(rounds + 1)]  # the first is not counted
    pairs = []
    for turn, part in enumerate(parts):
        pairs.append(each_once(partial(take, part), partial(bare, part), turn))
    ours, theirs = zip(*pairs[1:], strict=True)
    all_ = [events for part in parts for events in read(part, gate=False)]
    size = sum(len(text) for part in parts[1:] for text, _ in part)
    return [
        {
            "what": f"speed behind the gate, {stream.name}: {sum(map(len, parts[1:])):,} texts, each once",
            "against": "bare pipeline",
            "Dragoman": f"{size / sum(ours):,.0f} characters/s",
            "it": f"{size / sum(theirs):,.0f} characters/s",
            **ratios([their / our for our, their in zip(ours, theirs, strict=True)]),
        },
        {
            "what": f"events kept by the gate, {stream.name}, without background ones",
            "against": "no gate",
            "Dragoman": f"{sum(map(min, kept, all_))} events",
            "it": f"{sum(all_)} events",
            **ratios([sum(map(min, kept, all_)) / max(1, sum(all_))], places=4),
        },
    ]


def each_once(one: Callable[[], object], other: Callable[[], object], turn: int) -> tuple[float, float]:
    """Time two things once, the second first in every other turn."""
    seconds = [0.0, 0.0]
    for which in (0, 1) if turn % 2 else (1, 0):
        begun = time.perf_counter()
        (one, other)[which]()
        seconds[which] = time.perf_counter() - begun
    return seconds[0], seconds[1]


def workers(corpus: Corpus, size: int, rounds: int, gated: bool = False, many: int = 2) -> Row:
    """Time a pool of readers against one, on batches of the same texts, the loading of the models left out.

    Each reads in a fresh process: what this one remembers of words it has met would count for the one alone.
    """
    given = json.dumps(corpus.texts)

    def read(count: int) -> float:
        return float(_output([sys.executable, "-c", POOL, str(size), str(int(gated)), str(count)], given))

    pairs = [(read(many), read(1)) for _ in range(rounds)]
    where = f"{corpus.name} behind the gate" if gated else corpus.name
    return {
        "what": f"workers, {where}: {many} against one, {len(corpus.texts):,} texts",
        "against": "one worker",
        "Dragoman": f"{corpus.characters / median(several for several, _ in pairs):,.0f} characters/s",
        "it": f"{corpus.characters / median(one for _, one in pairs):,.0f} characters/s",
        **ratios([one / several for several, one in pairs]),
    }


def peak(corpus: Corpus) -> Row:
    """Peak resident memory of a fresh process that reads a corpus."""
    given = json.dumps(corpus.texts)
    ours, theirs = (int(_output([sys.executable, "-c", code], given)) / 1024 for code in (PEAK, BARE_PEAK))
    return {
        "what": f"peak memory, {corpus.name}: {len(corpus.texts)} texts",
        "against": "bare pipeline",
        "Dragoman": f"{ours:,.0f} MiB",
        "it": f"{theirs:,.0f} MiB",
        **ratios([ours / theirs]),
    }


def one_report(rounds: int) -> Row:
    """Wall time of `dragoman read` on the brief, against a process that loads the model and parses it."""
    ours, theirs = by_turns(
        lambda: _output([_dragoman(), "read", "--example", "--published", "2022-07-26"]),
        lambda: _output([sys.executable, "-c", BARE, str(BRIEF)]),
        rounds,
    )
    return _walls("dragoman read, the brief", "load the model and parse", ours, theirs)


def help_page(rounds: int) -> Row:
    """Wall time of `dragoman --help`, against an interpreter that does nothing."""
    ours, theirs = by_turns(
        lambda: _output([_dragoman(), "--help"]), lambda: _output([sys.executable, "-c", ""]), rounds
    )
    return _walls("dragoman --help", "bare Python", ours, theirs)


def by_turns(one: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Time two things by turns, each first in every other round, after one round that is not counted."""
    pairs = [each_once(one, other, turn) for turn in range(rounds + 1)][1:]
    return [ours for ours, _ in pairs], [theirs for _, theirs in pairs]


def ratios(values: Sequence[float], places: int = 2) -> Row:
    """Median of ratios, with the least and the most."""
    named = {"ratio": median(values), "least": min(values), "most": max(values)}
    return {name: round(value, places) for name, value in named.items()}


def _walls(what: str, against: str, ours: Sequence[float], theirs: Sequence[float]) -> Row:
    return {
        "what": f"wall time, {what}",
        "against": against,
        "Dragoman": f"{median(ours):.2f} s",
        "it": f"{median(theirs):.2f} s",
        **ratios([our / their for our, their in zip(ours, theirs, strict=True)]),
    }


def _dragoman() -> str:
    return str(Path(sys.executable).with_name("dragoman"))


def _output(command: Sequence[str], given: str = "") -> str:
    return subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    heads = list(rows[0])
    lines = [heads, ["---"] * 2 + ["---:"] * (len(heads) - 2), *([str(row[head]) for head in heads] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Run the benchmarks and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="rounds that count (7)")
    parser.add_argument("--diplomatic", type=int, default=120, help="texts of the diplomatic corpus (120)")
    parser.add_argument("--mixed", type=int, default=1500, help="texts of the mixed stream (1500)")
    parser.add_argument("--stream", type=int, default=6000, help="items of the mixed stream behind the gate (6000)")
    parser.add_argument("--pooled", type=int, default=800, help="diplomatic texts for two workers (800)")
    parser.add_argument("--pooled-stream", type=int, default=20_000, help="items behind the gate for them (20000)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument("--write", type=Path, help=f"refresh the table between <!-- {MARK} --> marks in this document")
    chosen = parser.parse_args()
    timed = corpora({"diplomatic": chosen.diplomatic, "mixed": chosen.mixed})
    # Memory first: on Linux a child's peak starts at the size of the process that started it.
    rows = [peak(corpus) for corpus in timed]
    rows += [one_report(chosen.rounds), help_page(chosen.rounds)]
    rows += [throughput(corpus, chosen.rounds) for corpus in timed]
    rows += [row for corpus in corpora({"mixed": chosen.stream}) for row in gated(corpus, chosen.rounds)]
    rows += [workers(corpus, 8, chosen.rounds) for corpus in corpora({"diplomatic": chosen.pooled})]
    rows += [workers(corpus, 128, chosen.rounds, gated=True) for corpus in corpora({"mixed": chosen.pooled_stream})]
    rows += [times_alone(corpus, chosen.rounds) for corpus in timed]
    print(markdown(rows))
    if chosen.json:
        chosen.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    if chosen.write:
        replace(chosen.write, MARK, markdown(rows))


if __name__ == "__main__":
    main()
