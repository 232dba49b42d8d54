"""Loading Parquet readings in bulk: what adding one by one makes of them, whatever stops the load in between."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.intake import Source, Taken, collect
from dragoman.record import Record, add, rebuild, tables
from dragoman.record.bulk import left_out
from dragoman.record.copies import copies_among
from dragoman.record.rows import report_id
from dragoman.record.verify import verify

pytest.importorskip("pyarrow", reason="the extra dragoman[cluster] is not installed")
pytest.importorskip("duckdb", reason="the extra dragoman[cluster] is not installed")

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.cluster import load as loading
from dragoman.cluster.columns import batch, schema
from dragoman.cluster.load import load
from dragoman.cluster.readings import Readings

Given = list[tuple[Reading, str, Source | None]]
CASES = Path(__file__).parent / "cases" / "record"
TOLD = [
    "Taliban acting foreign minister Amir Khan Muttaqi met Chinese foreign minister Wang Yi in Kabul on {}.",
    "Chinese foreign minister Wang Yi held talks with Taliban acting foreign minister Ameer Khan Mottaki on {}.",
    "Chinese foreign minister Wang Yi met Taliban acting foreign minister Amir Khan Muttaqi in Kandahar on {}.",
    "Peru recognised Kosovo on {}. Serbia condemned the decision. Chad then recalled its ambassador from Peru.",
]
DAYS = ["3 March 2022", "4 March 2022", "5 March 2022", "9 March 2022", "1 June 2022", "Friday"]


@pytest.fixture(scope="module")
def given() -> Given:
    """Readings of which many tell one event, some are copies of others, and one is told twice."""
    taken = [one for one in collect([str(CASES / "reports.jsonl")]) if isinstance(one, Taken)]
    told = [said.format(day) for day in DAYS for said in TOLD]
    drafts = [Draft.of(one) for one in taken]
    drafts += [Draft(said, "2022-06-03", outlet=f"Outlet {at}") for at, said in enumerate(told)]
    drafts.append(Draft(told[0], "2022-06-03", outlet="Outlet 0"))
    sources: list[Source | None] = [one.source for one in taken]
    readings = list(read_all(drafts))
    sources += [None] * (len(readings) - len(sources))
    return [(one, f"place {at}", source) for at, (one, source) in enumerate(zip(readings, sources, strict=True))]


def written(folder: Path, given: Given, each: int = 7) -> tuple[Readings, list[str]]:
    """The readings as Parquet, so many in a file."""
    names = []
    for at in range(0, len(given), each):
        names.append(f"readings/month=unknown/{at:04}.parquet")
        path = folder / names[-1]
        path.parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(pa.Table.from_batches([batch(given[at : at + each])], schema=schema()), path)
    return Readings(str(folder)), names


def pairs_of(given: Given) -> list[tuple[str, str, float]]:
    texts = {report_id(reading.report): reading.report.text for reading, _, _ in given}
    return list(copies_among(texts.items()))


def told(record: Record) -> dict[str, list[str]]:
    """All that a record holds, without numbers and moments, which differ from run to run."""
    own = {"num", "reading_id", "added_at", "at", "seal"}
    with record.asking() as connection:
        origins = dict(connection.execute(select(tables.telling.c.num, tables.telling.c.origin)).all())
        found = {}
        for table in tables.INDEX:
            rows: list[dict[str, Any]] = [dict(row) for row in connection.execute(select(table)).mappings()]
            for row in rows if table in (tables.party, tables.step) else ():
                row["of"] = origins[row["num"]]
            kept = ({name: row[name] for name in sorted(row) if name not in own} for row in rows)
            found[table.name] = sorted(map(str, kept))
        pairs = connection.execute(select(tables.copy.c.report_id, tables.copy.c.of_id))
        found["copy"] = sorted(str(sorted(pair)) for pair in pairs)
        reports = select(tables.report.c.id, tables.report.c.text, tables.report.c.original_id)
        found["report"] = sorted(map(str, connection.execute(reports)))
    return found


def added(folder: Path, given: Sequence[tuple[Reading, str, Source | None]]) -> dict[str, list[str]]:
    """What a record holds to which the readings were added some at a time, the last ones first."""
    record = Record(folder / "apart.db", create=True)
    for at in reversed(range(0, len(given), 5)):
        part = given[at : at + 5]
        sources = {report_id(reading.report): source for reading, _, source in part if source}
        add(record, [(reading, origin) for reading, origin, _ in part], sources=sources)
    found = told(record)
    record.close()
    return found


@pytest.fixture(scope="module")
def whole(given: Given, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return added(tmp_path_factory.mktemp("whole"), given)


def assert_whole(record: Record, whole: dict[str, list[str]]) -> None:
    """The record tells what adding the same does, and nothing in it is wrong."""
    assert told(record) == whole
    assert not verify(record).faults


def test_what_is_loaded_is_what_is_added(
    record: Record, tmp_path: Path, given: Given, whole: dict[str, list[str]]
) -> None:
    folder, names = written(tmp_path, given)
    reports, events = load(record, folder, names, pairs_of(given))
    assert reports == len(given) - 1
    assert events == len(whole["telling"])
    assert told(record) == whole
    assert pairs_of(given)
    assert not verify(record).faults
    assert load(record, folder, names, pairs_of(given)) == (0, 0)
    assert told(record) == whole


@pytest.mark.parametrize("before", [3, 12, 25])
def test_what_is_loaded_beside_others_is_what_is_added(
    record: Record, tmp_path: Path, given: Given, whole: dict[str, list[str]], before: int
) -> None:
    add(record, [(reading, origin) for reading, origin, source in given if source is None][-before:])
    left = [one for one in given if one[2] is not None or one in given[: len(given) - before]]
    folder, names = written(tmp_path, left)
    load(record, folder, names, pairs_of(left))
    assert_whole(record, whole)


def test_little_beside_much_goes_the_ordinary_way(
    record: Record, tmp_path: Path, given: Given, whole: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, names = written(tmp_path, given)
    load(record, folder, names[:-1], pairs_of(given[: 7 * len(names) - 7]))
    monkeypatch.setattr(loading, "BESIDE", 1)
    monkeypatch.delattr(loading, "restore")  # nothing is dropped
    load(record, folder, names, pairs_of(given))
    assert told(record) == whole


def test_a_newer_reading_supersedes(record: Record, tmp_path: Path, given: Given) -> None:
    folder, names = written(tmp_path, given)
    load(record, folder, names, pairs_of(given))
    newer = [
        (msgspec.structs.replace(one, made_by=msgspec.structs.replace(one.made_by, lexicon="newer")), origin, source)
        for one, origin, source in given
    ]
    again, names = written(tmp_path / "again", newer)
    reports, events = load(record, again, names, pairs_of(given))
    assert (reports, events > 0) == (0, True)
    with record.asking() as connection:
        current = connection.execute(select(tables.telling).where(tables.telling.c.superseded_at.is_(None))).all()
        assert len(connection.execute(select(tables.reading)).all()) == 2 * (len(given) - 1)
    assert len(current) == events
    assert not verify(record).faults


class StoppedError(Exception):
    """The load was stopped."""


# What makes rows, and after how many runs of readings the load was stopped in it.  On PostgreSQL the rows that stand
# apart are copied first: then there are some without their tellings.
STOPS = [("telling_rows", 3), ("telling_rows", 0), ("apart_rows", 2)]


@pytest.fixture(params=STOPS, ids=str)
def stopped(
    request: pytest.FixtureRequest,
    record: Record,
    tmp_path: Path,
    given: Given,
    monkeypatch: pytest.MonkeyPatch,
) -> tuple[Record, Readings, list[str]]:
    """A record whose load was stopped after some of its parts."""
    folder, names = written(tmp_path, given)
    monkeypatch.setattr(loading, "TOGETHER", 7)
    name, many = request.param
    before = vars(loading)[name]
    parts = iter(range(many))

    def stop(*given: Any) -> Any:
        if next(parts, None) is None:
            raise StoppedError
        return before(*given)

    monkeypatch.setattr(loading, name, stop)
    with pytest.raises(StoppedError):
        load(record, folder, names, pairs_of(given))
    monkeypatch.setattr(loading, name, before)
    return record, folder, names


def test_a_load_that_was_stopped_is_told_of_and_goes_on(
    stopped: tuple[Record, Readings, list[str]], given: Given, whole: dict[str, list[str]]
) -> None:
    record, folder, names = stopped
    with record.asking() as connection:
        assert "not finished" in left_out(connection)[0]
        assert "missing" in left_out(connection)[1]
    assert len(verify(record).faults) == 2
    with pytest.raises(BadInput, match="run it again"):
        add(record, [(reading, origin) for reading, origin, _ in given])
    load(record, folder, names, pairs_of(given))
    assert_whole(record, whole)


def test_a_load_that_was_stopped_is_made_good_by_rebuilding(
    stopped: tuple[Record, Readings, list[str]], given: Given, whole: dict[str, list[str]]
) -> None:
    record, folder, names = stopped
    rebuild(record)
    assert not verify(record).faults
    load(record, folder, names, pairs_of(given))
    assert_whole(record, whole)


KILLED = """
import os, signal, sys
from dragoman.cluster import load as loading
from dragoman.cluster.readings import Readings
from dragoman.record import Record

