"""The run: an archive read on a Ray cluster, unit by unit (Moritz et al. 2018; Ray Data's streaming executor).

What is finished is told by the folder of readings alone, so a driver that was killed goes on from there, and a unit
that a killed worker held is read again by another.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.cluster.reader import UnitReader
from dragoman.cluster.readings import Done, Options, Readings
from dragoman.cluster.units import Unit
from dragoman.domain import BadInput
from dragoman.reading.reader import maker

if TYPE_CHECKING:
    import ray.data

LOCAL = "local"
CPUS = 1  # of each worker: the model runs on one core


def unfinished(units: Iterable[Unit], readings: Readings, options: Options) -> tuple[list[Unit], list[Done]]:
    """Which units are still to be read in this way by this reader, lexicon and model, and which are finished."""
    done = readings.done()
    own = (maker(options.model), options)
    every = {one.key: one for one in units}
    finished = {key: done[key] for key in every if key in done and (done[key].made_by, done[key].options) == own}
    return [one for key, one in every.items() if key not in finished], list(finished.values())


def read_units(units: Iterable[Unit], where: str, options: Options) -> Iterator[Done]:
    """Read units on the cluster that is connected (`cluster`), as they are finished.

    Parameters
    ----------
    units
        What is to be read.
    where
        The folder of readings, which every worker reaches by this path or address.
    options
        How to read.
    """
    waiting = [msgspec.json.encode(one) for one in units]
    if not waiting:
        return
    for row in _pipeline(waiting, where, options).iter_rows():
        yield msgspec.json.decode(row["done"], type=Done)


def _pipeline(waiting: list[bytes], where: str, options: Options) -> ray.data.Dataset:
    import ray
    from ray.data import ActorPoolStrategy, DataContext

    context = DataContext.get_current()
    context.enable_progress_bars = False
    resources = ray.cluster_resources()  # type: ignore[no-untyped-call]
    workers = max(1, int(resources.get("CPU", 1)) // CPUS)
    blocks = ray.data.from_items([{"unit": one} for one in waiting], override_num_blocks=len(waiting))
    return blocks.map_batches(
        UnitReader,
        fn_constructor_args=(where, options),
        batch_size=1,
        num_cpus=CPUS,
        compute=ActorPoolStrategy(size=min(workers, len(waiting))),
    )


@contextmanager
def cluster(address: str = LOCAL) -> Iterator[None]:
    """Connect to a cluster, or start one of this machine's own.

    Parameters
    ----------
    address
        ``local``, or the address of a cluster (``host:port``, ``ray://…``, ``auto``).

    Raises
    ------
    BadInput
        When the cluster cannot be reached.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    os.environ.setdefault("RAY_DATA_LOG_LEVEL", "ERROR")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # it warns of arguments that Ray Data itself keeps alive
    import ray

    own: dict[str, Any] = {"address": address} | ({"include_dashboard": False} if address == LOCAL else {})
    try:
        ray.init(log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError, TimeoutError) as error:
        raise BadInput(f"{address}: no Ray cluster can be reached ({str(error).splitlines()[0]})") from None
    try:
        yield
    finally:
        ray.shutdown()
