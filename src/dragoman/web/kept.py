"""Kept answers: what was reckoned once for a state of the record is given again while the state lasts."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 256  # answers


class Kept:
    """The answers used last; those of an earlier state of the record are dropped with it."""

    def __init__(self) -> None:
        self._state = ""
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, state: str, asked: Hashable, make: Callable[[], T]) -> T:
        """The answer to `asked` in this state; made where it is not there."""
        with self._lock:
            if state != self._state:
                self._answers.clear()
                self._state = state
            if asked in self._answers:
                self._answers.move_to_end(asked)
                found: T = self._answers[asked]
                return found
        made = make()
        with self._lock:
            if state == self._state:
                self._answers[asked] = made
                if len(self._answers) > MOST:
                    self._answers.popitem(last=False)
        return made
