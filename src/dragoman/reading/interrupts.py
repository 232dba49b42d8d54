"""Interrupts from the keyboard, put off while something lasts that must not be broken off."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def put_off() -> Iterator[None]:
    """Hear of interrupts behind it, not while it lasts.

    A process that is begun in here never hears of them, from its first moment.
    """
    if sys.platform == "win32":
        yield
        return
    late: list[int] = []
    handler = signal.getsignal(signal.SIGINT)  # runs in the main thread, whichever hears of it; None is not Python's
    here = threading.current_thread() is threading.main_thread() and handler is not None
    if here:
        signal.signal(signal.SIGINT, lambda number, _: late.append(number))
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        if here:
            signal.signal(signal.SIGINT, handler)
        for number in late:
            signal.raise_signal(number)


@contextmanager
def beginning() -> Iterator[None]:
    """Begin processes, which leave interrupts to this one: interrupted or half begun they would complain."""
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # when it is begun, it lets interrupts through again
    with put_off():
        yield
