"""A command that is run to its end: how long it takes, and what memory its process and all those under it hold."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

EVERY = 2.0  # seconds between two looks at the memory: each takes some milliseconds per process


def run(
    arguments: Sequence[str], look: Callable[[subprocess.Popen[bytes]], None] = lambda _: None
) -> tuple[float, list[int]]:
    """Run ``dragoman`` with these arguments.

    Parameters
    ----------
    arguments
        Of the command line.
    look
        Is called with the process every now and then, and may kill it.

    Returns
    -------
    tuple
        (seconds, memory of the whole tree in MB over time: proportional set size).
    """
    begun = time.monotonic()
    command = [sys.executable, "-m", "dragoman", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    sizes: list[int] = []
    ended = threading.Event()
    watching = threading.Thread(target=_watch, args=(process.pid, sizes, ended))
    watching.start()
    while process.poll() is None:
        look(process)
        time.sleep(0.1)
    seconds = time.monotonic() - begun
    ended.set()
    watching.join()
    return seconds, sizes


def _watch(pid: int, sizes: list[int], ended: threading.Event) -> None:
    while not ended.wait(EVERY):
        sizes.append(sum(map(_size, _tree(pid))) >> 10)


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
