"""Service: cycle after cycle until it is told to stop."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import FrameType

from dragoman.watch.cycle import Cycle, Watcher

GRACE = 4.0  # seconds to stop in, whatever is under way


class Stopped(BaseException):
    """The service was told to stop."""


@contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Stop at once on SIGTERM or SIGINT, in 4 seconds at most.

    Nothing is lost wherever that is: reports are kept batch by batch, whole or not at all, and a visit is remembered
    only after what it brought.  What no exception can reach (a database that waits for another writer) is left
    behind with the process.
    """
    told = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if told.is_set():
            return
        told.set()
        end = threading.Timer(GRACE, _end)
        end.daemon = True
        end.start()
        raise Stopped

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end() -> None:
    sys.stdout.flush()
    os._exit(0)


def serve(
    watcher: Watcher,
    feeds: Sequence[str],
    every: float,
    say: Callable[[str], None],
    told: threading.Event,
    *,
    once: bool,
) -> Cycle:
    """Run cycles, `every` so many seconds from the beginning of one to that of the next; return the last.

    Raises
    ------
    Stopped
        When told to; what the cycle had brought is said before.
    """
    while True:
        begun = datetime.now(UTC)
        cycle = Cycle()
        try:
            watcher.run(feeds, cycle)
        except Stopped:
            say(f"{summary(begun, cycle)} · stopped")
            raise
        say(summary(begun, cycle))
        for trouble in cycle.troubles:
            say(f"  {trouble}")
        if once or told.is_set():
            return cycle
        told.wait(max(every - (datetime.now(UTC) - begun).total_seconds(), 1.0))


def summary(begun: datetime, cycle: Cycle) -> str:
    """One line on what a cycle brought."""
    filed = cycle.filed
    feeds = [f"{cycle.feeds} asked"]
    feeds += [f"{cycle.unchanged} unchanged"] if cycle.unchanged else []
    feeds += [f"{cycle.failed} failed"] if cycle.failed else []
    feeds += [f"{cycle.waiting} waiting after a failure"] if cycle.waiting else []
    reports = [f"{filed.read} new reports", f"{filed.events} events"]
    reports += [f"{filed.copies} copies"] if filed.copies else []
    reports += [f"{filed.skipped} there already"] if filed.skipped else []
    reports += [f"{len(filed.refused)} refused"] if filed.refused else []
    return f"{begun:%Y-%m-%dT%H:%M:%SZ}  feeds: {', '.join(feeds)} · {', '.join(reports)}"
