"""An archive read on a cluster: cut into units, read by workers that may die, kept as Parquet, asked by SQL."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from typer.testing import CliRunner

from dragoman import Draft, Reading, read, read_all
from dragoman.cli import app
from dragoman.domain import BadInput
from dragoman.examples import BRIEF
from dragoman.intake import Columns, Taken, collect
from dragoman.intake.columns import USUAL
from dragoman.reading.parse import DEFAULT_MODEL
from dragoman.record import Record, tables
from dragoman.record.filing import Filed, file_reports

pytest.importorskip("pyarrow", reason="the extra dragoman[cluster] is not installed")
ray = pytest.importorskip("ray", reason="the extra dragoman[cluster] is not installed")

import pyarrow.parquet as pq  # noqa: E402

from dragoman.cluster import columns  # noqa: E402
from dragoman.cluster.copies import REPORTS, copies  # noqa: E402
from dragoman.cluster.load import load  # noqa: E402
from dragoman.cluster.pieces import reports  # noqa: E402
from dragoman.cluster.reader import UnitReader  # noqa: E402
from dragoman.cluster.readings import Done, Options, Readings, Trying  # noqa: E402
from dragoman.cluster.run import cluster, read_units, unfinished  # noqa: E402
from dragoman.cluster.sql import VIEWS, ask  # noqa: E402
from dragoman.cluster.units import Unit, units  # noqa: E402

pytestmark = pytest.mark.xdist_group("cluster")  # one cluster for all
OPTIONS = Options(DEFAULT_MODEL)
STATES = ["Ghana", "Turkey", "Serbia", "Malaysia", "Peru", "Chad", "Iran", "Japan"]


def story(number: int) -> dict[str, str]:
    one, other = STATES[number % 8], STATES[(number + 3) % 8]
    text = f"{one} recognised Kosovo on Monday. {other} condemned the decision."
    text += f"\n\nThe foreign ministers met in Paris {number} times."
    return {"text": text, "published": f"2021-0{1 + number % 3}-15", "outlet": f"Outlet {number % 5}"}


def stories(path: Path, many: int) -> Path:
    path.write_text("".join(json.dumps(story(number)) + "\n" for number in range(many)), encoding="utf-8")
    return path


def encoded(reading: Reading) -> bytes:
    return msgspec.json.encode(reading)


def kept(folder: Path) -> list[bytes]:
    """All readings in a folder."""
    return [
        encoded(reading)
        for file in sorted(folder.glob("readings/*/*.parquet"))
        for reading, _ in columns.readings(pq.read_table(file, partitioning=None))
    ]


def local(path: Path) -> list[bytes]:
    """The same reports, read here."""
    drafts = [Draft.of(one) for one in collect([str(path)]) if isinstance(one, Taken)]
    return sorted(encoded(one) for one in read_all(drafts, gated=True))


def test_a_reading_comes_back_from_its_columns_byte_for_byte() -> None:
    readings = [read(BRIEF.read_bytes(), "2022-07-26"), *read_all(Draft(story(at)["text"]) for at in range(3))]
    part = columns.batch((one, f"place {at}", None) for at, one in enumerate(readings))
    back = list(columns.readings(part))
    assert [encoded(one) for one, _ in back] == [encoded(one) for one in readings]
    assert [origin for _, origin in back] == [f"place {at}" for at in range(len(back))]


@given(lengths=st.lists(st.integers(0, 40), max_size=30), size=st.integers(1, 300))
@settings(deadline=None, max_examples=60)
def test_every_line_is_in_one_piece_wherever_the_file_is_cut(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], size: int
) -> None:
    file = tmp_path_factory.mktemp("cut") / "lines.jsonl"
    given_texts = [f"Réunion {at} {'é' * length}" for at, length in enumerate(lengths)]
    file.write_text(
        "".join(json.dumps({"text": text}, ensure_ascii=False) + "\n" for text in given_texts), encoding="utf-8"
    )
    found = [one for unit in units([str(file)], size) for piece in unit.pieces for one in reports(piece, USUAL)]
    assert [one.text for one in found if isinstance(one, Taken)] == given_texts


def test_units_stay_as_they_are_when_little_is_added_to_an_archive(tmp_path: Path) -> None:
    for at in range(40):
        (tmp_path / f"{at:03}.txt").write_text("Ghana recognised Kosovo. " * 2000)
    before = {one.key for one in units([str(tmp_path)])}
    assert len(before) > 3
    (tmp_path / "040.txt").write_text("Peru recognised Kosovo.")
    after = {one.key for one in units([str(tmp_path)])}
    assert len(before & after) >= len(before) - 1


def test_an_archive_that_is_not_there_is_named() -> None:
    with pytest.raises(BadInput, match="nowhere"):
        list(units(["nowhere"]))


def test_a_report_that_a_worker_died_over_is_set_aside_and_the_others_are_read(tmp_path: Path) -> None:
    (unit,) = units([str(stories(tmp_path / "a.jsonl", 5))])
    readings = Readings(str(tmp_path / "out"))
    readings.put(f"trying/{unit.key}.json", Trying(2))  # as a worker leaves it that dies while it reads the third
    done = UnitReader(str(tmp_path / "out"), OPTIONS).read(unit)
    assert done.reports == 4
    assert [reason for _, reason in done.refused] == ["the worker that read it died"]
    assert readings.trying(unit.key) is None
    assert len(kept(tmp_path / "out")) == 4


def test_sql_asks_every_view(tmp_path: Path) -> None:
    for unit in units([str(stories(tmp_path / "a.jsonl", 6))]):
        UnitReader(str(tmp_path), OPTIONS).read(unit)
    for view in VIEWS:
        assert next(ask(f"SELECT count(*) FROM {view}", tmp_path).rows)[0] >= 0
    answer = ask("SELECT kind, count(*) FROM events WHERE kind = 'recognition' GROUP BY kind", tmp_path)
    assert list(answer.rows) == [("recognition", 6)]
    actors = "SELECT DISTINCT coalesce(\"for\", entity) FROM parties WHERE kind = 'recognition' AND role = 'actor'"
    assert {row[0] for row in ask(actors, tmp_path).rows} == {"GHA", "TUR", "SRB", "MYS", "PER", "TCD"}
    with pytest.raises(BadInput, match="nosuch"):
        ask("SELECT nosuch FROM events", tmp_path)
    with pytest.raises(BadInput, match="no readings"):
        ask("SELECT 1", tmp_path / "empty")


@pytest.fixture(scope="module")
def connected() -> Iterator[None]:
    """A head and two workers, each a process of its own, on loopback, and a connection to them."""
    os.environ.update(RAY_USAGE_STATS_ENABLED="0")
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    for _ in range(2):
        made.add_node(num_cpus=1)
    with cluster(made.address):
        yield
    made.shutdown()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def archive(connected: None, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive of reports, with a copy and a report told twice, and the folder into which the cluster read it."""
    folder = tmp_path_factory.mktemp("archive")
    file = stories(folder / "a.jsonl", 38)
    with file.open("a", encoding="utf-8") as more:
        more.write(json.dumps(story(4) | {"outlet": "Copier"}) + "\n" + json.dumps(story(5)) + "\n")
    assert len(list(read_units(list(units([str(file)], 1500)), str(folder / "out"), OPTIONS))) > 3
    return file, folder / "out"


