"""How fast a record answers as it grows, and what share of adding is the database's.

A seeded generator (`synthetic.py`) makes up readings; they are loaded in bulk into records of growing size, and the
same questions are put to each.  Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from corpora import corpora
from read import markdown
from sqlalchemy import event, func, select
from synthetic import KINDS, SEED, TOPICS, load

from dragoman import Draft, read_all
from dragoman.intake import Taken
from dragoman.reading.names import catalogue
from dragoman.record import Record, tables
from dragoman.record import filing as filing_module
from dragoman.record.questions import EventFilter, events
from dragoman.record.standing.ask import Known, pairs
from dragoman.record.standing.lines import standings
from dragoman.score.table import replace

MARK = "record"
SIZES = (10_000, 100_000, 1_000_000)
Row = dict[str, Any]


def filled(where: str, size: int) -> tuple[Record, float | None]:
    """A record of so many events, and the seconds in which it was loaded; None where it was there."""
    if "://" not in where and Path(where).exists():
        return Record(where), None
    record = Record(where, create=True)
    return record, load(record, size)


def standing_of(record: Record, toward: Sequence[str], as_of: str) -> int:
    """Who recognises them, with all evidence, as the command prints it."""
    with record.asking() as connection:
        return len(standings(connection, pairs(connection, Known(as_of), toward=toward)))


def busiest(record: Record) -> list[str]:
    """All that are treated in any way, the one with the most steps first."""
    column = tables.step.c.toward
    with record.asking() as connection:
        return list(connection.scalars(select(column).group_by(column).order_by(func.count().desc())))


def questions(record: Record, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """The seconds of each question, over seeded choices of what is asked for."""
    pick = random.Random(SEED)
    towards = busiest(record)
    names = [catalogue()[id].name for id in towards]

    def timed(ask: Callable[[], object]) -> list[float]:
        ask()
        seconds = []
        for _ in range(rounds):
            begun = time.perf_counter()
            ask()
            seconds.append(time.perf_counter() - begun)
        return seconds

    def day() -> str:
        return f"{pick.randint(2001, 2024)}-{pick.randint(1, 12):02}-{pick.randint(1, 28):02}"

    yield "standing toward any one, at a day", timed(lambda: standing_of(record, [pick.choice(towards)], day()))
    yield "standing toward the busiest, at the last day", timed(lambda: standing_of(record, towards[:1], "2024-12-31"))
    yield (
        "list: one actor, kind, ten years",
        timed(
            lambda: events(
                record,
                EventFilter(actor=pick.choice(names), kinds=(pick.choice(KINDS)[0],), since="2010", until="2019"),
            )
        ),
    )
    yield "list: two parties", timed(lambda: events(record, EventFilter(parties=tuple(pick.sample(names[:60], 2)))))
    yield "list: kind and day", timed(lambda: events(record, EventFilter(kinds=(pick.choice(KINDS)[0],), since=day())))
    yield "search: a word of every sixth event", timed(lambda: events(record, EventFilter(text="minister")))
    yield "search: one word", timed(lambda: events(record, EventFilter(text=pick.choice(TOPICS))))
    yield (
        "search: two words of one actor",
        timed(lambda: events(record, EventFilter(actor=pick.choice(names), text=" ".join(pick.sample(TOPICS, 2))))),
    )


def share_of_adding(texts: int) -> Row:
    """What share of adding State Department releases is the record's, and of that the database's own."""
    corpus = corpora({"diplomatic": texts})[0]
    taken = [Taken(f"{corpus.name}:{at}", text, published) for at, (text, published) in enumerate(corpus.texts)]
    list(read_all([Draft("Peru recognised Kosovo on Friday.", "2008-02-25")]))  # no model is loaded by the clock
    filing, database = Clock(), Clock()
    plain = vars(filing_module)["add"]

    def clocked(*given: Any, **more: Any) -> Any:
        with filing:
            return plain(*given, **more)

    with tempfile.TemporaryDirectory() as folder, replaced(filing_module, "add", clocked):
        record = Record(Path(folder) / "dragoman.db", create=True)
        for name in ("before_cursor_execute", "commit"):
            event.listen(record.engine, name, lambda *_: database.start())
        event.listen(record.engine, "after_cursor_execute", lambda *_: database.stop())
        event.listen(record.engine.pool, "checkin", lambda *_: database.stop())  # after a commit
        begun = time.perf_counter()
        filed = filing_module.file_reports(record, taken, filing_module.Filed())
        whole = time.perf_counter() - begun
        record.close()
    return {
        "what": f"add, {corpus.name}: {filed.read} reports, {filed.events} events",
        "whole": f"{whole:.1f} s",
        "filing and merging": f"{filing.seconds / whole:.1%}",
        "of it the database": f"{database.seconds / whole:.1%}",
    }


class Clock:
    """Adds up seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._begun: float | None = None

    def start(self) -> None:
        """Begin to count, where it is not counting."""
        self._begun = self._begun or time.perf_counter()

    def stop(self) -> None:
        """Stop counting."""
        if self._begun is not None:
            self.seconds += time.perf_counter() - self._begun
            self._begun = None

    def __enter__(self) -> None:
        self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextmanager
def replaced(module: Any, name: str, by: object) -> Iterator[None]:
    """A name of a module stands for something else for a while."""
    before = vars(module)[name]
    setattr(module, name, by)
    try:
        yield
    finally:
        setattr(module, name, before)


def curve(sizes: Sequence[int], rounds: int, where: str | None, folder: Path) -> list[Row]:
    """One row for each question, one column for each size: median and 95th percentile."""
    found: dict[str, Row] = {}
    for size in sizes:
        file = folder / f"{size}.db"
        record, took = filled(where or str(file), size)
        head = f"{size:,} events"
        loaded = found.setdefault("load in bulk", {"what": "load in bulk"})
        loaded[head] = "was there" if took is None else f"{took:.0f} s ({size / took:,.0f} events/s)"
        if where is None:
            held = found.setdefault("size on disk", {"what": "size on disk"})
            held[head] = f"{file.stat().st_size / 2**20:,.0f} MiB"
        for what, seconds in questions(record, rounds):
            row = found.setdefault(what, {"what": what})
            row[head] = f"{median(seconds) * 1000:.0f} ms ({quantiles(seconds, n=20)[-1] * 1000:.0f} ms)"
        record.close()
    return list(found.values())


def main() -> None:
    """Run the benchmark and print its tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES), help="events of each record")
    parser.add_argument("--rounds", type=int, default=100, help="times that each question is put (100)")
    parser.add_argument("--adding", type=int, default=200, help="releases that are added (200); 0 for none")
    parser.add_argument("--record", help="an empty postgresql:// database instead of files; takes one size")
    parser.add_argument("--folder", type=Path, help="keep the records here, and take those that are there")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--write", type=Path, help=f"refresh the tables between <!-- {MARK} --> marks in this document"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        found = [curve(chosen.sizes, chosen.rounds, chosen.record, chosen.folder or Path(temporary))]
    if chosen.adding:
        found.append([share_of_adding(chosen.adding)])
    shown = "\n\n".join(markdown(rows) for rows in found)
    print(shown)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if chosen.write:
        replace(chosen.write, MARK, shown)


if __name__ == "__main__":
    main()
