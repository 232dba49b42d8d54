"""Faults: what is in a record stays, whatever happens while reports are added."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from dragoman import BadInput, Draft, Reading, read_all
from dragoman.record import Record, add, tables
from dragoman.record.verify import verify

KILLS = int(os.environ.get("DRAGOMAN_KILLS", "4"))  # rounds of each test that kills
SEED = 20220726
WHEN = {"added_at", "superseded_at"}
NAMES = ("France", "Turkey", "China", "Peru", "Kenya", "Qatar", "Norway", "Japan", "Chile", "India")
WORDS = ("river", "stone", "market", "harvest", "school", "winter", "bridge", "railway")


def reports(number: int) -> list[dict[str, str]]:
    """Reports that differ from one another in more than names."""
    pick = random.Random(SEED)
    found = []
    for at in range(number):
        one, other, third = pick.sample(NAMES, 3)
        day = f"2022-{at % 12 + 1:02}-{at % 28 + 1:02}"
        words = " ".join(pick.choices(WORDS, k=5))
        text = (
            f"The foreign minister of {one} met the foreign minister of {other} in Geneva on Monday. They spoke of "
            f"the {words}. {third} recalled its ambassador from {one} on Sunday. Report {at} tells of {words} again."
        )
        found.append({"text": text, "published": day, "outlet": f"Outlet {at % 7}"})
    return found


@pytest.fixture(scope="module")
def readings() -> list[tuple[Reading, str]]:
    drafts = (Draft(one["text"], one["published"], outlet=one["outlet"]) for one in reports(48))
    return [(reading, f"report {at}") for at, reading in enumerate(read_all(drafts))]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("corpus") / "reports.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in reports(72)), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, corpus: Path) -> list[Any]:
    """What a record holds to which the corpus was added without a fault."""
    where = tmp_path_factory.mktemp("whole") / "dragoman.db"
    assert _dragoman("add", corpus, "--record", where).wait() == 0
    return held(str(where))


def held(where: str) -> list[Any]:
    """All rows of the index but for the moments at which they were written; the record must be sound."""
    record = Record(where)
    try:
        assert record.sound() is None
        found = verify(record)
        assert not found.faults
        with record.asking() as connection:
            rows: list[Any] = []
            for table in tables.INDEX:
                columns = [column for column in table.c if column.name not in WHEN]
                rows.append(
                    (
                        table.name,
                        [tuple(row) for row in connection.execute(select(*columns).order_by(*table.primary_key))],
                    )
                )
            return rows
    finally:
        record.close()


def _add_all(where: str, readings: Sequence[tuple[Reading, str]], started: Any) -> None:
    record = Record(where, create=True)
    started.set()
    for at in range(0, len(readings), 4):
        add(record, readings[at : at + 4])
    record.close()


def test_a_process_that_is_killed_while_it_writes_loses_and_doubles_nothing(
    where: str, tmp_path: Path, readings: list[tuple[Reading, str]]
) -> None:
    """The readings are made beforehand, so that nearly all moments are ones of writing."""
    context = multiprocessing.get_context("fork")
    begun = time.monotonic()
    _add_all(str(tmp_path / "undisturbed.db"), readings, multiprocessing.Event())
    lasts = time.monotonic() - begun
    expected = held(str(tmp_path / "undisturbed.db"))
    pick = random.Random(SEED)
    for _ in range(KILLS):
        _empty(where)
        started = context.Event()
        child = context.Process(target=_add_all, args=(where, readings, started))
        child.start()
        assert started.wait(60)
        time.sleep(pick.uniform(0, lasts))
        child.kill()
        child.join()
        record = Record(where)
        assert record.sound() is None
        record.close()
        _add_all(where, readings, context.Event())
        assert held(where) == expected


def _empty(where: str) -> None:
    """Make an empty record where there may be one."""
    if "://" not in where:
        for file in Path(where).parent.glob("dragoman.db*"):
            file.unlink()
        return
    import psycopg

    with psycopg.connect(where, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
        connection.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS dragoman")


def _dragoman(*arguments: object, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "dragoman", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def test_a_command_that_is_killed_is_completed_by_the_next(tmp_path: Path, corpus: Path, whole: list[Any]) -> None:
    pick = random.Random(SEED)
    for at in range(KILLS // 2):
        where = tmp_path / f"{at}.db"
        begun = _dragoman("add", corpus, "--record", where)
        time.sleep(pick.uniform(0.5, 4.5))
        begun.kill()
        begun.communicate()
        if where.exists():
            opened = Record(where, create=True)
            assert opened.sound() is None
            opened.close()
        assert _dragoman("add", corpus, "--record", where).wait() == 0
        assert held(str(where)) == whole


def _heard() -> None:
    """Have interrupts heard of, which a shell has what it runs in the background ignore."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _begun_by(process: subprocess.Popen[str]) -> int:
    """How many processes a command has begun."""
    tasks = Path(f"/proc/{process.pid}/task").iterdir()
    return sum(len((task / "children").read_text().split()) for task in tasks)


