"""Gold files, summaries, documents, and the command on real gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from dragoman.domain import BadInput
from dragoman.score import summary, table
from dragoman.score.command import score
from dragoman.score.gold import tasks
from dragoman.score.outcome import Case, Outcome, Slip
from dragoman.score.tally import Tally, share

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
OUTCOME = Outcome(
    "times/some",
    tuple(
        Case(str(i), {"value": Tally(i % 2, 1, 1), "kind": share(1)}, (Slip("missed", "why", "a «b» c"),))
        for i in range(9)
    ),
    1.25,
)


def test_a_summary_survives_its_json(tmp_path: Path) -> None:
    made = summary.summary(OUTCOME, rounds=50, slips=True)
    kept = tmp_path / "run.json"
    kept.write_text(summary.encoded([made]), encoding="utf-8")
    assert summary.earlier(kept) == {"times/some": made}


def test_an_earlier_run_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text("{}")
    with pytest.raises(BadInput, match="not the JSON of an earlier scoring"):
        summary.earlier(tmp_path / "run.json")


def test_what_moved_since_an_earlier_run() -> None:
    before = summary.summary(Outcome("times/some", OUTCOME.cases[:2], 1.0))
    rows = list(table.rows([summary.summary(OUTCOME)], {"times/some": before}))
    assert [row[0] for row in rows] == ["times/some (9)", ""]
    assert [row[-1] for row in rows] == ["-5.6 (was 1/2/2)", "= (was 2/-/2)"]
    assert [row[-1] for row in table.rows([before], {"times/other": before})] == ["new", "new"]


def test_a_document_keeps_what_stands_around_the_table(tmp_path: Path) -> None:
    document = tmp_path / "accuracy.md"
    document.write_text("Before.\n<!-- score -->\nold\n<!-- /score -->\nAfter.\n")
    table.replace(document, "score", table.markdown([summary.summary(OUTCOME)]))
    text = document.read_text()
    assert text.startswith("Before.\n<!-- score -->\n| task |")
    assert text.endswith("|\n<!-- /score -->\nAfter.\n")
    with pytest.raises(BadInput, match="has no <!-- other -->"):
        table.replace(document, "other", "")


def test_act_cases_keep_dates_and_small_words_as_strings(tmp_path: Path) -> None:
    (tmp_path / "acts.yaml").write_text(
        "- text: No.\n  published: 2021-05-01\n  events: [{kind: meeting, persons: [On], source: null, date: 2021}]\n"
    )
    (task,) = tasks([tmp_path])
    assert (task.name, task.items[0].published) == ("acts", "2021-05-01")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("- text: a\n  wants: []\n", "unknown field `wants`"),
        ("- text: [\n", "line 2"),
        ("3", "Expected `array`"),
    ],
)
def test_bad_gold_is_refused_in_one_line(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "acts.yaml").write_text(content)
    with pytest.raises(BadInput, match=message) as raised:
        tasks([tmp_path])
    assert "\n" not in str(raised.value)


def test_no_gold_there(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no gold cases at"):
        tasks([tmp_path / "absent"])
    with pytest.raises(BadInput, match="no such gold cases in"):
        tasks([tmp_path])


@pytest.fixture
def command() -> Callable[..., str]:
    if not GOLD.is_dir():
        pytest.skip("the gold folder does not stand next to the repository")
    app = typer.Typer()
    app.command()(score)

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [str(GOLD), *arguments], catch_exceptions=False)
        assert result.exit_code == 0
        return result.stdout

    return run


def test_every_gold_file_of_a_known_sort_is_a_task() -> None:
    if not GOLD.is_dir():
        pytest.skip("the gold folder does not stand next to the repository")
    names = {task.name for task in tasks([GOLD], limit=1)}
    assert {
        "brief",
        "brief/undated",
        "readouts/dev",
        "attribution/dev",
        "attribution/train",
        "times/meantime",
    } <= names


def test_the_command_prints_json_and_compares(command: Callable[..., str], tmp_path: Path) -> None:
    some = ("--task", "readouts", "--task", "times", "--limit", "3")
    printed = command(*some, "--json")
    assert [one["task"] for one in json.loads(printed)] == ["readouts/dev", "times/meantime"]
    (tmp_path / "run.json").write_text(printed)
    assert "moved" in command(*some, "--against", str(tmp_path / "run.json"), "--errors", "--bootstrap", "20")


def test_times_can_be_scored_alone(command: Callable[..., str]) -> None:
    assert "lines a second" in command("--stage", "times", "--limit", "3")
