"""The desk: one record that is open, and what the pages share."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from sqlalchemy import Connection, event, func, select, text

from dragoman.domain import BadInput
from dragoman.record import Record, tables
from dragoman.record.standing.ask import Histories, Known, histories
from dragoman.record.store import user
from dragoman.web.access.roles import Visitor
from dragoman.web.access.users import Keys, any_users
from dragoman.web.guard.forged import Seal
from dragoman.web.kept import Kept, Lately
from dragoman.web.settings import ASK_SECONDS, READING, Settings
from dragoman.web.worker import Worker

T = TypeVar("T")
STEPS = 64  # questions whose steps are kept: those toward one, as a rule
LOOK = 0.5  # seconds for which another process's writing may go unseen
CLOCK = 200_000  # steps of SQLite between two looks at the clock, for each of which it waits its turn in Python
CACHE = "cache_size=-16384"  # of SQLite, for each connection: what is asked for lies far apart, and more helps little
DEADLINE = "deadline"


class TooLong(BadInput):
    """A question that was broken off."""


class PatientRecord(Record):
    """A record whose questions are broken off after some seconds; it tells `changed` of what it writes."""

    def __init__(self, where: str, changed: Callable[[], None], seconds: float = ASK_SECONDS) -> None:
        self.changed, self.seconds = changed, seconds
        super().__init__(where, create=True)
        if self.dialect == "sqlite":
            event.listen(self.engine, "connect", lambda driver, _: driver.execute(f"PRAGMA {CACHE}"))
            event.listen(self.engine, "before_cursor_execute", self._in_time)
            self.engine.dispose()  # the connections that are there have another cache

    @contextmanager
    def writing(self, *, beside: bool = False) -> Iterator[Connection]:
        """The connection that writes."""
        with super().writing(beside=beside) as connection:
            yield connection
        self.changed()

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection to ask with, until the deadline.

        Raises
        ------
        TooLong
            When a question is not answered by then.
        """
        try:
            with super().asking() as connection, self._until_then(connection):
                yield connection
        except BadInput as error:
            if not _broken_off(error):
                raise
            raise self._too_long() from None

    def _too_long(self) -> TooLong:
        return TooLong(f"this takes longer than {self.seconds:g} s to answer; ask for less")

    def _in_time(self, connection: Connection, *_: Any) -> None:
        """Begin nothing after the deadline: a short statement ends before the clock is looked at."""
        if time.monotonic() > connection.info.get(DEADLINE, math.inf):
            raise self._too_long()

    @contextmanager
    def _until_then(self, connection: Connection) -> Iterator[None]:
        if self.dialect == "postgresql":
            connection.execute(text(f"SET LOCAL statement_timeout = {max(1, int(self.seconds * 1000))}"))
            yield
            return
        driver: Any = connection.connection.driver_connection
        deadline = connection.info[DEADLINE] = time.monotonic() + self.seconds
        driver.set_progress_handler(lambda: time.monotonic() > deadline, CLOCK)
        try:
            yield
        finally:
            driver.set_progress_handler(None, 0)
            del connection.info[DEADLINE]


def _broken_off(error: BadInput) -> bool:
    """Whether a database stopped at the deadline (SQLITE_INTERRUPT; SQLSTATE 57014)."""
    why = getattr(error.__context__, "orig", None)
    return str(why) == "interrupted" or getattr(why, "sqlstate", None) == "57014"


class Desk:
    """An open record and what belongs to serving it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.worker = Worker()
        self.seal = Seal()
        self.keys = Keys()
        self._readers, self._lookers = CapacityLimiter(READING), CapacityLimiter(1)
        self._kept = Kept()
        self._histories = Kept(STEPS)
        self._lately = Lately(self._renew)
        self._renewals = 0
        self._lock = Lock()
        self._seen = (-1.0, "", False)
        self.record = PatientRecord(settings.record, self.changed)

    def asking(self) -> AbstractContextManager[Connection]:
        """A connection to ask with."""
        return self.record.asking()

    async def now(self) -> str:
        """The state, looked at beside the threads that answer: what is kept need not wait for them."""
        seen = self.seen()
        return seen if seen is not None else await run_sync(self.state, limiter=self._lookers)

    async def aside(self, read: Callable[..., T], *given: Any) -> T:
        """Do what reads a report beside the threads of those who only look, whom it would keep waiting."""
        return await run_sync(read, *given, limiter=self._readers)

    def writing(self) -> AbstractContextManager[Connection]:
        """The connection that writes."""
        return self.record.writing()

    def changed(self) -> None:
        """Look at the record anew before the next answer."""
        with self._lock:
            self._seen = (-1.0, "", False)

    def _look(self) -> tuple[str, bool]:
        with self._lock:
            at, state, peopled = self._seen
        if time.monotonic() - at < LOOK:
            return state, peopled
        with self.asking() as connection:
            state = str(connection.scalar(select(func.max(tables.seal.c.id))) or 0)
            peopled = any_users(connection)
        with self._lock:
            self._seen = (time.monotonic(), state, peopled)
        return state, peopled

    def state(self) -> str:
        """Changes when the record does, or what is told of it."""
        return f"{self._look()[0]}.{self._renewals}"

    def _renew(self) -> None:
        self._renewals += 1

    def seen(self) -> str | None:
        """The state, where it was looked at just now."""
        with self._lock:
            at, state, _ = self._seen
        return f"{state}.{self._renewals}" if time.monotonic() - at < LOOK else None

    @property
    def open(self) -> bool:
        """Whether nobody needs to sign in, as far as was seen."""
        return not self.settings.public and not self._look()[1]

    def local(self) -> Visitor | None:
        """The user of this machine, where nobody needs to sign in."""
        return Visitor(user(), "admin", "local") if self.open else None

    def kept(self, asked: Hashable, make: Callable[[Connection], T]) -> T:
        """The answer to a question, reckoned once for each state of the record."""

        def made() -> T:
            with self.asking() as connection:
                return make(connection)

        return self._kept.get(self.state(), asked, made)

    def histories(self, toward: Sequence[str], holders: Sequence[str], known: Known) -> Histories:
        """The steps toward these, by these, of all days: several pages and lists rest on the same ones."""

        def made() -> Histories:
            with self.asking() as connection:
                return histories(connection, known, toward=toward, holders=holders)

        asked = (tuple(toward), tuple(holders), known.read_by, known.published_by)
        return self._histories.get(self.state(), asked, made)

    def lately(self, asked: Hashable, make: Callable[[Connection], T]) -> T:
        """The answer to a question that may take long: of this state of the record, or of a moment ago."""

        def made() -> T:
            with Record.asking(self.record) as connection:  # nobody waits for it: it is not broken off
                return make(connection)

        return self._lately.get(self._look()[0], asked, made)

    def close(self) -> None:
        """Let go of all."""
        self.worker.stop()
        self.record.close()
