"""Apart: untrusted bytes are parsed by a worker in a process of its own, which can be ended."""

from __future__ import annotations

import atexit
import os
import select
import struct
import subprocess
import sys
import threading
import time

import msgspec

from dragoman.domain import BadInput
from dragoman.intake.found import Answer, Entries, Job, Order, Page
from dragoman.intake.limits import BEGIN_SECONDS, PARSE_SECONDS, PARSED_MOST

LENGTH = struct.Struct(">Q")
READY = b"\n"  # what the worker says first


class Worker:
    """A process that parses what it is given, piece after piece; it is begun anew when it ends or is ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0
        self._lock = threading.Lock()

    def ask(self, order: Order) -> Answer:
        """Parse apart, in 10 seconds and 1 GiB at most.

        Raises
        ------
        BadInput
            When it takes longer, or the worker does not survive it.
        """
        with self._lock:
            if self._done >= PARSED_MOST:
                self.end()
            try:
                process = self._begun()
            except TimeoutError:
                self.end()
                raise BadInput("cannot be read (the worker does not begin)") from None
            except BaseException:
                self.end()
                raise
            self._done += 1
            try:
                answer = self._asked(process, msgspec.msgpack.encode(order))
            except TimeoutError:
                self.end()
                raise BadInput(f"takes longer than {PARSE_SECONDS:.0f} seconds to read") from None
            except BaseException:
                self.end()
                raise
            if answer is None:
                code = process.wait()
                self.end()
                raise BadInput(f"cannot be read (the worker ended with {code})")
            return answer

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-P", "-m", "dragoman.intake.worker"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._done = 0
            atexit.register(self.end)
            if self._read(self._process, 1, time.monotonic() + BEGIN_SECONDS) != READY:
                raise BadInput("cannot be read (the worker cannot be begun)")
        return self._process

    def _asked(self, process: subprocess.Popen[bytes], order: bytes) -> Answer | None:
        """Write the order and read the answer; None where the worker is gone."""
        assert process.stdin and process.stdout
        try:
            process.stdin.write(LENGTH.pack(len(order)) + order)
            process.stdin.flush()
        except BrokenPipeError:
            return None
        until = time.monotonic() + PARSE_SECONDS
        head = self._read(process, LENGTH.size, until)
        if len(head) < LENGTH.size:
            return None
        (size,) = LENGTH.unpack(head)
        body = self._read(process, size, until)
        return msgspec.msgpack.decode(body, type=Answer) if len(body) == size else None

    @staticmethod
    def _read(process: subprocess.Popen[bytes], size: int, until: float) -> bytes:
        assert process.stdout
        pipe = process.stdout.fileno()
        parts: list[bytes] = []
        while size:
            ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
            if not ready:
                raise TimeoutError
            part = os.read(pipe, min(size, 1 << 20))
            if not part:
                break
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        atexit.unregister(self.end)
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except BrokenPipeError:
                        continue


_WORKER = Worker()


def read_page(job: Job, data: bytes, url: str | None = None) -> Page:
    """Find the report in an HTML page or a piece of one (given as UTF-8), a PDF or a message.

    Raises
    ------
    BadInput
        When none is found, or it takes too long or too much memory.
    """
    page = _answer(Order(job, data, url)).page
    if page is None or not page.text or page.text.isspace():
        raise BadInput(f"no report was found in the {NAMES[job]}")
    return page


def read_entries(job: Job, data: bytes, url: str | None = None) -> Entries:
    """Find the entries of a feed or sitemap (given as UTF-8).

    Raises
    ------
    BadInput
        When it cannot be read, or it takes too long or too much memory.
    """
    return _answer(Order(job, data, url)).entries or Entries(())


def _answer(order: Order) -> Answer:
    try:
        answer = _WORKER.ask(order)
    except BadInput as error:
        raise BadInput(f"the {NAMES[order.job]} {error}") from None
    if answer.refused:
        raise BadInput(answer.refused)
    return answer


NAMES: dict[Job, str] = {
    "html": "page",
    "piece": "entry",
    "pdf": "PDF document",
    "mail": "message",
    "feed": "feed",
    "sitemap": "sitemap",
}