@pytest.fixture(scope="module")
def pairs(archive: tuple[Path, Path]) -> list[tuple[str, str, float]]:
    """The copies that the cluster found in it."""
    _, out = archive
    return list(copies(str(out), files(out), 2 * REPORTS))


def files(out: Path) -> list[str]:
    return sorted(name for done in Readings(str(out)).done().values() for name in done.files)


def test_a_cluster_reads_what_is_read_here(archive: tuple[Path, Path]) -> None:
    file, out = archive
    assert sum(one.reports for one in Readings(str(out)).done().values()) == 40
    assert sorted(kept(out)) == local(file)
    again, finished = unfinished(units([str(file)], 1500), Readings(str(out)), OPTIONS)
    assert not again
    assert len(finished) > 3


def test_a_small_archive_has_the_same_copies_found_without_the_cluster(
    archive: tuple[Path, Path], pairs: list[tuple[str, str, float]]
) -> None:
    _, out = archive
    assert pairs
    assert sorted(copies(str(out), files(out), 40)) == sorted(pairs)
    assert not list(copies(str(out), [], 0))


def test_workers_that_are_killed_change_nothing(connected: None, tmp_path: Path) -> None:
    file = stories(tmp_path / "a.jsonl", 40)
    cut = list(units([str(file)], 1200))
    killed = threading.Event()

    def kill() -> None:
        while not killed.is_set():
            for process in _workers():
                os.kill(process, signal.SIGKILL)
                killed.set()
                return
            time.sleep(0.05)

    done: list[Done] = []
    for one in read_units(cut, str(tmp_path / "out"), OPTIONS):
        if not done:
            threading.Thread(target=kill).start()
        done.append(one)
    assert killed.is_set()
    assert not [one.refused for one in done if one.refused]
    assert sorted(kept(tmp_path / "out")) == local(file)


