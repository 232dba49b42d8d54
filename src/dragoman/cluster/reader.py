"""The reader of units: what runs in each worker, with one model loaded once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman.cluster.columns import batch
from dragoman.cluster.pieces import reports
from dragoman.cluster.readings import UNDATED, Done, Options, Readings, Trying
from dragoman.cluster.units import Unit
from dragoman.domain import Maker, Reading
from dragoman.intake import Refused, Source, Taken
from dragoman.reading.pool import read_batch
from dragoman.reading.reader import maker
from dragoman.record.filing import draft_of

BATCH = 256 << 10  # characters that are parsed together
MANY = 64  # reports that are parsed together, at the most


@dataclass(slots=True)
class _Kept:
    """The readings of a unit, as columns, and the month of publication of each."""

    parts: list[pa.RecordBatch] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    events: int = 0


class UnitReader:
    """Reads units and keeps their readings.

    Parameters
    ----------
    where
        The folder of readings, which every worker must reach by this path or address.
    options
        How to read.

    Notes
    -----
    A unit is read in batches.  If a worker died over it before, its reports are read one by one, and each that a
    worker died over is set aside with that as its reason.
    """

    def __init__(self, where: str, options: Options) -> None:
        self.readings = Readings(where)
        self.options = options
        self.maker: Maker = maker(options.model)

    def __call__(self, rows: dict[str, Sequence[bytes]]) -> dict[str, list[bytes]]:
        """Read the units of a block of Ray Data (column ``unit``); gives what came of each (column ``done``)."""
        return {"done": [msgspec.json.encode(self.read(msgspec.json.decode(one, type=Unit))) for one in rows["unit"]]}

    def read(self, unit: Unit) -> Done:
        """Read a unit; its marker is written last."""
        key = unit.key
        name = f"trying/{key}.json"
        before = self.readings.trying(key)
        dead = set(before.dead) | ({before.at} if before.at is not None else set()) if before else set()
        self.readings.put(name, Trying(None, tuple(sorted(dead))))
        refused: list[Refused] = []
        kept = _Kept()
        items = enumerate(chain.from_iterable(reports(piece, self.options.columns) for piece in unit.pieces))
        if before is None:
            for items_of in _batched(items, refused):
                self._keep(kept, items_of, refused)
        else:
            for at, item in items:
                if at in dead:
                    refused.append(Refused(item.origin, "the worker that read it died"))
                elif isinstance(item, Refused):
                    refused.append(item)
                else:
                    self.readings.put(name, Trying(at, tuple(sorted(dead))))
                    self._keep(kept, [item], refused)
        files = tuple(self._write(kept, key))
        told = tuple((one.origin, one.reason) for one in refused)
        done = Done(key, self.maker, self.options, len(kept.months), kept.events, unit.size, files, told)
        self.readings.put(f"done/{key}.json", done)
        self.readings.drop(name)
        return done

    def _keep(self, kept: _Kept, taken: Sequence[Taken], refused: list[Refused]) -> None:
        drafts = [draft_of(one, self.options.published) for one in taken]
        outcomes = read_batch(drafts, self.options.model, self.options.gated)
        read: list[tuple[Reading, str, Source | None]] = []
        for one, outcome in zip(taken, outcomes, strict=True):
            if isinstance(outcome, str):
                refused.append(Refused(one.origin, outcome))
                continue
            read.append((outcome, one.origin, one.source))
            kept.months.append((outcome.report.published or UNDATED)[:7])
            kept.events += len(outcome.events)
        kept.parts.append(batch(read))

    def _write(self, kept: _Kept, key: str) -> Iterator[str]:
        """Write the readings of each month as one row group: many small ones take long to write and to read."""
        if not kept.months:
            return
        whole, months = pa.Table.from_batches(kept.parts), pa.array(kept.months)
        for month in sorted(set(kept.months)):
            name = f"readings/month={month}/{key}.parquet"
            with self.readings.writing(name) as opened:
                pq.write_table(whole.filter(pc.equal(months, month)), opened, compression="lz4")
            yield name


def _batched(items: Iterator[tuple[int, Taken | Refused]], refused: list[Refused]) -> Iterator[list[Taken]]:
    """Batches of no more than so many characters and reports."""
    waiting: list[Taken] = []
    held = 0
    for _, item in items:
        if isinstance(item, Refused):
            refused.append(item)
            continue
        if waiting and (held + len(item.text) > BATCH or len(waiting) == MANY):
            yield waiting
            waiting, held = [], 0
        waiting.append(item)
        held += len(item.text)
    if waiting:
        yield waiting
