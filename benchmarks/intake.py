"""How a web archive goes into a record: time, memory, and whether a run that is killed half-way ends the same.

    python benchmarks/intake.py [--pages 2000] [--into DIR]

Makes a gzip'd WARC of pages, adds it in one run, then adds it again into another record, is killed half-way and begun
anew, and compares the two records. Memory is that of the whole process tree (proportional set size), sampled some
times a second.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from archives import write_warc
from process_tree import run
from same_records import contents

from dragoman.record import Record
from dragoman.record.verify import verify


def main() -> None:
    """Run, and print what was measured."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=2000)
    options.add_argument("--into", type=Path, default=None)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.into) as folder:
        archive = Path(folder) / "pages.warc.gz"
        write_warc(archive, range(given.pages))
        print(f"{given.pages} pages, {archive.stat().st_size >> 10} KB of gzip'd WARC")
        whole, halved = Path(folder) / "whole.db", Path(folder) / "halved.db"
        seconds, peaks = added(archive, whole)
        print(f"one run: {seconds:.0f} s, {given.pages / seconds:.1f} pages/s, peak memory {max(peaks)} MB")
        quarters = [max(peaks[at * len(peaks) // 4 : (at + 1) * len(peaks) // 4]) for at in range(4)]
        print(f"peaks of its quarters: {', '.join(f'{one} MB' for one in quarters)}")
        added(archive, halved, kill_at=given.pages // 2)
        kept = _count(halved)
        print(f"killed with {kept} of {given.pages} reports kept")
        seconds, peaks = added(archive, halved)
        print(f"begun anew: {seconds:.0f} s, peak memory {max(peaks)} MB")
        one, other = contents(whole), contents(halved)
        print(f"the same record: {one == other} ({len(one[0][2])} tellings, {len(one[1])} standings)")
        record = Record(whole)
        begun = time.monotonic()
        found = verify(record)
        print(
            f"verified in {time.monotonic() - begun:.0f} s: {len(found.faults)} faults, {found.spans} spans, "
            f"{found.traced} of them in {found.originals} originals"
        )
        record.close()


def added(archive: Path, record: Path, kill_at: int | None = None) -> tuple[float, list[int]]:
    """Add an archive; return the seconds and the memory (MB) over time.  Kill it once so many reports are kept."""

    def look(process: subprocess.Popen[bytes]) -> None:
        if kill_at is not None and record.exists() and _count(record) >= kill_at:
            os.killpg(process.pid, signal.SIGKILL)

    made = run(["add", str(archive), "--record", str(record), "--all"], look)
    return made.seconds, made.sizes


def _count(record: Path) -> int:
    import sqlite3

    try:
        with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.Error:
        return 0


if __name__ == "__main__":
    main()
