"""A command that is run to its end: how long it takes, and what its process and all those under it take and hold."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

EVERY = 2.0  # seconds between two looks: each takes some milliseconds per process
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Run:
    """What a command took: seconds, and at every look the memory of all processes in MB (proportional set size)."""

    seconds: float = 0.0
    sizes: list[int] = field(default_factory=list)
    processor: dict[int, float] = field(default_factory=dict)  # seconds of each process when it was last seen


def run(arguments: Sequence[str], look: Callable[[subprocess.Popen[bytes]], None] = lambda _: None) -> Run:
    """Run ``dragoman`` with these arguments.

    Parameters
    ----------
    arguments
        Of the command line.
    look
        Is called with the process every now and then, and may kill it.
    """
    begun, made = time.monotonic(), Run()
    command = [sys.executable, "-m", "dragoman", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    ended = threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, made, ended))
    watching.start()
    while process.poll() is None:
        look(process)
        time.sleep(0.1)
    made.seconds = time.monotonic() - begun
    ended.set()
    watching.join()
    return made


def _watch(pid: int, made: Run, ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        tree = list(_tree(pid))
        made.sizes.append(sum(map(_size, tree)) >> 10)
        made.processor |= {one: processor(one) or made.processor.get(one, 0.0) for one in tree}


def processor(pid: int) -> float:
    """Seconds of the processor that a process has taken; 0 where it has ended."""
    try:
        return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])) / TICKS
    except OSError:
        return 0.0


def _tree(pid: int) -> Iterator[int]:
    """A process, its children and theirs."""
    yield pid
    try:
        threads = list(Path(f"/proc/{pid}/task").iterdir())
        children = [one for thread in threads for one in (thread / "children").read_text(encoding="ascii").split()]
    except OSError:
        return
    for one in children:
        yield from _tree(int(one))


def _size(pid: int) -> int:
    """Proportional set size in KB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