def _workers() -> list[int]:
    """The processes in which units are read."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if b"MapWorker(MapBatches(UnitReader))" in process.read_bytes():
                found.append(int(process.parent.name))
        except OSError:
            continue
    return found


def test_a_driver_that_is_killed_goes_on_from_what_is_finished(connected: None, tmp_path: Path) -> None:
    file = stories(tmp_path / "a.jsonl", 40)
    cut: list[Unit] = list(units([str(file)], 800))
    run = read_units(cut, str(tmp_path / "out"), OPTIONS)
    first: Any = next(run)
    run.close()  # type: ignore[attr-defined]
    left, finished = unfinished(cut, Readings(str(tmp_path / "out")), OPTIONS)
    assert first.unit in {one.unit for one in finished}
    list(read_units(left, str(tmp_path / "out"), OPTIONS))
    assert sorted(kept(tmp_path / "out")) == local(file)


def told(record: Record) -> dict[str, list[str]]:
    """All that a record holds, without numbers and moments, which differ from run to run."""
    own = {"num", "reading_id", "added_at", "at", "seal"}
    with record.asking() as connection:
        telling = tables.telling.c
        origins = {row.num: row.origin for row in connection.execute(select(telling.num, telling.origin))}
        found = {}
        for table in tables.INDEX:
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            for row in rows:
                if table in (tables.party, tables.step):
                    row["of"] = origins[row["num"]]
            found[table.name] = sorted(
                str({name: row[name] for name in sorted(row) if name not in own}) for row in rows
            )
        pairs = connection.execute(select(tables.copy.c.report_id, tables.copy.c.of_id))
        found["copy"] = sorted(str(sorted(pair)) for pair in pairs)
    return found


def test_an_archive_is_loaded_as_if_its_reports_were_added_one_by_one(
    archive: tuple[Path, Path], pairs: list[tuple[str, str, float]], record: Record, tmp_path: Path
) -> None:
    file, out = archive
    known = stories(tmp_path / "known.jsonl", 3)
    one_by_one = Record(tmp_path / "apart.db", create=True)
    file_reports(record, collect([str(known)]), Filed())
    file_reports(one_by_one, collect([str(file)]), Filed())
    folder = Readings(str(out))
    reports, events = load(record, folder, files(out), pairs)
    assert pairs
    assert (reports, events > 0) == (36, True)
    assert told(record) == told(one_by_one)
    assert record.sound() is None
    assert load(record, folder, files(out), pairs) == (0, 0)
    one_by_one.close()


@pytest.mark.skipif("DRAGOMAN_REPORTS" not in os.environ, reason="takes DRAGOMAN_REPORTS=20000 and ten minutes")
def test_a_large_archive_whose_workers_and_driver_die_is_loaded_as_if_it_were_added_here(
    connected: None, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(Path(__file__).parents[1] / "benchmarks")
    import archive as made

    file, out = tmp_path / "a.jsonl", tmp_path / "out"
    made.write(file, int(os.environ["DRAGOMAN_REPORTS"]))
    with file.open("a", encoding="utf-8") as more:
        more.writelines(json.dumps(row) + "\n" for row in made.releases())
    cut = list(units([str(file)]))
    run = read_units(cut, str(out), OPTIONS)
    for at, _ in enumerate(run):
        if at == len(cut) // 4:
            os.kill(_workers()[0], signal.SIGKILL)
        if at == len(cut) // 2:
            run.close()  # type: ignore[attr-defined]
            break
    left, finished = unfinished(cut, Readings(str(out)), OPTIONS)
    assert left and finished
    list(read_units(left, str(out), OPTIONS))
    load(record, Readings(str(out)), files(out), copies(str(out), files(out), int(os.environ["DRAGOMAN_REPORTS"])))
    here = Record(tmp_path / "here.db", create=True)
    filed = file_reports(here, collect([str(file)]), Filed(), workers=2)
    assert filed.read + filed.skipped == int(os.environ["DRAGOMAN_REPORTS"]) + len(made.releases())
    assert told(record) == told(here)
    bodies = select(tables.reading.c.report_id, tables.reading.c.body).order_by(tables.reading.c.report_id)
    with record.asking() as loaded, here.asking() as added:
        assert list(map(tuple, loaded.execute(bodies))) == list(map(tuple, added.execute(bodies)))
    here.close()


def test_the_columns_that_are_named_are_read_from_every_part_of_an_archive(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows = ({"story": f"Ghana recognised Kosovo {at} times.", "text": "Not this."} for at in range(9))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    named = Columns(text="story")
    options = Options(DEFAULT_MODEL, columns=named)
    for unit in units([str(file)], 200, named):
        UnitReader(str(tmp_path / "out"), options).read(unit)
    told = ask("SELECT report.text FROM readings ORDER BY 1", tmp_path / "out")
    assert [text for (text,) in told.rows] == [f"Ghana recognised Kosovo {at} times." for at in range(9)]


def test_an_archive_must_be_named(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["add", "--again", "--ray", "local", "--record", str(tmp_path / "a.db")])
    assert isinstance(told.exception, BadInput)
    assert "name their files" in str(told.exception)
    assert not (tmp_path / "a.db").exists()


def test_every_column_is_documented() -> None:
    document = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`([a-z_]+)`", document))
    assert {*columns.schema().names, *VIEWS} <= told
