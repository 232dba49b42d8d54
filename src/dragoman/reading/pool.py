"""The pool: batches of reports read side by side, in order; one that cannot be read does not stop the others."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing.process import BaseProcess

import msgspec

from dragoman.domain import BadInput, Reading
from dragoman.reading.interrupts import beginning
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.reading.reader import Draft, read_all

Outcome = Reading | str  # a reading, or in one line why there is none
AHEAD = 4  # batches in waiting for each worker: while one takes long, the others go on
_decoder = msgspec.json.Decoder(Reading)


def read_batch(drafts: Sequence[Draft], model: str = DEFAULT_MODEL, gated: bool = False) -> list[Outcome]:
    """Read a batch; where one report fails, the others are read all the same."""
    try:
        return list(read_all(drafts, model=model, gated=gated))
    except Exception:
        return [_alone(draft, model, gated) for draft in drafts]


def _alone(draft: Draft, model: str, gated: bool) -> Outcome:
    try:
        return next(read_all([draft], model=model, gated=gated))
    except BadInput as error:
        return str(error)
    except Exception as error:  # whatever it is, it must not take the other reports down with it
        return f"could not be read ({type(error).__name__}: {error})"


def _encoded(drafts: Sequence[Draft], model: str, gated: bool) -> list[bytes | str]:
    return [
        one if isinstance(one, str) else msgspec.json.encode(_safe(one)) for one in read_batch(drafts, model, gated)
    ]


def _safe(reading: Reading) -> Reading:
    """The reading with its report's text left out: the parent has it, and JSON holds no lone surrogates."""
    return msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, text=""))


def read_batches(
    batches: Iterable[Sequence[Draft]], *, model: str = DEFAULT_MODEL, gated: bool = False, workers: int = 1
) -> Generator[list[Outcome], None, None]:
    """Read batches of reports whose text is canonical, in order.

    Parameters
    ----------
    batches
        The reports; no more of them are taken than the workers can have in hand.
    model, gated
        As in `dragoman.read_all`.
    workers
        Processes, each with a model of its own; with one the reading is done here.  They end when the iterator is
        closed.
    """
    if workers == 1:
        for batch in batches:
            yield read_batch(batch, model, gated)
        return
    context = multiprocessing.get_context("spawn")
    others = set(multiprocessing.active_children())
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_attend) as pool:
        waiting: deque[tuple[Sequence[Draft], Future[list[bytes | str]]]] = deque()
        try:
            for batch in batches:
                with beginning():
                    sent = pool.submit(_encoded, batch, model, gated)
                waiting.append((batch, sent))
                if len(waiting) >= workers * AHEAD:
                    yield _decoded(*waiting.popleft())
            while waiting:
                yield _decoded(*waiting.popleft())
        except BaseException:  # nobody waits for what is still in hand
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
            raise


def _attend() -> None:
    """End whenever the process that started this one ends, and not by an interrupt."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # on Windows nothing is inherited
    threading.Thread(target=_end_with, args=(multiprocessing.parent_process(),), daemon=True).start()


def _end_with(parent: BaseProcess | None) -> None:
    if parent is not None:
        parent.join()
        os._exit(1)


def _decoded(batch: Sequence[Draft], future: Future[list[bytes | str]]) -> list[Outcome]:
    return [
        one if isinstance(one, str) else _whole(_decoder.decode(one), draft)
        for draft, one in zip(batch, future.result(), strict=True)
    ]


def _whole(reading: Reading, draft: Draft) -> Reading:
    return msgspec.structs.replace(reading, report=msgspec.structs.replace(reading.report, text=str(draft.source)))
