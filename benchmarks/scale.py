"""How an archive scales: reading on a Ray cluster of this machine against worker processes, and loading in bulk.

The archives are made of real releases by a seeded generator (`archive.py`).  Nothing here asserts a time.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import archive
import synthetic

from dragoman.cluster.copies import copies
from dragoman.cluster.load import load
from dragoman.cluster.readings import Done, Options, Readings
from dragoman.cluster.run import cluster, read_units
from dragoman.cluster.units import units
from dragoman.intake import Taken, collect
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.reading.pool import read_batches
from dragoman.reading.reader import Draft
from dragoman.record import Record
from dragoman.score.table import replace

MARK = "benchmark"
WORKERS = 2
BATCH = 64  # reports
Row = dict[str, Any]
OPTIONS = Options(DEFAULT_MODEL)


class Peak:
    """The most memory that the processes which read have held together, in MiB, while it is watched."""

    def __init__(self, words: bytes) -> None:
        self.words = words
        self.most = 0.0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(0.5):
            self.most = max(self.most, sum(self._held()))

    def _held(self) -> Iterator[float]:
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.words in (process / "cmdline").read_bytes():
                    yield int((process / "statm").read_text().split()[1]) * 4096 / 2**20
            except OSError:
                continue


@contextmanager
def timed(row: Row, name: str) -> Iterator[None]:
    """Note the seconds that something took."""
    start = time.perf_counter()
    yield
    row[name] = time.perf_counter() - start


def reading(size: int, folder: Path) -> Row:
    """Read an archive of so many reports on a cluster, and by worker processes."""
    file = folder / f"{size}.jsonl"
    archive.write(file, size)
    row: Row = {"what": f"reading {size:,} reports", "size": size}
    out = folder / f"out-{size}"
    with cluster(), Peak(b"MapWorker(MapBatches(UnitReader))") as held:
        warm = list(read_units(list(units([str(_first(file))])), str(folder / "warm"), OPTIONS))
        assert warm
        with timed(row, "cluster"):
            done = list(read_units(list(units([str(file)])), str(out), OPTIONS))
        with timed(row, "copies"):
            row["pairs"] = sum(1 for _ in copies(str(out), _files(done), size))
    row["cluster MiB"] = held.most
    with Peak(b"spawn_main") as held, timed(row, "workers"):
        row["events"] = _by_workers(file)
    row["workers MiB"] = held.most
    assert row["events"] == sum(one.events for one in done)
    return row


def _first(file: Path) -> Path:
    """A few of the reports, to have the workers load their models."""
    few = file.with_suffix(".first.jsonl")
    few.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:4]), encoding="utf-8")
    return few


def _by_workers(file: Path) -> int:
    drafts = [Draft.of(one) for one in collect([str(file)]) if isinstance(one, Taken)]
    batches = (drafts[at : at + BATCH] for at in range(0, len(drafts), BATCH))
    outcomes = read_batches(batches, gated=True, workers=WORKERS)
    return sum(len(one.events) for batch in outcomes for one in batch if not isinstance(one, str))


def _files(done: Sequence[Done]) -> list[str]:
    return sorted(name for one in done for name in one.files)


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


def table(read: Sequence[Row], loaded: Sequence[Row]) -> str:
    """The figures as Markdown."""
    lines = ["| reports | events | cluster | workers | overhead | copies | memory, cluster | memory, workers |"]
    lines.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in read:
        size = row["size"]
        lines.append(
            f"| {size:,} | {row['events']:,} | {size / row['cluster']:.1f} reports/s "
            f"| {size / row['workers']:.1f} reports/s | {row['cluster'] / row['workers'] - 1:+.0%} "
            f"| {row['copies']:.0f} s | {row['cluster MiB']:.0f} MiB | {row['workers MiB']:.0f} MiB |"
        )
    lines += (
        ["", "| what | seconds | events/s | reports/s | memory |", "| --- | ---: | ---: | ---: | ---: |"]
        if loaded
        else []
    )
    for row in loaded:
        rates = f"{row['events'] / row['seconds']:,.0f} | {row['reports'] / row['seconds']:,.0f}"
        lines.append(f"| {row['what']} | {row['seconds']:.1f} | {rates} | {row['MiB']:.0f} MiB |")
    return "\n".join(lines)


def main() -> None:
    """Run and show."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--sizes", default="1000,10000", help="reports of the archives that are read, by commas")
    parser.add_argument("--events", type=int, default=1_000_000, help="events to load (1,000,000)")
    parser.add_argument("--record", action="append", default=[], help="where to load them: a new file, postgresql://…")
    parser.add_argument("--write", type=Path, help="refresh the table of this document")
    parser.add_argument("--json", type=Path, help="write the figures here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        read = [reading(int(size), folder) for size in given.sizes.split(",") if size]
        names = synthetic.write(folder / "made", given.events) if given.record else []
        loaded = [loading(given.events, folder / "made", names, where) for where in given.record]
    shown = table(read, loaded)
    print(shown)
    if given.json:
        given.json.write_text(json.dumps({"read": read, "loaded": loaded}, indent=2), encoding="utf-8")
    if given.write:
        replace(given.write, MARK, shown)


if __name__ == "__main__":
    main()
