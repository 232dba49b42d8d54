"""The commands that ask, review and export: shapes of answers, exit codes, one line for bad input."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

from dragoman import Draft, read_all
from dragoman.record import Record, add

DRAFTS = (
    Draft("Peru recognised Kosovo on Friday.", "2008-02-25", outlet="AP"),
    Draft("Turkish President Recep Tayyip Erdogan met Qatar's emir in Doha on Monday.", "2022-07-26", outlet="AA"),
)


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("record") / "dragoman.db"
    record = Record(path, create=True)
    add(record, [(one, f"report {at}") for at, one in enumerate(read_all(DRAFTS))])
    record.close()
    return str(path)


def run(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dragoman", *arguments]
    return subprocess.run(command, capture_output=True, text=True, input=typed, check=False)


def test_events_come_as_table_json_and_csv(where: str) -> None:
    table = run("events", "--record", where, "--actor", "Peru")
    assert "Peru recognised Kosovo" in table.stdout
    assert max(len(line) for line in table.stdout.splitlines()) <= 80
    (line,) = run("events", "--record", where, "--actor", "Peru", "--format", "json").stdout.splitlines()
    (row,) = csv.DictReader(StringIO(run("events", "--record", where, "--actor", "PER", "--format", "csv").stdout))
    assert json.loads(line)["id"] == row["event_id"]
    shown = run("show", row["event_id"], "--record", where)
    assert "acts/recognition.yaml" in shown.stdout
    assert row["event_id"] in run("cite", row["event_id"], "--record", where, "--format", "ris").stdout


def test_review_takes_answers_from_standard_input_and_export_writes_what_was_decided(
    where: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "sheet.csv"
    assert run("export", "sheet", "--kind", "recognition", "--output", str(sheet), "--record", where).returncode == 0
    text = sheet.read_text(encoding="utf-8").splitlines()
    sheet.write_text("\n".join([text[0], "reject" + text[1]]) + "\n", encoding="utf-8")
    taken = run("review", "--import", str(sheet), "--by", "Ada", "--record", where)
    assert "1 accepted or rejected" in taken.stdout, taken.stderr
    assert "no event answers" in run("events", "--kind", "recognition", "--record", where).stdout
    assert run("review", "--record", where, "--by", "Ada", typed="").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("events", "--kind", "meetin"), "meeting"),
        (("events", "--actor", "Turkye"), "Turkey"),
        (("show", "nothing"), "no event of that id"),
        (("review", "--agreement", "Ada", "Ben"), "has judged nothing"),
        (("export", "csv", "--output", "/nowhere/it.csv"), "cannot be written"),
    ],
)
def test_bad_input_is_said_in_one_line(where: str, arguments: tuple[str, ...], said: str) -> None:
    ended = run(*arguments, "--record", where)
    assert ended.returncode == 2
    assert said in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
