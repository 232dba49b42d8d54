"""Kept answers: what was reckoned once for a state of the record is given again while the state lasts."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from threading import Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 256  # answers
QUICK = 0.25  # seconds that somebody may be kept waiting


class Kept:
    """The answers used last, so many at most; those of an earlier state of the record are dropped with it.

    Who asks what somebody is asking already waits for that answer.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._state = ""
        self._answers: OrderedDict[Hashable, Future[Any]] = OrderedDict()
        self._lock = Lock()

    def get(self, state: str, asked: Hashable, make: Callable[[], T]) -> T:
        """The answer to `asked` in this state; made where it is not there."""
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state = state
            found: Future[T] | None = self._answers.get(asked)
            if found is not None:
                self._answers.move_to_end(asked)
            else:
                making: Future[T] = Future()
                self._answers[asked] = making
                if len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        if found is not None:
            return found.result()
        try:
            making.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._answers.get(asked) is making:
                    del self._answers[asked]  # whoever asks later may be luckier
            making.set_exception(error)
        return making.result()


@dataclass(slots=True)
class _Made:
    state: str
    answer: Any
    took: float


class Lately:
    """Answers that may be of a moment ago: what takes long is made anew aside; until then the last one is given."""

    def __init__(self, renewed: Callable[[], None]) -> None:
        self._renewed = renewed  # is told when an answer that was given is no longer the last one
        self._answers: dict[Hashable, _Made] = {}
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, state: str, asked: Hashable, make: Callable[[], T]) -> T:
        """The answer to `asked` in this state, or in the last one for which there is an answer."""
        found = self._answers.get(asked)
        if found is not None and found.state != state and found.took > QUICK:
            Thread(target=self._make, args=(state, asked, make), daemon=True).start()
        elif found is None or found.state != state:
            self._make(state, asked, make)
        answer: T = self._answers[asked].answer
        return answer

    def _make(self, state: str, asked: Hashable, make: Callable[[], Any]) -> None:
        with self._lock:
            making = self._making.setdefault(asked, Lock())
        known = asked in self._answers
        if not making.acquire(blocking=not known):
            return  # somebody is at it, and there is an older answer
        try:
            there = self._answers.get(asked)
            if there is None or there.state != state:
                begun = time.monotonic()
                answer = make()
                self._answers[asked] = _Made(state, answer, time.monotonic() - begun)
                if known:
                    self._renewed()
        finally:
            making.release()