@pytest.mark.parametrize(
    ("workers", "processes"),
    [
        pytest.param(1, 0, id="alone"),
        pytest.param(2, 2, id="as soon as a worker is begun"),  # and what looks after the locks
        pytest.param(2, 0, id="a little later"),
    ],
)
def test_a_command_that_is_interrupted_keeps_what_it_read_and_says_so(
    tmp_path: Path, corpus: Path, whole: list[Any], workers: int, processes: int
) -> None:
    where = tmp_path / "dragoman.db"
    command = ("add", corpus, "--workers", workers, "--record", where)
    begun = _dragoman(*command, start_new_session=True, preexec_fn=_heard)
    while not where.exists() and begun.poll() is None:
        time.sleep(0.05)
    if processes:
        while _begun_by(begun) < processes and begun.poll() is None:
            time.sleep(0.01)
    else:
        time.sleep(0.3)
    os.killpg(begun.pid, signal.SIGINT)  # as a terminal does: the workers too
    told, complained = begun.communicate()
    assert begun.returncode in (130, -signal.SIGINT)  # a shell tells both as 130
    assert complained == "dragoman: stopped\n"
    assert "read into" in told
    assert _dragoman("add", corpus, "--record", where).wait() == 0
    assert held(str(where)) == whole


def test_two_that_add_at_once_lose_nothing(where: str, tmp_path: Path, corpus: Path, whole: list[Any]) -> None:
    lines = corpus.read_text(encoding="utf-8").splitlines(keepends=True)
    halves = [tmp_path / "first.jsonl", tmp_path / "second.jsonl"]
    halves[0].write_text("".join(lines[:50]), encoding="utf-8")
    halves[1].write_text("".join(lines[22:]), encoding="utf-8")
    running = [_dragoman("add", half, "--record", where) for half in halves]
    assert [one.communicate() and one.returncode for one in running] == [0, 0]
    found, expected = ({(row[1], row[2]) for row in dict(rows)["telling"]} for rows in (held(where), whole))
    assert found == expected
    assert len(dict(held(where))["telling"]) == len(dict(whole)["telling"])


# -- disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 576 kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=576k", "tmpfs", folder], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_gets_one_line_and_nothing_is_half_written(
    small_disk: Path, tmp_path: Path, corpus: Path, whole: list[Any]
) -> None:
    where = small_disk / "dragoman.db"
    begun = _dragoman("add", corpus, "--record", where)
    _, complained = begun.communicate()
    assert begun.returncode == 2
    assert complained.count("\n") == 1
    assert f"{where}: the disk" in complained
    assert "nothing of the last batch was kept" in complained
    record = Record(where, create=True)
    assert record.sound() is None
    record.close()
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    assert _dragoman("add", corpus, "--record", where).wait() == 0
    assert held(str(where)) == whole


def test_a_record_on_a_disk_that_cannot_be_written_can_be_asked_and_not_added_to(
    small_disk: Path, corpus: Path, readings: list[tuple[Reading, str]]
) -> None:
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    where = small_disk / "dragoman.db"
    record = Record(where, create=True)
    add(record, readings[:4])
    record.close()
    before = held(str(where))
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    begun = _dragoman("add", corpus, "--record", where)
    _, complained = begun.communicate()
    assert begun.returncode == 2
    assert complained == f"dragoman: {where}: the record cannot be written to\n"
    assert held(str(where)) == before


def test_what_is_no_record_is_named(tmp_path: Path) -> None:
    text = tmp_path / "text.db"
    text.write_text("This is a text and no record. " * 200)
    with pytest.raises(BadInput, match="is not a record"):
        Record(text, create=True)
    with pytest.raises(BadInput, match="no record is there"):
        Record(tmp_path / "nothing.db")
    with pytest.raises(BadInput, match="is a folder"):
        Record(tmp_path, create=True)
    with pytest.raises(BadInput, match="does not exist"):
        Record(tmp_path / "no" / "folder.db", create=True)
    assert not (tmp_path / "nothing.db").exists()
    shutil.rmtree(tmp_path)


def test_a_server_that_is_away_gets_one_line() -> None:
    with pytest.raises(BadInput) as raised:
        Record("postgresql://nobody@127.0.0.1:1/none", create=True)
    assert "\n" not in str(raised.value)
