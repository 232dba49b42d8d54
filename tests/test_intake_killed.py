"""Killed half-way: what was kept stays, and a second run makes the record of one that was never stopped."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from itertools import accumulate
from pathlib import Path

import pytest
from archives import record_of
from same_records import contents
from site_on_loopback import page

from dragoman.intake import Taken, collect
from dragoman.record import Record
from dragoman.record.filing import BATCH, READ, Filed, file_reports
from dragoman.record.verify import verify

PAGES = 48
PATIENCE = 120  # seconds for the first batch
DIPLOMACY, SPORT = "foreign minister met the Taliban's envoy in", "team beat the visitors by three goals in"
PICTURE = record_of("https://example.org/picture", bytes(1 << 18), kind="image/png")  # longer than any buffer


def story(number: int) -> bytes:
    """A page; of sport, which is gated, three times out of four."""
    words = page(number)
    if number % 4 == 0:
        return words.encode()
    scores = " ".join(f"Round {at} of cup {number} went to the visitors by three goals." for at in range(90))
    return words.replace(DIPLOMACY, SPORT).replace("talks", "cup").replace("</p>", f" {scores}</p>", 1).encode()


def added(where: Path, archive: str) -> Filed:
    record = Record(where, create=True)
    filed = file_reports(record, collect([archive]), Filed())
    record.close()
    return filed


def first_batch(archive: str) -> int:
    """How many reports of an archive are kept together first."""
    sizes = accumulate(len(one.text) for one in collect([archive]) if isinstance(one, Taken))
    return min(BATCH, next(at for at, size in enumerate(sizes, start=1) if size > READ))


def kept(where: Path) -> int:
    try:
        with sqlite3.connect(f"file:{where}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM report").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the archive is fed through a named pipe")
def test_a_run_that_is_killed_and_begun_anew_makes_the_record_of_one(tmp_path: Path) -> None:
    pages = [record_of(f"https://example.org/{number}", story(number)) for number in range(PAGES)]
    archive, halved, whole = (tmp_path / name for name in ("pages.warc", "halved.db", "whole.db"))
    archive.write_bytes(b"".join(pages))
    first = first_batch(str(archive))
    assert 0 < first < PAGES
    archive.unlink()
    os.mkfifo(archive)
    command = [sys.executable, "-m", "dragoman", "add", str(archive), "--record", str(halved)]
    until = time.monotonic() + PATIENCE
    with subprocess.Popen(command) as running, archive.open("wb", buffering=0) as pipe:
        pipe.write(b"".join([*pages[:first], PICTURE]))  # the first batch; it waits for more when that is kept
        while running.poll() is None and kept(halved) < first and time.monotonic() < until:
            time.sleep(0.02)
        running.kill()
        assert running.wait() == -9
    assert kept(halved) == first
    archive.unlink()
    archive.write_bytes(b"".join([*pages[:first], PICTURE, *pages[first:]]))
    again, once = added(halved, str(archive)), added(whole, str(archive))
    assert (again.skipped, again.read, again.refused) == (first, PAGES - first, [])
    assert (once.skipped, once.read, once.refused) == (0, PAGES, [])
    assert contents(halved) == contents(whole)
    for where in (halved, whole):
        record = Record(where)
        found = verify(record)
        assert (found.faults, found.originals) == ([], PAGES) and found.traced == found.spans > PAGES
        record.close()
