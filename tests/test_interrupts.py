"""Interrupts from the keyboard that are put off."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from dragoman.reading.interrupts import beginning, put_off


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Interrupts are heard of, which a shell has what it runs in the background ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_interrupt_that_is_put_off_is_heard_of_behind() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), put_off():
        signal.raise_signal(signal.SIGINT)
        done.append(True)
    assert done
    with pytest.raises(KeyboardInterrupt):  # and nothing is changed for those that come later
        signal.raise_signal(signal.SIGINT)


def test_an_interrupt_that_another_thread_hears_of_is_put_off_too() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), put_off():
        other = threading.Thread(target=_unblocked)
        other.start()
        other.join()
        done.append(True)
    assert done


def _unblocked() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    signal.raise_signal(signal.SIGINT)


def test_a_process_begun_so_does_not_hear_of_interrupts() -> None:
    ask = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('went on')"
    with beginning():
        begun = subprocess.Popen([sys.executable, "-c", ask], stdout=subprocess.PIPE, text=True)
    assert begun.communicate()[0] == "went on\n"


def test_outside_the_main_thread_they_are_left_alone() -> None:
    went: list[bool] = []

    def elsewhere() -> None:
        with put_off():
            went.append(True)

    other = threading.Thread(target=elsewhere)
    other.start()
    other.join()
    assert went
