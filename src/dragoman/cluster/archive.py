"""An archive into a record: read on a cluster, its copies found there, loaded in bulk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field

from dragoman.cluster.copies import copies
from dragoman.cluster.gathering import Pair
from dragoman.cluster.load import load
from dragoman.cluster.readings import Done, Options, Readings
from dragoman.cluster.run import cluster, read_units, unfinished
from dragoman.cluster.units import Unit
from dragoman.intake import Refused
from dragoman.record import Record

Step = Callable[[int, int], None]  # reports read, bytes done


@dataclass(slots=True)
class Archived:
    """What came of an archive; ``units`` were read now, the others before."""

    units: int = 0
    reports: int = 0
    loaded: int = 0
    events: int = 0
    refused: list[Refused] = field(default_factory=list)


def add_archive(
    record: Record, cut: Sequence[Unit], where: str, options: Options, *, address: str, step: Step = lambda *_: None
) -> Archived:
    """Read an archive on a cluster and load it into a record; what is finished is not done again.

    Parameters
    ----------
    record
        Where its readings go.
    cut
        The archive, as `dragoman.cluster.units.units` cuts it.
    where
        The folder of Parquet readings, which driver and workers reach by this path or address.
    options, address
        As in `dragoman.cluster.run`.
    step
        Is told of progress.

    Notes
    -----
    The cluster is left as soon as the last copy is found, so that one of this machine's own gives its memory back
    before the load takes some.
    """
    folder, told = Readings(where), Archived()
    with ExitStack() as connected:
        connected.enter_context(cluster(address))
        left, done = unfinished(cut, folder, options)
        for one in done:
            step(0, one.size)
        for one in read_units(left, where, options):
            done.append(one)
            told.units += 1
            step(one.reports, one.size)
        told.reports = sum(one.reports for one in done)
        told.refused = [refused for one in done for refused in one.refusals()]
        files = _files(done)
        pairs = _then(copies(where, files, told.reports), connected.close)
        told.loaded, told.events = load(record, folder, files, pairs)
    return told


def _then(pairs: Iterator[Pair], leave: Callable[[], None]) -> Iterator[Pair]:
    yield from pairs
    leave()


def _files(done: Sequence[Done]) -> list[str]:
    """The files of readings, month by month."""
    return sorted(name for one in done for name in one.files)