where, folder, many, *names = sys.argv[1:]
parts, before, loading.TOGETHER = iter(range(int(many))), loading.telling_rows, 7

def kill(*given):
    if next(parts, None) is None:
        os.kill(os.getpid(), signal.SIGKILL)
    return before(*given)

loading.telling_rows = kill
loading.load(Record(where), Readings(folder), names)
"""


@pytest.mark.parametrize("many", [0, 3])
def test_a_load_that_was_killed_goes_on(
    record: Record, where: str, tmp_path: Path, given: Given, whole: dict[str, list[str]], many: int
) -> None:
    folder, names = written(tmp_path, given)
    ended = subprocess.run([sys.executable, "-c", KILLED, where, folder.where, str(many), *names], check=False)
    assert ended.returncode == -signal.SIGKILL
    with record.asking() as connection:
        kept = len(connection.execute(select(tables.reading)).all())
        apart = connection.scalar(select(func.count(tables.band.c.report_id.distinct())))
    assert kept < len(given) - 1
    assert apart == (kept if record.dialect == "sqlite" else len(given) - 1)
    load(record, folder, names, pairs_of(given))
    assert_whole(record, whole)


def test_two_loads_at_once_do_not_mix(
    record: Record, tmp_path: Path, given: Given, whole: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, names = written(tmp_path, given)
    before = vars(loading)["restore"]

    def meanwhile(record: Record) -> None:
        monkeypatch.setattr(loading, "restore", before)
        load(record, folder, names, pairs_of(given))
        before(record)

    monkeypatch.setattr(loading, "restore", meanwhile)
    with pytest.raises(BadInput, match="another load"):
        load(record, folder, names, pairs_of(given))
    assert_whole(record, whole)
