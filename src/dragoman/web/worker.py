"""The worker: reports are read in a process of their own, which is ended when one takes too long."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import Future, ProcessPoolExecutor, TimeoutError
from concurrent.futures.process import BrokenProcessPool
from threading import Lock

import msgspec

from dragoman.domain import BadInput, Reading
from dragoman.reading.interrupts import beginning
from dragoman.reading.pool import read_batch
from dragoman.reading.reader import Draft
from dragoman.web.settings import READ_SECONDS

NICE = 10  # steps that the process stands back
_decoder = msgspec.json.Decoder(Reading)


def _read(draft: Draft) -> bytes | str:
    (outcome,) = read_batch([draft])
    return outcome if isinstance(outcome, str) else msgspec.json.encode(outcome)


def _behind() -> None:
    """Let the answers to those who only look go first."""
    if hasattr(os, "nice"):
        os.nice(NICE)


def _warm() -> None:
    read_batch([Draft("Nothing.")])


class Worker:
    """One process that reads; a model is loaded once.

    Parameters
    ----------
    seconds
        How long the reading of one report may take.
    """

    def __init__(self, seconds: float = READ_SECONDS) -> None:
        self.seconds = seconds
        self._lock = Lock()
        self._pool: ProcessPoolExecutor | None = None

    def start(self) -> None:
        """Load the model ahead of the first report."""
        self._begun()

    def _begun(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _behind)
                with beginning():
                    self._pool.submit(_warm)
            return self._pool

    def read(self, draft: Draft) -> Reading:
        """Read a report.

        Raises
        ------
        BadInput
            When it cannot be read, or not in the time that a report may take.
        """
        pool = self._begun()
        waiting: Future[bytes | str] = pool.submit(_read, draft)
        try:
            outcome = waiting.result(self.seconds)
        except (TimeoutError, BrokenProcessPool):
            self.stop(pool)
            raise BadInput(f"the report could not be read in {self.seconds:g} s") from None
        if isinstance(outcome, str):
            raise BadInput(outcome)
        return _decoder.decode(outcome)

    def stop(self, pool: ProcessPoolExecutor | None = None) -> None:
        """End the process, whatever it is doing."""
        with self._lock:
            ending = pool or self._pool
            if ending is self._pool:
                self._pool = None
        if ending is not None:
            for process in list((ending._processes or {}).values()):
                process.kill()
            ending.shutdown(wait=False, cancel_futures=True)
