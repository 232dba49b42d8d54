"""How an archive scales: added on a Ray cluster of this machine against worker processes, and loaded in bulk.

The archives are made of real releases by a seeded generator (`archive.py`).  Both ways of adding one are the command
``dragoman add`` from its start to its end: with ``--ray local`` the cluster is started, the reports are read, their
copies found, and all is loaded; with ``--workers`` the reports are read and filed one after the other.  Nothing here
asserts a time.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import archive
import synthetic
from process_tree import run
from sqlalchemy import func, select

from dragoman.cluster.load import load
from dragoman.cluster.readings import Readings
from dragoman.record import Record, tables
from dragoman.score.table import replace

MARK = "benchmark"
WORKERS = 2
Row = dict[str, Any]


@contextmanager
def timed(row: Row, name: str) -> Iterator[None]:
    """Note the seconds that something took."""
    start = time.perf_counter()
    yield
    row[name] = time.perf_counter() - start


def adding(size: int, folder: Path) -> Row:
    """Add an archive of so many reports to a new record, on a cluster and by worker processes."""
    file = folder / f"{size}.jsonl"
    archive.write(file, size)
    row: Row = {"what": f"adding {size:,} reports", "size": size}
    ways = {
        "cluster": ["--ray", "local", "--readings", str(folder / f"readings-{size}")],
        "workers": ["--workers", str(WORKERS)],
    }
    for way, options in ways.items():
        record = folder / f"{way}-{size}.db"
        made = run(["add", str(file), "--record", str(record), *options])
        row[way], row[f"{way} MiB"] = made.seconds, max(made.sizes)
        row[f"{way} processor"] = sum(made.processor.values())
        row[f"{way} record"] = record.stat().st_size
        row[f"{way} events"] = _events(record)
    parquet = (folder / f"readings-{size}").rglob("*.parquet")
    row["text"], row["parquet"] = file.stat().st_size, sum(one.stat().st_size for one in parquet)
    assert row["cluster events"] == row["workers events"] > 0
    return row


def _events(where: Path) -> int:
    record = Record(where)
    with record.asking() as connection:
        found = connection.scalar(select(func.count()).select_from(tables.telling))
    record.close()
    return int(found or 0)


def loading(events: int, folder: Path, names: Sequence[str], where: str) -> Row:
    """Load so many made-up events (`synthetic.py`) into an empty record."""
    record = Record(where, create=True)
    row: Row = {"what": f"loading {events:,} events into {record.dialect}"}
    with timed(row, "seconds"):
        row["reports"], row["events"] = load(record, Readings(str(folder)), names)
    row["MiB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    record.close()
    assert row["events"] == events
    return row


def table(added: Sequence[Row], loaded: Sequence[Row]) -> str:
    """The figures as Markdown."""
    lines = ["| reports | events told | cluster | workers | overhead | memory, cluster | memory, workers |"]
    lines.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in added:
        size = row["size"]
        lines.append(
            f"| {size:,} | {row['cluster events']:,} | {row['cluster']:.0f} s, {size / row['cluster']:.1f}/s "
            f"| {row['workers']:.0f} s, {size / row['workers']:.1f}/s | {row['cluster'] / row['workers'] - 1:+.0%} "
            f"| {row['cluster MiB']:.0f} MiB | {row['workers MiB']:.0f} MiB |"
        )
    more, most = sorted(added, key=lambda row: int(row["size"]))[-2:] if len(added) > 1 else (None, None)
    if more and most:
        lines += ["", _per_million(more, most)]
    lines += (
        ["", "| what | seconds | events/s | reports/s | memory |", "| --- | ---: | ---: | ---: | ---: |"]
        if loaded
        else []
    )
    for row in loaded:
        rates = f"{row['events'] / row['seconds']:,.0f} | {row['reports'] / row['seconds']:,.0f}"
        lines.append(f"| {row['what']} | {row['seconds']:.1f} | {rates} | {row['MiB']:.0f} MiB |")
    return "\n".join(lines)


def _per_million(less: Row, more: Row) -> str:
    """What each further million of reports takes: the difference between two archives, divided by their reports."""
    many = (more["size"] - less["size"]) / 1e6
    hours = {
        way: (more[f"{way} processor"] - less[f"{way} processor"]) / many / 3600 for way in ("cluster", "workers")
    }
    room = {what: (more[what] - less[what]) / many / 1e9 for what in ("text", "parquet", "cluster record")}
    return (
        f"Each further million of such reports ({room['text']:.1f} GB of JSON lines), by the difference between the "
        f"last two rows: {hours['cluster']:.1f} hours of one core on the cluster, {hours['workers']:.1f} by workers; "
        f"{room['parquet']:.1f} GB of Parquet, {room['cluster record']:.1f} GB in the record."
    )


def main() -> None:
    """Run and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000", help="reports of the archives that are added, by commas")
    parser.add_argument("--events", type=int, default=1_000_000, help="events to load (1,000,000)")
    parser.add_argument("--record", action="append", default=[], help="where to load them: a new file, postgresql://…")
    parser.add_argument("--write", type=Path, help="refresh the table of this document")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        added = [adding(int(size), folder) for size in given.sizes.split(",") if size]
        names = synthetic.write(folder / "made", given.events) if given.record else []
        loaded = [loading(given.events, folder / "made", names, where) for where in given.record]
    shown = table(added, loaded)
    print(shown)
    if given.json:
        given.json.write_text(json.dumps({"added": added, "loaded": loaded}, indent=2), encoding="utf-8")
    if given.write:
        replace(given.write, MARK, shown)


if __name__ == "__main__":
    main()
