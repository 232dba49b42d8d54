"""Copies across an archive: bands are grouped on the cluster, and candidates compared where their texts are.

No step holds more than a band's reports, or a block's candidates with their texts.  What is no more than a part of an
archive is gone through here, in less time than a cluster takes to begin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dragoman.cluster.readings import Readings
from dragoman.record.copies import nearest

FILES = 8  # whose bands are read together
TOGETHER = 32_768  # candidates that are compared together, so that a file is not opened for a few of its reports
CANDIDATES = 50_000  # that are handed on together
REPORTS = 10_000  # of each part that bands are shuffled into
PLACE = pa.int32()  # of a file among all
BANDED = ["band", "report", "file"]
PAIRED = pa.schema([("one", pa.string()), ("file", PLACE), ("other", pa.string()), ("other_file", PLACE)])
Block = dict[str, Any]


def copies(where: str, files: Sequence[str], reports: int) -> Iterator[tuple[str, str, float]]:
    """The pairs of reports in these files that are copies, as `dragoman.record.copies` would find them.

    Runs on the cluster that is connected (`dragoman.cluster.run.cluster`).

    Parameters
    ----------
    where, files
        The folder of readings, and the names of its files.
    reports
        How many there are in them.

    Yields
    ------
    tuple
        (id of a report, id of another, likeness), each pair once.
    """
    if reports <= REPORTS:
        yield from _found_here(where, files)
        return
    import ray

    parts = -(-reports // REPORTS)
    pairs = (
        ray.data.range(len(files), override_num_blocks=-(-len(files) // FILES))
        .map_batches(Banded(where, files), batch_size=None)
        .repartition(parts, keys=["band"])
        .map_batches(_candidates, batch_size=None, batch_format="pyarrow")
        .repartition(parts, keys=["file"])
        .map_batches(_apart, batch_size=None, batch_format="pyarrow")
        .map_batches(Compared(where, files), batch_size=TOGETHER)
    )
    for row in pairs.iter_rows():
        yield str(row["one"]), str(row["other"]), float(row["likeness"])


def _found_here(where: str, files: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    if not files:
        return
    candidates = _apart(pa.concat_tables(_candidates(Banded(where, files)({"id": np.arange(len(files))}))))
    compared = Compared(where, files)
    for at in range(0, len(candidates), TOGETHER):
        part = candidates.slice(at, TOGETHER)
        found = compared({name: part.column(name).to_numpy() for name in PAIRED.names})
        yield from zip(*(found[name].tolist() for name in ("one", "other", "likeness")), strict=True)


class Banded:
    """From the places of files to a row for every band of every report."""

    def __init__(self, where: str, files: Sequence[str]) -> None:
        self.where, self.files = where, files

    def __call__(self, block: Block) -> pa.Table:
        """Columns ``band``, ``report`` and ``file``, its place: a name would take more room than all the rest."""
        folder = Readings(self.where)
        parts = []
        for at in map(int, block["id"]):
            with folder.reading(self.files[at]) as opened:
                part = pq.ParquetFile(opened).read(columns=["report_id", "bands"]).combine_chunks()
            lists = part.column("bands").combine_chunks()
            whose = part.column("report_id").combine_chunks().take(pc.list_parent_indices(lists))
            columns = (pc.list_flatten(lists), whose, pa.repeat(pa.scalar(at, PLACE), len(whose)))
            parts.append(pa.table(columns, names=BANDED))
        return pa.concat_tables(parts)


def _candidates(part: pa.Table) -> Iterator[pa.Table]:
    """The pairs of the reports that share a band, of all rows of some bands."""
    many = part.group_by("band").aggregate([("report", "count_distinct")])
    shared = many.filter(pc.greater(many.column("report_count_distinct"), 1)).column("band")
    rows = part.filter(pc.is_in(part.column("band"), shared)).sort_by("band")
    found: list[tuple[str, int, str, int]] = []
    for _, alike in groupby(zip(*(rows.column(name).to_pylist() for name in BANDED), strict=True), itemgetter(0)):
        reports = sorted({(report, file) for _, report, file in alike})
        found += [(*one, *other) for one, other in combinations(reports, 2) if one[0] != other[0]]
        if len(found) > CANDIDATES:
            yield _table(found)
            found = []
    yield _table(found)


def _table(found: Sequence[tuple[str, int, str, int]]) -> pa.Table:
    columns = zip(*found, strict=True) if found else ((),) * len(PAIRED)
    return pa.table([pa.array(column, one.type) for column, one in zip(columns, PAIRED, strict=True)], schema=PAIRED)


def _apart(part: pa.Table) -> pa.Table:
    """Candidates, each once, those of two files together: copies are mostly of one month."""
    order = ["file", "other_file", "one", "other"]
    once = part.group_by(PAIRED.names).aggregate([]).select(PAIRED.names)
    return once.sort_by([(name, "ascending") for name in order])


class Compared:
    """From candidates to copies."""

    def __init__(self, where: str, files: Sequence[str]) -> None:
        self.where, self.files = where, files

    def __call__(self, block: Block) -> Block:
        """Columns ``one``, ``other`` and ``likeness``."""
        rows = list(zip(*(block[name].tolist() for name in PAIRED.names), strict=True))
        texts = self._texts([(row[0], row[1]) for row in rows] + [(row[2], row[3]) for row in rows])
        of: dict[str, list[str]] = defaultdict(list)
        for one, _, other, _ in rows:
            of[one].append(other)
        found = [
            (one, other, likeness)
            for one, others in of.items()
            for other, likeness in nearest(texts[one], others, texts.__getitem__)
        ]
        made = _block(("one", "other"), [row[:2] for row in found])
        return made | {"likeness": np.array([row[2] for row in found], np.float64)}

    def _texts(self, wanted: Sequence[tuple[str, int]]) -> dict[str, str]:
        by_file: dict[int, set[str]] = defaultdict(set)
        for report, at in wanted:
            by_file[at].add(report)
        folder = Readings(self.where)
        found: dict[str, str] = {}
        for at, reports in sorted(by_file.items()):
            with folder.reading(self.files[at]) as opened:
                part = pq.ParquetFile(opened).read(columns=["report_id", "report.text"])
            part = part.filter(pc.is_in(part.column("report_id"), pa.array(sorted(reports))))
            texts = pc.struct_field(part.column("report"), "text").to_pylist()
            found |= dict(zip(part.column("report_id").to_pylist(), texts, strict=True))
        return found


def _block(columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Block:
    return {name: np.array([row[at] for row in rows], object) for at, name in enumerate(columns)}
