"""Watching: a real site, a real record, and a real service that is stopped and begun again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_on_loopback import Site, running
from sqlalchemy import func, select

from dragoman.intake import Fetcher
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.record import Record, tables
from dragoman.record.verify import verify
from dragoman.watch.cycle import Cycle, Watcher
from dragoman.watch.visits import visits

Running = tuple[str, type[Site]]


@pytest.fixture
def site() -> Iterator[Running]:
    with running() as one:
        yield one


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    opened = Record(tmp_path / "record.db", create=True)
    yield opened
    opened.close()


def cycle(record: Record, *feeds: str) -> Cycle:
    """One cycle, with nothing remembered but what is in the record."""
    made = Cycle()
    fetcher = Fetcher(allow_loopback=True, delay=0, backoff=0.01)
    Watcher(record, fetcher, DEFAULT_MODEL, gated=False).run(feeds, made)
    fetcher.close()
    return made


def count(record: Record) -> int:
    with record.asking() as connection:
        return connection.scalar(select(func.count()).select_from(tables.report)) or 0


def test_each_cycle_brings_what_is_new_and_nothing_twice(site: Running, record: Record) -> None:
    base, handler = site
    first = cycle(record, f"{base}/feed")
    assert (first.feeds, first.filed.read, first.filed.refused) == (1, 3, [])
    assert first.filed.events >= 3
    second = cycle(record, f"{base}/feed")
    assert (second.unchanged, second.filed.read) == (1, 0)
    handler.named = 5
    third = cycle(record, f"{base}/feed")
    assert (third.unchanged, third.filed.read) == (0, 2)
    assert {handler.asked[f"/page/{number}"] for number in range(5)} == {1}
    assert count(record) == 5
    found = verify(record)
    assert (found.faults, found.originals) == ([], 5) and found.traced == found.spans > 50


def test_a_bad_feed_is_named_put_off_and_does_not_stop_the_others(site: Running, record: Record) -> None:
    base, handler = site
    bad = [f"{base}/dead", f"{base}/laughs", f"{base}/packed", "http://169.254.169.254/feed"]
    made = cycle(record, *bad, f"{base}/feed")
    assert (made.feeds, made.failed, made.filed.read) == (5, 4, 3)
    assert len(made.troubles) == 4
    for url, why in zip(bad, ("503", "declares entities", "neither a feed nor", "not a public"), strict=True):
        assert any(one.startswith(f"{url}: ") and why in one for one in made.troubles), made.troubles
    asked = handler.asked["/dead"]
    again = cycle(record, *bad, f"{base}/feed")
    assert (again.waiting, again.unchanged, handler.asked["/dead"]) == (4, 1, asked)


def test_a_page_that_fails_is_asked_again_and_one_that_is_gone_is_not(site: Running, record: Record) -> None:
    base, handler = site
    made = cycle(record, f"{base}/odd-feed")
    assert made.filed.read == 1
    seen = visits(record, [f"{base}/none", f"{base}/dead", f"{base}/private", f"{base}/odd-feed"])
    assert "404" in seen[f"{base}/none"].outcome and seen[f"{base}/none"].due is None
    assert "503" in seen[f"{base}/dead"].outcome and seen[f"{base}/dead"].due is not None
    assert "robots.txt" in seen[f"{base}/private"].outcome and seen[f"{base}/private"].due is None
    assert seen[f"{base}/odd-feed"].etag is None, "what it names is not settled, so it is asked for in full again"
    asked = dict(handler.asked)
    cycle(record, f"{base}/odd-feed")
    assert {path for path in handler.asked if handler.asked[path] != asked.get(path)} == {"/odd-feed", "/robots.txt"}


def test_a_sitemap_is_watched_too(site: Running, record: Record) -> None:
    base, handler = site
    assert cycle(record, f"{base}/sitemap.xml").filed.read == 2
    assert cycle(record, f"{base}/sitemap.xml").filed.read == 0
    assert handler.asked["/page/7"] == 1


def service(base: str, record: Path, *more: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dragoman", "watch", f"{base}/feed", f"{base}/dead", "--record", str(record)]
    return subprocess.Popen(
        [*command, "--every", "1", "--allow-loopback", "--all", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


@pytest.mark.parametrize("moment", ["while pages are fetched", "between cycles"])
def test_the_service_stops_when_told_loses_nothing_and_goes_on(site: Running, tmp_path: Path, moment: str) -> None:
    base, handler = site
    handler.named = 20
    where = tmp_path / "record.db"
    fetching = moment == "while pages are fetched"
    first = service(base, where, "--delay", "0.2" if fetching else "0")
    try:
        while first.poll() is None and sum(handler.asked[f"/page/{n}"] for n in range(20)) < (18 if fetching else 20):
            time.sleep(0.05)
        if not fetching:
            assert first.stdout and "20 new reports" in first.stdout.readline()
        first.send_signal(signal.SIGTERM)
        _, complaints = first.communicate(timeout=5)
    finally:
        first.kill()
    assert (first.returncode, complaints) == (0, "")
    record = Record(where)
    kept = count(record)
    assert kept == 16 if fetching else kept == 20, "whole batches are kept"
    if fetching:
        made = cycle(record, f"{base}/feed", f"{base}/dead")
        assert (made.filed.read, made.filed.refused) == (4, [])
    else:
        second = service(base, where, "--once", "--delay", "0")
        said, complaints = second.communicate(timeout=120)
        assert second.returncode == (0 if "1 waiting" in said else 3), complaints
        assert "0 new reports" in said
    assert count(record) == 20 and verify(record).faults == []
    record.close()
